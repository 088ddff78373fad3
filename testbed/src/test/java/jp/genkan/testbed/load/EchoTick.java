package jp.genkan.testbed.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import jp.genkan.testbed.net.Await;
import jp.genkan.testbed.net.Host;

/**
 * A small UDP datagram each millisecond, echoed by the other host: what gets no answer tells how long nothing was forwarded.
 *
 * <p>An outage is a run of consecutive ticks without an answer, from the first one's departure to that of the first that was answered
 * again. Late answers are no outage and are told apart. Ticks that this process sends late, because the machine is busy, widen the
 * grid, and so can only make an outage look longer.
 */
public final class EchoTick implements AutoCloseable {
    private static final long TICK_NANOS = 1_000_000;
    /** Ten minutes of ticks. */
    private static final int TICKS_MAX = 600_000;
    /** An answer that takes longer is late. */
    private static final long LATE_NANOS = 30_000_000;

    private final DatagramChannel client;
    private final DatagramChannel server;
    private final AtomicLongArray departed = new AtomicLongArray(TICKS_MAX);
    private final AtomicLongArray answered = new AtomicLongArray(TICKS_MAX);
    private final AtomicIntegerArray answers = new AtomicIntegerArray(TICKS_MAX);
    private volatile int count;
    private volatile long lastAnswer;
    private volatile boolean ended;
    private final Thread sender;

    /**
     * What the ticks told.
     *
     * @param ticks sent
     * @param lost without an answer
     * @param duplicated answered more than once
     * @param late answered after more than 30 ms
     * @param outageMillis longest time without forwarding
     * @param slowestMillis longest that an answer took
     */
    public record Report(int ticks, int lost, int duplicated, int late, double outageMillis, double slowestMillis) {
        @Override
        public String toString() {
            return String.format(
                    "%d ticks, %d lost, %d duplicated, %d late, outage %.1f ms, slowest answer %.1f ms",
                    ticks, lost, duplicated, late, outageMillis, slowestMillis);
        }
    }

    private EchoTick(Host from, Host to) throws IOException {
        server = to.datagrams(StandardProtocolFamily.INET);
        client = from.datagrams(StandardProtocolFamily.INET);
        client.connect((InetSocketAddress) server.getLocalAddress());
        Thread.ofPlatform().daemon().name("tick-echo").start(this::echo);

        Thread.ofPlatform().daemon().name("tick-receive").start(this::receive);
        sender = Thread.ofPlatform().daemon().name("tick-send").start(this::send);
    }

    /** Begins to tick, and returns when answers come. */
    public static EchoTick start(Host from, Host to) throws Exception {
        EchoTick tick = new EchoTick(from, to);
        try {
            tick.awaitAnswers(100, Duration.ofSeconds(10));
            return tick;
        } catch (AssertionError e) {
            tick.close();
            throw e;
        }
    }

    /** Returns when this many of the ticks from now on were answered. */
    public void awaitAnswers(int wanted, Duration limit) throws Exception {
        int from = count;
        Await.until(wanted + " echoes", limit, () -> {
            int got = 0;
            for (int i = from; i < count; i++) {
                got += answers.get(i) > 0 ? 1 : 0;
            }
            return got >= wanted;
        });
    }

    /** When the last answer came, by {@code System.nanoTime()}. */
    public long lastAnswerNanos() {
        return lastAnswer;
    }

    /** Number of the tick that is sent next: where a report may begin. */
    public int mark() {
        return count;
    }

    /** Ends the ticks and says what they told from a mark on. */
    public Report finish(int mark) throws Exception {
        ended = true;
        sender.join();
        // What was sent last has time to come back.
        long end = System.nanoTime();
        Await.until(
                "the last echo",
                Duration.ofSeconds(5),
                () -> answers.get(count - 1) > 0 || System.nanoTime() - end > 300_000_000L);
        close();
        return report(mark);
    }

    private Report report(int mark) {
        int lost = 0;
        int duplicated = 0;
        int late = 0;
        long outage = 0;
        long slowest = 0;
        int lostFrom = -1;
        int last = count;
        for (int i = mark; i < last; i++) {
            if (answers.get(i) == 0) {
                lost++;
                lostFrom = lostFrom < 0 ? i : lostFrom;
                // The last ticks have nothing after them to measure to.
                long until = i + 1 < last ? departed.get(i + 1) : departed.get(i) + TICK_NANOS;
                outage = Math.max(outage, until - departed.get(lostFrom));
                continue;
            }
            lostFrom = -1;
            duplicated += answers.get(i) > 1 ? 1 : 0;
            long took = answered.get(i) - departed.get(i);
            late += took > LATE_NANOS ? 1 : 0;
            slowest = Math.max(slowest, took);
        }
        return new Report(last - mark, lost, duplicated, late, outage / 1e6, slowest / 1e6);
    }

    private void send() {
        ByteBuffer datagram = ByteBuffer.allocateDirect(8);
        long next = System.nanoTime();
        try {
            for (int number = 0; !ended && number < TICKS_MAX; number++) {
                LockSupport.parkNanos(next - System.nanoTime());
                departed.set(number, System.nanoTime());
                try {
                    client.write(datagram.clear().putInt(0, 0x7469636b).putInt(4, number));
                } catch (ClosedChannelException e) {
                    throw e;
                } catch (IOException e) {
                    // An answer to an earlier tick: nobody is there, or nobody answers ARP. The tick counts as lost.
                }
                count = number + 1;
                // After a stall of this process there is no burst: the grid moves on.
                next = Math.max(next + TICK_NANOS, System.nanoTime());
            }
        } catch (IOException e) {
            complain(e);
        }
    }

    private void receive() {
        ByteBuffer datagram = ByteBuffer.allocateDirect(64);
        while (client.isOpen()) {
            try {
                client.read(datagram.clear());
                if (datagram.position() == 8 && datagram.getInt(0) == 0x7469636b) {
                    int number = datagram.getInt(4);
                    lastAnswer = System.nanoTime();
                    if (answers.getAndIncrement(number) == 0) {
                        answered.set(number, System.nanoTime());
                    }
                }
            } catch (IOException e) {
                // The socket tells what became of an earlier datagram, or was closed.
            }
        }
    }

    private void echo() {
        ByteBuffer datagram = ByteBuffer.allocateDirect(64);
        while (server.isOpen()) {
            try {
                SocketAddress sender = server.receive(datagram.clear());
                server.send(datagram.flip(), sender);
            } catch (IOException e) {
                // The socket tells what became of an earlier datagram, or was closed.
            }
        }
    }

    private void complain(IOException e) {
        if (!ended && !(e instanceof ClosedChannelException)) {
            System.err.println("testbed: tick: " + e);
        }
    }

    @Override
    public void close() throws IOException {
        ended = true;
        client.close();
        server.close();
    }
}
