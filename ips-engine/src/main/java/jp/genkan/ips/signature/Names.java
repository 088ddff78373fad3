package jp.genkan.ips.signature;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for names that rules share (flowbits, flowints, captured variables), so that matching compares numbers.
 *
 * <p>Thread rule: the thread that loads rules.
 */
public final class Names {
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    /** The number of a name; a new one gets the next. */
    public int number(String name) {
        return numbers.computeIfAbsent(name, ignored -> numbers.size());
    }

    /** All of them, each at the place of its number. */
    public List<String> all() {
        return List.copyOf(numbers.keySet());
    }

    /** How many there are. */
    public int count() {
        return numbers.size();
    }
}
