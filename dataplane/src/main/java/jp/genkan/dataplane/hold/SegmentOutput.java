package jp.genkan.dataplane.hold;

import java.lang.foreign.MemorySegment;
import jp.genkan.core.frame.Packet;

/** Where segments go that are sent in an end's place. */
@FunctionalInterface
public interface SegmentOutput {
    /**
     * Sends a frame.
     *
     * @param like a packet of the connection
     * @param toSender true when it goes to where that one came from
     * @param segment holds it, with a virtio-net header before it; good until the output has been flushed
     * @param offset of its first octet
     * @param length in octets
     */
    void send(Packet like, boolean toSender, MemorySegment segment, long offset, int length);
}
