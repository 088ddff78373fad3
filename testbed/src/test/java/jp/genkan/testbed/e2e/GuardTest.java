package jp.genkan.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import jp.genkan.testbed.box.GenkanBox;
import jp.genkan.testbed.load.EchoStream;
import jp.genkan.testbed.net.Await;
import jp.genkan.testbed.net.FrameShape;
import jp.genkan.testbed.net.OffloadMode;
import jp.genkan.testbed.net.TestNetwork;
import jp.genkan.testbed.net.Topology;
import jp.genkan.testbed.net.TopologySpec;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The engine is killed while transfers are held: their ends hear of it at once, and nobody else does.
 *
 * <pre>
 *   lan: downloads, sends mail, echoes ----[ box ✝ ]---- wan: both servers
 * </pre>
 */
class GuardTest {
    private static final double RESET_MILLIS = 150;

    /** Processes that want to run, for each processor, beyond which times are printed and not judged. */
    private static final double LOAD_MAX = 3;

    private static final String PART = "a part of it, and no more\r\n".repeat(4_000);

    @RegisterExtension
    static final TestNetwork NETWORK = TestNetwork.needing();

    @ParameterizedTest
    @EnumSource(
            value = FrameShape.class,
            names = {"PLAIN", "QINQ", "PPPOE"})
    void resetsBothEndsOfWhatIsHeldAndNobodyElse(FrameShape shape) throws Exception {
        Topology topology = NETWORK.build(TopologySpec.of(shape, OffloadMode.NIC));
        GenkanBox box =
                NETWORK.closing(GenkanBox.in(topology).yaml(GenkanRig.PATIENT).start());
        awaitGuard(box, 0);
        try (EchoStream other = EchoStream.start(topology.lan(), topology.wan(), StandardProtocolFamily.INET);
                Talk mail = Talk.open(topology.lan(), topology.wan(), 25);
                Talk download = Talk.open(topology.lan(), topology.wan(), 80)) {
            other.awaitProgress(100, GenkanRig.LIMIT);
            sendMailPart(mail);
            awaitFlows(box, 1);
            sendDownloadPart(download);
            awaitFlows(box, 2);
            Map<String, CompletableFuture<Talk.End>> ends = new LinkedHashMap<>();
            ends.put("who downloads", hearing(download.client));
            ends.put("who sends the file", hearing(download.server));
            ends.put("who sends the mail", hearing(mail.client));
            ends.put("who receives the mail", hearing(mail.server));
            long killed = System.nanoTime();
            box.kill();
            double latest = 0;
            for (Map.Entry<String, CompletableFuture<Talk.End>> end : ends.entrySet()) {
                Talk.End heard = end.getValue().get();
                double millis = (heard.nanos() - killed) / 1e6;
                System.out.printf("measured: %s: %s is told after %.1f ms%n", shape, end.getKey(), millis);
                assertThat(heard.reset()).as(end.getKey()).isTrue();
                latest = Math.max(latest, millis);
            }
            other.awaitProgress(500, GenkanRig.LIMIT);
            assertThat(other.isAlive()).isTrue();
            assertPrompt(latest);
        }
    }

    @Test
    void isStartedAgainWhenItDiesAndEndsWithTheEngine() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        GenkanBox box =
                NETWORK.closing(GenkanBox.in(topology).yaml(GenkanRig.PATIENT).start());
        long first = awaitGuard(box, 0);
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        long second = awaitGuard(box, 1);
        assertThat(second).isNotEqualTo(first);
        box.awaitEvent(
                "the guard was lost", GenkanRig.LIMIT, event -> event.toString().contains("guard_lost"));
        assertThat(box.terminate()).isZero();
        awaitEnd(second);
        box.start();
        long third = awaitGuard(box, 0);
        box.kill();
        awaitEnd(third);
    }

    @Test
    void isNotThereWhereNothingIsHeld() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        GenkanBox box = NETWORK.closing(
                GenkanBox.in(topology).yaml("av:\n  hold: false\n").start());
        assertThat(box.status().at("/guard/state").asText()).isEqualTo("off");
        assertThat(box.status().at("/guard/process").asLong()).isZero();
    }

    /** Returns the guard's process once it is ready. */
    private static long awaitGuard(GenkanBox box, int deaths) throws Exception {
        Await.until("the guard is ready", GenkanRig.LIMIT, () -> {
            JsonNode guard = box.status().path("guard");
            return guard.path("state").asText().equals("alive")
                    && guard.path("deaths").asInt() == deaths;
        });
        return box.status().at("/guard/process").asLong();
    }

    private static void awaitFlows(GenkanBox box, int flows) throws Exception {
        Await.until(
                flows + " directions are guarded",
                GenkanRig.LIMIT,
                () -> box.status().at("/guard/flows").asInt() == flows);
    }

    private static void awaitEnd(long process) throws Exception {
        Await.until(
                "the guard has ended",
                GenkanRig.LIMIT,
                () -> ProcessHandle.of(process).isEmpty());
    }

    private static void sendMailPart(Talk mail) throws IOException {
        answer(mail, "", "220 mail.genkan.test\r\n");
        answer(mail, "HELO client.genkan.test\r\n", "250 well\r\n");
        answer(mail, "MAIL FROM:<sender@genkan.test>\r\n", "250 well\r\n");
        answer(mail, "RCPT TO:<receiver@genkan.test>\r\n", "250 well\r\n");
        answer(mail, "DATA\r\n", "354 go on\r\n");
        Talk.say(mail.client, "From: <sender@genkan.test>\r\nSubject: parts\r\n\r\n" + PART);
    }

    private static void answer(Talk talk, String said, String answer) throws IOException {
        Talk.say(talk.client, said);
        assertThat(Talk.hear(talk.server, said.length())).isEqualTo(said);
        Talk.say(talk.server, answer);
        assertThat(Talk.hear(talk.client, answer.length())).isEqualTo(answer);
    }

    private static void sendDownloadPart(Talk download) throws IOException {
        String request = "GET /file.bin HTTP/1.1\r\nHost: www.genkan.test\r\n\r\n";
        Talk.say(download.client, request);
        assertThat(Talk.hear(download.server, request.length())).isEqualTo(request);
        Talk.say(
                download.server,
                "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 1000000\r\n\r\n" + PART);
    }

    private static CompletableFuture<Talk.End> hearing(SocketChannel end) {
        CompletableFuture<Talk.End> heard = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("hearing").start(() -> {
            try {
                heard.complete(Talk.hearAll(end));
            } catch (IOException failed) {
                heard.completeExceptionally(failed);
            }
        });
        return heard;
    }

    /** A time beyond its bound means nothing where others fill the processors. */
    private static void assertPrompt(double millis) throws IOException {
        String[] load = Files.readString(Path.of("/proc/loadavg")).split(" ", -1);
        double perProcessor = Double.parseDouble(load[0]) / Runtime.getRuntime().availableProcessors();
        Assumptions.assumeTrue(
                millis < RESET_MILLIS || perProcessor < LOAD_MAX,
                () -> String.format("the machine is too busy to judge times (load %s): %.1f ms", load[0], millis));
        assertThat(millis).isLessThan(RESET_MILLIS);
    }
}
