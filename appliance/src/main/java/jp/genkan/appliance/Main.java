package jp.genkan.appliance;

import jp.genkan.appliance.cli.AppsCommand;
import jp.genkan.appliance.cli.ConfigCommand;
import jp.genkan.appliance.cli.EventsCommand;
import jp.genkan.appliance.cli.ExitCode;
import jp.genkan.appliance.cli.GateCommand;
import jp.genkan.appliance.cli.HostsCommand;
import jp.genkan.appliance.cli.IsolateCommand;
import jp.genkan.appliance.cli.MetricsCommand;
import jp.genkan.appliance.cli.ReleaseCommand;
import jp.genkan.appliance.cli.ReloadCommand;
import jp.genkan.appliance.cli.ReplayCommand;
import jp.genkan.appliance.cli.RulesCommand;
import jp.genkan.appliance.cli.RunCommand;
import jp.genkan.appliance.cli.ScanCommand;
import jp.genkan.appliance.cli.SitesCommand;
import jp.genkan.appliance.cli.StatusCommand;
import jp.genkan.appliance.cli.TrainCommand;
import jp.genkan.appliance.cli.UrlCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where the process begins. */
@Command(
        name = "genkan",
        description = "A transparent bridge that looks at every frame and stops attacks, viruses and bad sites.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            StatusCommand.class,
            EventsCommand.class,
            HostsCommand.class,
            SitesCommand.class,
            AppsCommand.class,
            IsolateCommand.class,
            ReleaseCommand.class,
            ReloadCommand.class,
            MetricsCommand.class,
            GateCommand.class,
            ReplayCommand.class,
            RulesCommand.class,
            ScanCommand.class,
            TrainCommand.class,
            UrlCommand.class,
            ConfigCommand.class
        },
        footer = {"", "`genkan demo` shows the box at work on this machine; it needs root."})
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.setParameterExceptionHandler((exception, given) -> {
            exception.getCommandLine().getErr().println("genkan: " + oneLine(String.valueOf(exception.getMessage())));
            return ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((exception, failed, result) -> {
            failed.getErr().println("genkan: " + oneLine(String.valueOf(exception.getMessage())));
            if (Boolean.getBoolean("genkan.trace")) {
                exception.printStackTrace(failed.getErr());
            }
            return ExitCode.FAILED;
        });
        return line;
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*[\\r\\n]+\\s*", "; ");
    }
}
