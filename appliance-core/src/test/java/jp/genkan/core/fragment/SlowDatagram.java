package jp.genkan.core.fragment;

import java.util.Arrays;

/**
 * The oracle for {@link Datagram}: one entry for every octet, which says what it is and which piece it belongs to. Slow, and obviously
 * right.
 */
final class SlowDatagram {
    /** Fewer than a datagram can have: the oracle looks at each of them for each fragment. */
    static final int OCTETS_MAX = 512;

    private final byte[] octets = new byte[OCTETS_MAX];
    /** The piece that an octet belongs to; 0 is none. A piece is named by the number of its fragment and what it was split into. */
    private final int[] owner = new int[OCTETS_MAX];

    private int pieces;
    private int end = -1;
    private int highest;
    boolean overlapped;
    boolean differed;

    /** Adds a fragment; false when it contradicts the end. */
    boolean add(byte[] data, int start, boolean last, OverlapPolicy policy) {
        overlapped = false;
        differed = false;
        int stop = start + data.length;
        if (end >= 0 && (stop > end || last && stop != end) || end < 0 && last && stop < highest) {
            return false;
        }
        if (last) {
            end = stop;
        }
        highest = Math.max(highest, stop);
        boolean[] taken = new boolean[data.length];
        for (int at = start; at < stop; at++) {
            taken[at - start] = owner[at] == 0 || newWins(at, start, stop, policy);
            overlapped |= owner[at] != 0;
            differed |= owner[at] != 0 && octets[at] != data[at - start];
        }
        for (int at = start; at < stop; at++) {
            if (taken[at - start]) {
                octets[at] = data[at - start];
                owner[at] = -1;
            }
        }
        renumber();
        return true;
    }

    private boolean newWins(int at, int start, int stop, OverlapPolicy policy) {
        int oldStart = at;
        while (oldStart > 0 && owner[oldStart - 1] == owner[at]) {
            oldStart--;
        }
        int oldEnd = at + 1;
        while (oldEnd < owner.length && owner[oldEnd] == owner[at]) {
            oldEnd++;
        }
        return policy.newWins(oldStart, oldEnd, start, stop);
    }

    /** Gives every run of octets of one owner a number of its own: what was split is two pieces from now on. */
    private void renumber() {
        int[] before = owner.clone();
        for (int at = 0; at < owner.length; at++) {
            if (before[at] == 0) {
                continue;
            }
            boolean continues = at > 0 && before[at - 1] == before[at];
            owner[at] = continues ? owner[at - 1] : ++pieces;
        }
    }

    /** The whole payload, or null when octets are missing. */
    byte[] whole() {
        if (end < 0) {
            return new byte[0];
        }
        for (int at = 0; at < end; at++) {
            if (owner[at] == 0) {
                return new byte[0];
            }
        }
        return Arrays.copyOf(octets, end);
    }
}
