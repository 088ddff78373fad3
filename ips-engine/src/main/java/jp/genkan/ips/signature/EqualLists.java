package jp.genkan.ips.signature;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one list of all that are equal: tens of thousands of rules say the same few thousand things.
 *
 * <p>Thread rule: the thread that loads rules.
 */
final class EqualLists {
    private final Map<List<String>, List<String>> known = new HashMap<>();

    /** An immutable list that is equal to this one. */
    List<String> one(List<String> list) {
        return known.computeIfAbsent(List.copyOf(list), same -> same);
    }
}
