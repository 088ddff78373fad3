package jp.genkan.appliance.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jp.genkan.appliance.Settings;
import jp.genkan.core.frame.Network;
import jp.genkan.ips.dataset.Datasets;
import jp.genkan.ips.engine.RuleBase;
import jp.genkan.ips.engine.RuleLoader;
import jp.genkan.ips.engine.RuleSet;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.network.Variables;
import jp.genkan.ips.policy.BoxPolicy;
import jp.genkan.ips.policy.RuleExemption;
import jp.genkan.ips.policy.RulePolicy;
import jp.genkan.ips.policy.StarterRules;
import jp.genkan.ips.rule.RuleFiles;
import jp.genkan.ips.rule.RuleProblem;
import jp.genkan.ips.rule.RuleReader;
import jp.genkan.ips.rule.RuleSource;
import jp.genkan.ips.signature.RuleEnvironment;
import jp.genkan.ips.state.HostBits;
import jp.genkan.literals.LiteralCompiler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of a running box: loaded at its start, and again when it is told to. A set that cannot be read leaves the one before it in force.
 *
 * <p>Thread rule: any thread; loading happens on one at a time.
 */
final class LiveRules implements AutoCloseable {
    private final Settings settings;
    private static final Logger LOG = LoggerFactory.getLogger(LiveRules.class);

    private final RuleBase base;
    private @Nullable RuleEnvironment environment;
    private volatile Status status;

    /**
     * What is in force.
     *
     * @param files that were read
     * @param loaded rules in use, those that are off included
     * @param answers what the policy makes of them
     * @param exemptions those of the configuration, ended ones too
     * @param unused exceptions for rules that are not there
     * @param problems rules that are refused, or why nothing could be read
     * @param seconds that loading took
     * @param engine which matcher of literals is at work
     */
    record Status(
            Instant since,
            int files,
            int loaded,
            Answers answers,
            List<RuleExemption> exemptions,
            List<RuleExemption> unused,
            List<String> problems,
            double seconds,
            String engine) {
        Status {
            exemptions = List.copyOf(exemptions);
            unused = List.copyOf(unused);
            problems = List.copyOf(problems);
        }
    }

    /** How many rules block, how many only speak, and how many are off. */
    record Answers(int blocking, int logging, int off) {
        static final Answers NONE = new Answers(0, 0, 0);

        static Answers of(RuleLoader.Loaded loaded) {
            RuleSet set = loaded.set();
            int blocking = 0;
            for (int i = 0; i < set.size(); i++) {
                blocking += set.signature(i).action().isDrop() ? 1 : 0;
            }
            return new Answers(blocking, set.size() - blocking, loaded.off());
        }
    }

    LiveRules(Settings settings) {
        this.settings = settings;
        Path cache = settings.stateDirectory().resolve("prefilter");
        LiteralCompiler literals = settings.hasRules() ? LiteralCompiler.open(cache) : LiteralCompiler.inJava();
        this.base = new RuleBase(literals, new Moment.Handshakes(true, false));
        this.status =
                new Status(Instant.now(), 0, 0, Answers.NONE, List.of(), List.of(), List.of(), 0, literals.describe());
    }

    RuleBase base() {
        return base;
    }

    Status status() {
        return status;
    }

    /**
     * Loads the files of the configuration and puts them in force.
     *
     * @throws IOException when a file cannot be read, or when another set is in force and no rule of a file can be used; what was in force stays
     */
    synchronized void load() throws IOException {
        long started = System.nanoTime();
        List<Path> files = new ArrayList<>(settings.ruleFiles());
        Path content = settings.content();
        if (content != null) {
            files.addAll(RuleFiles.below(content));
        }
        if (!settings.hasRules()) {
            return;
        }
        List<RuleSource> own = settings.startsWithOwnRules() ? List.of(StarterRules.read()) : List.of();
        Path folder = files.isEmpty() ? settings.stateDirectory() : folder(files.getFirst());
        RuleEnvironment before = environment;
        RuleEnvironment made = new RuleEnvironment(folder, settings.stateDirectory(), before);
        if (before != null) {
            saveDatasets(); // what a set has gathered is in its file when the next one reads it
            made.share(HostBits.class, before.shared(HostBits.class, HostBits::new));
        }
        List<RuleExemption> exemptions = settings.ruleExemptions();
        BoxPolicy policy = new BoxPolicy(policy(), exemptions, Instant.now());
        RuleLoader.Loaded loaded = new RuleLoader(made, variables(), base.literals())
                .withoutTexts()
                .under(policy)
                .load(own, files, RuleSet.ACTIONS);
        if (status.loaded() > 0) {
            refuseBroken(files, loaded);
        }
        base.replace(loaded.set());
        environment = made;
        status = new Status(
                Instant.now(),
                own.size() + files.size(),
                loaded.loaded(),
                Answers.of(loaded),
                exemptions,
                policy.unused(),
                loaded.problems().stream().map(RuleProblem::toString).toList(),
                (System.nanoTime() - started) / 1e9,
                base.literals().describe());
    }

    private void saveDatasets() {
        RuleEnvironment of = environment;
        if (of != null) {
            of.shared(Datasets.class, () -> new Datasets(of.folder(), of.dataFolder()))
                    .save()
                    .forEach(LOG::warn);
        }
    }

    /** Writes what rules have gathered and want to keep. */
    @Override
    public synchronized void close() {
        saveDatasets();
    }

    /** A file in which no rule is one is not what it is taken for: cut off, another one, a page that says that there is nothing. */
    private static void refuseBroken(List<Path> files, RuleLoader.Loaded loaded) throws IOException {
        for (Path file : files) {
            List<RuleProblem> problems = loaded.problems().stream()
                    .filter(problem -> problem.file().equals(file))
                    .toList();
            if (!problems.isEmpty() && problems.size() >= RuleReader.read(file).enabled()) {
                throw new IOException(
                        "no rule of " + file + " can be used, the first because of " + problems.getFirst());
            }
        }
    }

    /** The lines of the configuration, then the default ones. */
    private RulePolicy policy() throws IOException {
        Path file = settings.policyFile();
        RulePolicy stock = RulePolicy.stock();
        return file == null ? stock : RulePolicy.read(file).before(stock);
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    private Variables variables() {
        List<Network> home = settings.homeNetworks();
        if (home.isEmpty()) {
            return Variables.stock();
        }
        String list = home.stream().map(Network::toString).collect(Collectors.joining(",", "[", "]"));
        return Variables.stock().with(Map.of("HOME_NET", list), Map.of());
    }
}
