package jp.genkan.dataplane.stream;

import java.lang.foreign.MemorySegment;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.flow.FlowView;

/** Takes the octets of streams. */
@FunctionalInterface
public interface StreamConsumer {
    /**
     * The next octets of a stream, before the packet that completes them is forwarded. Valid inside the call only.
     *
     * @param flow turned to the direction of the octets, which is not the packet's when an acknowledgment set them free
     * @param bytes where they lie: the frame itself, or the reassembler's pool
     * @param offset of the first
     * @param length how many; 0 when only a gap is told
     * @param gapBytes octets that are missing before the first, 0 mostly
     * @param packet the packet that completes them; an empty one when the flow has ended
     * @return anything but {@link Verdict#FORWARD} drops the packet and cuts the stream before these octets: no later segment brings them to the
     *     receiver. {@link Packet#dropReason} is set then.
     */
    Verdict onBytes(FlowView flow, MemorySegment bytes, long offset, int length, int gapBytes, Packet packet);
}
