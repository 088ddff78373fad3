package jp.genkan.appcontrol.definition;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Numbers for the names of applications: a name keeps its number when definitions are swapped, so that what flows have noted stays true.
 *
 * <p>Thread rule: any thread.
 */
public final class AppNames {
    /** Number of no name. */
    public static final int NONE = 0;

    /** Names that get a number; what a flow notes has 15 bits for it. A name beyond them is not used, and its definition is a problem. */
    public static final int NAMES_MAX = (1 << 15) - 1;

    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<String> names = new AtomicReferenceArray<>(NAMES_MAX + 1);
    private int last;

    /** The number of a name, a new one when it has none yet; {@link #NONE} when there are too many. */
    public synchronized int number(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        if (last == NAMES_MAX) {
            return NONE;
        }
        names.set(++last, name);
        numbers.put(name, last);
        return last;
    }

    /** The number of a name that has one, else {@link #NONE}. */
    public int find(String name) {
        return numbers.getOrDefault(name, NONE);
    }

    /** The name of a number that was given out. */
    public String name(int number) {
        String name = names.get(number);
        return name == null ? "Unknown" : name;
    }
}
