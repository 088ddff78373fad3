package jp.genkan.appcontrol.definition;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds words in texts of HTTP heads: the words are what stands between characters other than letters, digits, {@code . _ -}, and each may be named by its part
 * before a version ({@code spotify} of {@code Spotify/8.1}). Words of a definition may have blanks in no place.
 *
 * <p>Thread rule: immutable.
 */
public final class TokenTable {
    /** Octets of a text that are looked at; a browser names itself within 200. */
    private static final int OCTETS_MAX = 512;

    private static final int WORD_MAX = 64;
    private static final int HASH_STEP = 31;

    private final Map<String, Integer> words;
    private final boolean[] lengths = new boolean[WORD_MAX + 1];
    private final int[] hashes;
    private final String[] texts;
    private final int[] applications;
    private final int mask;

    TokenTable(Map<String, Integer> all) {
        words = new HashMap<>(all);
        int size = Integer.highestOneBit(Math.max(8, all.size())) * 4;
        mask = size - 1;
        hashes = new int[size];
        texts = new String[size];
        applications = new int[size];
        java.util.Arrays.fill(texts, "");
        words.forEach((word, application) -> {
            if (word.length() <= WORD_MAX) {
                lengths[word.length()] = true;
                int hash = 0;
                for (int i = 0; i < word.length(); i++) {
                    hash = hash * HASH_STEP + word.charAt(i);
                }
                int slot = hash;
                while (!texts[slot & mask].isEmpty()) {
                    slot++;
                }
                hashes[slot & mask] = hash;
                texts[slot & mask] = word;
                applications[slot & mask] = application;
            }
        });
    }

    /** The application of the first word that names one, 0 when none does. */
    public int find(byte[] text) {
        int end = Math.min(text.length, OCTETS_MAX);
        int hash = 0;
        int from = 0;
        for (int at = 0; at <= end; at++) {
            int c = at < end ? lower(text[at]) : ' ';
            boolean inside = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
            if (inside) {
                hash = hash * HASH_STEP + c;
            } else {
                int found = at > from ? word(text, from, at, hash) : 0;
                if (found != 0) {
                    return found;
                }
                hash = 0;
                from = at + 1;
            }
        }
        return 0;
    }

    private static int lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
    }

    private int word(byte[] text, int from, int to, int hash) {
        int length = to - from;
        if (length > WORD_MAX || !lengths[length]) {
            return 0;
        }
        for (int slot = hash; !texts[slot & mask].isEmpty(); slot++) {
            if (hashes[slot & mask] == hash && is(texts[slot & mask], text, from, length)) {
                return applications[slot & mask];
            }
        }
        return 0;
    }

    private static boolean is(String word, byte[] text, int from, int length) {
        if (word.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(text[from + i]) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
