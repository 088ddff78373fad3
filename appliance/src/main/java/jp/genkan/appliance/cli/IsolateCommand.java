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

/** Cuts one machine off. */
@Command(
        name = "isolate",
        description = "Cuts one machine off from everything that crosses the box, both ways, at once, for a time. "
                + "The help desk's addresses (isolation.exceptions) stay reachable.",
        footer = {"", "Example: genkan isolate 192.168.1.23 --for 2h --reason \"fake support call\""},
        mixinStandardHelpOptions = true)
public final class IsolateCommand implements Callable<Integer> {
    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Parameters(
            index = "0",
            paramLabel = "HOST",
            description = "MAC address, IP address, or the name that `genkan hosts` shows.")
    private String host = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "How long: 30m, 2h, 1d (default: ${DEFAULT-VALUE}).")
    private String duration = "1h";

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why; stands in the event.")
    private String reason = "";

    @Option(
            names = "--by",
            paramLabel = "WHO",
            defaultValue = "",
            description = "Who orders it; stands in the event (default: the user).")
    private String by = "";

    @Spec
    private CommandSpec spec;

    IsolateCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        String who = by.isBlank() ? System.getProperty("user.name", "operator") : by;
        ObjectNode request = ControlClient.request("isolate")
                .put("host", host)
                .put("for", duration)
                .put("reason", reason)
                .put("by", who);
        return engine.ask(spec.commandLine().getErr(), request, answer -> {
            out.println(answer.path("text").asText());
            out.flush();
            return ExitCode.OK;
        });
    }
}
