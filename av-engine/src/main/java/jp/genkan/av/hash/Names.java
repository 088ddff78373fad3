package jp.genkan.av.hash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names of signatures without their numbers: {@code Win.Trojan.Agent-1388639-0} is number 1388639 of {@code Win.Trojan.Agent-#-0}. Ten million
 * names are some ten thousand of these.
 *
 * <p>Thread rule: one thread.
 */
final class Names {
    /** Names without their numbers: a hundred times what ClamAV's own set has. Further ones get the name of their list. */
    static final int STEMS_MAX = 1 << 20;

    /** Characters of all of them. */
    static final long CHARACTERS_MAX = 32L << 20;

    /** Characters of a name; those that are published have up to 120. */
    static final int NAME_MAX = 256;

    /** Stands where the number was; no name has it, since control characters are taken out. */
    static final char HOLE = '\u0001';

    private static final int DIGITS_MAX = 9;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> stems = new ArrayList<>();
    private long characters;
    private int number;

    /** The number of a name's stem; -1 when there is no more room. {@link #number} is the number in the name then. */
    int add(String name) {
        int from = -1;
        int to = -1;
        for (int i = 0; i < name.length(); i++) {
            int end = i;
            while (end < name.length() && isDigit(name.charAt(end))) {
                end++;
            }
            if (end - i > to - from && end - i <= DIGITS_MAX && (name.charAt(i) != '0' || end - i == 1)) {
                from = i;
                to = end;
            }
            i = Math.max(i, end - 1);
        }
        number = from < 0 ? 0 : Integer.parseInt(name, from, to, 10);
        return stem(from < 0 ? name : name.substring(0, from) + HOLE + name.substring(to));
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private int stem(String stem) {
        Integer known = numbers.get(stem);
        if (known != null) {
            return known;
        }
        if (stems.size() == STEMS_MAX || characters + stem.length() > CHARACTERS_MAX) {
            return -1;
        }
        characters += stem.length();
        numbers.put(stem, stems.size());
        stems.add(stem);
        return stems.size() - 1;
    }

    int number() {
        return number;
    }

    List<String> stems() {
        return stems;
    }

    static String name(String stem, int number) {
        return stem.replace(String.valueOf(HOLE), Integer.toString(number));
    }

    /** A name as it may be shown: without control characters, not longer than names are. */
    static String clean(String name) {
        StringBuilder clean = new StringBuilder(Math.min(name.length(), NAME_MAX));
        for (int i = 0; i < name.length() && clean.length() < NAME_MAX; i++) {
            char character = name.charAt(i);
            if (!Character.isISOControl(character)) {
                clean.append(character);
            }
        }
        return clean.toString().strip();
    }
}
