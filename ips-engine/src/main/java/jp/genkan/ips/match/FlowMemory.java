package jp.genkan.ips.match;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What rules have noted about a flow: flowbits, flowints, captured texts, and what passed. Names were turned to numbers when the rules were compiled.
 *
 * <p>Thread rule: the flow's worker.
 */
public final class FlowMemory {
    /** Most captured texts of a flow: bounded, because traffic decides what they hold. */
    public static final int TEXTS_MAX = 32;

    /** Longest captured text that is kept. */
    public static final int TEXT_LENGTH_MAX = 4096;

    private static final long[] NO_BITS = {};
    private static final int[] NO_INTS = {};

    private long[] bits = NO_BITS;
    private long[] intsSet = NO_BITS;
    private int[] ints = NO_INTS;
    private Map<String, String> texts = Map.of();
    private Map<String, Double> entropies = Map.of();

    /** True when a rule has switched the events of the flow's transactions off. */
    public boolean silenced;

    /** True when no bit was ever set, no number given a value and no text kept. */
    public boolean isEmpty() {
        return bits.length == 0 && intsSet.length == 0 && texts.isEmpty() && entropies.isEmpty();
    }

    /** Keeps a captured text under a name that a rule gives; a text more than {@link #TEXTS_MAX} is not kept. */
    public void text(String name, String value) {
        if (texts.isEmpty()) {
            texts = new LinkedHashMap<>();
        }
        if (texts.size() < TEXTS_MAX || texts.containsKey(name)) {
            texts.put(name, value);
        }
    }

    /** Keeps the entropy of a buffer that a rule has measured: the latest one counts. */
    public void entropy(String buffer, double measured) {
        if (entropies.isEmpty()) {
            entropies = new LinkedHashMap<>();
        }
        if (entropies.size() < TEXTS_MAX || entropies.containsKey(buffer)) {
            entropies.put(buffer, measured);
        }
    }

    /** The entropies, by buffer. */
    public Map<String, Double> entropies() {
        return Collections.unmodifiableMap(entropies);
    }

    /** The captured texts, in the order in which their names came. */
    public Map<String, String> texts() {
        return Collections.unmodifiableMap(texts);
    }

    /** Is the bit set? */
    public boolean has(int bit) {
        int word = bit >>> 6;
        return word < bits.length && (bits[word] & 1L << bit) != 0;
    }

    /** Sets a bit. */
    public void set(int bit) {
        int word = bit >>> 6;
        if (word >= bits.length) {
            bits = Arrays.copyOf(bits, word + 1);
        }
        bits[word] |= 1L << bit;
    }

    /** Clears a bit. */
    public void clear(int bit) {
        int word = bit >>> 6;
        if (word < bits.length) {
            bits[word] &= ~(1L << bit);
        }
    }

    /** Sets a bit that is not set, clears one that is. */
    public void toggle(int bit) {
        if (has(bit)) {
            clear(bit);
        } else {
            set(bit);
        }
    }

    /** True when the number was ever given a value. */
    public boolean hasInt(int number) {
        int word = number >>> 6;
        return word < intsSet.length && (intsSet[word] & 1L << number) != 0;
    }

    /** The value of a flowint, 0 when it was never set; unsigned. */
    public int intValue(int number) {
        return number < ints.length ? ints[number] : 0;
    }

    /** Gives a flowint a value. */
    public void intValue(int number, int value) {
        if (number >= ints.length) {
            ints = Arrays.copyOf(ints, number + 1);
        }
        ints[number] = value;
        int word = number >>> 6;
        if (word >= intsSet.length) {
            intsSet = Arrays.copyOf(intsSet, word + 1);
        }
        intsSet[word] |= 1L << number;
    }
}
