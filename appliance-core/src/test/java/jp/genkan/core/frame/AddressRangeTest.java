package jp.genkan.core.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "192.0.2.7/32, 192.0.2.7",
        "192.0.2.77/24, 192.0.2.0/24",
        "0.0.0.0/0, 0.0.0.0/0",
        "192.0.2.0-192.0.2.255, 192.0.2.0/24",
        "192.0.2.1 - 192.0.2.9, 192.0.2.1-192.0.2.9",
        "::ffff:192.0.2.0/120, 192.0.2.0/24",
        "2001:DB8::/32, 2001:db8::/32",
        "::/0, ::/0",
        "fe80::1/64, fe80::/64",
        "2001:db8::1/127, 2001:db8::/127",
        "2001:db8::1-2001:db8::1, 2001:db8::1",
    })
    void readsAndWritesAddressesNetworksAndRanges(String text, String canonical) {
        assertThat(AddressRange.parse(text)).hasToString(canonical);
        assertThat(AddressRange.parse(canonical)).isEqualTo(AddressRange.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1.2.3",
                "1.2.3.4/",
                "1.2.3.4/33",
                "1.2.3.4/-1",
                "1.2.3.4/1x",
                "1.2.3.4/0000",
                "::/129",
                "1.2.3.4-",
                "-1.2.3.4",
                "2.0.0.0-1.0.0.0",
                "1.2.3.4-::1",
                "1.2.3.4/24/24",
                "fe80::1%eth0"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhatIsWrongInOneLine() {
        assertThatThrownBy(() -> AddressRange.parse("bad\u0007.example"))
                .hasMessage(
                        "'bad?.example' is not an address, a network or a range (examples: 192.0.2.7, 2001:db8::/32, 192.0.2.1-192.0.2.9)");
        assertThatThrownBy(() -> AddressRange.parse("192.0.2.0/33"))
                .hasMessage("the prefix length 33 is not one of 0 to 32");
    }

    @Test
    void containsBothEndsAndNothingBeyond() {
        AddressRange range = AddressRange.parse("192.0.2.8/29");
        assertThat(contains(range, "192.0.2.8")).isTrue();
        assertThat(contains(range, "192.0.2.15")).isTrue();
        assertThat(contains(range, "192.0.2.7")).isFalse();
        assertThat(contains(range, "192.0.2.16")).isFalse();
    }

    private static boolean contains(AddressRange range, String address) {
        Address parsed = Address.parse(address);
        return range.contains(parsed.high(), parsed.low());
    }
}
