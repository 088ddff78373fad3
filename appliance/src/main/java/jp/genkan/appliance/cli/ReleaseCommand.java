package jp.genkan.appliance.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import jp.genkan.appliance.control.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets an isolated machine back. */
@Command(
        name = "release",
        description = "Lets an isolated machine back at once.",
        footer = {"", "Example: genkan release 192.168.1.23"},
        mixinStandardHelpOptions = true)
public final class ReleaseCommand implements Callable<Integer> {
    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Parameters(index = "0", paramLabel = "HOST", description = "As it was isolated: MAC address, IP address or name.")
    private String host = "";

    @Option(names = "--by", paramLabel = "WHO", defaultValue = "", description = "Who orders it (default: the user).")
    private String by = "";

    @Spec
    private CommandSpec spec;

    ReleaseCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        String who = by.isBlank() ? System.getProperty("user.name", "operator") : by;
        ObjectNode request = ControlClient.request("release").put("host", host).put("by", who);
        return engine.ask(spec.commandLine().getErr(), request, answer -> {
            out.println(answer.path("text").asText());
            out.flush();
            return ExitCode.OK;
        });
    }
}
