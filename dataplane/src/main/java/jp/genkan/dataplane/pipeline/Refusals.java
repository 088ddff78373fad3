package jp.genkan.dataplane.pipeline;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.dataplane.port.PortQueue;
import jp.genkan.dataplane.reject.RejectWriter;

/** Tells both ends that a packet was refused: RST for TCP, ICMP for the rest. Thread rule: one worker. */
final class Refusals {
    /** Rejects that fit in one batch: two for each frame of a batch of 64. */
    static final int REJECTS_MAX = 128;

    private static final int REJECT_SLOT = PortQueue.VNET_HEADER_LENGTH + RejectWriter.FRAME_MAX;

    private final RejectWriter rejects;
    private final FrameOutput output;
    private final CounterSet<PipelineCounter> counters;
    private final MemorySegment rejectFrames = Arena.ofAuto().allocate((long) REJECTS_MAX * REJECT_SLOT, 8);
    private int rejectsInBatch;

    Refusals(RejectWriter rejects, FrameOutput output, CounterSet<PipelineCounter> counters) {
        this.rejects = rejects;
        this.output = output;
        this.counters = counters;
    }

    /** The output has been flushed: the memory of injected frames may be used again. */
    void batchEnded() {
        rejectsInBatch = 0;
    }

    /** Tells both ends. */
    void refuse(Packet refused) {
        if (!RejectWriter.canAnswer(refused)) {
            return;
        }
        send(refused, true);
        send(refused, false);
    }

    private void send(Packet refused, boolean toSender) {
        if (rejectsInBatch == REJECTS_MAX) {
            counters.increment(PipelineCounter.REJECTS_SHED);
            return;
        }
        long slot = (long) rejectsInBatch * REJECT_SLOT;
        long offset = slot + PortQueue.VNET_HEADER_LENGTH;
        rejectFrames.asSlice(slot, REJECT_SLOT).fill((byte) 0);
        int length;
        if (!toSender) {
            length = rejects.resetToReceiver(refused, rejectFrames, offset);
        } else if (refused.ipProtocol == IpProtocol.TCP) {
            length = rejects.resetToSender(refused, rejectFrames, offset);
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
