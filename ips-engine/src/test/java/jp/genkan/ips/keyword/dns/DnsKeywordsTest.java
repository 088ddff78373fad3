package jp.genkan.ips.keyword.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.ips.keyword.http.Exchanges;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.signature.TriedRule;
import jp.genkan.protocols.dns.DnsDatagramParser;
import org.junit.jupiter.api.Test;

class DnsKeywordsTest {
    private static final String QUESTION = "03777777076578616d706c6503636f6d00 0001 0001"; // www.example.com, A

    private static final Transaction REQUEST =
            message(AppProtocol.DNS, Direction.TO_SERVER, "1234 0100 0001 0000 0000 0000" + QUESTION);

    /** NXDOMAIN with an alias, an address, the authority's SOA and an address of ns.example.com. */
    private static final Transaction RESPONSE = message(
            AppProtocol.DNS,
            Direction.TO_CLIENT,
            "1234 8183 0001 0002 0001 0001" + QUESTION
                    + "c00c 0005 0001 0000003c 0004 0163 c010"
                    + "0163 c010 0001 0001 0000003c 0004 c0000201"
                    + "c010 0006 0001 0000003c 0020 026e73 c010 04726f6f74 c010 00000001 00000002 00000003 00000004 00000005"
                    + "026e73 c010 0001 0001 0000003c 0004 c0000202");

    private static Transaction message(AppProtocol protocol, Direction direction, String hex) {
        byte[] octets = HexFormat.of().parseHex(hex.replace(" ", ""));
        Exchanges exchanges = new Exchanges();
        new DnsDatagramParser(protocol).onDatagram(direction, octets, 0, octets.length, exchanges);
        return exchanges.transactions.getFirst();
    }

    private static List<String> toClient(String buffer) {
        return TriedRule.buffer(buffer, RESPONSE, Direction.TO_CLIENT);
    }

    @Test
    void queryIsThatOfRequests() throws RuleException {
        assertThat(TriedRule.buffer("dns.query", REQUEST, Direction.TO_SERVER)).containsExactly("www.example.com");
        String rule = "dns.query; content:\"example\"; sid:1;";
        assertThat(TriedRule.of("dns", rule).finds(REQUEST, Direction.TO_SERVER))
                .isTrue();
        assertThat(TriedRule.of("dns", rule).finds(RESPONSE, Direction.TO_CLIENT))
                .isFalse();
        assertThat(TriedRule.of("udp", "dns_query; content:\"com\"; endswith; sid:1;")
                        .finds(REQUEST, Direction.TO_SERVER))
                .isTrue();
    }

    @Test
    void everySectionHasNamesOfItsOwn() {
        assertThat(toClient("dns.queries.rrname")).containsExactly("www.example.com");
        assertThat(toClient("dns.answers.rrname")).containsExactly("www.example.com", "c.example.com");
        assertThat(toClient("dns.authorities.rrname")).containsExactly("example.com");
        assertThat(toClient("dns.additionals.rrname")).containsExactly("ns.example.com");
    }

    @Test
    void responseHasAllNamesAndThoseInData() {
        assertThat(toClient("dns.response.rrname"))
                .containsExactly(
                        "www.example.com",
                        "www.example.com",
                        "c.example.com",
                        "c.example.com",
                        "example.com",
                        "ns.example.com",
                        "ns.example.com");
    }

    @Test
    void headerFieldsAreNumbersOrNames() throws RuleException {
        assertThat(TriedRule.of("dns", "dns.rcode:3; sid:1;").finds(RESPONSE, Direction.TO_CLIENT))
                .isTrue();
        assertThat(TriedRule.of("dns", "dns.rcode:NXDOMAIN; sid:1;").finds(RESPONSE, Direction.TO_CLIENT))
                .isTrue();
        assertThat(TriedRule.of("dns", "dns.rcode:!nxdomain; sid:1;").finds(RESPONSE, Direction.TO_CLIENT))
                .isFalse();
        assertThat(TriedRule.of("dns", "dns.opcode:!0; sid:1;").finds(REQUEST, Direction.TO_SERVER))
                .isFalse();
        assertThatThrownBy(() -> TriedRule.of("dns", "dns.rcode:nothing; sid:1;"))
                .isInstanceOf(RuleException.class);
    }

    @Test
    void typesAreThoseOfQuestionsInRequestsAndOfAnswersInResponses() throws RuleException {
        assertThat(TriedRule.of("dns", "dns.rrtype:a; sid:1;").finds(REQUEST, Direction.TO_SERVER))
                .isTrue();
        assertThat(TriedRule.of("dns", "dns.rrtype:cname; sid:1;").finds(REQUEST, Direction.TO_SERVER))
                .isFalse();
        assertThat(TriedRule.of("dns", "dns.rrtype:5,0; sid:1;").finds(RESPONSE, Direction.TO_CLIENT))
                .isTrue();
        assertThat(TriedRule.of("dns", "dns.rrtype:5,all; sid:1;").finds(RESPONSE, Direction.TO_CLIENT))
                .isFalse();
        assertThat(TriedRule.of("dns", "dns.rrtype:count >1; sid:1;").finds(RESPONSE, Direction.TO_CLIENT))
                .isTrue();
    }

    @Test
    void multicastAnswersMayGoEitherWay() {
        Transaction answer = message(
                AppProtocol.MDNS,
                Direction.TO_SERVER,
                "0000 8400 0000 0001 0000 0000 046e616d65 056c6f63616c 00 0001 8001 00000078 0004 c0000203");
        assertThat(TriedRule.buffer("mdns.response.rrname", answer, Direction.TO_SERVER))
                .containsExactly("name.local");
        assertThat(TriedRule.buffer("mdns.answers.rrname", answer, Direction.TO_SERVER))
                .containsExactly("name.local");
        assertThat(TriedRule.buffer("llmnr.answers.rrname", answer, Direction.TO_CLIENT))
                .isEmpty();
    }

    @Test
    void refusesBuffersOfOtherProtocols() {
        assertThatThrownBy(() -> TriedRule.of("tls", "dns.query; content:\"a\"; sid:1;"))
                .isInstanceOf(RuleException.class);
    }
}
