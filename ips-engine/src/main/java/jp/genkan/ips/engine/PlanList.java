package jp.genkan.ips.engine;

import java.util.Arrays;

/** A list of numbers of plans, each once, that is sorted before it is used. Thread rule: one worker. */
final class PlanList {
    private static final int[] NOTHING = {};
    private static final int FIRST_ROOM = 16;

    private int[] plans = NOTHING;
    private int count;

    void add(int plan) {
        if (count == plans.length) {
            plans = Arrays.copyOf(plans, Math.max(FIRST_ROOM, count * 2));
        }
        plans[count++] = plan;
    }

    void addAll(int[] more) {
        for (int plan : more) {
            add(plan);
        }
    }

    /** Sorts, and leaves each once. */
    void sort() {
        if (count < 2) {
            return;
        }
        Arrays.sort(plans, 0, count);
        int to = 1;
        for (int i = 1; i < count; i++) {
            if (plans[i] != plans[i - 1]) {
                plans[to++] = plans[i];
            }
        }
        count = to;
    }

    int get(int index) {
        return plans[index];
    }

    int count() {
        return count;
    }

    int[] toArray() {
        return Arrays.copyOf(plans, count);
    }

    void clear() {
        count = 0;
    }

    /** Takes out what stands at an index; the last one takes its place. */
    void remove(int index) {
        plans[index] = plans[--count];
    }

    /** Takes out a plan, however often it stands there. */
    void forget(int plan) {
        for (int i = count - 1; i >= 0; i--) {
            if (plans[i] == plan) {
                remove(i);
            }
        }
    }

    boolean contains(int plan) {
        for (int i = 0; i < count; i++) {
            if (plans[i] == plan) {
                return true;
            }
        }
        return false;
    }
}
