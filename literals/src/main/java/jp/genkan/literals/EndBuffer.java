package jp.genkan.literals;

import java.util.Arrays;

/**
 * The ends of one window, on their way out of native code.
 *
 * <p>Thread rule: one thread.
 */
final class EndBuffer {
    /** Ends of one window: 512 KiB. A window with more is scanned again in smaller parts, so that a flood costs time and no memory. */
    static final int ENDS_MAX = 65_536;

    private static final int ENDS_AT_FIRST = 256;

    private int[] ids = new int[ENDS_AT_FIRST];
    private int[] ends = new int[ENDS_AT_FIRST];
    private int count;
    private int capacity = ENDS_MAX;

    /** A window begins that has room for so many ends. */
    void begin(int capacityOfIt) {
        count = 0;
        capacity = capacityOfIt;
    }

    /** False when there is no room. */
    boolean add(int id, int end) {
        if (count == ids.length) {
            if (count >= capacity) {
                return false;
            }
            int more = Math.min(capacity, count * 2);
            ids = Arrays.copyOf(ids, more);
            ends = Arrays.copyOf(ends, more);
        }
        ids[count] = id;
        ends[count] = end;
        count++;
        return true;
    }

    /** Hands over what lies behind a place, which the window before this one has told already. */
    void drain(int behind, int bias, EndSink sink) {
        for (int i = 0; i < count; i++) {
            if (ends[i] > behind) {
                sink.found(ids[i], ends[i] + bias);
            }
        }
        count = 0;
    }
}
