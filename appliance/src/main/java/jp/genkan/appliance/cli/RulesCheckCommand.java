package jp.genkan.appliance.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jp.genkan.ips.engine.RuleLoader;
import jp.genkan.ips.network.Variables;
import jp.genkan.ips.rule.RuleFiles;
import jp.genkan.ips.rule.RuleProblem;
import jp.genkan.ips.rule.RulesReport;
import jp.genkan.ips.signature.RuleEnvironment;
import jp.genkan.literals.LiteralCompiler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads rule files as the appliance would, and says what it thinks of them. */
@Command(
        name = "check",
        description =
                "Loads rule files as the appliance would, and names each rule that is refused: a table on a terminal, else one JSON object.",
        footer = {"", "Example: genkan rules check --strict /etc/genkan/rules/local.rules"},
        mixinStandardHelpOptions = true)
public final class RulesCheckCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "F", description = "Rule files, or folders with files that end in .rules.")
    private List<Path> given = List.of();

    @Option(names = "--json", description = "One JSON object, also on a terminal.")
    private boolean json;

    @Option(names = "--table", description = "The table, also where there is no terminal.")
    private boolean table;

    @Option(names = "--strict", description = "Exit code 3 when a rule is refused.")
    private boolean strict;

    @Spec
    private CommandSpec spec;

    RulesCheckCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        long started = System.nanoTime();
        List<Path> files = new ArrayList<>();
        for (Path each : given) {
            if (!Files.isReadable(each)) {
                err.println("genkan: " + each + ": no such file");
                return ExitCode.REFUSED;
            }
            files.addAll(Files.isDirectory(each) ? RuleFiles.below(each) : List.of(each));
        }
        RuleLoader.Loaded loaded = load(files);
        RulesReport report = new RulesReport(
                files.size(), loaded.rules(), loaded.enabled(), loaded.problems(), (System.nanoTime() - started) / 1e9);
        print(report);
        if (strict && report.failed() > 0) {
            for (RuleProblem problem : loaded.problems()) {
                err.println(problem);
            }
            return ExitCode.REFUSED;
        }
        return ExitCode.OK;
    }

    private RuleLoader.Loaded load(List<Path> files) throws IOException {
        Path folder = files.isEmpty() ? null : files.getFirst().toAbsolutePath().getParent();
        RuleEnvironment environment = new RuleEnvironment(folder == null ? Path.of("/") : folder);
        return new RuleLoader(environment, Variables.stock(), LiteralCompiler.open(null)).load(files);
    }

    @SuppressWarnings("SystemConsoleNull") // since JDK 25 null again where there is no terminal
    private void print(RulesReport report) {
        PrintWriter out = spec.commandLine().getOut();
        boolean terminal = System.console() != null && System.console().isTerminal();
        out.println(table || terminal && !json ? report.toTable() : report.toJson());
        out.flush();
    }
}
