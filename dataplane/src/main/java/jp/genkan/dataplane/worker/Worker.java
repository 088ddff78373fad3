package jp.genkan.dataplane.worker;

import java.lang.foreign.MemorySegment;
import java.util.List;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.frame.Packet;
import jp.genkan.dataplane.forward.Switch;
import jp.genkan.dataplane.pipeline.FrameOutput;
import jp.genkan.dataplane.pipeline.PipelineRunner;
import jp.genkan.dataplane.port.PortQueue;

/**
 * The duty cycle of one core. One round, top to bottom:
 *
 * <pre>
 *   sign of life ─ for each port: receive up to {@link #BATCH} frames, each
 *                     decode ─ probe? answer ─ inspect ─ learn the sender ─ egress ─ queue on the way out
 *                  flush all ports ─ give the frames' memory back ─ last frame's flow settled? tell the gate
 *                ─ time-outs ─ a look at the ports
 * </pre>
 *
 * <p>Thread rule: {@link #doWork} is called by one thread; it never waits, allocates or logs. Counters may be read by any.
 */
public final class Worker implements AutoCloseable {
    /** Frames taken from one port before the next has its turn: enough to fill a sendmmsg, little enough to be fair. */
    public static final int BATCH = 64;

    /** Time between two looks at the ports. */
    static final long HOUSEKEEPING_NANOS = 5_000_000L;

    /** Flows that may end in a round beside two for each frame of it: a busy table empties faster than it fills. */
    static final int EXPIRE_EXTRA = 64;

    private final PortQueue[] queues;
    private final PipelineRunner runner;
    private final Switch wire;
    private final WorkerGate gate;
    private final CounterSet<WorkerCounter> counters = new CounterSet<>(WorkerCounter.class);
    private final Packet packet = new Packet();
    private final Output output = new Output();

    private long nanos;
    private long lastHousekeeping;
    private int seenPolicy;

    /**
     * A worker.
     *
     * @param queues its share of each port, in the order of the port numbers
     * @param wire where frames go
     * @param gate signs of life, probes and settled flows
     * @param pipeline makes the pipeline for this worker's output
     */
    public Worker(List<PortQueue> queues, Switch wire, WorkerGate gate, PipelineFactory pipeline) {
        this.queues = queues.toArray(PortQueue[]::new);
        this.wire = wire;
        this.gate = gate;
        this.runner = pipeline.make(output);
    }

    /** Makes a worker's pipeline. */
    @FunctionalInterface
    public interface PipelineFactory {
        /** The pipeline whose injected frames go to this output. */
        PipelineRunner make(FrameOutput output);
    }

    /**
     * One round.
     *
     * @param now monotonic time in nanoseconds
     * @return frames handled; 0 when there was nothing to do
     */
    public int doWork(long now) {
        nanos = now;
        counters.increment(WorkerCounter.ROUNDS);
        if (gate.signOfLife(now)) {
            counters.increment(WorkerCounter.STALLS);
            runner.flows().resyncAll();
        } else if (gate.wasAnnounced(now)) {
            for (PortQueue queue : queues) {
                queue.forgiveStall(now);
            }
        }
        noticeNewPolicy();
        int frames = 0;
        for (PortQueue queue : queues) {
            frames += drain(queue);
        }
        if (frames == 0) {
            counters.increment(WorkerCounter.IDLE_ROUNDS);
        }
        runner.expire(now, 2 * frames + EXPIRE_EXTRA);
        if (runner.holding().hasSent()) {
            finishBatch();
        }
        if (now - lastHousekeeping >= HOUSEKEEPING_NANOS) {
            lastHousekeeping = now;
            for (PortQueue queue : queues) {
                queue.maintain(now);
            }
        }
        return frames;
    }

    private int drain(PortQueue queue) {
        int frames = 0;
        int egress = Switch.NOWHERE;
        while (frames < BATCH && queue.receive(packet)) {
            frames++;
            egress = handle(queue);
        }
        if (frames > 0) {
            finishBatch();
            // After the flush, and only for the last frame: the kernel must not overtake what still waits here.
            if (egress >= 0 && gate.settles(runner, packet, egress, seenPolicy)) {
                counters.increment(WorkerCounter.SETTLED);
            }
        }
        return frames;
    }

    /** Takes a frame all the way; returns the one port that it left by, or a negative number. */
    private int handle(PortQueue queue) {
        runner.decode(packet, LinkType.ETHERNET);
        if (gate.answersProbe(queue, packet)) {
            counters.increment(WorkerCounter.PROBES_ANSWERED);
            return Switch.NOWHERE;
        }
        boolean goesOn = runner.inspect(packet, nanos);
        if (wire.learn(packet, nanos)) {
            gate.machineMoved();
        }
        return goesOn ? output.sendFrame(packet) : Switch.NOWHERE;
    }

    private void noticeNewPolicy() {
        int policy = gate.policy();
        if (policy != seenPolicy) {
            seenPolicy = policy;
            runner.flows().unsettleAll();
        }
    }

    private void finishBatch() {
        runner.beforeFlush();
        for (PortQueue queue : queues) {
            queue.flush();
        }
        for (PortQueue queue : queues) {
            queue.release();
        }
        runner.batchEnded();
    }

    /** Ends every flow, at the end of the worker's life, so that each has its event. */
    public void endFlows() {
        runner.endAll();
        finishBatch();
    }

    /** Gives the pipeline's memory back; the thread has ended. */
    @Override
    public void close() {
        runner.close();
    }

    /** The pipeline. */
    public PipelineRunner runner() {
        return runner;
    }

    /** What was counted. */
    public CounterSet<WorkerCounter> counters() {
        return counters;
    }

    /** The ways out. */
    private final class Output implements FrameOutput {
        @Override
        public void inject(Packet about, boolean toSender, MemorySegment segment, long offset, int length) {
            if (toSender) {
                send(queues[about.ingressPort], segment, offset, length);
            } else {
                sendTo(wire.egress(about, nanos), about, segment, offset, length);
            }
        }

        /** Sends a frame on its way; returns the one port it left by, or a negative number for none or several. */
        int sendFrame(Packet frame) {
            int egress = wire.egress(frame, nanos);
            sendTo(egress, frame, frame.segment(), frame.frameOffset, frame.frameLength);
            return egress;
        }

        private void sendTo(int egress, Packet about, MemorySegment segment, long offset, int length) {
            if (egress >= 0) {
                send(queues[egress], segment, offset, length);
            } else if (egress == Switch.FLOOD) {
                counters.increment(WorkerCounter.FLOODED);
                for (PortQueue queue : queues) {
                    if (wire.floodsTo(queue.port(), about)) {
                        send(queue, segment, offset, length);
                    }
                }
            } else {
                counters.increment(WorkerCounter.SAME_PORT);
            }
        }

        private void send(PortQueue queue, MemorySegment segment, long offset, int length) {
            counters.increment(WorkerCounter.SENT);
            if (!queue.send(segment, offset, length)) {
                queue.flush();
                queue.send(segment, offset, length);
            }
        }
    }
}
