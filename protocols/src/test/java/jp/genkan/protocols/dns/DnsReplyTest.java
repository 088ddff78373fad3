package jp.genkan.protocols.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jp.genkan.core.frame.Address;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import org.junit.jupiter.api.Test;

/** The parser reads back what was written. */
class DnsReplyTest {
    private static final Address V4 = Address.parse("192.0.2.1");
    private static final Address V6 = Address.parse("2001:db8::1");

    private static DnsTransaction query(String name, int type, boolean edns) {
        String hex = Messages.header(0x0120, 1, 0, 0, edns ? 1 : 0) + Messages.question(name, type);
        return read(
                Direction.TO_SERVER, Messages.bytes(edns ? hex + "00" + "0029" + "04d0" + "00000000" + "0000" : hex));
    }

    private static DnsTransaction read(Direction direction, byte[] octets) {
        return (DnsTransaction) Messages.datagram(AppProtocol.DNS, direction, octets)
                .transactions
                .getFirst();
    }

    @Test
    void saysThatANameDoesNotExistAndWhy() {
        DnsTransaction reply = read(Direction.TO_CLIENT, DnsReply.nameError(query("Bad.Example", DnsMessage.A, true)));
        assertThat(reply.id()).isEqualTo(0x1234);
        assertThat(reply.isResponse()).isTrue();
        assertThat(reply.responseCode()).isEqualTo(3);
        assertThat(reply.question()).as("the case is kept").isEqualTo("Bad.Example");
        assertThat(reply.hasEdns()).isTrue();
        assertThat(reply.entries(DnsSection.ANSWER)).isEmpty();
    }

    @Test
    void givesAddressesOfTheTypeThatIsAskedFor() {
        for (int type : new int[] {DnsMessage.A, DnsMessage.AAAA}) {
            DnsTransaction reply = read(
                    Direction.TO_CLIENT, DnsReply.addresses(query("bad.example", type, false), List.of(V4, V6), 30));
            assertThat(reply.responseCode()).isZero();
            assertThat(reply.hasEdns()).isFalse();
            assertThat(reply.entries(DnsSection.ANSWER)).hasSize(1);
            assertThat(reply.entries(DnsSection.ANSWER).getFirst().address()).isEqualTo(type == DnsMessage.A ? V4 : V6);
            assertThat(reply.entries(DnsSection.ANSWER).getFirst().timeToLive()).isEqualTo(30);
        }
    }

    @Test
    void hasNothingToSayOfOtherTypes() {
        DnsTransaction reply = read(
                Direction.TO_CLIENT,
                DnsReply.addresses(query("bad.example", DnsType.HTTPS, true), List.of(V4, V6), 30));
        assertThat(reply.responseCode()).isZero();
        assertThat(reply.entries(DnsSection.ANSWER)).isEmpty();
    }
}
