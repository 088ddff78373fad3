package jp.genkan.dataplane.guard;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import jp.genkan.core.frame.Packet;
import jp.genkan.dataplane.reject.SegmentWriter;

/**
 * One worker's slots. The frames of a slot are written while it is free, and nothing reads them then; its numbers change while it is used, each by one store, and
 * whichever of them were stored when the process died are right, since they are stored before what they tell of is sent.
 *
 * <p>Thread rule: one worker; {@link #used} any. Nothing allocates.
 */
public final class GuardSlots {
    /** No slot. */
    public static final int NONE = -1;

    private static final VarHandle STATE = JAVA_INT.varHandle();

    private final MemorySegment segment;
    private final int[] free;
    private int freeCount;
    private volatile int used;

    GuardSlots(MemorySegment segment, int first, int count) {
        this.segment = segment;
        free = new int[count];
        for (int i = 0; i < count; i++) {
            free[i] = first + count - 1 - i; // the lowest is taken first, so that few pages are touched
        }
        freeCount = count;
    }

    /** Slots that nobody reads. */
    public static GuardSlots unread(int count) {
        return new GuardSlots(Arena.ofAuto().allocate(SlotLayout.length(count), Long.BYTES), 0, count);
    }

    /** How many are used. */
    int used() {
        return used;
    }

    /**
     * Takes a slot for a direction; {@link #numbers} must follow, then {@link #publish}.
     *
     * @param like a segment of the direction, for the headers
     * @param writer writes the frames
     * @return its number, or {@link #NONE} when all are taken or the frames are too long
     */
    public int take(Packet like, SegmentWriter writer) {
        boolean fits = like.transportOffset - like.frameOffset + 20 <= SlotLayout.FRAME_MAX;
        if (freeCount == 0 || !fits || like.ingressPort < 0) {
            return NONE;
        }
        int slot = free[--freeCount];
        long at = SlotLayout.slot(slot);
        writer.hasTimestamps = false;
        writer.rangeCount = 0;
        writer.window = 0;
        writer.flags = Packet.RST | Packet.ACK;
        int length = write(like, false, writer, at + SlotLayout.TO_RECEIVER);
        segment.set(JAVA_INT, at + SlotLayout.LENGTHS, length);
        segment.set(JAVA_INT, at + SlotLayout.LENGTHS + 4, write(like, true, writer, at + SlotLayout.TO_SENDER));
        segment.set(JAVA_INT, at + SlotLayout.TRANSPORT, length - 20);
        segment.set(JAVA_INT, at + SlotLayout.PORT, like.ingressPort);
        return slot;
    }

    private int write(Packet like, boolean back, SegmentWriter writer, long offset) {
        return writer.write(like, back, segment, 0, 0, Integer.MAX_VALUE, segment, offset);
    }

    /**
     * Notes the numbers of a direction.
     *
     * @param receiverHas what the receiver has acknowledged
     * @param receiverGets what was sent to it at most
     * @param senderTold what was acknowledged to the sender
     * @param senderHas what the sender has acknowledged of the other direction
     * @param senderGets what has gone on to it
     */
    public void numbers(int slot, int receiverHas, int receiverGets, int senderTold, int senderHas, int senderGets) {
        long at = SlotLayout.slot(slot);
        segment.set(JAVA_INT, at + SlotLayout.RECEIVER_HAS, receiverHas);
        segment.set(JAVA_INT, at + SlotLayout.RECEIVER_GETS, receiverGets);
        segment.set(JAVA_INT, at + SlotLayout.SENDER_TOLD, senderTold);
        segment.set(JAVA_INT, at + SlotLayout.SENDER_HAS, senderHas);
        segment.set(JAVA_INT, at + SlotLayout.SENDER_GETS, senderGets);
    }

    /** From now on the guard acts by it. */
    public void publish(int slot) {
        STATE.setRelease(segment, SlotLayout.slot(slot) + SlotLayout.STATE, SlotLayout.USED);
        used = free.length - freeCount;
    }

    /** The direction is held no more. */
    public void give(int slot) {
        // Volatile, so that no later store to the slot comes before it.
        STATE.setVolatile(segment, SlotLayout.slot(slot) + SlotLayout.STATE, SlotLayout.FREE);
        free[freeCount++] = slot;
        used = free.length - freeCount;
    }
}
