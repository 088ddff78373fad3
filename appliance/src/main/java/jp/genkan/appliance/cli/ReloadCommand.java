package jp.genkan.appliance.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import jp.genkan.appliance.control.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reads the lists again now. */
@Command(
        name = "reload",
        description =
                "Reads the reputation lists again now, instead of when the engine next looks. A list that is broken keeps its last good state.",
        footer = {"", "Example: genkan reload"},
        mixinStandardHelpOptions = true)
public final class ReloadCommand implements Callable<Integer> {
    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Spec
    private CommandSpec spec;

    ReloadCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        return engine.ask(err, ControlClient.request("reload"), answer -> {
            out.println(answer.path("text").asText());
            answer.path("problems").forEach(line -> err.println(line.asText()));
            out.flush();
            return answer.path("problems").isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
        });
    }
}
