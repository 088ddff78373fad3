package jp.genkan.appliance.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.genkan.ips.classification.Classifications;
import jp.genkan.ips.dataset.Datasets;
import jp.genkan.ips.engine.RuleBase;
import jp.genkan.ips.engine.RuleLoader;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.network.Variables;
import jp.genkan.ips.reputation.HostReputation;
import jp.genkan.ips.rule.RuleFiles;
import jp.genkan.ips.rule.RuleProblem;
import jp.genkan.ips.signature.RuleEnvironment;
import jp.genkan.ips.threshold.ThresholdConfig;
import jp.genkan.literals.LiteralCompiler;
import org.jspecify.annotations.Nullable;

/** Loads the rules of a job: its own, those of its content folder, or those that its configuration names. Thread rule: one thread. */
final class ReplayRules {
    private static final LiteralCompiler LITERALS = LiteralCompiler.open(null);

    private final ReplayJob job;
    private final RuleSettings settings;
    private final ReplayResult result;
    private @Nullable Datasets datasets;

    ReplayRules(ReplayJob job, RuleSettings settings, ReplayResult result) {
        this.job = job;
        this.settings = settings;
        this.result = result;
    }

    /**
     * Loads them.
     *
     * @throws IOException when a file cannot be read
     */
    RuleBase load(List<Path> configured, Moment.Handshakes handshakes) throws IOException {
        RuleBase base = new RuleBase(LITERALS, handshakes);
        List<Path> files = new ArrayList<>(job.rules().isEmpty() ? settings.ruleFiles() : job.rules());
        files.addAll(configured);
        Path content = job.content();
        if (content != null) {
            files.addAll(RuleFiles.below(content));
        }
        if (files.isEmpty()) {
            return base;
        }
        Variables variables = variables();
        RuleEnvironment environment = environment(files.getFirst());
        if (settings.classificationFile() != null) {
            environment.share(Classifications.class, Classifications.read(settings.classificationFile()));
        }
        if (settings.thresholdFile() != null) {
            ThresholdConfig thresholds = ThresholdConfig.read(settings.thresholdFile(), variables);
            thresholds.problems().forEach(problem -> result.warn(problem.toString()));
            environment.share(ThresholdConfig.class, thresholds);
        }
        Path categories = settings.reputationCategories();
        if (categories != null) {
            HostReputation reputation = HostReputation.load(categories, settings.reputationFiles());
            reputation.problems().forEach(result::warn);
            environment.share(HostReputation.class, reputation);
        }
        Datasets sets = new Datasets(environment.folder(), environment.dataFolder());
        environment.share(Datasets.class, sets);
        datasets = sets;
        RuleLoader.Loaded loaded = new RuleLoader(environment, variables, LITERALS).load(files, settings.actionOrder());
        result.rulesLoaded(loaded.loaded());
        for (RuleProblem problem : loaded.problems()) {
            result.ruleProblem(problem);
            if (job.strictRules()) {
                result.fail(ReplayResult.REFUSED, problem.toString());
            }
        }
        base.replace(loaded.set());
        return base;
    }

    /** Writes what rules have gathered and want to keep. */
    void save() {
        Datasets sets = datasets;
        if (sets != null) {
            sets.save().forEach(result::warn);
        }
    }

    private RuleEnvironment environment(Path firstFile) {
        Path yaml = job.suricataYaml();
        Path beside = yaml != null ? yaml : firstFile;
        Path folder = beside.toAbsolutePath().getParent();
        Path data = settings.dataFolder();
        return new RuleEnvironment(folder == null ? Path.of("/") : folder, data == null ? job.out() : data);
    }

    /** Those of the configuration; where it does not name the LAN, what the job says is inside. */
    private Variables variables() {
        if (job.inside().isEmpty()) {
            return settings.variables();
        }
        return settings.variables().with(Map.of("HOME_NET", "[" + String.join(",", job.inside()) + "]"), Map.of());
    }
}
