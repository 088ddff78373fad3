package jp.genkan.appliance.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Rules of the intrusion prevention. */
@Command(
        name = "rules",
        description = "Rules of the intrusion prevention.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {RulesCheckCommand.class, RulesTopCommand.class},
        footer = {"", "Example: genkan rules check local.rules"})
public final class RulesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    RulesCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "rules: a command is missing: check or top");
    }
}
