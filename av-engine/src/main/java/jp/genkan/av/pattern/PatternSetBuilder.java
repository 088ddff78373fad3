package jp.genkan.av.pattern;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.literals.LiteralCompiler;

/**
 * Collects the patterns of all signatures.
 *
 * <p>Thread rule: one thread.
 */
public final class PatternSetBuilder {
    private final Map<Pattern, Integer> ids = new HashMap<>();
    private final List<Pattern> patterns = new ArrayList<>();

    /**
     * Adds a pattern; one that is there already keeps its id.
     *
     * @throws IllegalArgumentException when it is too large: its repetitions, written out, have more than 16,384 instructions
     */
    public int add(Pattern pattern) {
        Integer id = ids.get(pattern);
        if (id != null) {
            return id;
        }
        if (!(pattern.body() instanceof Expression.Octets)) {
            new UnitCompiler().compile(pattern);
        }
        ids.put(pattern, patterns.size());
        patterns.add(pattern);
        return patterns.size() - 1;
    }

    /** How many different ones. */
    public int size() {
        return patterns.size();
    }

    /** Forgets the patterns that were added last, until so many are left: of signatures that turned out to be wrong. */
    public void truncate(int size) {
        while (patterns.size() > size) {
            ids.remove(patterns.removeLast());
        }
    }

    /** Compiles them; some 50 µs a literal, much less when the compiler has kept it from the last time. */
    public PatternSet build(LiteralCompiler compiler) {
        return new PatternSet(patterns, compiler);
    }
}
