package jp.genkan.appliance.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists of hosts and URLs. */
@Command(
        name = "url",
        description = "Lists of hosts and URLs.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = UrlCheckCommand.class,
        footer = {"", "Example: genkan url check --config genkan.yaml https://www.example.com/"})
public final class UrlCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    UrlCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "url: a command is missing: check");
    }
}
