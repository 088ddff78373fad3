package jp.genkan.appliance.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import jp.genkan.appliance.engine.Engine;
import jp.genkan.appliance.engine.StartException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The appliance itself, in the foreground until it is told to stop. */
@Command(
        name = "run",
        description = "Runs the appliance: a bridge between the configured ports that looks at every frame. "
                + "Stays in the foreground; SIGTERM stops it without losing a frame.",
        footer = {"", "Example: genkan run --config /etc/genkan.yaml"},
        mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
    @Option(names = "--config", paramLabel = "F", required = true, description = "Configuration file.")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "K=V",
            description = "One configuration value, by its dotted key; may be repeated.")
    private Map<String, String> set = Map.of();

    @Spec
    private CommandSpec spec;

    RunCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Path file = config;
        if (file == null) {
            return ExitCode.USAGE;
        }
        try {
            return Engine.run(file, set);
        } catch (StartException refused) {
            refused.lines().forEach(line -> err.println("genkan: " + line));
            return refused.exitCode();
        }
    }
}
