package jp.genkan.av.yara;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import jp.genkan.av.pattern.Pattern;
import jp.genkan.av.pattern.PatternSet;
import jp.genkan.av.pattern.PatternSetBuilder;
import jp.genkan.av.yara.condition.Rule;
import jp.genkan.av.yara.syntax.RuleFileParser;
import org.jspecify.annotations.Nullable;

/**
 * Compiles rule files, each a namespace of its own, onto a shared builder of patterns. A file that does not compile is left out, and the others
 * work.
 *
 * <pre>
 * PatternSetBuilder patterns = new PatternSetBuilder();
 * YaraCompiler yara = new YaraCompiler(patterns);
 * problems.addAll(yara.add(file)); ...            // other compilers add theirs to the same builder
 * yara.plan();
 * PatternSet set = patterns.build(LiteralCompiler.open(cache));
 * Signatures signatures = new PatternSignatures(set, List.of(yara.build(set), ...));
 * </pre>
 *
 * <p>Thread rule: one thread.
 */
public final class YaraCompiler {
    private final PatternSetBuilder patterns;
    private final List<Rule> rules = new ArrayList<>();
    /** Patterns that rules have, among others. */
    private final BitSet own = new BitSet();

    private @Nullable RulePlan plan;
    private int files;

    public YaraCompiler(PatternSetBuilder patterns) {
        this.patterns = patterns;
    }

    /**
     * Compiles a file and what it includes.
     *
     * @return what is wrong; empty when its rules are in
     */
    public List<Problem> add(Path file) {
        int before = patterns.size();
        try {
            rules.addAll(parser().parse(file));
            return List.of();
        } catch (RuleFileParser.FileException wrong) {
            forget(before);
            return List.of(problem(wrong));
        } catch (IOException unreadable) {
            forget(before);
            return List.of(new Problem(file.toString(), 1, 1, "cannot be read: " + unreadable));
        }
    }

    /**
     * Compiles rules that stand in no file; they can include files by absolute names only.
     *
     * @param name of what they stand in, for problems
     */
    public List<Problem> add(String name, String text) {
        int before = patterns.size();
        try {
            rules.addAll(parser().parse(name, text));
            return List.of();
        } catch (RuleFileParser.FileException wrong) {
            forget(before);
            return List.of(problem(wrong));
        } catch (IOException unreadable) {
            forget(before);
            return List.of(new Problem(name, 1, 1, "cannot be read: " + unreadable));
        }
    }

    private int pattern(Pattern pattern) {
        int id = patterns.addToPostpone(pattern);
        own.set(id);
        return id;
    }

    private void forget(int before) {
        patterns.truncate(before);
        own.clear(before, Math.max(before, own.length()));
    }

    private RuleFileParser parser() {
        return new RuleFileParser(files++, rules.size(), this::pattern);
    }

    private static Problem problem(RuleFileParser.FileException wrong) {
        return new Problem(wrong.file(), wrong.line(), wrong.column(), String.valueOf(wrong.getMessage()));
    }

    /** How many rules were compiled. */
    public int count() {
        return rules.size();
    }

    /**
     * Postpones the patterns that need not be looked for in every content, when all rules were added and the set is built next; without it all
     * are.
     */
    public void plan() {
        RulePlan fresh = new RulePlan(rules, patterns::rarity);
        fresh.postpone(rules, own.stream().boxed().collect(Collectors.toSet()), patterns);
        plan = fresh;
    }

    /**
     * The rules that were added, to be joined with the set by {@code PatternSignatures}.
     *
     * @param set built of the same builder
     */
    public YaraRules build(PatternSet set) {
        return new YaraRules(rules, plan == null ? new RulePlan(rules, set::rarity) : plan, set);
    }

    /** What is wrong with a file, and where. */
    public record Problem(String file, int line, int column, String message) {
        @Override
        public String toString() {
            return file + ":" + line + ":" + column + ": " + message;
        }
    }
}
