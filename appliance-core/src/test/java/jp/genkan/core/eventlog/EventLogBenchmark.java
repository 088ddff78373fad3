package jp.genkan.core.eventlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jp.genkan.core.event.AnomalyEvent;
import jp.genkan.core.event.EveWriter;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.EventQueue;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Events a second: put into words, offered to a queue, and through the whole log onto the disk. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class EventLogBenchmark {
    private static final int BATCH = 10_000;

    private final EveWriter writer = new EveWriter(ZoneOffset.UTC);
    private final EventQueue queue = EventQueue.ofOneProducer("bench", 1 << 10);
    private final Event event = AnomalyEvent.ofStream(
            1_795_478_400_123_456_789L,
            new FlowIdentity(
                    1_234_567_890_123L,
                    Address.parse("192.168.1.20"),
                    40_000,
                    Address.parse("2001:db8::1"),
                    443,
                    6,
                    10,
                    1,
                    0x0200_0000_0001L,
                    0x0200_0000_00feL,
                    0,
                    Packet.NONE),
            "stream.reassembly_overlap_different_data");

    private Path folder = Path.of("");
    private EventQueue worker = queue;
    private EventLog log = new EventLog(EventLogSettings.of(folder, null), List.of());

    /** A folder of its own. */
    @Setup
    public void open() throws IOException {
        folder = Files.createTempDirectory("events");
        worker = EventQueue.ofOneProducer("worker-0", 2 * BATCH);
        log = new EventLog(EventLogSettings.of(folder.resolve("eve.json"), folder), List.of(worker));
        log.start();
    }

    /** Removes it. */
    @TearDown
    public void close() throws IOException {
        log.close();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> file.toFile().delete());
        }
        Files.delete(folder);
    }

    /** Into EVE JSON, in memory. */
    @Benchmark
    public int write() {
        return writer.write(event);
    }

    /** Into a queue and out of it, on one thread. */
    @Benchmark
    public boolean queue() {
        boolean taken = queue.offer(event);
        queue.drain(out -> {}, 1);
        return taken;
    }

    /** Through queue, EVE file and segments; waits when the queue is full, as a worker never would. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void log() {
        for (int i = 0; i < BATCH; i++) {
            while (!worker.offer(event)) {
                Thread.onSpinWait();
            }
        }
    }
}
