package jp.genkan.ips.pcre;

import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a match costs: the call alone, and a search through the whole subject. */
@SuppressWarnings("NullAway.Init") // set up by the harness
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class PcreBenchmark {
    @Param({"100", "1024", "16384", "65536"})
    private int length;

    private PcreMatcher matcher;
    private PcreExpression anchored;
    private PcreExpression search;
    private byte[] subject;

    @Setup
    public void setUp() throws PcreException {
        matcher = new PcreMatcher();
        anchored = PcreExpression.compile("^zz(a|b)c", 0);
        search = PcreExpression.compile("[xz][0-9]{3}q", 0);
        subject = new byte[length];
        for (int i = 0; i < length; i++) {
            subject[i] = (byte) ('a' + i * 7 % 23);
        }
    }

    @TearDown
    public void tearDown() {
        matcher.close();
    }

    @Benchmark
    public int failsAtOnce() {
        return matcher.match(anchored, subject, 0, length, 0);
    }

    @Benchmark
    public int searchesAll() {
        return matcher.match(search, subject, 0, length, 0);
    }
}
