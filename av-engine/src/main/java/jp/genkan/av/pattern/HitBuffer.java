package jp.genkan.av.pattern;

import java.util.Arrays;

/**
 * Where literals were found and not verified yet, in lists by unit.
 *
 * <p>Thread rule: one thread.
 */
final class HitBuffer {
    /** Hits that wait: 16 MiB. When there are as many, all are verified, and waiting begins anew. */
    static final int HITS_MAX = 1 << 20;

    private static final int HITS_AT_FIRST = 1_024;
    private static final int KEPT_MAX = 1 << 16;

    private int[] forms = new int[HITS_AT_FIRST];
    private int[] places = new int[HITS_AT_FIRST];
    private int[] literals = new int[HITS_AT_FIRST];
    private int[] before = new int[HITS_AT_FIRST];
    private int count;

    void clear() {
        count = 0;
        if (forms.length > KEPT_MAX) {
            resize(HITS_AT_FIRST);
        }
    }

    private void resize(int size) {
        forms = Arrays.copyOf(forms, size);
        places = Arrays.copyOf(places, size);
        literals = Arrays.copyOf(literals, size);
        before = Arrays.copyOf(before, size);
    }

    boolean isFull() {
        return count == HITS_MAX;
    }

    /**
     * Adds one.
     *
     * @param place of the literal's first octet
     * @param last the hit before it in its list; -1 for none
     * @param literal which one
     * @return its index
     */
    int add(int form, int place, int last, int literal) {
        if (count == forms.length) {
            resize(Math.min(HITS_MAX, count * 2));
        }
        forms[count] = form;
        places[count] = place;
        before[count] = last;
        literals[count] = literal;
        return count++;
    }

    int form(int hit) {
        return forms[hit];
    }

    int place(int hit) {
        return places[hit];
    }

    int literal(int hit) {
        return literals[hit];
    }

    int before(int hit) {
        return before[hit];
    }
}
