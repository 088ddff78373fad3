package jp.genkan.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import jp.genkan.appliance.control.ControlClient;
import jp.genkan.appliance.control.ControlException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The engine's events: the last ones, or from now on as they happen. */
@Command(
        name = "events",
        description = "Shows what the engine noticed: the last events, or with --follow each one as it happens.",
        footer = {"", "Example: genkan events --follow --type alert,host,health"},
        mixinStandardHelpOptions = true)
public final class EventsCommand implements Callable<Integer> {
    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--follow", description = "Go on with each event as it happens, until interrupted.")
    private boolean follow;

    @Option(names = "--json", description = "Print EVE JSON, an object a line, instead of a readable line.")
    private boolean json;

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "20",
            description = "Begin with the last N events (default: ${DEFAULT-VALUE}; 0 for none).")
    private int last;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            split = ",",
            description = "Only events of these types: alert, anomaly, drop, flow, health, host, stats.")
    private List<String> types = List.of();

    @Spec
    private CommandSpec spec;

    EventsCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ObjectNode request =
                ControlClient.request("events").put("follow", follow).put("last", Math.max(0, last));
        types.forEach(request.putArray("types")::add);
        try {
            engine.client().follow(request, event -> {
                out.println(json ? event.toString() : readable(event));
                out.flush();
            });
            return ExitCode.OK;
        } catch (ControlClient.NotRunningException | ControlException | IOException bad) {
            err.println("genkan: " + bad.getMessage());
            return ExitCode.FAILED;
        }
    }

    /** One event as one line for a person. */
    static String readable(JsonNode event) {
        String type = event.path("event_type").asText();
        StringBuilder line = new StringBuilder(event.path("timestamp").asText()).append("  ");
        line.append(String.format("%-8s", type)).append(' ');
        if (event.has("src_ip")) {
            line.append(end(event, "src_ip", "src_port")).append(" → ").append(end(event, "dest_ip", "dest_port"));
            line.append(' ').append(event.path("proto").asText()).append("  ");
        }
        JsonNode own = event.path(type);
        String what = own.path("signature")
                .asText(own.path("text").asText(own.path("event").asText()));
        if (!what.isEmpty()) {
            String action = own.path("action").asText();
            line.append(action.isEmpty() ? "" : "[" + action + "] ").append(what);
            String file = own.path("file").path("name").asText();
            line.append(file.isEmpty() ? "" : " in " + file);
        } else if (!own.isMissingNode()) {
            line.append(own);
        }
        return line.toString();
    }

    private static String end(JsonNode event, String address, String port) {
        String text = event.path(address).asText();
        if (!event.has(port)) {
            return text;
        }
        return (text.indexOf(':') >= 0 ? "[" + text + "]" : text) + ":"
                + event.path(port).asText();
    }
}
