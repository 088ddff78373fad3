package jp.genkan.dataplane.guard;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One end of a connection that the dead engine owes octets: the RST that it gets, but for its sequence number.
 *
 * <p>A RST counts only when its number is exactly the one that the end waits for (RFC 9293 §3.10.7.4). Two are sent, which nearly always hit; any other is told by the
 * end itself, which acknowledges what it has to a RST that misses.
 *
 * <p>Thread rule: the guard's thread.
 */
final class OrphanEnd {
    /** Answers that one end gets: it may say something several times before the first of them arrives. */
    private static final int ANSWERS_MAX = 8;

    /** How far behind or before what is known the number may be that an end tells: the largest windows. An older or later connection of the same ports is not meant. */
    private static final int NEAR = 16 << 20;

    private final byte[] frame;
    private final int[] interfaces;
    final int acknowledgment;
    /** What the end has for certain, and what was sent to it. */
    final int has;

    final int gets;
    private int answers;

    OrphanEnd(MemorySegment memory, long at, int length, int[] interfaces, int acknowledgment, int has, int gets) {
        this.frame = memory.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
        this.interfaces = interfaces;
        this.acknowledgment = acknowledgment;
        this.has = has;
        this.gets = gets;
    }

    byte[] frame() {
        return frame;
    }

    int[] interfaces() {
        return interfaces;
    }

    /** Whether the end is to hear of it again, which has said that it has everything up to this number. */
    boolean isAnswered(int told) {
        return told - has > -NEAR && told - gets < NEAR && answers++ < ANSWERS_MAX;
    }
}
