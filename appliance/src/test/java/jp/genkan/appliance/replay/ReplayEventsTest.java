package jp.genkan.appliance.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import jp.genkan.core.capture.CaptureWriter;
import jp.genkan.core.capture.TimeResolution;
import jp.genkan.core.frame.PacketBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of a replay under rules and settings: one datagram a second, from 192.168.1.10 to 198.51.100.7. */
class ReplayEventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;

    private final List<String> datagrams = new ArrayList<>();

    private ReplayResult replay(String rules, String yaml) throws IOException {
        Path capture = folder.resolve("capture.pcap");
        try (CaptureWriter writer = new CaptureWriter(capture, 1, 65_535, TimeResolution.MICROSECONDS)) {
            long epochNanos = 1_700_000_000L * SECOND;
            for (String text : datagrams) {
                byte[] frame = PacketBuilder.ethernet()
                        .ipv4("192.168.1.10", "198.51.100.7")
                        .udp(40_000, 9_999)
                        .payload(text)
                        .bytes();
                writer.write(epochNanos, MemorySegment.ofArray(frame), 0, frame.length, frame.length);
                epochNanos += SECOND;
            }
        }
        ReplayJob job = new ReplayJob(
                null,
                capture,
                folder.resolve("out"),
                List.of(Files.writeString(folder.resolve("a.rules"), rules)),
                true,
                Files.writeString(folder.resolve("suricata.yaml"), yaml),
                null,
                Map.of(),
                true,
                false,
                Files.createDirectories(folder.resolve("content")),
                List.of());
        return Replay.run(job, (frames, octets, all) -> {});
    }

    private List<JsonNode> events(String type) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("out/eve.json"))) {
            JsonNode event = JSON.readTree(line);
            if (event.path("event_type").asText().equals(type)) {
                found.add(event);
            }
        }
        return found;
    }

    private static String yaml(String types) {
        return "outputs:\n  - eve-log:\n      community-id: yes\n      types:\n" + types;
    }

    @Test
    void alertsCarryWhatTheConfigurationAsksFor() throws Exception {
        datagrams.add("GET evil");
        ReplayResult result = replay(
                "alert udp any any -> any 9999 (msg:\"x\"; content:\"evil\"; reference:url,example.com/a; sid:1;)",
                yaml("        - alert: {payload: yes, payload-printable: yes, packet: yes, verdict: yes,"
                        + " metadata: {rule: {reference: yes, raw: yes}}}\n"));
        assertThat(result.errors()).isEmpty();
        JsonNode alert = events("alert").getFirst();
        byte[] payload = Base64.getDecoder().decode(alert.path("payload").asText());
        assertThat(new String(payload, StandardCharsets.US_ASCII)).isEqualTo("GET evil");
        assertThat(alert.path("payload_printable").asText()).isEqualTo("GET evil");
        assertThat(alert.path("stream").asInt()).isZero();
        assertThat(alert.path("packet_info").path("linktype_name").asText()).isEqualTo("EN10MB");
        assertThat(alert.path("verdict").path("action").asText()).isEqualTo("alert");
        assertThat(alert.path("alert").path("references").path(0).asText()).isEqualTo("https://example.com/a");
        assertThat(alert.path("alert").path("rule").asText()).startsWith("alert udp any any");
        assertThat(alert.path("community_id").asText()).startsWith("1:");
        assertThat(alert.has("ether")).isFalse();
    }

    @Test
    void aDroppedFlowIsToldOnceAWayOrForEachPacket() throws Exception {
        datagrams.addAll(List.of("evil", "more", "more"));
        String rule = "drop udp any any -> any 9999 (msg:\"x\"; content:\"evil\"; sid:1;)"
                + "\ndrop udp any any -> any any (msg:\"all\"; sid:2;)";
        replay(rule, yaml("        - alert\n        - drop: {alerts: yes}\n"));
        List<JsonNode> start = events("drop");
        assertThat(start).hasSize(1);
        assertThat(start.getFirst().path("drop").path("reason").asText()).isEqualTo("rules");
        assertThat(start.getFirst().path("alert").path("action").asText()).isEqualTo("blocked");
        replay(rule, yaml("        - drop: {flows: all}\n"));
        assertThat(events("drop")).hasSize(3);
        assertThat(events("drop").get(2).path("drop").path("reason").asText()).isEqualTo("flow drop");
        assertThat(events("drop").getFirst().has("alert")).isFalse();
    }

    @Test
    void writesThePacketsAfterAMatchThatARuleTags() throws Exception {
        datagrams.addAll(List.of("evil", "one", "two", "three"));
        replay(
                "alert udp any any -> any 9999 (msg:\"x\"; content:\"evil\"; tag:session,3,packets; sid:1;)",
                yaml("        - alert: {tagged-packets: yes}\n"));
        assertThat(events("packet")).hasSize(2);
        assertThat(events("packet").getFirst().path("pcap_cnt").asInt()).isEqualTo(2);
    }

    @Test
    void tellsWhatRulesHaveNotedInAlertsAndFlows() throws Exception {
        datagrams.add("evil");
        replay(
                "alert udp any any -> any 9999 (msg:\"x\"; content:\"evil\"; flowbits:set,traffic/id/odd; sid:1;)",
                yaml("        - alert\n        - flow\n"));
        for (String type : List.of("alert", "flow")) {
            JsonNode event = events(type).getFirst();
            assertThat(event.path("traffic").path("id").path(0).asText()).isEqualTo("odd");
            assertThat(event.path("metadata").path("flowbits").path(0).asText()).isEqualTo("traffic/id/odd");
        }
    }

    @Test
    void aPassedFlowSaysSo() throws Exception {
        datagrams.addAll(List.of("evil", "evil"));
        replay(
                "pass udp any any -> any 9999 (msg:\"p\"; alert; sid:1;)\ndrop udp any any -> any any (msg:\"d\"; sid:2;)",
                yaml("        - alert: {verdict: yes}\n        - drop\n        - flow\n"));
        assertThat(events("drop")).isEmpty();
        assertThat(events("alert")).hasSize(1);
        assertThat(events("alert").getFirst().path("verdict").path("action").asText())
                .isEqualTo("pass");
        assertThat(events("flow").getFirst().path("flow").path("action").asText())
                .isEqualTo("pass");
    }

    @Test
    void endsWithOneCountOfWhatWasDropped() throws Exception {
        datagrams.addAll(List.of("evil", "evil"));
        replay("drop udp any any -> any any (msg:\"d\"; sid:2;)", yaml("        - stats\n"));
        JsonNode stats = events("stats").getFirst().path("stats");
        assertThat(stats.path("decoder").path("pkts").asInt()).isEqualTo(2);
        assertThat(stats.path("ips").path("blocked").asInt()).isEqualTo(2);
        assertThat(stats.path("ips").path("drop_reason").path("rules").asInt()).isEqualTo(1);
    }

    @Test
    void takesNoMoreAlertsOfAPacketThanTheConfigurationAllows() throws Exception {
        datagrams.add("evil");
        replay(
                "alert udp any any -> any 9999 (content:\"evil\"; sid:1;)\nalert udp any any -> any 9999 (content:\"vil\"; sid:2;)",
                "packet-alert-max: 1\n" + yaml("        - alert\n"));
        assertThat(events("alert")).hasSize(1);
    }
}
