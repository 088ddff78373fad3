package jp.genkan.ips.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.ips.hyperscan.LiteralCompiler;
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

    /**
     * What became of rule files.
     *
     * @param set of the rules that could be used
     * @param rules in the files, those that are commented out included
     * @param enabled those that are not commented out
     * @param loaded those that are in use, or were passed over because they ask for another engine
     * @param problems one for each rule that is refused
     */
    public record Loaded(RuleSet set, int rules, int enabled, int loaded, List<RuleProblem> problems) {
        public Loaded {
            problems = List.copyOf(problems);
        }
    }

    /** A rule with the file that it stands in. */
    private record Placed(Signature signature, RuleSource source) {}

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
        Map<Long, Placed> byNumber = new LinkedHashMap<>();
        List<RuleProblem> problems = new ArrayList<>();
        int rules = 0;
        int enabled = 0;
        int passedOver = 0;
        for (Path file : files) {
            RuleSource source = RuleReader.read(file);
            rules += source.total();
            enabled += source.enabled();
            problems.addAll(source.problems());
            for (Rule rule : source.rules()) {
                try {
                    passedOver += place(new Placed(compile(rule), source), byNumber);
                } catch (RuleException refused) {
                    if (refused.code() == RuleCode.REQUIRES) {
                        passedOver++;
                    } else {
                        problems.add(source.problem(rule, refused));
                    }
                }
            }
        }
        List<Signature> all = byNumber.values().stream().map(Placed::signature).toList();
        return new Loaded(
                RuleSet.build(all, actions, names(), literals), rules, enabled, all.size() + passedOver, problems);
    }

    /** What a rule asks of the engine is looked at first: the rest of it may be in words that do not exist here. */
    private Signature compile(Rule rule) throws RuleException {
        Requirements.check(rule, Language.get().keywords());
        Signature made = signatures.compile(rule);
        Signature.Identity id = made.id();
        List<EventFilter> own = made.memory().filters();
        return made.withFilters(FilterAssignment.filters(thresholds, id.gid(), id.sid(), own));
    }

    private FlowVariables.Names names() {
        return new FlowVariables.Names(
                environment.flowbits().all(), environment.flowints().all());
    }

    /** Puts a rule in; of two with one number the later revision holds. Returns 1 when it took another one's place. */
    private static int place(Placed made, Map<Long, Placed> byNumber) throws RuleException {
        Signature.Identity id = made.signature().id();
        long number = id.gid() << Integer.SIZE | id.sid();
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
