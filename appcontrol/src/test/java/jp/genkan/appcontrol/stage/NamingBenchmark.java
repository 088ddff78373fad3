package jp.genkan.appcontrol.stage;

import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import jp.genkan.appcontrol.definition.DefinitionBase;
import jp.genkan.appcontrol.detector.Detectors;
import jp.genkan.appcontrol.signature.Payload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to look at one packet of a flow that has no name yet, and to look a host up. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class NamingBenchmark {
    @Param({"random", "text", "wireguard"})
    private String packet = "random";

    private final DefinitionBase base = new DefinitionBase(null);
    private final Detectors detectors = new Detectors(base.names());
    private final Payload payload = new Payload();
    private final FlowMemory memory = new FlowMemory(detectors.words());
    private byte[] octets = {};

    @Setup
    public void fill() {
        octets = new byte[600];
        switch (packet) {
            case "random" -> new Random(1).nextBytes(octets);
            case "text" -> java.util.Arrays.fill(octets, (byte) 'G');
            default -> octets = HexFormat.of().parseHex("01000000" + "ab".repeat(144));
        }
    }

    /** One packet: copied, held against all signatures and detectors. */
    @Benchmark
    public Object look() {
        payload.take(octets, 17, true, 40_000, 443, 1);
        long found = detectors.inspect(payload, memory.words);
        Object matched = memory.match(base.current(), payload);
        return found == 0 && matched != null ? matched : base;
    }

    /** A host that is listed, below two labels. */
    @Benchmark
    public int host() {
        return base.current().hosts().find("rr4---sn-3pm7kn7r.googlevideo.com");
    }
}
