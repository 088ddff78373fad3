package jp.genkan.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.TreeMap;
import java.util.function.Consumer;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The lines of eve.json, as text. */
class EveWriterTest {
    /** 2026-11-24 00:00:00.123456789 UTC. */
    private static final long WHEN = 1_795_478_400_123_456_789L;

    private static final Address CLIENT = Address.parse("192.168.1.20");
    private static final Address SERVER = Address.parse("203.0.113.9");

    private final EveWriter writer = new EveWriter(ZoneId.of("Asia/Tokyo"), port -> port == 2 ? "eth2" : null);

    private record Sample(@Nullable FlowIdentity identity, long epochNanos, Consumer<EveFields> body) implements Event {
        @Override
        public String type() {
            return "sample";
        }

        @Override
        public void writeTo(EveFields out) {
            body.accept(out);
        }
    }

    private String line(Event event) {
        int length = writer.write(event);
        String text = new String(writer.bytes(), 0, length, StandardCharsets.UTF_8);
        assertThat(text).endsWith("}\n");
        return text.substring(0, length == text.length() ? length - 1 : text.length() - 1);
    }

    private String body(Consumer<EveFields> body) {
        String text = line(new Sample(null, WHEN, body));
        String head = "{\"timestamp\":\"2026-11-24T09:00:00.123456+0900\",\"event_type\":\"sample\"";
        assertThat(text).startsWith(head);
        return text.substring(head.length(), text.length() - 1);
    }

    private static FlowIdentity identity(int protocol, int sourcePort, int destinationPort) {
        return new FlowIdentity(
                1234567, CLIENT, sourcePort, SERVER, destinationPort, protocol, 0, 0, 0, 0, 0, Packet.NONE);
    }

    @Test
    void writesCommonFieldsInSuricatasOrder() {
        FlowIdentity identity = new FlowIdentity(
                0xf000_0000_0000_0001L,
                CLIENT,
                40_000,
                SERVER,
                443,
                6,
                0x00a | 0xfff << 12,
                2,
                0x0200_0000_0001L,
                0x0200_0000_00feL,
                17,
                2);
        assertThat(line(new Sample(identity, WHEN, out -> out.put("app_proto", "tls"))))
                .isEqualTo("{\"timestamp\":\"2026-11-24T09:00:00.123456+0900\",\"flow_id\":17293822569102704641,"
                        + "\"in_iface\":\"eth2\",\"pcap_cnt\":17,\"event_type\":\"sample\",\"vlan\":[10,4095],"
                        + "\"src_ip\":\"192.168.1.20\",\"src_port\":40000,\"dest_ip\":\"203.0.113.9\",\"dest_port\":443,"
                        + "\"proto\":\"TCP\",\"ip_v\":4,"
                        + "\"ether\":{\"src_mac\":\"02:00:00:00:00:01\",\"dest_mac\":\"02:00:00:00:00:fe\"},"
                        + "\"app_proto\":\"tls\"}");
    }

    @Test
    void writesTypeAndCodeInsteadOfPortsForIcmp() {
        assertThat(line(new Sample(identity(1, 8, 0), WHEN, out -> {})))
                .endsWith("\"src_ip\":\"192.168.1.20\",\"dest_ip\":\"203.0.113.9\",\"proto\":\"ICMP\",\"ip_v\":4,"
                        + "\"icmp_type\":8,\"icmp_code\":0}");
    }

    @Test
    void writesIpv6UncompressedAsSuricataDoes() {
        FlowIdentity identity = new FlowIdentity(
                5, Address.parse("fe80::1"), 135, Address.parse("2001:db8::2"), 0, 58, 0, 0, 0, 0, 0, Packet.NONE);
        assertThat(line(new Sample(identity, WHEN, out -> {})))
                .endsWith("\"src_ip\":\"fe80:0000:0000:0000:0000:0000:0000:0001\","
                        + "\"dest_ip\":\"2001:0db8:0000:0000:0000:0000:0000:0002\","
                        + "\"proto\":\"IPv6-ICMP\",\"ip_v\":6,\"icmp_type\":135,\"icmp_code\":0}");
    }

    @Test
    void namesOtherProtocolsAndLeavesTheirPortsOut() {
        assertThat(line(new Sample(identity(47, 0, 0), WHEN, out -> {}))).contains("\"proto\":\"GRE\"");
        assertThat(line(new Sample(identity(253, 0, 0), WHEN, out -> {})))
                .contains("\"proto\":\"253\"")
                .doesNotContain("port");
        assertThat(line(new Sample(identity(132, 1, 2), WHEN, out -> {})))
                .contains("\"src_port\":1", "\"dest_port\":2", "\"proto\":\"SCTP\"");
    }

    @Test
    void leavesAddressesOutWhereThereIsNoNetworkLayer() {
        Address none = new Address(0, 0);
        FlowIdentity arp = new FlowIdentity(0, none, 0, none, 0, Packet.NONE, 0, 0, 1, 2, 0, Packet.NONE);
        assertThat(line(new Sample(arp, WHEN, out -> {})))
                .isEqualTo("{\"timestamp\":\"2026-11-24T09:00:00.123456+0900\",\"event_type\":\"sample\","
                        + "\"ether\":{\"src_mac\":\"00:00:00:00:00:01\",\"dest_mac\":\"00:00:00:00:00:02\"}}");
    }

    @Test
    void keepsAddressesOfAPacketWhoseProtocolIsUnknown() {
        assertThat(line(new Sample(identity(Packet.NONE, 0, 0), WHEN, out -> {})))
                .endsWith("\"src_ip\":\"192.168.1.20\",\"dest_ip\":\"203.0.113.9\",\"ip_v\":4}");
    }

    @Test
    void formatsTimesBeforeTheEpochAndInOtherZones() {
        EveWriter newYork = new EveWriter(ZoneId.of("America/New_York"));
        int length = newYork.write(new Sample(null, -1, out -> out.putTime("then", 1_795_478_400_000_000_000L)));
        assertThat(new String(newYork.bytes(), 0, length, StandardCharsets.UTF_8))
                .contains("\"timestamp\":\"1969-12-31T18:59:59.999999-0500\"")
                .contains("\"then\":\"2026-11-23T19:00:00.000000-0500\"");
        EveWriter kolkata = new EveWriter(ZoneOffset.ofHoursMinutes(5, 30));
        length = kolkata.write(new Sample(null, Long.MIN_VALUE, out -> out.putTime("last", Long.MAX_VALUE)));
        assertThat(new String(kolkata.bytes(), 0, length, StandardCharsets.UTF_8))
                .contains("1677-09-21T05:42:43.145224+0530", "2262-04-12T05:17:16.854775+0530");
    }

    @Test
    void nestsObjectsAndArrays() {
        assertThat(body(out -> out.object("a")
                        .put("x", 1)
                        .array("list")
                        .add("one")
                        .add(2)
                        .object()
                        .put("deep", true)
                        .end()
                        .object()
                        .end()
                        .end()
                        .array("none")
                        .end()
                        .end()
                        .put("ratio", 0.5)
                        .put("nan", Double.NaN)
                        .put("min", Long.MIN_VALUE)))
                .isEqualTo(",\"a\":{\"x\":1,\"list\":[\"one\",2,{\"deep\":true},{}],\"none\":[]},\"ratio\":0.5,"
                        + "\"nan\":null,\"min\":-9223372036854775808");
    }

    @Test
    void escapesHostileText() {
        assertThat(body(out -> out.put("v", "a\"b\\c\n\r\t\0\u001b[2J\u007f\u0085\u009b")))
                .isEqualTo(",\"v\":\"a\\\"b\\\\c\\n\\r\\t\\u0000\\u001b[2J\\u007f\\u0085\\u009b\"");
        assertThat(body(out -> out.put("v", "玄関 \ud83c\udfe0 \u00a0é")))
                .isEqualTo(",\"v\":\"玄関 \ud83c\udfe0 \u00a0é\"");
        assertThat(body(out -> out.put("v", "\ud800x\udc00\udc00\ud800")))
                .isEqualTo(",\"v\":\"\ufffdx\ufffd\ufffd\ufffd\"");
        assertThat(body(out -> out.put("na\"me", 1))).isEqualTo(",\"na\\\"me\":1");
    }

    @Test
    void neverCutsASurrogatePairInTwo() {
        String text = "x".repeat(EveWriter.TEXT_CHARS_MAX - 1) + "\ud83c\udfe0";
        assertThat(body(out -> out.put("v", text))).endsWith("x\ufffd\"");
    }

    @Test
    void writesOnlyTheHeadOfAnOversizeEvent() {
        String large = "\u00ff".repeat(EveWriter.TEXT_CHARS_MAX);
        Sample tooLarge = new Sample(identity(6, 1, 2), WHEN, out -> {
            out.array("all");
            for (int i = 0; i < 20; i++) {
                out.add(large);
            }
            out.end();
        });
        assertThat(line(tooLarge)).endsWith("\"proto\":\"TCP\",\"ip_v\":4,\"oversize\":true}");
        assertThat(writer.oversize()).isEqualTo(1);
    }

    @Test
    void refusesAnEventThatOpensAndClosesInAWrongWay() {
        assertThatThrownBy(() -> body(out -> out.object("open"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> body(EveFields::end)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> body(out -> out.add("x"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> body(out -> out.array("a").put("x", 1))).isInstanceOf(IllegalStateException.class);
        assertThat(body(out -> out.put("still", "well"))).isEqualTo(",\"still\":\"well\"");
    }

    @Test
    void everyLineIsJsonForAParser() throws Exception {
        String hostile = "\ud800\"\\\n\u2028\u0000\u009f";
        int length = writer.write(new Sample(null, WHEN, out -> out.put(hostile, hostile)));
        try (JsonParser parser = new JsonFactory().createParser(writer.bytes(), 0, length)) {
            String last = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                last = token == JsonToken.VALUE_STRING ? parser.getText() : last;
            }
            assertThat(last).isEqualTo(hostile.replace('\ud800', '\ufffd'));
        }
    }

    @Test
    void healthEventTellsFromWhenToWhen() {
        HealthEvent event = HealthEvent.of(
                        WHEN, "fail_open", HealthEvent.Severity.CRITICAL, "Frames passed uninspected.")
                .during(WHEN - 5_000_000_000L, WHEN)
                .with("frames", 120)
                .with("interface", "p0");
        assertThat(line(event))
                .endsWith("\"event_type\":\"health\",\"health\":{\"name\":\"fail_open\",\"severity\":\"critical\","
                        + "\"text\":\"Frames passed uninspected.\",\"from\":\"2026-11-24T08:59:55.123456+0900\","
                        + "\"to\":\"2026-11-24T09:00:00.123456+0900\",\"interface\":\"p0\",\"frames\":120}}");
    }

    @Test
    void anomalyEventFollowsEve() {
        FlowIdentity identity = identity(6, 1, 2);
        assertThat(line(AnomalyEvent.ofStream(WHEN, identity, "stream.reassembly_gap")))
                .endsWith("\"anomaly\":{\"type\":\"stream\",\"event\":\"stream.reassembly_gap\"}}");
        assertThat(line(AnomalyEvent.ofApplayer(WHEN, identity, "http", "INVALID_LINE")))
                .endsWith("\"anomaly\":{\"app_proto\":\"http\",\"type\":\"applayer\",\"event\":\"INVALID_LINE\","
                        + "\"layer\":\"proto_parser\"}}");
    }

    @Test
    void statsEventNestsDottedNames() {
        TreeMap<String, Long> values = new TreeMap<>();
        values.put("flow.tcp", 3L);
        values.put("flow.end.state.closed", 2L);
        values.put("flow.end.state.new", 1L);
        values.put("flow-x", 9L);
        values.put("decoder.pkts", 10L);
        assertThat(line(new StatsEvent(WHEN, 60, values)))
                .endsWith("\"stats\":{\"uptime\":60,\"decoder\":{\"pkts\":10},"
                        + "\"flow\":{\"end\":{\"state\":{\"closed\":2,\"new\":1}},\"tcp\":3},\"flow-x\":9}}");
    }

    @Test
    void statsBuilderSumsWorkersAndRefusesANameThatIsBothCounterAndObject() {
        StatsEvent.Builder builder = StatsEvent.builder().add("flow.tcp", 1).add("flow.tcp", 2);
        assertThat(builder.build(WHEN, 1).values()).containsExactly(java.util.Map.entry("flow.tcp", 3L));
        assertThatThrownBy(() -> builder.add("flow", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.add("flow.tcp.syn", 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
