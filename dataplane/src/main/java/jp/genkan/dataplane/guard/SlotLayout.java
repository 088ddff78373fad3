package jp.genkan.dataplane.guard;

import jp.genkan.dataplane.port.PortQueue;
import jp.genkan.dataplane.reject.SegmentWriter;

/**
 * Where things lie in the shared memory. Two processes of one build read it, in the machine's byte order.
 *
 * <pre>
 *   0     magic, slots, ports, then for each port the kernel's number of its interface
 *   4096  slots of 384 octets each
 *
 *   slot  0 state   4 port of the sender   8 the five numbers   28 two lengths   36 where TCP begins
 *         80 the RST for the receiver   232 the RST for the sender
 * </pre>
 */
final class SlotLayout {
    /** "Gkn", and the version. */
    static final int MAGIC = 0x476b_6e01;

    static final int SLOTS = 4;
    static final int PORTS = 8;
    static final int INTERFACES = 12;

    /** A page: the slots begin at another one than what rarely changes. */
    static final int HEADER_LENGTH = 4096;

    static final int SLOT_LENGTH = 384;

    static final int STATE = 0;
    static final int FREE = 0;
    static final int USED = 1;
    static final int PORT = 4;

    /** What the receiver has acknowledged, and what was sent to it at most. */
    static final int RECEIVER_HAS = 8;

    static final int RECEIVER_GETS = 12;
    /** What the sender was told to have arrived. */
    static final int SENDER_TOLD = 16;
    /** What the sender has acknowledged of the other direction, and what has gone on to it. */
    static final int SENDER_HAS = 20;

    static final int SENDER_GETS = 24;

    /** Octets of the two frames, in their order. */
    static final int LENGTHS = 28;

    /** Where TCP begins in both frames. */
    static final int TRANSPORT = 36;

    /** The two frames; a virtio-net header of zeroes stands before each, because {@link SegmentWriter} writes it. */
    static final int TO_RECEIVER = 80;

    static final int TO_SENDER = 232;

    /** Room of a frame. */
    static final int FRAME_MAX = TO_SENDER - TO_RECEIVER - PortQueue.VNET_HEADER_LENGTH - 6;

    static {
        if (FRAME_MAX < SegmentWriter.HEADERS_MAX - 40 || TO_SENDER + FRAME_MAX > SLOT_LENGTH) {
            throw new IllegalStateException("a slot is too small for its frames");
        }
    }

    private SlotLayout() {}

    static long slot(int number) {
        return HEADER_LENGTH + (long) number * SLOT_LENGTH;
    }

    static long length(int slots) {
        return slot(slots);
    }
}
