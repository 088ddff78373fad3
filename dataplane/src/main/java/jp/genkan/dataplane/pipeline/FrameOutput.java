package jp.genkan.dataplane.pipeline;

import java.lang.foreign.MemorySegment;
import jp.genkan.core.frame.Packet;

/** Where frames go that the box makes itself. Called on the worker's thread. */
@FunctionalInterface
public interface FrameOutput {
    /**
     * A frame that the box made itself is to be sent.
     *
     * @param about the frame that it answers or replaces
     * @param toSender true when it goes back to where that frame came from, false when it goes on to where that frame was going
     * @param segment holds it, with a virtio-net header of zeros before it; good until the output has been flushed
     * @param offset of its first octet
     * @param length in octets
     */
    void inject(Packet about, boolean toSender, MemorySegment segment, long offset, int length);
}
