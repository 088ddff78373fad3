package jp.genkan.dataplane.host;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A bounded queue of observations from one worker to the host table, in flat arrays: nothing is allocated on either side. When it is full,
 * news is dropped; the observer counts it and tells again later.
 *
 * <p>Thread rule: one producer, one consumer.
 */
public final class NewsRing {
    /** Octets of a name-bearing packet's payload that are kept; what is longer is cut, and the parsers stop at the cut. */
    public static final int PAYLOAD_MAX = 1472;

    private static final int DEFAULT_SLOTS = 256;
    private static final VarHandle POSITION;

    static {
        try {
            POSITION = MethodHandles.arrayElementVarHandle(long[].class);
        } catch (RuntimeException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Takes one observation; {@code payload} is valid inside the call only. */
    @FunctionalInterface
    interface Reader {
        /**
         * One observation.
         *
         * @param mac who sent the frame
         * @param high the sender's address, 0 with {@code low} when it told none
         * @param low the lower half
         * @param epochNanos when
         * @param port by which port the frame came
         * @param service the UDP port that the payload belongs to, 0 for none
         * @param payload holds the payload
         * @param offset of its first octet
         * @param length its octets
         */
        void take(
                long mac,
                long high,
                long low,
                long epochNanos,
                int port,
                int service,
                MemorySegment payload,
                long offset,
                int length);
    }

    private static final int WIDTH = 6; // mac, high, low, epoch, port and service, length

    private final int mask;
    private final long[] fields;
    private final MemorySegment payloads;
    private final long[] positions = new long[32]; // head at 8, tail at 24: on cache lines of their own
    private static final int HEAD = 8;
    private static final int TAIL = 24;

    /** A ring of the usual 256 observations, some 400 KB. */
    public NewsRing() {
        this(DEFAULT_SLOTS);
    }

    /** A ring of this many observations, a power of two. */
    public NewsRing(int slots) {
        if (Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException(slots + " is not a power of two");
        }
        mask = slots - 1;
        fields = new long[slots * WIDTH];
        payloads = MemorySegment.ofArray(new byte[slots * PAYLOAD_MAX]);
    }

    /** Adds an observation; false when the ring is full. The producer only. */
    boolean offer(
            long mac,
            long high,
            long low,
            long epochNanos,
            int port,
            int service,
            MemorySegment from,
            long offset,
            int length) {
        long tail = positions[TAIL];
        if (tail - (long) POSITION.getAcquire(positions, HEAD) > mask) {
            return false;
        }
        int slot = (int) tail & mask;
        int kept = Math.min(length, PAYLOAD_MAX);
        int at = slot * WIDTH;
        fields[at] = mac;
        fields[at + 1] = high;
        fields[at + 2] = low;
        fields[at + 3] = epochNanos;
        fields[at + 4] = (long) port << 32 | service;
        fields[at + 5] = kept;
        if (kept > 0) {
            MemorySegment.copy(
                    from,
                    ValueLayout.JAVA_BYTE,
                    offset,
                    payloads,
                    ValueLayout.JAVA_BYTE,
                    (long) slot * PAYLOAD_MAX,
                    kept);
        }
        POSITION.setRelease(positions, TAIL, tail + 1);
        return true;
    }

    /** Hands at most so many observations to the reader. The consumer only. */
    int drain(Reader reader, int max) {
        long head = positions[HEAD];
        long tail = (long) POSITION.getAcquire(positions, TAIL);
        int count = 0;
        while (head < tail && count < max) {
            int slot = (int) head & mask;
            int at = slot * WIDTH;
            reader.take(
                    fields[at],
                    fields[at + 1],
                    fields[at + 2],
                    fields[at + 3],
                    (int) (fields[at + 4] >> 32),
                    (int) fields[at + 4],
                    payloads,
                    (long) slot * PAYLOAD_MAX,
                    (int) fields[at + 5]);
            head++;
            count++;
            POSITION.setRelease(positions, HEAD, head);
        }
        return count;
    }
}
