package jp.genkan.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import jp.genkan.appliance.control.ControlClient;
import jp.genkan.appliance.control.ControlException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a running engine does; exit code 0 while it inspects, 1 otherwise. */
@Command(
        name = "status",
        description = "Shows what the engine does. Exit code 0 while it inspects, 1 otherwise.",
        footer = {"", "Example: genkan status --json | jq .state"},
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    StatusCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        JsonNode status = status();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(status);
        } else {
            print(out, "", status);
        }
        out.flush();
        return status.path("state").asText().equals("inspecting") ? ExitCode.OK : ExitCode.FAILED;
    }

    private JsonNode status() {
        try {
            return engine.client().ask(ControlClient.request("status"));
        } catch (ControlClient.NotRunningException | ControlException | IOException stopped) {
            return new ObjectMapper()
                    .createObjectNode()
                    .put("state", "stopped")
                    .put("reason", String.valueOf(stopped.getMessage()));
        }
    }

    private static void print(PrintWriter out, String indent, JsonNode object) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode value = field.getValue();
            String name = indent + field.getKey();
            if (value.isObject()) {
                out.println(name + ":");
                print(out, indent + "  ", value);
            } else if (value.isArray() && value.size() > 0 && value.get(0).isObject()) {
                out.println(name + ":");
                value.forEach(element -> {
                    print(out, indent + "  ", element);
                    out.println();
                });
            } else {
                String text = value.isArray() ? value.toString() : value.asText();
                out.printf("%-28s %s%n", name, text);
            }
        }
    }
}
