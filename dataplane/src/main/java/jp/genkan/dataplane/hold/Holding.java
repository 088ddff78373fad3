package jp.genkan.dataplane.hold;

import java.lang.foreign.MemorySegment;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.Hold;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.flow.FlowView;
import org.jspecify.annotations.Nullable;

/**
 * What the pipeline runner asks about directions that are held: on a live wire {@link Holds}, in a capture {@link HeldFrames}.
 *
 * <pre>
 *   arrives   before the reassembler sees a packet of a held flow
 *   octets    what the reassembler has handed over
 *   takes     after it: whether the box keeps the frame
 *   after     every stage has said its word
 *   poll      time passes
 * </pre>
 *
 * <p>Thread rule: one worker.
 */
public interface Holding extends AutoCloseable {
    /** Asks the stages about a flow that is held, when no packet does. */
    @FunctionalInterface
    interface Listener {
        /** Anything but {@link Verdict#FORWARD} ends the connection. */
        Verdict onHeld(Packet like, FlowView flow);
    }

    /**
     * Begins to hold the direction that the flow is turned to, with the octets that the reassembler hands over now.
     *
     * @return null when that cannot be
     */
    @Nullable
    Hold begin(FlowView flow, Packet packet);

    /** The hold of a direction, or null. */
    @Nullable
    Hold of(FlowView flow, boolean toServer);

    /** A packet of a held flow, before it is followed. */
    void arrives(Packet packet, FlowView flow);

    /** Octets of the direction that the flow is turned to, which may be held. */
    void octets(FlowView flow, MemorySegment bytes, long offset, int length, int gapBytes);

    /**
     * A packet of a held flow that was followed, and goes on.
     *
     * @return true when the box keeps it
     */
    boolean takes(Packet packet, FlowView flow, long nanos);

    /** The stages have seen the packet: what they let go is sent. */
    void after(long nanos);

    /** Time passes. */
    void poll(long nanos, Listener listener);

    /** Sequence number that the receiver of the direction, to which the flow is turned, waits for. */
    int place(FlowView flow);

    /**
     * The connection is refused: what is held never arrives.
     *
     * @return true when both ends were told
     */
    boolean cut(FlowView flow);

    /** The flow has ended, or the engine ends: where octets are still owed, both ends are reset, since nobody else will send them. */
    void flowEnded(FlowView flow);

    /** The output is about to be flushed: what was left to be said for all frames of a batch is said. */
    void beforeFlush();

    /** True when frames were sent since the last flush. */
    boolean hasSent();

    /** The output was flushed. */
    void batchEnded();

    /** What was counted. */
    CounterSet<HoldCounter> counters();

    @Override
    void close();
}
