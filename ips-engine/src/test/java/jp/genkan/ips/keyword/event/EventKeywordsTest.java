package jp.genkan.ips.keyword.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.Packet;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.TriedRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventKeywordsTest {
    private static Packet marked(int ipVersion, DecodeAnomaly anomaly) {
        Packet packet = new Packet();
        packet.ipVersion = ipVersion;
        packet.mark(anomaly);
        return packet;
    }

    private static RuleException refusal(String options) {
        RuleException why = catchThrowableOfType(RuleException.class, () -> TriedRule.of(options));
        assertThat(why).as(options).isNotNull();
        return why;
    }

    @ParameterizedTest
    @EnumSource
    void everyOddityOfThatLayerCanBeAskedFor(DecodeAnomaly anomaly) throws Exception {
        String name = anomaly.eveName(4).substring(DecodeAnomaly.EVE_PREFIX.length());
        if (!EventNames.of("decode.txt").all().contains(name)) {
            assertThat(anomaly.isSuricatas()).as(anomaly.eveName(4)).isFalse();
            return;
        }
        TriedRule rule = TriedRule.of("decode-event:" + name + ";");
        assertThat(rule.has(Signature.Trait.NEEDS_PACKET)).isTrue();
        assertThat(rule.holds(marked(4, anomaly))).isTrue();
        assertThat(rule.holds(new Packet())).isFalse();
    }

    @Test
    void takesNamesOfOlderRuleFiles() throws Exception {
        TriedRule rule = TriedRule.of("dns", "app-layer-event:dns.not_a_request;");
        assertThat(rule.holds(new Packet(), "dns.not_request")).isTrue();
        assertThat(rule.holds(new Packet(), "dns.not_response")).isFalse();
    }

    @Test
    void tellsTheVersionsOfIpApart() throws Exception {
        TriedRule rule = TriedRule.of("decode-event:ipv6.frag_overlap;");
        assertThat(rule.holds(marked(6, DecodeAnomaly.FRAGMENT_OVERLAP))).isTrue();
        assertThat(rule.holds(marked(4, DecodeAnomaly.FRAGMENT_OVERLAP))).isFalse();
    }

    @Test
    void asksForEventsOfStreamsAndProtocols() throws Exception {
        TriedRule stream = TriedRule.of("tcp", "stream-event:reassembly_seq_gap;");
        assertThat(stream.holds(new Packet(), "stream.reassembly_seq_gap")).isTrue();
        assertThat(stream.holds(new Packet(), "stream.pkt_invalid_ack")).isFalse();
        TriedRule http = TriedRule.of("http", "app-layer-event:http.missing_host_header;");
        assertThat(http.holds(new Packet(), "stream.pkt_invalid_ack", "http.MISSING_HOST_HEADER"))
                .isTrue();
        assertThat(http.holds(new Packet(), "smtp.MISSING_HOST_HEADER")).isFalse();
        assertThat(TriedRule.of("app-layer-event:applayer_wrong_direction_first_data;")
                        .holds(new Packet()))
                .isFalse();
        assertThat(TriedRule.of("engine-event:stream.fin_syn;").holds(new Packet(), "stream.fin_syn"))
                .isTrue();
        assertThat(TriedRule.of("engine-event:ipv4.trunc_pkt;").holds(marked(4, DecodeAnomaly.IPV4_TRUNCATED)))
                .isTrue();
    }

    @Test
    void suggestsTheNearestEvent() {
        assertThat(refusal("decode-event:ipv4.trunc_packet;").hint()).isEqualTo("ipv4.trunc_pkt");
        assertThat(refusal("stream-event:pkt_invalid_akc;").hint()).isEqualTo("pkt_invalid_ack");
        assertThat(refusal("app-layer-event:http.missing_host;").code()).isEqualTo(RuleCode.BAD_VALUE);
        assertThat(refusal("app-layer-event:dns.not_requets;").hint()).isEqualTo("dns.not_request");
        assertThat(refusal("app-layer-event:nothing.at_all;").hint()).isNull();
    }

    @Test
    void refusesEventsOfOtherProtocols() {
        RuleException why = catchThrowableOfType(
                RuleException.class, () -> TriedRule.of("http", "app-layer-event:smtp.invalid_reply;"));
        assertThat(why.code()).isEqualTo(RuleCode.CONFLICT);
    }
}
