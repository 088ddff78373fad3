package jp.genkan.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import jp.genkan.appliance.control.ControlClient;
import jp.genkan.testbed.box.GenkanBox;
import jp.genkan.testbed.net.Await;
import jp.genkan.testbed.net.OffloadMode;
import jp.genkan.testbed.net.TestNetwork;
import jp.genkan.testbed.net.Topology;
import jp.genkan.testbed.net.TopologySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rules are replaced while traffic flows. */
class RuleReloadTest {
    private static final String ALPHA = "drop tcp any any -> any any (msg:\"alpha\"; content:\"word alpha\"; sid:1;)\n";
    private static final String BETA = "drop tcp any any -> any any (msg:\"beta\"; content:\"word beta\"; sid:2;)\n";
    private static final int RELOADS = 5;
    private static final String BROKEN = "<html><body>no rules today</body></html>\ndrop tcp any any (broken;)\n";

    @RegisterExtension
    static final TestNetwork NETWORK = TestNetwork.needing();

    private static JsonNode reload(GenkanBox box) throws Exception {
        return box.control(ControlClient.request("reload"));
    }

    private static void assertStopped(Talk talk, String words) throws Exception {
        Talk.say(talk.client, words);
        Talk.End client = Talk.hearAll(talk.client);
        assertThat(client.reset()).isTrue();
        Talk.End server = Talk.hearAll(talk.server);
        assertThat(server.reset()).isTrue();
        assertThat(server.octets()).isEmpty();
    }

    private static void assertPasses(Talk talk, String words) throws Exception {
        Talk.say(talk.client, words);
        assertThat(Talk.hear(talk.server, words.length())).isEqualTo(words);
        Talk.say(talk.server, "so it is");
        assertThat(Talk.hear(talk.client, 8)).isEqualTo("so it is");
    }

    @Test
    void brokenFileLeavesTheRulesInForceAndSaysWhy() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        Path rules = Files.writeString(topology.directory().resolve("test.rules"), ALPHA);
        GenkanBox box = NETWORK.closing(GenkanBox.in(topology)
                .yaml(GenkanRig.PATIENT + "ips:\n  rules: [" + rules + "]\n")
                .start());
        Files.writeString(rules, BROKEN);
        String problems = reload(box).path("problems").toString();
        assertThat(problems).contains("test.rules:1", "the rules before stay in force");
        try (Talk talk = Talk.open(topology.lan(), topology.wan())) {
            assertPasses(talk, "word beta");
            assertStopped(talk, "word alpha");
        }
        Files.delete(rules);
        assertThat(reload(box).path("problems").toString()).contains("test.rules", "the rules before stay in force");
        try (Talk talk = Talk.open(topology.lan(), topology.wan())) {
            assertStopped(talk, "word alpha");
        }
        Files.writeString(rules, ALPHA + "drop tcp any any -> any any (no-such-keyword; sid:3;)\n");
        assertThat(reload(box).path("problems").toString())
                .as("one rule that is not understood does not hinder the others")
                .contains("test.rules:2")
                .doesNotContain("stay in force");
    }

    @Test
    void newRulesHoldForConnectionsThatLive() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        Path rules = Files.writeString(
                topology.directory().resolve("test.rules"),
                "alert icmp any any -> any any (msg:\"no stream is looked at\"; itype:200; sid:9;)\n");
        GenkanBox box = NETWORK.closing(GenkanBox.in(topology)
                .yaml(GenkanRig.PATIENT + "ips:\n  rules: [" + rules + "]\n")
                .start());
        try (Talk first = Talk.open(topology.lan(), topology.wan());
                Talk second = Talk.open(topology.lan(), topology.wan());
                Talk passed = Talk.open(topology.lan(), topology.wan(), 7_200)) {
            assertPasses(first, "word alpha");
            assertPasses(second, "word alpha");
            Files.writeString(rules, ALPHA + "pass tcp any any -> any 7200 (msg:\"pass\"; flow:established; sid:4;)\n");
            assertThat(reload(box).path("problems")).isEmpty();
            assertPasses(second, "word beta");
            assertPasses(passed, "word alpha");
            assertStopped(first, "word alpha");
            Files.writeString(rules, ALPHA + BETA);
            assertThat(reload(box).path("problems")).isEmpty();
            assertStopped(second, "word beta");
            assertStopped(passed, "word alpha");
        }
    }

    @Test
    void noFrameIsLostMeanwhile() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        Path rules = Files.writeString(topology.directory().resolve("test.rules"), ALPHA);
        GenkanBox box = NETWORK.closing(GenkanBox.in(topology)
                .yaml(GenkanRig.PATIENT + "ips:\n  rules: [" + rules + "]\n")
                .start());
        AtomicBoolean ends = new AtomicBoolean();
        AtomicLong sent = new AtomicLong();
        AtomicLong received = new AtomicLong();
        try (DatagramChannel server = topology.wan().datagrams(StandardProtocolFamily.INET);
                DatagramChannel client = topology.lan().datagrams(StandardProtocolFamily.INET)) {
            client.connect((InetSocketAddress) server.getLocalAddress());
            Thread receiving = Thread.ofPlatform().daemon().start(() -> receive(server, received));
            Thread sending = Thread.ofPlatform().daemon().start(() -> send(client, sent, ends));
            for (int i = 0; i < RELOADS; i++) {
                Files.writeString(rules, i % 2 == 0 ? ALPHA + BETA : ALPHA);
                assertThat(reload(box).path("problems")).isEmpty();
            }
            ends.set(true);
            sending.join();
            Await.until("all datagrams", GenkanRig.LIMIT, () -> received.get() == sent.get() || !receiving.isAlive());
        }
        System.out.printf(
                "measured: %d of %d datagrams arrive while rules are loaded %d times%n",
                received.get(), sent.get(), RELOADS);
        assertThat(received.get()).isEqualTo(sent.get());
    }

    private static void receive(DatagramChannel server, AtomicLong received) {
        ByteBuffer octets = ByteBuffer.allocate(1_000);
        try {
            while (true) {
                server.receive(octets.clear());
                received.incrementAndGet();
            }
        } catch (java.io.IOException closed) {
            // the test is over
        }
    }

    private static void send(DatagramChannel client, AtomicLong sent, AtomicBoolean ends) {
        try {
            while (!ends.get()) {
                client.write(ByteBuffer.allocate(200));
                sent.incrementAndGet();
                LockSupport.parkNanos(100_000);
            }
        } catch (java.io.IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
