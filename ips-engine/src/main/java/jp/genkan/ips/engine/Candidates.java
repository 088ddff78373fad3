package jp.genkan.ips.engine;

import java.util.Arrays;

/**
 * Plans that a transaction or file may still match, each with the parts that hold already; and those that are done with.
 *
 * <p>Thread rule: one worker.
 */
final class Candidates {
    private static final int FIRST_ROOM = 8;

    private int[] keys = new int[FIRST_ROOM];
    private long[] held = new long[FIRST_ROOM];
    private int count;
    private final PlanList done = new PlanList();

    /** The key of a plan in a direction; a plan whose parts span both has one key. */
    static int key(Plan plan, boolean toServer) {
        return plan.index << 1 | (toServer || plan.spans ? 1 : 0);
    }

    static int plan(int key) {
        return key >> 1;
    }

    static boolean isToServer(int key) {
        return (key & 1) != 0;
    }

    /** Adds a plan, unless it is there or done with. */
    void add(int key) {
        int at = Arrays.binarySearch(keys, 0, count, key);
        if (at >= 0 || done.contains(key)) {
            return;
        }
        int place = -at - 1;
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, count * 2);
            held = Arrays.copyOf(held, count * 2);
        }
        System.arraycopy(keys, place, keys, place + 1, count - place);
        System.arraycopy(held, place, held, place + 1, count - place);
        keys[place] = key;
        held[place] = 0;
        count++;
    }

    int count() {
        return count;
    }

    int key(int index) {
        return keys[index];
    }

    long held(int index) {
        return held[index];
    }

    void held(int index, long parts) {
        held[index] = parts;
    }

    /** Takes out what stands at an index, and never takes it in again. */
    void finish(int index) {
        done.add(keys[index]);
        System.arraycopy(keys, index + 1, keys, index, count - index - 1);
        System.arraycopy(held, index + 1, held, index, count - index - 1);
        count--;
    }
}
