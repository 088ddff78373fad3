package jp.genkan.protocols.bittorrent;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds values in a bencoded dictionary (BEP 3) without taking it apart.
 *
 * <p>Thread rule: immutable.
 */
final class Bencode {
    /** Levels of lists and dictionaries that are read; messages of the hash table have three. */
    static final int DEPTH_MAX = 8;

    private static final int DIGITS_MAX = 9;

    private final byte[] octets;
    private final int from;
    private final int to;

    /** The value in these octets. */
    Bencode(byte[] octets, int from, int to) {
        this.octets = octets;
        this.from = from;
        this.to = to;
    }

    boolean isDictionary() {
        return from < to && octets[from] == 'd';
    }

    boolean isList() {
        return from < to && octets[from] == 'l';
    }

    /** Index behind the value that begins here, -1 when there is none. */
    private static int end(byte[] octets, int at, int to, int depth) {
        if (at >= to || depth > DEPTH_MAX) {
            return -1;
        }
        return switch (octets[at]) {
            case 'i' -> {
                int end = at + 1;
                while (end < to && end - at <= 2 * DIGITS_MAX + 2 && octets[end] != 'e') {
                    end++;
                }
                yield end < to && octets[end] == 'e' ? end + 1 : -1;
            }
            case 'l', 'd' -> {
                int next = at + 1;
                while (next > 0 && next < to && octets[next] != 'e') {
                    next = end(octets, next, to, depth + 1);
                }
                yield next > 0 && next < to ? next + 1 : -1;
            }
            default -> stringEnd(octets, at, to);
        };
    }

    private static int stringEnd(byte[] octets, int at, int to) {
        int begin = stringBegin(octets, at, to);
        return begin < 0 ? -1 : begin + length(octets, at);
    }

    /** Index of the first octet of a string's contents, -1 when it is none or does not fit. */
    private static int stringBegin(byte[] octets, int at, int to) {
        int colon = at;
        while (colon < to && colon - at < DIGITS_MAX && octets[colon] >= '0' && octets[colon] <= '9') {
            colon++;
        }
        if (colon == at || colon >= to || octets[colon] != ':') {
            return -1;
        }
        return length(octets, at) <= to - colon - 1 ? colon + 1 : -1;
    }

    private static int length(byte[] octets, int at) {
        int value = 0;
        for (int i = at; octets[i] != ':'; i++) {
            value = value * 10 + octets[i] - '0';
        }
        return value;
    }

    /** True when it is one whole value. */
    boolean isWhole() {
        return end(octets, from, to, 0) == to;
    }

    /** A dictionary's value of this key; null when there is none. */
    @Nullable
    Bencode get(String key) {
        int at = isDictionary() ? from + 1 : to;
        while (at < to && octets[at] != 'e') {
            int begin = stringBegin(octets, at, to);
            int value = begin < 0 ? -1 : begin + length(octets, at);
            int end = value < 0 ? -1 : end(octets, value, to, 1);
            if (end < 0) {
                return null;
            }
            if (isText(begin, value, key)) {
                return new Bencode(octets, value, end);
            }
            at = end;
        }
        return null;
    }

    private boolean isText(int begin, int end, String text) {
        if (end - begin != text.length()) {
            return false;
        }
        for (int i = begin; i < end; i++) {
            if (octets[i] != text.charAt(i - begin)) {
                return false;
            }
        }
        return true;
    }

    /** A list's first value; null when there is none. */
    @Nullable
    Bencode first() {
        return isList() ? at(from + 1) : null;
    }

    /** The value behind this one in the list that ends at this index; null when there is none. */
    @Nullable
    Bencode after(Bencode list) {
        return list.at(to);
    }

    private @Nullable Bencode at(int index) {
        int end = end(octets, index, to, 1);
        return end < 0 ? null : new Bencode(octets, index, end);
    }

    /** A string's contents; empty when it is none. */
    byte[] string() {
        int begin = stringBegin(octets, from, to);
        return begin < 0 ? new byte[0] : Arrays.copyOfRange(octets, begin, to);
    }

    /** A number, 0 when it is none. */
    long number() {
        long value = 0;
        boolean negative = from + 1 < to && octets[from + 1] == '-';
        if (from >= to || octets[from] != 'i') {
            return 0;
        }
        for (int i = from + (negative ? 2 : 1); i < to && octets[i] >= '0' && octets[i] <= '9'; i++) {
            value = value * 10 + octets[i] - '0';
        }
        return negative ? -value : value;
    }
}
