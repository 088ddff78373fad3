package jp.genkan.urlfilter.key;

import java.util.Arrays;

/**
 * Small numbers by key, in memory: for what a person writes or a program brings along. Grows while it is filled.
 *
 * <p>Thread rule: one thread fills it, then anybody reads.
 */
public final class KeyMap {
    /** What {@link #get} says of a key that is not there. */
    public static final int ABSENT = -1;

    private static final int FIRST_SIZE = 16;

    private long[] keys = new long[FIRST_SIZE];
    private int[] values = new int[FIRST_SIZE];
    private int size;

    /** The number under a key, or {@link #ABSENT}. Does not allocate. */
    public int get(long key) {
        int at = place(key);
        return keys[at] == key ? values[at] : ABSENT;
    }

    /** Puts a number under a key. */
    public void put(long key, int value) {
        if (size * 2 >= keys.length) {
            grow();
        }
        int at = place(key);
        size += keys[at] == key ? 0 : 1;
        keys[at] = key;
        values[at] = value;
    }

    /** How many keys there are. */
    public int size() {
        return size;
    }

    private int place(long key) {
        int mask = keys.length - 1;
        int at = (int) key & mask;
        while (keys[at] != key && keys[at] != 0) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = Arrays.copyOf(oldValues, oldValues.length * 2);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int at = place(oldKeys[i]);
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }
}
