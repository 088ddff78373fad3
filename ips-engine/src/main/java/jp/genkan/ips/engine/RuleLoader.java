package jp.genkan.ips.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.ips.keyword.Language;
import jp.genkan.ips.keyword.identity.Requirements;
import jp.genkan.ips.network.Variables;
import jp.genkan.ips.rule.Rule;
import jp.genkan.ips.rule.RuleAction;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleProblem;
import jp.genkan.ips.rule.RuleReader;
import jp.genkan.ips.rule.RuleSource;
import jp.genkan.ips.signature.EventFilter;
import jp.genkan.ips.signature.RuleEnvironment;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.SignatureCompiler;
import jp.genkan.ips.threshold.FilterAssignment;
import jp.genkan.ips.threshold.ThresholdConfig;
import jp.genkan.literals.LiteralCompiler;
import org.jspecify.annotations.Nullable;

/**
 * Reads rule files and compiles what they hold to a set.
 *
 * <p>Thread rule: the thread that loads rules.
 */
public final class RuleLoader {
    private final SignatureCompiler signatures;
    private final LiteralCompiler literals;
    private final ThresholdConfig thresholds;
    private final RuleEnvironment environment;
    private Treatment treatment = Treatment.NONE;
    private boolean keepsTexts = true;

    /**
     * A loader.
     *
     * @param environment what the rules of the set share
     * @param variables addresses and ports by name
     * @param literals compiles the prefilter
     */
    public RuleLoader(RuleEnvironment environment, Variables variables, LiteralCompiler literals) {
        Language language = Language.get();
        this.signatures = new SignatureCompiler(environment, variables, language.keywords(), language.buffers());
        this.literals = literals;
        this.environment = environment;
        this.thresholds = environment.shared(ThresholdConfig.class, () -> ThresholdConfig.NONE);
    }

    /** Makes of each rule what a box's policy wants. */
    @FunctionalInterface
    public interface Treatment {
        /** Every rule does what it says. */
        Treatment NONE = signature -> signature;

        /** The rule as it is to be used; null when it is not to be used at all. */
        @Nullable
        Signature treat(Signature signature);
    }

    /** A loader whose sets follow a policy. */
    public RuleLoader under(Treatment policy) {
        this.treatment = policy;
        return this;
    }

    /** A loader whose sets do not keep how rules are written: for who never tells it. */
    public RuleLoader withoutTexts() {
        this.keepsTexts = false;
        return this;
    }

    /**
     * What became of rule files.
     *
     * @param set of the rules that could be used
     * @param rules in the files, those that are commented out included
     * @param enabled those that are not commented out
     * @param loaded those that are in use, were passed over because they ask for another engine, or are off
     * @param off those that the policy does not use
     * @param problems one for each rule that is refused
     */
    public record Loaded(RuleSet set, int rules, int enabled, int loaded, int off, List<RuleProblem> problems) {
        public Loaded {
            problems = List.copyOf(problems);
        }
    }

    /** A rule with the file that it stands in. */
    private record Placed(Signature signature, RuleSource source) {}

    /** What is known while files are read one by one. */
    private static final class Tally {
        final Map<Long, Placed> byNumber = new LinkedHashMap<>();
        final List<RuleProblem> problems = new ArrayList<>();
        int rules;
        int enabled;
        int passedOver;
    }

    /**
     * Loads rule files. A rule that is refused does not hinder the others.
     *
     * @throws IOException when a file cannot be read
     */
    public Loaded load(List<Path> files) throws IOException {
        return load(files, RuleSet.ACTIONS);
    }

    /**
     * Loads rule files for an order of actions.
     *
     * @param actions pass, drop, reject and alert, each once: the first wins
     * @throws IOException when a file cannot be read
     */
    public Loaded load(List<Path> files, List<RuleAction> actions) throws IOException {
        return load(List.of(), files, actions);
    }

    /**
     * Loads rules that come with the product, and rule files.
     *
     * @param first rules that stand before those of the files
     * @param actions pass, drop, reject and alert, each once: the first wins
     * @throws IOException when a file cannot be read
     */
    public Loaded load(List<RuleSource> first, List<Path> files, List<RuleAction> actions) throws IOException {
        Tally tally = new Tally();
        first.forEach(source -> take(source, tally));
        for (Path file : files) {
            take(RuleReader.read(file), tally);
        }
        List<Signature> used = new ArrayList<>(tally.byNumber.size());
        for (Placed placed : tally.byNumber.values()) {
            Signature treated = treatment.treat(placed.signature());
            if (treated != null) {
                used.add(treated);
            }
        }
        return new Loaded(
                RuleSet.build(used, actions, names(), literals),
                tally.rules,
                tally.enabled,
                tally.byNumber.size() + tally.passedOver,
                tally.byNumber.size() - used.size(),
                tally.problems);
    }

    private void take(RuleSource source, Tally tally) {
        tally.rules += source.total();
        tally.enabled += source.enabled();
        tally.problems.addAll(source.problems());
        for (Rule rule : source.rules()) {
            try {
                tally.passedOver += place(new Placed(compile(rule), source), tally.byNumber);
            } catch (RuleException refused) {
                if (refused.code() == RuleCode.REQUIRES) {
                    tally.passedOver++;
                } else {
                    tally.problems.add(source.problem(rule, refused));
                }
            }
        }
    }

    /** What a rule asks of the engine is looked at first: the rest of it may be in words that do not exist here. */
    private Signature compile(Rule rule) throws RuleException {
        Requirements.check(rule, Language.get().keywords());
        Signature made = signatures.compile(rule);
        Signature.Identity id = made.id();
        List<EventFilter> own = made.memory().filters();
        made = keepsTexts ? made : made.withoutText();
        return made.withFilters(FilterAssignment.filters(thresholds, id.gid(), id.sid(), own));
    }

    private FlowVariables.Names names() {
        return new FlowVariables.Names(
                environment.flowbits().all(), environment.flowints().all());
    }

    /** Puts a rule in; of two with one number the later revision holds. Returns 1 when it took another one's place. */
    private static int place(Placed made, Map<Long, Placed> byNumber) throws RuleException {
        Signature.Identity id = made.signature().id();
        long number = id.number();
        Placed before = byNumber.get(number);
        if (before != null && before.signature().id().revision() >= id.revision()) {
            Rule first = before.signature().rule();
            throw new RuleException(
                    RuleCode.DUPLICATE_SID,
                    0,
                    "duplicate sid " + id.sid() + " (first at " + first.file().getFileName() + ":" + first.line()
                            + ")");
        }
        byNumber.put(number, made);
        return before == null ? 0 : 1;
    }
}
