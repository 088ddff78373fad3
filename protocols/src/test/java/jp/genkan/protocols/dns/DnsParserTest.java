package jp.genkan.protocols.dns;

import static jp.genkan.protocols.dns.Messages.counted;
import static jp.genkan.protocols.dns.Messages.datagram;
import static jp.genkan.protocols.dns.Messages.header;
import static jp.genkan.protocols.dns.Messages.name;
import static jp.genkan.protocols.dns.Messages.question;
import static jp.genkan.protocols.dns.Messages.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class DnsParserTest {
    private static final Direction REQ = Direction.TO_SERVER;
    private static final Direction RES = Direction.TO_CLIENT;

    @Test
    void tellsARequest() {
        RecordingConversation seen = datagram(REQ, Messages.REQUEST);
        assertThat(seen.events())
                .singleElement()
                .asString()
                .contains(
                        "\"event_type\":\"dns\"",
                        "\"dns\":{\"version\":3,\"type\":\"request\",\"tx_id\":0,\"id\":4660,\"flags\":\"100\",\"rd\":true,\"opcode\":0,\"rcode\":\"NOERROR\","
                                + "\"queries\":[{\"rrname\":\"example.jp\",\"rrtype\":\"A\"}]}");
        assertThat(seen.anomalies).isEmpty();
        assertThat(seen.steps).containsExactly("dns 0 to_server COMPLETE");
    }

    @Test
    void tellsAResponseFromServerToClient() {
        RecordingConversation seen = datagram(RES, Messages.RESPONSE);
        assertThat(seen.events())
                .singleElement()
                .asString()
                .contains(
                        "\"type\":\"response\",\"tx_id\":0,\"id\":4660,\"flags\":\"8180\",\"qr\":true,\"rd\":true,\"ra\":true,\"opcode\":0,\"rcode\":\"NOERROR\"",
                        "\"answers\":[{\"rrname\":\"example.jp\",\"rrtype\":\"CNAME\",\"ttl\":60,\"rdata\":\"www.example.jp\"},"
                                + "{\"rrname\":\"www.example.jp\",\"rrtype\":\"A\",\"ttl\":300,\"rdata\":\"192.0.2.7\"},",
                        "\"grouped\":{\"CNAME\":[\"www.example.jp\"],\"A\":[\"192.0.2.7\",\"192.0.2.8\"]}");
        assertThat(seen.transactions.getFirst().eventDirection()).isEqualTo(RES);
    }

    @Test
    void tellsEveryTypeThatEveKnows() {
        String soa = name("ns.example.jp") + name("root.example.jp") + "0000000100000002000000030000000400000005";
        String message = header(0x8400, 0, 9, 1, 1)
                + record("00", DnsMessage.AAAA, 1, "20010db8000000000000000000000001")
                + record("00", DnsMessage.TXT, 1, counted("v=spf1 ") + counted("-all"))
                + record("00", DnsType.MX, 1, "000a" + name("mx.example.jp"))
                + record("00", DnsMessage.NS, 1, name("ns.example.jp"))
                + record("00", DnsMessage.PTR, 1, name("pc.example.jp"))
                + record("00", DnsMessage.SRV, 1, "000100020050" + name("www.example.jp"))
                + record("00", DnsType.SSHFP, 1, "0102abcd")
                + record("00", DnsType.NULL, 1, "00ff")
                + record("00", DnsMessage.A, 1, "")
                + record("00", DnsType.SOA, 1, soa)
                + record("00", DnsType.OPT, 0, "000a00020102");
        RecordingConversation seen = datagram(RES, message);
        assertThat(seen.events())
                .singleElement()
                .asString()
                .contains(
                        "\"aa\":true",
                        "\"rrtype\":\"AAAA\",\"ttl\":1,\"rdata\":\"2001:0db8:0000:0000:0000:0000:0000:0001\"",
                        "\"rdata\":\"v=spf1 -all\"",
                        "\"rdata\":\"mx.example.jp\"",
                        "\"NS\":[\"ns.example.jp\"]",
                        "\"srv\":{\"priority\":1,\"weight\":2,\"port\":80,\"name\":\"www.example.jp\"}",
                        "\"sshfp\":{\"fingerprint\":\"ab:cd\",\"algo\":1,\"type\":2}",
                        "\"rdata\":\"\\\\x00\\\\xff\"",
                        "\"rrtype\":\"A\",\"ttl\":1,\"rdata\":\"\"",
                        "\"authorities\":[{\"rrname\":\"\",\"rrtype\":\"SOA\",\"ttl\":1,\"soa\":{\"mname\":\"ns.example.jp\",\"rname\":\"root.example.jp\","
                                + "\"serial\":1,\"refresh\":2,\"retry\":3,\"expire\":4,\"minimum\":5}}]",
                        "\"additionals\":[{\"rrname\":\"\",\"rrtype\":\"OPT\",\"ttl\":0,\"opt\":[{\"code\":10,\"data\":\"0102\"}]}]");
        assertThat(((DnsTransaction) seen.transactions.getFirst()).hasEdns()).isTrue();
    }

    @Test
    void readsHintsAndEchOfHttpsRecords() {
        String data = "0001" + "00" + "00040008c0000201c0000202" + "00050002abcd"
                + "0006001020010db8000000000000000000000009";
        DnsTransaction transaction =
                (DnsTransaction) datagram(RES, header(0x8180, 0, 1, 0, 0) + record("00", DnsType.HTTPS, 9, data))
                        .transactions
                        .getFirst();
        DnsEntry entry = transaction.entries(DnsSection.ANSWER).getFirst();
        assertThat(entry.hints()).map(Object::toString).containsExactly("192.0.2.1", "192.0.2.2", "2001:db8::9");
        assertThat(entry.hasEch()).isTrue();
        assertThat(entry.priority()).isEqualTo(1);
    }

    @Test
    void tellsMulticastAndLinkLocalUnderTheirOwnNames() {
        RecordingConversation mdns = datagram(AppProtocol.MDNS, REQ, Messages.bytes(Messages.RESPONSE));
        assertThat(mdns.events().getFirst()).contains("\"event_type\":\"mdns\"", "\"mdns\":{\"type\":\"response\"");
        assertThat(mdns.anomalies).isEmpty();
        RecordingConversation llmnr = datagram(AppProtocol.LLMNR, REQ, Messages.bytes(Messages.REQUEST));
        assertThat(llmnr.events().getFirst()).contains("\"llmnr\":{\"type\":\"request\"");
    }

    @Test
    void namesWhatBreaksTheRules() {
        assertThat(datagram(RES, Messages.REQUEST).anomalies).containsExactly("not_response");
        assertThat(datagram(REQ, Messages.RESPONSE).anomalies).containsExactly("not_request");
        assertThat(datagram(REQ, header(0x4840, 1, 0, 0, 0) + question("a", 1)).anomalies)
                .containsExactly("z_flag_set", "invalid_opcode");
        assertThat(datagram(REQ, header(0, 1, 0, 0, 0) + "c00c00010001").anomalies)
                .containsExactly("infinite_loop");
        assertThat(datagram(REQ, header(0, 1, 0, 0, 0) + "0161c00c00010001").anomalies)
                .containsExactly("too_many_labels");
        assertThat(datagram(REQ, "1234").anomalies).containsExactly("malformed_data");
    }

    @Test
    void cutsANameThatIsTooLong() {
        String name = ("3f" + "61".repeat(63)).repeat(20) + "00";
        RecordingConversation seen = datagram(REQ, header(0, 1, 0, 0, 0) + name + "00010001");
        assertThat(seen.anomalies).containsExactly("name_too_long");
        DnsTransaction transaction = (DnsTransaction) seen.transactions.getFirst();
        assertThat(transaction.question()).hasSize(NameWalk.OCTETS_MAX);
        assertThat(seen.events().getFirst()).contains("\"rrname_truncated\":true");
    }

    @Test
    void followsPointersForwards() {
        String message = header(0, 2, 0, 0, 0) + "c012" + "00010001" + question("example.jp", 1);
        assertThat(datagram(REQ, message).events().getFirst())
                .contains("\"queries\":[{\"rrname\":\"example.jp\",\"rrtype\":\"A\"},{\"rrname\":\"example.jp\"");
    }

    @Test
    void tellsNothingOfAMessageThatBreaksOffBeforeItsAuthorities() {
        byte[] whole = Messages.bytes(Messages.RESPONSE);
        for (int length = 0; length < whole.length; length++) {
            RecordingConversation seen = datagram(AppProtocol.DNS, RES, Arrays.copyOf(whole, length));
            assertThat(seen.anomalies).containsExactly("malformed_data");
            assertThat(seen.transactions).isEmpty();
        }
        String authority = header(0x8000, 0, 0, 1, 0) + "00";
        String additional = header(0x8000, 0, 0, 0, 1) + "00";
        assertThat(datagram(RES, authority).anomalies).containsExactly("invalid_authorities");
        assertThat(datagram(RES, additional).anomalies).containsExactly("invalid_additionals");
        assertThat(datagram(RES, additional).events()).hasSize(1);
    }

    @Test
    void staysWithinTheLimitsOfAnEventWhateverAMessageUnfoldsTo() {
        StringBuilder hex = new StringBuilder(header(0x8000, 1, 4_000, 0, 0));
        hex.append(("3f" + "01".repeat(63)).repeat(16)).append("00").append("00010001");
        for (int i = 0; i < 4_000; i++) {
            hex.append(record("c00c", DnsMessage.CNAME, 1, "c00c"));
        }
        RecordingConversation seen = datagram(RES, hex.toString());
        assertThat(seen.events().getFirst().length()).isBetween(200_000, 1 << 20);
        DnsTransaction transaction = (DnsTransaction) seen.transactions.getFirst();
        assertThat(transaction.entries(DnsSection.ANSWER)).hasSizeLessThan(140);
    }
}
