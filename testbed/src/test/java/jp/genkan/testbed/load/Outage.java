package jp.genkan.testbed.load;

import java.net.StandardProtocolFamily;
import java.time.Duration;
import jp.genkan.testbed.box.GenkanBox;
import jp.genkan.testbed.net.Await;
import jp.genkan.testbed.net.Topology;

/** What the end, the hang and the return of the engine cost those who use the network at that moment. */
public final class Outage {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** More than the time after which a hang is noticed, less than TCP's patience. */
    private static final long HANG_NANOS = 500_000_000;

    private static final int STEADY_ECHOES = 300;
    private static final long LOAD_BYTES = 64L << 30;

    private Outage() {}

    /** What is done to the engine. */
    public enum Hit {
        /** {@code kill -9}. */
        KILL,
        /** {@code SIGSTOP}, and {@code SIGCONT} half a second later. */
        HANG,
        /** {@code SIGTERM}, awaited. */
        TERMINATE,
        /** A start while the open programs forward. */
        START
    }

    /**
     * What came of it.
     *
     * @param ticks of the datagrams
     * @param streamAlive whether the TCP connection from before still moves
     * @param streamGapMillis longest time in which that connection did not move, its retransmission timer included
     */
    public record Result(EchoTick.Report ticks, boolean streamAlive, double streamGapMillis) {
        @Override
        public String toString() {
            return String.format("%s; TCP %s, gap %.0f ms", ticks, streamAlive ? "survives" : "broke", streamGapMillis);
        }
    }

    /**
     * Does it, under ticks and a living TCP connection.
     *
     * @param load with a bulk transfer beside them
     */
    public static Result measure(Topology topology, GenkanBox box, Hit hit, boolean load) throws Exception {
        try (TcpTransfer bulk = load
                        ? TcpTransfer.start(
                                topology.lan(), topology.wan(), topology.wan().ipv4(), LOAD_BYTES)
                        : null;
                EchoStream stream = EchoStream.start(topology.lan(), topology.wan(), StandardProtocolFamily.INET);
                EchoTick tick = EchoTick.start(topology.lan(), topology.wan())) {
            tick.awaitAnswers(STEADY_ECHOES, LIMIT);
            stream.awaitProgress(STEADY_ECHOES, LIMIT);
            int mark = tick.mark();
            perform(box, hit);
            tick.awaitAnswers(STEADY_ECHOES, LIMIT);
            stream.awaitProgress(STEADY_ECHOES, LIMIT);
            if (bulk != null) {
                long before = bulk.receivedBytes();
                Await.until("the bulk transfer goes on", LIMIT, () -> bulk.receivedBytes() > before);
            }
            EchoTick.Report report = tick.finish(mark);
            return new Result(report, stream.isAlive(), stream.longestGapMillis());
        }
    }

    private static void perform(GenkanBox box, Hit hit) throws Exception {
        switch (hit) {
            case KILL -> box.kill();
            case HANG -> {
                box.suspend();
                long until = System.nanoTime() + HANG_NANOS;
                Await.until("the hang is over", LIMIT, () -> System.nanoTime() - until > 0);
                box.resume();
            }
            case TERMINATE -> box.terminate();
            case START -> box.start();
        }
    }
}
