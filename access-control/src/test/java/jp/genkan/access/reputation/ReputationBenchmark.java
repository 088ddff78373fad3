package jp.genkan.access.reputation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import jp.genkan.access.address.OwnAddresses;
import jp.genkan.access.path.TestFlow;
import jp.genkan.access.path.TestPath;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.AddressRange;
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

/** A look-up among a million entries by random addresses, and what a packet costs in the stage. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 2, time = 1)
@Fork(1)
public class ReputationBenchmark {
    private static final int ENTRIES = 1_000_000;

    private final RangeTable v4;
    private final RangeTable v6;
    private long random = 88172645463325252L;
    private final TestPath path;
    private final TestFlow known;
    private final TestFlow fresh;
    private final Packet knownPacket;
    private final Packet freshPacket;

    public ReputationBenchmark() {
        Random seeded = new Random(7);
        RangeColumns v4Entries = new RangeColumns();
        RangeColumns v6Entries = new RangeColumns();
        for (int i = 0; i < ENTRIES; i++) {
            v4Entries.add(AddressRange.of(Address.ofV4(seeded.nextInt())));
            v6Entries.add(AddressRange.of(new Address(0x2000_0000_0000_0000L | seeded.nextLong() >>> 4, 0), 64));
        }
        List<ReputationList> lists =
                List.of(new ReputationList("feed", Path.of("feed"), ListAction.BLOCK, ListDirection.BOTH));
        v4 = RangeTable.compile(lists, List.of(v4Entries), ListDirection.TO_OUTSIDE);
        v6 = RangeTable.compile(lists, List.of(v6Entries), ListDirection.TO_OUTSIDE);
        Path file = feed(seeded);
        path = new TestPath(new ReputationStage(new ReputationLists(
                List.of(new ReputationList("feed", file, ListAction.BLOCK, ListDirection.BOTH)),
                List.of(),
                ListLimits.DEFAULT,
                OwnAddresses.NONE,
                InstantSource.system(),
                event -> {},
                () -> {})));
        known = new TestFlow("10.0.0.1", "93.184.216.34");
        fresh = new TestFlow("10.0.0.1", "93.184.216.34");
        knownPacket = known.packet();
        freshPacket = fresh.packet();
        path.next(known);
    }

    private static Path feed(Random seeded) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            text.append(AddressRange.of(Address.ofV4(seeded.nextInt() | 0x8000_0000)))
                    .append('\n');
        }
        try {
            Path file = Files.createTempFile("feed", ".txt");
            file.toFile().deleteOnExit();
            return Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private long next() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return random;
    }

    @Benchmark
    public int lookUpV4() {
        return v4.find(0, Address.MAPPED_PREFIX | (next() & 0xffff_ffffL));
    }

    @Benchmark
    public int lookUpV6() {
        return v6.find(0x2000_0000_0000_0000L | next() >>> 4, 5);
    }

    @Benchmark
    public Verdict packetOfAKnownFlow() {
        return path.pass(knownPacket, known);
    }

    @Benchmark
    public Verdict firstPacketOfAFlow() {
        fresh.slot(3, 0);
        return path.pass(freshPacket, fresh);
    }
}
