package jp.genkan.appcontrol.behaviour;

import java.util.Arrays;

/**
 * About how many different things there were, in a window of time: linear counting over 1,024 bits, good to a tenth up to some 3,000.
 *
 * <p>Thread rule: its owner's.
 */
final class DistinctCounter {
    private static final int BITS = 1024;

    private final long[] bits = new long[BITS / Long.SIZE];
    private final long windowNanos;
    private long windowFrom = Long.MIN_VALUE;
    private int set;

    DistinctCounter(long windowNanos) {
        this.windowNanos = windowNanos;
    }

    /** Adds a thing by its hash; returns about how many there were in this window. */
    int add(long hash, long nowNanos) {
        if (windowFrom == Long.MIN_VALUE || nowNanos - windowFrom > windowNanos || nowNanos < windowFrom) {
            windowFrom = nowNanos;
            clear();
        }
        int bit = (int) (mixed(hash) >>> 54);
        long mask = 1L << bit % Long.SIZE;
        if ((bits[bit / Long.SIZE] & mask) == 0) {
            bits[bit / Long.SIZE] |= mask;
            set++;
        }
        return set == BITS ? Integer.MAX_VALUE : (int) Math.round(-BITS * Math.log(1 - set / (double) BITS));
    }

    /** Begins from nothing. */
    void clear() {
        Arrays.fill(bits, 0);
        set = 0;
    }

    private static long mixed(long value) {
        long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
