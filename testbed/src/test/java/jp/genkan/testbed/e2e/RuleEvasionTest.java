package jp.genkan.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import jp.genkan.testbed.box.GenkanBox;
import jp.genkan.testbed.load.RawClient;
import jp.genkan.testbed.net.Host;
import jp.genkan.testbed.net.OffloadMode;
import jp.genkan.testbed.net.TestNetwork;
import jp.genkan.testbed.net.Topology;
import jp.genkan.testbed.net.TopologySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** However a sender cuts, orders and repeats its segments, what a rule forbids never reaches the receiver as a whole. */
class RuleEvasionTest {
    private static final String NEEDLE = "the needle that is forbidden";
    private static final String INNOCENT = "a harmless piece of straw !!";
    private static final String BEFORE = "all of this is fine: ";
    private static final int PORT = 7_100;
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @RegisterExtension
    static final TestNetwork NETWORK = TestNetwork.needing().shared();

    @SuppressWarnings("NullAway.Init")
    private static Topology topology;

    private static int nextPort = 20_000;

    @BeforeAll
    static void startBox() throws Exception {
        topology = NETWORK.build(TopologySpec.plain(OffloadMode.GSO));
        Path rules = Files.writeString(
                topology.directory().resolve("test.rules"),
                "drop tcp any any -> any any (msg:\"needle\"; content:\"" + NEEDLE + "\"; sid:1;)\n");
        NETWORK.closing(GenkanBox.in(topology)
                .yaml(GenkanRig.PATIENT + "ips:\n  rules: [" + rules + "]\n")
                .start());
    }

    /** What a raw client sends, once it is connected. */
    @FunctionalInterface
    private interface Sending {
        void send(RawClient client) throws Exception;
    }

    /** What the server reads, and whether both ends were reset. */
    private record Outcome(String atServer, boolean serverReset, boolean clientReset) {}

    private static Outcome outcome(Sending sending) throws Exception {
        Host wan = topology.wan();
        InetAddress nobody = InetAddress.getByName("192.168.77.99");
        try (ServerSocketChannel listening = wan.namespace()
                        .call(() -> ServerSocketChannel.open().bind(new InetSocketAddress(wan.ipv4(), PORT)));
                RawClient client = RawClient.connect(topology.lan(), wan, nobody, nextPort++, PORT);
                SocketChannel server = listening.accept()) {
            sending.send(client);
            Talk.End atServer = Talk.hearAll(server);
            return new Outcome(atServer.octets(), atServer.reset(), client.isReset(AT_ONCE));
        }
    }

    private static void assertStopped(Outcome outcome) {
        assertThat(outcome.atServer()).doesNotContain(NEEDLE);
        assertThat(outcome.serverReset()).isTrue();
        assertThat(outcome.clientReset()).isTrue();
    }

    @Test
    void stopsAMatchThatStraddlesTwoSegments() throws Exception {
        int half = NEEDLE.length() / 2;
        assertStopped(outcome(client -> {
            client.send(0, BEFORE + NEEDLE.substring(0, half));
            client.send(BEFORE.length() + half, NEEDLE.substring(half));
        }));
    }

    @Test
    void stopsAMatchInSegmentsOfOneOctet() throws Exception {
        String whole = BEFORE + NEEDLE;
        Outcome outcome = outcome(client -> {
            for (int i = 0; i < whole.length(); i++) {
                client.send(i, whole.substring(i, i + 1));
            }
        });
        assertStopped(outcome);
        assertThat(whole).startsWith(outcome.atServer());
        assertThat(outcome.atServer()).startsWith(BEFORE);
    }

    @Test
    void stopsAMatchInSegmentsThatComeLastFirst() throws Exception {
        String whole = BEFORE + NEEDLE;
        assertStopped(outcome(client -> {
            for (int i = (whole.length() - 1) / 5 * 5; i >= 0; i -= 5) {
                client.send(i, whole.substring(i, Math.min(i + 5, whole.length())));
            }
        }));
    }

    @Test
    void stopsAMatchWhoseSegmentIsRepeatedWithOtherOctets() throws Exception {
        Outcome outcome = outcome(client -> {
            client.send(BEFORE.length(), NEEDLE);
            client.send(BEFORE.length(), INNOCENT);
            client.send(0, BEFORE);
        });
        assertStopped(outcome);
    }

    @Test
    void letsNoOctetsChangeBehindAGap() throws Exception {
        Outcome outcome = outcome(client -> {
            client.send(BEFORE.length(), INNOCENT);
            client.send(BEFORE.length(), NEEDLE);
            client.send(0, BEFORE);
        });
        assertThat(outcome.atServer()).isEqualTo(BEFORE + INNOCENT);
    }

    @Test
    void letsNoOctetsChangeThatWereReadAlready() throws Exception {
        int half = NEEDLE.length() / 2;
        Outcome outcome = outcome(client -> {
            client.send(0, BEFORE + INNOCENT.substring(0, half));
            client.send(BEFORE.length(), NEEDLE);
            client.send(BEFORE.length(), INNOCENT);
        });
        // what the receiver had acknowledged is no longer kept: neither does it change there
        assertThat(outcome.atServer())
                .startsWith(BEFORE + INNOCENT.substring(0, half))
                .doesNotContain(NEEDLE);
    }

    @Test
    void tellsTheReceiverAlsoWhereTheSegmentRepeatsWhatItHas() throws Exception {
        int half = NEEDLE.length() / 2;
        assertStopped(outcome(client -> {
            client.send(0, BEFORE + NEEDLE.substring(0, half));
            client.send(0, BEFORE + NEEDLE);
        }));
    }

    @Test
    void stopsAMatchInTheMiddleOfASuperFrame() throws Exception {
        String large = "x".repeat(30_000) + NEEDLE + "y".repeat(30_000);
        try (Talk talk = Talk.open(topology.lan(), topology.wan())) {
            Talk.say(talk.client, large);
            long said = System.nanoTime();
            Talk.End client = Talk.hearAll(talk.client);
            Talk.End server = Talk.hearAll(talk.server);
            assertThat(server.octets().contains(NEEDLE)).isFalse();
            assertThat(client.reset()).isTrue();
            assertThat(client.nanos() - said).isLessThan(AT_ONCE.toNanos());
            assertThat(server.reset()).isTrue();
        }
    }

    @Test
    void tellsAClientThatIsBeingSentMuchMeanwhile() throws Exception {
        try (Talk talk = Talk.open(topology.lan(), topology.wan())) {
            Thread flood = Thread.ofPlatform().daemon().start(() -> {
                try {
                    for (int i = 0; i < 10_000; i++) {
                        Talk.say(talk.server, "z".repeat(10_000));
                    }
                } catch (java.io.IOException expected) {
                    // the connection is cut
                }
            });
            Talk.hear(talk.client, 1_000_000);
            Talk.say(talk.client, NEEDLE);
            long said = System.nanoTime();
            Talk.End client = Talk.hearAll(talk.client);
            assertThat(client.reset()).isTrue();
            assertThat(client.nanos() - said).isLessThan(AT_ONCE.toNanos());
            assertThat(flood.join(Duration.ofSeconds(5))).isTrue();
            assertThat(Talk.hearAll(talk.server).octets()).isEmpty();
        }
    }
}
