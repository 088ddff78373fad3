package jp.genkan.av.pattern;

import java.util.Arrays;

/**
 * The matches of one unit or pattern: offset and length in one number each, so that they sort.
 *
 * <p>Thread rule: one thread.
 */
final class MatchList {
    /** Room that is kept from one content to the next. */
    private static final int KEPT_MAX = 1_024;

    private static final int AT_FIRST = 8;

    private long[] packed = new long[AT_FIRST];
    private int count;
    private boolean sorted = true;

    void clear() {
        count = 0;
        sorted = true;
        if (packed.length > KEPT_MAX) {
            packed = new long[AT_FIRST];
        }
    }

    int count() {
        return count;
    }

    void add(long offset, int length) {
        if (count == packed.length) {
            packed = Arrays.copyOf(packed, count * 2);
        }
        long match = offset << 32 | length;
        sorted &= count == 0 || packed[count - 1] < match;
        packed[count++] = match;
    }

    int offset(int index) {
        return (int) (packed[index] >>> 32);
    }

    int length(int index) {
        return (int) packed[index];
    }

    /** Sorts them, and leaves one at each offset: the longest or the shortest. */
    void settle(boolean longest) {
        if (!sorted) {
            Arrays.sort(packed, 0, count);
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (kept > 0 && offset(kept - 1) == offset(i)) {
                if (longest) {
                    packed[kept - 1] = packed[i];
                }
            } else {
                packed[kept++] = packed[i];
            }
        }
        count = kept;
        sorted = true;
    }

    /** Index of the first match at an offset or behind it. */
    int firstFrom(long offset) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (offset(middle) < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
