package jp.genkan.av.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jp.genkan.literals.LiteralCompiler;

/**
 * Collects the patterns of all signatures, and decides in which stage each is looked for: the first one is the pass over every content, the
 * others are passes that take place when somebody asks for a pattern of theirs.
 *
 * <p>Thread rule: one thread.
 */
public final class PatternSetBuilder {
    /** The stage of patterns that nobody postponed. */
    public static final int FIRST_STAGE = 0;

    private final Map<Pattern, Integer> ids = new HashMap<>();
    private final List<Pattern> patterns = new ArrayList<>();
    private final List<CompiledPattern> compiled = new ArrayList<>();
    private final Map<Integer, Integer> postponed = new HashMap<>();
    /** Patterns that may not be postponed. */
    private final BitSet first = new BitSet();

    private int stages = 1;

    /**
     * Adds a pattern that is looked for in the first pass; one that is there already keeps its id.
     *
     * @throws IllegalArgumentException when it is too large: its repetitions, written out, have more than 16,384 instructions
     */
    public int add(Pattern pattern) {
        int id = addToPostpone(pattern);
        first.set(id);
        return id;
    }

    /** The same of a pattern that may be postponed, as long as nobody else wants it in the first pass. */
    public int addToPostpone(Pattern pattern) {
        Integer id = ids.get(pattern);
        if (id != null) {
            return id;
        }
        compiled.add(UnitCompiler.compile(pattern));
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
            compiled.removeLast();
            postponed.remove(patterns.size());
            first.clear(patterns.size());
        }
    }

    /** As {@link PatternSet#rarity}. */
    public int rarity(int pattern) {
        return compiled.get(pattern).rarity();
    }

    /** How many literals a pattern is looked for by. */
    public int literals(int pattern) {
        return compiled.get(pattern).literals();
    }

    /** Another stage, for {@link #postpone}. */
    public int newStage() {
        return stages++;
    }

    /**
     * Leaves a pattern out of the pass over every content, unless somebody added it for that one. {@link PatternMatcher} names it as a candidate
     * after {@link PatternMatcher#search} of its stage only; whoever asks for its matches lets that take place.
     *
     * @param stage made by {@link #newStage}
     */
    public void postpone(int pattern, int stage) {
        Objects.checkIndex(pattern, patterns.size());
        postponed.put(pattern, Objects.checkIndex(stage, stages));
    }

    /** Compiles them; some 50 µs a literal, much less when the compiler has kept it from the last time. */
    public PatternSet build(LiteralCompiler compiler) {
        int[] stageOfPattern = new int[patterns.size()];
        postponed.forEach((pattern, stage) -> stageOfPattern[pattern] = first.get(pattern) ? FIRST_STAGE : stage);
        return new PatternSet(compiled, stageOfPattern, stages, compiler);
    }
}
