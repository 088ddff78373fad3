package jp.genkan.ips.keyword.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.ips.keyword.http.Exchanges;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.signature.TriedRule;
import jp.genkan.protocols.conversation.DatagramParser;
import jp.genkan.protocols.dhcp.DhcpParser;
import jp.genkan.protocols.kerberos.KerberosDatagramParser;
import jp.genkan.protocols.ldap.LdapParser;
import jp.genkan.protocols.ntp.NtpParser;
import jp.genkan.protocols.snmp.SnmpParser;
import org.junit.jupiter.api.Test;

class ServiceKeywordsTest {
    private static Transaction datagram(DatagramParser parser, Direction direction, String hex) {
        byte[] octets = HexFormat.of().parseHex(hex.replace(" ", ""));
        Exchanges exchanges = new Exchanges();
        parser.onDatagram(direction, octets, 0, octets.length, exchanges);
        return exchanges.transactions.getFirst();
    }

    private static boolean toServer(Transaction transaction, String options) throws RuleException {
        return TriedRule.of("ip", options + " sid:1;").finds(transaction, Direction.TO_SERVER);
    }

    private static boolean toClient(Transaction transaction, String options) throws RuleException {
        return TriedRule.of("ip", options + " sid:1;").finds(transaction, Direction.TO_CLIENT);
    }

    private static String ber(int tag, String... contents) {
        String body = String.join("", contents).replace(" ", "");
        int length = body.length() / 2;
        return "%02x".formatted(tag) + (length < 128 ? "%02x" : "82%04x").formatted(length) + body;
    }

    private static String text(int tag, String text) {
        return ber(tag, HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String latin(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    @Test
    void ntpHasNumbersAndReference() throws RuleException {
        Transaction ntp = datagram(
                new NtpParser(), Direction.TO_CLIENT, "24 02 06 e9 00000000 00000000 4c4f434c" + "00".repeat(32));
        assertThat(toClient(ntp, "ntp.version:4; ntp.mode:server; ntp.stratum:>=2;"))
                .isTrue();
        assertThat(toClient(ntp, "ntp.mode:!server;")).isFalse();
        assertThat(toClient(ntp, "ntp.reference_id; content:\"LOCL\";")).isTrue();
    }

    @Test
    void snmpHasVersionCommunityAndType() throws RuleException {
        String request = ber(0xa0, "020101", "020100", "020100", ber(0x30));
        Transaction snmp =
                datagram(new SnmpParser(), Direction.TO_SERVER, ber(0x30, "020101", text(4, "private"), request));
        assertThat(toServer(snmp, "snmp.version:2; snmp.pdu_type:0;")).isTrue();
        assertThat(toServer(snmp, "snmp.pdu_type:get_request;")).isTrue();
        assertThat(toServer(snmp, "snmp.community; content:\"private\";")).isTrue();
        assertThat(toServer(snmp, "snmp.usm; content:\"a\";")).isFalse();
    }

    @Test
    void dhcpHasTimesWhereOptionsSayThem() throws RuleException {
        String head = "02010600 00000001 00000000 00000000 c0000201 00000000 00000000" + "00".repeat(16)
                + "00".repeat(192) + "63825363";
        Transaction dhcp =
                datagram(new DhcpParser(), Direction.TO_CLIENT, head + "350105 3304 00000e10 3a04 00000708 ff");
        assertThat(toClient(dhcp, "dhcp.leasetime:3600; dhcp.renewal_time:<1801;"))
                .isTrue();
        assertThat(toClient(dhcp, "dhcp.rebinding_time:>=0;")).isFalse();
    }

    @Test
    void kerberosHasTypeErrorAndParts() throws RuleException {
        String name = ber(0x30, ber(0xa0, "020102"), ber(0xa1, ber(0x30, text(0x1b, "krbtgt"), text(0x1b, "EXAMPLE"))));
        String encrypted = ber(0x30, ber(0xa0, "020117"), ber(0xa2, "0400"));
        String ticket = ber(0x61, ber(0x30, ber(0xa0, "020105"), ber(0xa2, name), ber(0xa3, encrypted)));
        String reply = ber(
                0x6b,
                ber(
                        0x30,
                        ber(0xa0, "020105"),
                        ber(0xa1, "02010b"),
                        ber(0xa4, name),
                        ber(0xa5, ticket),
                        ber(0xa6, encrypted)));
        Transaction krb5 = datagram(new KerberosDatagramParser(), Direction.TO_CLIENT, reply);
        assertThat(toClient(krb5, "krb5_msg_type:AS_REP;")).isTrue();
        assertThat(toClient(krb5, "krb5_msg_type:!11;")).isFalse();
        assertThat(toClient(krb5, "krb5_err_code:!0;")).isFalse();
        assertThat(toClient(krb5, "krb5.sname; content:\"krbtgt\"; bsize:6;")).isTrue();
        assertThat(toClient(krb5, "krb5_cname; content:\"EXAMPLE\"; startswith;"))
                .isTrue();
        assertThat(toClient(krb5, "krb5.ticket_encryption:weak;")).isTrue();
        assertThat(toClient(krb5, "krb5.ticket_encryption:rc4-hmac,18;")).isTrue();
        assertThat(toClient(krb5, "krb5.ticket_encryption:!23;")).isFalse();
        assertThatThrownBy(() -> toClient(krb5, "krb5.ticket_encryption:x;")).isInstanceOf(RuleException.class);
    }

    @Test
    void ldapHasRequestAndResponses() throws RuleException {
        String search = ber(
                0x63,
                text(4, "dc=example"),
                "0a0102 0a0100 020100 020100 010100",
                text(0x87, "objectClass"),
                ber(0x30, text(4, "cn"), text(4, "*")));
        String entry =
                ber(0x64, text(4, "cn=a,dc=example"), ber(0x30, ber(0x30, text(4, "cn"), ber(0x31, text(4, "a")))));
        String done = ber(0x65, "0a0104", text(4, "dc=example"), text(4, "too many"));
        Transaction ldap = Exchanges.play(
                        new LdapParser(),
                        "C: " + latin(ber(0x30, "020101", search)),
                        "S: " + latin(ber(0x30, "020101", entry)),
                        "S: " + latin(ber(0x30, "020101", done)))
                .transactions
                .getFirst();
        assertThat(toServer(ldap, "ldap.request.operation:search_request;")).isTrue();
        assertThat(toServer(ldap, "ldap.request.dn; content:\"dc=example\"; startswith; endswith;"))
                .isTrue();
        assertThat(TriedRule.buffer("ldap.request.attribute_type", ldap, Direction.TO_SERVER))
                .containsExactly("cn", "*");
        assertThat(toClient(ldap, "ldap.responses.operation:search_result_done,1;"))
                .isTrue();
        assertThat(toClient(ldap, "ldap.responses.operation:5,all;")).isFalse();
        assertThat(toClient(ldap, "ldap.responses.count:2;")).isTrue();
        assertThat(toClient(ldap, "ldap.responses.result_code:size_limit_exceeded,-1;"))
                .isTrue();
        assertThat(toClient(ldap, "ldap.responses.result_code:4,0;")).isFalse();
        assertThat(TriedRule.buffer("ldap.responses.dn", ldap, Direction.TO_CLIENT))
                .containsExactly("cn=a,dc=example", "dc=example");
        assertThat(TriedRule.buffer("ldap.responses.message", ldap, Direction.TO_CLIENT))
                .containsExactly("", "too many");
        assertThat(TriedRule.buffer("ldap.responses.attribute_type", ldap, Direction.TO_CLIENT))
                .containsExactly("cn");
    }
}
