package jp.genkan.appliance.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.PacketBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    private static final String PC = "192.168.1.10";
    private static final String SERVER = "198.51.100.7";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path capture;
    private final List<byte[]> frames = new ArrayList<>();

    @BeforeEach
    void aShortConversation() {
        capture = folder.resolve("capture.pcap");
        frames.add(tcp(PC, SERVER, 40_000, 80, Packet.SYN, 100, 0, ""));
        frames.add(tcp(SERVER, PC, 80, 40_000, Packet.SYN | Packet.ACK, 900, 101, ""));
        frames.add(tcp(PC, SERVER, 40_000, 80, Packet.ACK, 101, 901, ""));
        frames.add(tcp(PC, SERVER, 40_000, 80, Packet.ACK | Packet.PSH, 101, 901, "hello"));
        frames.add(tcp(SERVER, PC, 80, 40_000, Packet.ACK, 901, 106, ""));
    }

    @Test
    void forwardsEveryFrameUnchangedAndTellsTheFlow() throws Exception {
        write(1, 0);
        ReplayResult result = replay(Map.of(), true);
        assertThat(result.exit()).isZero();
        assertThat(Files.readAllBytes(folder.resolve("out/forwarded.pcap"))).isEqualTo(Files.readAllBytes(capture));
        JsonNode json = JSON.readTree(folder.resolve("out/result.json").toFile());
        assertThat(json.path("frames_in").asInt()).isEqualTo(5);
        assertThat(json.path("frames_out").asInt()).isEqualTo(5);
        List<JsonNode> flows = events("flow");
        assertThat(flows).hasSize(1);
        assertThat(flows.getFirst().path("flow").path("pkts_toserver").asInt()).isEqualTo(3);
        assertThat(flows.getFirst().path("src_ip").asText()).isEqualTo(PC);
    }

    @Test
    void cutsOffAListedAddressAndTellsBothEnds() throws Exception {
        write(1, 0);
        Files.writeString(folder.resolve("bad.txt"), SERVER + "\n");
        Path config = Files.writeString(
                folder.resolve("g.yaml"), "reputation:\n  lists:\n    - name: test\n      file: bad.txt\n");
        ReplayResult result = Replay.run(job(config, Map.of(), true), (frames, octets, all) -> {});
        assertThat(result.exit()).isZero();
        List<JsonNode> alerts = events("alert");
        assertThat(alerts).hasSize(1);
        assertThat(alerts.getFirst().path("alert").path("action").asText()).isEqualTo("blocked");
        JsonNode json = JSON.readTree(folder.resolve("out/result.json").toFile());
        assertThat(json.path("frames_out").asInt())
                .as("an RST in answer to each segment, because the ends of a capture go on whatever they are told")
                .isEqualTo(5);
    }

    @Test
    void leavesListedAddressesAloneWhenItOnlyLooks() throws Exception {
        write(1, 0);
        Files.writeString(folder.resolve("bad.txt"), SERVER + "\n");
        Path config = Files.writeString(
                folder.resolve("g.yaml"), "reputation:\n  lists:\n    - name: test\n      file: bad.txt\n");
        Replay.run(job(config, Map.of(), false), (frames, octets, all) -> {});
        assertThat(events("alert")).hasSize(1);
        assertThat(folder.resolve("out/forwarded.pcap")).doesNotExist();
    }

    @Test
    void readsWhatIsWholeOfACaptureThatIsCutOff() throws Exception {
        write(1, 10);
        ReplayResult result = replay(Map.of(), true);
        assertThat(result.exit()).isZero();
        assertThat(result.framesIn()).isEqualTo(4);
        assertThat(result.errors()).hasSize(1);
    }

    @Test
    void refusesALinkTypeThatItDoesNotKnow() throws Exception {
        write(127, 0);
        ReplayResult result = replay(Map.of(), true);
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.errors().getFirst()).contains("127");
        assertThat(folder.resolve("out/result.json")).exists();
    }

    @Test
    void refusesASettingThatDoesNotExist() throws Exception {
        write(1, 0);
        ReplayResult result = replay(Map.of("flow.maxx", "7"), true);
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.errors().getFirst()).contains("flow.max");
    }

    @Test
    void endsAStrictJobAtARuleThatCannotBeLoaded() throws Exception {
        write(1, 0);
        Path rules = Files.writeString(
                folder.resolve("x.rules"), "alert tcp any any -> any any (no_such_keyword; sid:1;)\n");
        ReplayJob job = new ReplayJob(
                "r",
                capture,
                folder.resolve("out"),
                List.of(rules),
                true,
                null,
                null,
                Map.of(),
                true,
                false,
                null,
                List.of());
        assertThat(Replay.run(job, (frames, octets, all) -> {}).exit()).isEqualTo(3);
    }

    private ReplayResult replay(Map<String, String> set, boolean inline) throws IOException {
        return Replay.run(job(null, set, inline), (frames, octets, all) -> {});
    }

    private ReplayJob job(@Nullable Path config, Map<String, String> set, boolean inline) {
        return new ReplayJob(
                "job",
                capture,
                folder.resolve("out"),
                List.of(),
                false,
                null,
                config,
                set,
                inline,
                false,
                null,
                List.of());
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

    private void write(int link, int cutOff) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(little(24)
                .putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(262_144)
                .putInt(link)
                .array());
        int second = 1_700_000_000;
        for (byte[] frame : frames) {
            file.writeBytes(little(16)
                    .putInt(second++)
                    .putInt(5)
                    .putInt(frame.length)
                    .putInt(frame.length)
                    .array());
            file.writeBytes(frame);
        }
        byte[] whole = file.toByteArray();
        Files.write(capture, Arrays.copyOf(whole, whole.length - cutOff));
    }

    private static ByteBuffer little(int octets) {
        return ByteBuffer.allocate(octets).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] tcp(
            String source,
            String destination,
            int from,
            int to,
            int flags,
            int sequence,
            int acknowledgment,
            String text) {
        return PacketBuilder.ethernet()
                .ipv4(source, destination)
                .tcp(from, to)
                .flags(flags)
                .sequence(sequence)
                .acknowledgment(acknowledgment)
                .payload(text)
                .bytes();
    }
}
