package jp.genkan.appliance.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import jp.genkan.appliance.Settings;
import jp.genkan.core.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The configuration: all settings with their defaults, or a check of a file. */
@Command(
        name = "config",
        description = "Prints every setting with its default, or with --check says what is wrong with a file.",
        footer = {"", "Example: genkan config --check /etc/genkan.yaml"},
        mixinStandardHelpOptions = true)
public final class ConfigCommand implements Callable<Integer> {
    @Option(names = "--check", paramLabel = "F", description = "Configuration file to check; nothing is started.")
    private @Nullable Path check;

    @Spec
    private CommandSpec spec;

    ConfigCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path file = check;
        if (file == null) {
            out.print(Settings.SCHEMA.describe());
            out.flush();
            return ExitCode.OK;
        }
        try {
            Settings.forRun(file, Map.of());
            out.println(file + ": good");
            out.flush();
            return ExitCode.OK;
        } catch (ConfigException refused) {
            refused.problems().forEach(line -> spec.commandLine().getErr().println("genkan: " + line));
            return ExitCode.REFUSED;
        }
    }
}
