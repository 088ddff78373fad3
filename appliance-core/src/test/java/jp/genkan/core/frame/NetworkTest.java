package jp.genkan.core.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks as text and as sets of addresses. */
class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, 11.0.0.0",
        "192.168.1.128/25, 192.168.1.255, 192.168.1.127",
        "203.0.113.9/32, 203.0.113.9, 203.0.113.8",
        "fc00::/7, fdff:ffff::1, fe00::",
        "2001:db8::/64, 2001:db8::ffff:ffff:ffff:ffff, 2001:db8:0:1::",
        "2001:db8::1/128, 2001:db8::1, 2001:db8::2",
        "2001:db8:0:0:8000::/65, 2001:db8::8000:0:0:1, 2001:db8::1",
        "0.0.0.0/0, 255.255.255.255, ::1",
    })
    void containsItsAddressesOnly(String network, String inside, String outside) {
        Network parsed = Network.parse(network);
        assertThat(parsed.contains(Address.parse(inside))).isTrue();
        assertThat(parsed.contains(Address.parse(outside))).isFalse();
        assertThat(Network.parse(parsed.toString())).isEqualTo(parsed);
    }

    @Test
    void takesEverythingWithAPrefixOfNothing() {
        assertThat(Network.parse("::/0").contains(Address.parse("2001:db8::1"))).isTrue();
    }

    @Test
    void takesAnAddressAloneAsANetworkOfOne() {
        assertThat(Network.parse("192.0.2.1")).hasToString("192.0.2.1/32");
        assertThat(Network.parse("::1")).hasToString("::1/128");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "::/129",
                "::/0x1",
                "10.0.0.0/1/1",
                "a/8",
                "::/99999999999"
            })
    void refusesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesTheNetworkThatWasMeant() {
        assertThatThrownBy(() -> Network.parse("192.168.1.20/24"))
                .hasMessage("192.168.1.20/24 has bits beyond its prefix; the network is 192.168.1.0/24");
    }
}
