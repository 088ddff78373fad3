package jp.genkan.core.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the word that somebody meant: for messages about configuration and rules.
 *
 * <p>Thread rule: no state.
 */
public final class Nearest {
    /** Words longer than this are no slips of a key that exists; it bounds the work. */
    private static final int WORD_CHARS_MAX = 64;

    private Nearest() {}

    /** The candidate with the fewest slips from the word, or null when none is near. */
    public static @Nullable String to(String word, Collection<String> candidates) {
        String best = null;
        int bestSlips = Integer.MAX_VALUE;
        String wanted = fold(word);
        if (wanted.length() > WORD_CHARS_MAX) {
            return null;
        }
        for (String candidate : candidates) {
            int slips = slips(wanted, fold(candidate));
            if (slips < bestSlips && slips <= Math.max(1, Math.min(word.length(), candidate.length()) / 3)) {
                best = candidate;
                bestSlips = slips;
            }
        }
        return best;
    }

    /** True when two words differ in their way of writing only. */
    static boolean isSame(String left, String right) {
        return fold(left).equals(fold(right));
    }

    /** Ways of writing that are not worth a slip. */
    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment distance). */
    private static int slips(String left, String right) {
        int width = right.length() + 1;
        int[] beforeLast = new int[width];
        int[] last = new int[width];
        int[] row = new int[width];
        Arrays.setAll(last, i -> i);
        for (int i = 1; i <= left.length(); i++) {
            row[0] = i;
            for (int j = 1; j < width; j++) {
                boolean same = left.charAt(i - 1) == right.charAt(j - 1);
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
                boolean swapped = i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[width - 1];
    }
}
