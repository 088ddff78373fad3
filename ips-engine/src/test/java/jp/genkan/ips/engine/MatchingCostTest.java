package jp.genkan.ips.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.network.Variables;
import jp.genkan.ips.signature.RuleEnvironment;
import jp.genkan.ips.signature.Scene;
import jp.genkan.ips.threshold.Thresholds;
import jp.genkan.literals.LiteralCompiler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What matching costs, in counts: they are the same on every machine. */
class MatchingCostTest {
    private static final int RULES = 2_000;
    private static final int PAYLOAD = 1_000;
    private static final int PACKETS_A_MEGABYTE = 1_000;

    @TempDir
    Path folder;

    private final Scene scene = new Scene();
    private final Packet packet = new Packet();
    private final Random random = new Random(20261126);
    private final MemorySegment octets = Arena.ofAuto().allocate(PAYLOAD);
    private IpsStage stage;

    @BeforeEach
    void load() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int sid = 1; sid <= RULES; sid++) {
            text.append("alert udp any any -> any any (msg:\"m\"; content:\"marker-")
                    .append(sid)
                    .append("-end\"; content:\"x\"; distance:0; sid:")
                    .append(sid)
                    .append(";)\n");
        }
        for (int i = 0; i < 200; i++) {
            text.append("alert ip [198.51.")
                    .append(i)
                    .append(".1,203.0.")
                    .append(i)
                    .append(".9] any -> any any (msg:\"known\"; sid:")
                    .append(10_000 + i)
                    .append(";)\n");
        }
        Path file = Files.writeString(folder.resolve("cost.rules"), text);
        RuleLoader loader = new RuleLoader(new RuleEnvironment(folder), Variables.stock(), LiteralCompiler.open(null));
        RuleLoader.Loaded loaded = loader.load(List.of(file));
        assertThat(loaded.problems()).isEmpty();
        RuleSet set = loaded.set();
        stage = new IpsStage(new IpsSettings(
                () -> set,
                new Thresholds(),
                false,
                new Moment.Handshakes(true, false),
                15,
                AlertOptions.DEFAULT,
                BodyLimits.NONE,
                0));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void fill(String text) {
        for (int i = 0; i < PAYLOAD; i++) {
            octets.set(ValueLayout.JAVA_BYTE, i, (byte) ('a' + random.nextInt(26)));
        }
        for (int i = 0; i < text.length(); i++) {
            octets.set(ValueLayout.JAVA_BYTE, 100L + i, (byte) text.charAt(i));
        }
    }

    private void pass(Moment moment) {
        packet.wrap(octets, 0, PAYLOAD);
        packet.ipVersion = 4;
        packet.ipProtocol = IpProtocol.UDP;
        packet.sourceHigh = moment.packet().sourceHigh;
        packet.sourceLow = moment.packet().sourceLow;
        packet.destinationHigh = moment.packet().destinationHigh;
        packet.destinationLow = moment.packet().destinationLow;
        packet.sourcePort = 5_000;
        packet.destinationPort = 6_000;
        packet.payloadOffset = 0;
        packet.payloadLength = PAYLOAD;
        stage.onPacket(packet, Objects.requireNonNull(moment.flow()), moment.context());
        stage.onPacketEnd(packet, moment.flow(), moment.context());
    }

    @Test
    void asksNoRuleAboutHarmlessTraffic() {
        Moment moment = scene.moment();
        for (int i = 0; i < PACKETS_A_MEGABYTE; i++) {
            fill("marker-");
            pass(moment);
        }
        assertThat(stage.counters().get(IpsCounter.RULES_ASKED)).isZero();
        assertThat(stage.counters().get(IpsCounter.FAULTS)).isZero();
        assertThat(stage.costs().all()).isEmpty();
    }

    @Test
    void asksTheOneRuleWhoseLiteralIsThere() {
        Moment moment = scene.moment();
        for (int i = 0; i < 100; i++) {
            fill("marker-77-end x");
            pass(moment);
        }
        List<RuleCosts.Cost> costs = stage.costs().all();
        assertThat(costs).hasSize(1);
        assertThat(costs.getFirst().signature().id().sid()).isEqualTo(77);
        assertThat(costs.getFirst().checks()).isEqualTo(100);
        assertThat(costs.getFirst().hits()).isEqualTo(100);
        assertThat(stage.counters().get(IpsCounter.RULES_ASKED)).isEqualTo(100);
    }

    @Test
    void asksOnlyRulesAboutTheAddressesOfAPacket() {
        scene.client = "198.51.42.1";
        Moment moment = scene.moment();
        fill("");
        for (int i = 0; i < 10; i++) {
            pass(moment);
        }
        assertThat(stage.counters().get(IpsCounter.RULES_ASKED)).isEqualTo(1);
        assertThat(stage.counters().get(IpsCounter.ALERTS)).isEqualTo(1);
    }

    @Test
    void allocatesNothingForPacketsThatMatchNothing() {
        Moment moment = scene.moment();
        fill("marker-");
        for (int i = 0; i < 30_000; i++) {
            pass(moment);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1_000; i++) {
            pass(moment);
        }
        // one packet that allocates would take 16,000 at least; what the JVM does beside is less
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(8_000);
    }
}
