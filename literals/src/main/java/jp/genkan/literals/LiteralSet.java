package jp.genkan.literals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Literals without their duplicates: engines look for each once, under the id of the first, and the duplicates are told afterwards. Rules
 * share many of their literals, and a match costs an engine more than an array's element does.
 *
 * <p>Thread rule: immutable.
 */
final class LiteralSet {
    private final int size;
    private final List<Literal> literals = new ArrayList<>();
    private final int[] ids;
    private final int @Nullable [] duplicates;
    private final int longest;

    LiteralSet(List<Literal> all) {
        size = all.size();
        int[] next = new int[size];
        Arrays.fill(next, -1);
        int[] unique = new int[size];
        int longestSoFar = 0;
        Map<Literal, Integer> lastWithIt = HashMap.newHashMap(size);
        for (int id = 0; id < size; id++) {
            Literal literal = all.get(id).canonical();
            Integer before = lastWithIt.put(literal, id);
            if (before == null) {
                unique[literals.size()] = id;
                literals.add(literal);
                longestSoFar = Math.max(longestSoFar, literal.length());
            } else {
                next[before] = id;
            }
        }
        ids = Arrays.copyOf(unique, literals.size());
        duplicates = literals.size() == size ? null : next;
        longest = longestSoFar;
    }

    /** How many literals, duplicates included. */
    int size() {
        return size;
    }

    /** Each literal once; caseless ones in lower case. */
    List<Literal> literals() {
        return literals;
    }

    /** The id of one of {@link #literals()}. */
    int id(int index) {
        return ids[index];
    }

    /** Octets of the longest one. */
    int longest() {
        return longest;
    }

    /** Adds to hits the ids that mean the same. */
    void addDuplicates(LiteralHits hits) {
        if (duplicates != null && hits.count() > 0) {
            hits.addDuplicates(duplicates);
        }
    }
}
