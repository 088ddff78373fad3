package jp.genkan.literals;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Aho and Corasick's automaton over literals of one kind, caseless or not. States are numbered by breadth, so that the children of a state
 * stand side by side and need no pointers: a state takes 17 octets.
 *
 * <p>An octet costs two steps on average, and each of them the search of an octet among sorted ones. What ends at a state is told until
 * something is met that was told already: what follows in the chain was told with it, so that a flood costs one step an octet.
 *
 * <p>Thread rule: immutable.
 */
final class Automaton {
    private static final int NONE = -1;
    private static final int OCTET_VALUES = 256;
    /** Up to this many children are looked at one after another: most states have one. */
    private static final int LINEAR_MAX = 4;

    private final boolean caseless;
    private final int states;
    /** The children of a state begin here and end where those of the next one begin. */
    private final int[] firstChild;
    /** By which octet a state is reached. */
    private final byte[] octet;

    private final int[] failure;
    /** Which literal ends at a state, or NONE. */
    private final int[] literal;
    /** The nearest state on the way of failures, this one included, at which a literal ends; or NONE. */
    private final int[] output;

    private final int[] fromRoot = new int[OCTET_VALUES];

    /** A literal and its id, while the automaton is made. */
    record Entry(Literal literal, int id) {}

    /**
     * @param entries different literals; lower case if caseless
     * @param suffixes for each id: gets the id of the longest other literal that it ends with, or -1
     */
    Automaton(List<Entry> entries, boolean caseless, int[] suffixes) {
        this.caseless = caseless;
        Entry[] sorted = entries.toArray(Entry[]::new);
        Arrays.sort(sorted, Comparator.comparing(Entry::literal, Automaton::compare));
        int statesMax = 1;
        for (Entry entry : sorted) {
            statesMax += entry.literal().length();
        }
        Trie trie = new Trie(sorted, statesMax);
        states = trie.states;
        firstChild = Arrays.copyOf(trie.firstChild, states + 1);
        octet = Arrays.copyOf(trie.octet, states);
        literal = Arrays.copyOf(trie.literal, states);
        failure = new int[states];
        output = new int[states];
        for (int child = firstChild[0]; child < firstChild[1]; child++) {
            fromRoot[octet[child] & 0xff] = child;
        }
        link(suffixes);
    }

    private static int compare(Literal a, Literal b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            int order = a.octet(i) - b.octet(i);
            if (order != 0) {
                return order;
            }
        }
        return a.length() - b.length();
    }

    /** The tree of the literals: each state is a range of the sorted ones that begin alike. */
    private static final class Trie {
        final int[] firstChild;
        final byte[] octet;
        final int[] literal;
        private final int[] from;
        private final int[] to;
        int states = 1;

        Trie(Entry[] sorted, int statesMax) {
            firstChild = new int[statesMax + 1];
            octet = new byte[statesMax];
            literal = new int[statesMax];
            from = new int[statesMax];
            to = new int[statesMax];
            to[0] = sorted.length;
            int depth = 0;
            int levelEnd = 1;
            for (int state = 0; state < states; state++) {
                if (state == levelEnd) {
                    depth++;
                    levelEnd = states;
                }
                addChildren(state, depth, sorted);
            }
            firstChild[states] = states;
        }

        private void addChildren(int state, int depth, Entry[] sorted) {
            int next = from[state];
            int end = to[state];
            literal[state] = NONE;
            if (next < end && sorted[next].literal().length() == depth) {
                literal[state] = sorted[next].id();
                next++;
            }
            firstChild[state] = states;
            while (next < end) {
                int value = sorted[next].literal().octet(depth);
                octet[states] = (byte) value;
                from[states] = next;
                while (next < end && sorted[next].literal().octet(depth) == value) {
                    next++;
                }
                to[states] = next;
                states++;
            }
        }
    }

    /** Sets failures and outputs, from the root down: those of shorter prefixes are known when a longer one asks. */
    private void link(int[] suffixes) {
        output[0] = NONE;
        for (int state = 0; state < states; state++) {
            for (int child = firstChild[state]; child < firstChild[state + 1]; child++) {
                int value = octet[child] & 0xff;
                failure[child] = state == 0 ? 0 : next(failure[state], value);
                int shorter = output[failure[child]];
                if (literal[child] == NONE) {
                    output[child] = shorter;
                } else {
                    output[child] = child;
                    suffixes[literal[child]] = shorter == NONE ? NONE : literal[shorter];
                }
            }
        }
    }

    private int child(int state, int value) {
        int low = firstChild[state];
        int high = firstChild[state + 1];
        if (high - low <= LINEAR_MAX) {
            for (int child = low; child < high; child++) {
                if ((octet[child] & 0xff) == value) {
                    return child;
                }
            }
            return NONE;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            int found = octet[middle] & 0xff;
            if (found == value) {
                return middle;
            }
            if (found < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return NONE;
    }

    private int next(int state, int value) {
        int current = state;
        while (current != 0) {
            int child = child(current, value);
            if (child != NONE) {
                return child;
            }
            current = failure[current];
        }
        return fromRoot[value];
    }

    /**
     * Goes on from a state (0 at first) and tells what ends on the way.
     *
     * @param endOfFirst the end to tell of a literal that ends with the first octet
     * @return the state to go on from
     */
    int scan(int state, byte[] octets, int from, int to, int endOfFirst, LiteralHits hits) {
        int current = state;
        for (int i = from; i < to; i++) {
            int value = octets[i] & 0xff;
            current = next(current, caseless ? Literal.lowerCase(value) : value);
            if (output[current] != NONE) {
                tell(output[current], endOfFirst + (i - from), hits);
            }
        }
        return current;
    }

    /** As {@link #scan}, telling every end. */
    int scanEnds(int state, byte[] octets, int length, int endOfFirst, EndSink sink) {
        int current = state;
        for (int i = 0; i < length; i++) {
            int value = octets[i] & 0xff;
            current = next(current, caseless ? Literal.lowerCase(value) : value);
            for (int telling = output[current]; telling != NONE; telling = output[failure[telling]]) {
                sink.found(literal[telling], endOfFirst + i);
            }
        }
        return current;
    }

    private void tell(int state, int end, LiteralHits hits) {
        int telling = state;
        while (telling != NONE && hits.add(literal[telling], end)) {
            telling = output[failure[telling]];
        }
    }

    long memoryBytes() {
        return states * 17L + OCTET_VALUES * 4L;
    }
}
