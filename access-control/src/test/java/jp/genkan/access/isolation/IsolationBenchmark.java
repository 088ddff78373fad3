package jp.genkan.access.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import jp.genkan.access.address.OwnAddresses;
import jp.genkan.access.path.TestFlow;
import jp.genkan.access.path.TestPath;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.Verdict;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a packet of a free machine costs while nobody, and while many are isolated. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 2, time = 1)
@Fork(1)
public class IsolationBenchmark {
    private final TestPath nobodyIsolated;
    private final TestPath hundredIsolated;
    private final TestFlow flow = new TestFlow("10.0.0.1", "93.184.216.34");
    private final Packet packet = flow.packet();

    public IsolationBenchmark() {
        nobodyIsolated = path(0);
        hundredIsolated = path(100);
        packet.sourceMac = 0x001b210a0b0cL;
        packet.destinationMac = 0x001b210a0b0dL;
    }

    private static TestPath path(int isolated) {
        try {
            return new TestPath(new IsolationStage(table(isolated), IsolationPolicy.STRICT));
        } catch (IOException | IsolationRefused failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static IsolationTable table(int isolated) throws IOException, IsolationRefused {
        IsolationTable table = new IsolationTable(
                Files.createTempDirectory("isolation"),
                HostResolver.NONE,
                IsolationPolicy.STRICT,
                OwnAddresses.NONE,
                InstantSource.system(),
                event -> {},
                () -> {});
        for (int i = 1; i <= isolated; i++) {
            table.isolate(new IsolationTarget.OfMac(i), null, "benchmark", "");
        }
        return table;
    }

    @Benchmark
    public Verdict packetWhileNobodyIsIsolated() {
        return nobodyIsolated.pass(packet, flow);
    }

    @Benchmark
    public Verdict packetWhileHundredAreIsolated() {
        return hundredIsolated.pass(packet, flow);
    }
}
