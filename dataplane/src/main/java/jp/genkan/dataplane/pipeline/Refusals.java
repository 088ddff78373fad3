package jp.genkan.dataplane.pipeline;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.dataplane.flow.FlowView;
import jp.genkan.dataplane.flow.TcpTracker;
import jp.genkan.dataplane.port.PortQueue;
import jp.genkan.dataplane.reject.RejectWriter;
import jp.genkan.dataplane.stream.StreamReassembler;
import org.jspecify.annotations.Nullable;

/**
 * Tells ends that a packet was refused: RST for TCP, ICMP for the rest.
 *
 * <p>A TCP endpoint takes an RST only with the number that it waits for; with another near it, it asks (RFC 5961 §3.2). So the best number that is known is used, and
 * whoever goes on speaking in a refused connection is answered with the number that it has named itself: no end stays in the dark for long.
 *
 * <p>Thread rule: one worker.
 */
final class Refusals {
    /** Rejects that fit in one batch: two for each frame of a batch of 64. */
    static final int REJECTS_MAX = 128;

    private static final int REJECT_SLOT = PortQueue.VNET_HEADER_LENGTH + RejectWriter.FRAME_MAX;

    private final RejectWriter rejects;
    private final StreamReassembler streams;
    private final FrameOutput output;
    private final CounterSet<PipelineCounter> counters;
    private final MemorySegment rejectFrames = Arena.ofAuto().allocate((long) REJECTS_MAX * REJECT_SLOT, 8);
    private int rejectsInBatch;

    Refusals(
            RejectWriter rejects, StreamReassembler streams, FrameOutput output, CounterSet<PipelineCounter> counters) {
        this.rejects = rejects;
        this.streams = streams;
        this.output = output;
        this.counters = counters;
    }

    /** The output has been flushed: the memory of injected frames may be used again. */
    void batchEnded() {
        rejectsInBatch = 0;
    }

    /** Whether the sender of a packet in a flow that is dropped has to be told (again); it alone is then. */
    boolean isToldAgain(Packet packet, FlowView flow) {
        packet.refusalTo = Packet.TELL_SENDER;
        boolean answerable =
                packet.ipProtocol == IpProtocol.TCP && packet.hasFlags(Packet.ACK) && !packet.hasFlags(Packet.RST);
        return answerable && flow.isRefused(flow.toServer());
    }

    /**
     * Tells the ends that are to know.
     *
     * @param flow of the frame's own packet; null when it has none
     */
    void refuse(Packet refused, @Nullable FlowView flow) {
        if (!RejectWriter.canAnswer(refused)) {
            return;
        }
        boolean sender = (refused.refusalTo & Packet.TELL_SENDER) != 0 || refused.refusalTo == 0;
        boolean receiver = (refused.refusalTo & Packet.TELL_RECEIVER) != 0 || refused.refusalTo == 0;
        FlowView lasting = flow != null && flow.dropReason() != DropReason.NONE ? flow : null;
        if (sender) {
            if (lasting != null) {
                lasting.markRefused(lasting.toServer());
            }
            send(refused, flow, true);
        }
        if (receiver) {
            if (lasting != null) {
                lasting.markRefused(!lasting.toServer());
            }
            send(refused, flow, false);
        }
    }

    /** What the sender has of the stream of its peer: what it says itself, and what has been forwarded to it since. */
    static int heldBySender(Packet refused, @Nullable FlowView flow) {
        int says = refused.hasFlags(Packet.ACK) ? refused.tcpAcknowledgment : 0;
        if (flow == null
                || refused.dropReason == DropReason.FLOW_DROPPED.ordinal()
                || !refused.hasFlags(Packet.ACK)
                || !TcpTracker.isHeard(flow, !flow.toServer())) {
            return says;
        }
        int sent = TcpTracker.sent(flow, !flow.toServer());
        return TcpTracker.after(sent, says) ? sent : says;
    }

    /** Up to where the receiver of the packet at hand has the stream, as far as is known. */
    int expectedByReceiver(Packet packet) {
        return streams.expectation().or(packet.tcpSequence);
    }

    /** Sends one end its RST or ICMP error. */
    void send(Packet refused, @Nullable FlowView flow, boolean toSender) {
        if (rejectsInBatch == REJECTS_MAX) {
            counters.increment(PipelineCounter.REJECTS_SHED);
            return;
        }
        long slot = (long) rejectsInBatch * REJECT_SLOT;
        long offset = slot + PortQueue.VNET_HEADER_LENGTH;
        rejectFrames.asSlice(slot, REJECT_SLOT).fill((byte) 0);
        int length;
        if (!toSender) {
            length = rejects.resetToReceiver(
                    refused, streams.expectation().or(refused.tcpSequence), rejectFrames, offset);
        } else if (refused.ipProtocol == IpProtocol.TCP) {
            length = rejects.resetToSender(refused, heldBySender(refused, flow), rejectFrames, offset);
        } else {
            length = rejects.unreachableToSender(refused, rejectFrames, offset);
        }
        if (length > 0) {
            rejectsInBatch++;
            counters.increment(PipelineCounter.REJECTS_SENT);
            output.inject(refused, toSender, rejectFrames, offset, length);
        }
    }
}
