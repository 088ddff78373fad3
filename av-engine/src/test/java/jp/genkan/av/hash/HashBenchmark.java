package jp.genkan.av.hash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Look-ups among 10 million SHA-256 hashes, half of them with a size, in a table that is mapped from disk; it says how long building took. */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 1, time = 3)
@Measurement(iterations = 2, time = 3)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class HashBenchmark {
    private static final int HASHES = 10_000_000;
    private static final int ASKED = 1 << 16;

    private final byte[][] listed = new byte[ASKED][];
    private final byte[][] unlisted = new byte[ASKED][];
    private final int[] sizes = new int[ASKED];
    private final HashTable table;
    private int at;

    public HashBenchmark() {
        try {
            long begun = System.nanoTime();
            Path file = Files.createTempFile("hashes", ".hashset");
            file.toFile().deleteOnExit();
            try (HashTableBuilder builder = new HashTableBuilder(7)) {
                SplittableRandom random = new SplittableRandom(1);
                for (int i = 0; i < HASHES; i++) {
                    byte[] hash = new byte[32];
                    random.nextBytes(hash);
                    String name = "Win.Trojan.Agent-" + i + "-0";
                    builder.add(HashKind.FILE_SHA256, hash, i % 2 == 0 ? i % 100_000 : HashKey.ANY_SIZE, name, "");
                    if (i % (HASHES / ASKED) == 0 && i / (HASHES / ASKED) < ASKED) {
                        listed[i / (HASHES / ASKED)] = hash;
                        sizes[i / (HASHES / ASKED)] = i % 100_000;
                    }
                }
                HashTableFile.write(file, builder);
            }
            long built = System.nanoTime();
            table = HashTableFile.open(file);
            long opened = System.nanoTime();
            System.out.printf(
                    "%d hashes in %d octets: built and written in %.1f s, checked and mapped in %.3f s%n",
                    table.count(), Files.size(file), (built - begun) / 1e9, (opened - built) / 1e9);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < ASKED; i++) {
            unlisted[i] = new byte[32];
            random.nextBytes(unlisted[i]);
        }
    }

    @Benchmark
    public long unlisted() {
        at = at + 1 & ASKED - 1;
        return table.find(HashKind.FILE_SHA256, sizes[at], unlisted[at]);
    }

    @Benchmark
    public long listed() {
        at = at + 1 & ASKED - 1;
        return table.find(HashKind.FILE_SHA256, sizes[at], listed[at]);
    }
}
