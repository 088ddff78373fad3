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

    /** Adds a pattern; one that is there already keeps its id. */
    public int add(Pattern pattern) {
        Integer before = ids.putIfAbsent(pattern, patterns.size());
        if (before != null) {
            return before;
        }
        patterns.add(pattern);
        return patterns.size() - 1;
    }

    /** How many different ones. */
    public int size() {
        return patterns.size();
    }

    /** Compiles them; some 50 µs a literal, much less when the compiler has kept it from the last time. */
    public PatternSet build(LiteralCompiler compiler) {
        return new PatternSet(patterns, compiler);
    }
}
