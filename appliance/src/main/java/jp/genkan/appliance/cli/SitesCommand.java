package jp.genkan.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import jp.genkan.appliance.control.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Who has gone to listed sites today. */
@Command(
        name = "sites",
        description =
                "Lists which machine has gone to which listed site today: visits, connections, how many were blocked.",
        footer = {"", "Example: genkan sites"},
        mixinStandardHelpOptions = true)
public final class SitesCommand implements Callable<Integer> {
    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    SitesCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return engine.ask(spec.commandLine().getErr(), ControlClient.request("sites"), answer -> {
            if (json) {
                out.println(answer);
            } else {
                out.printf(
                        "%-39s  %-32s  %-20s  %6s  %11s  %7s  %s%n",
                        "machine", "site", "category", "visits", "connections", "blocked", "last");
                for (JsonNode site : answer.path("sites")) {
                    out.printf(
                            "%-39s  %-32s  %-20s  %6d  %11d  %7d  %s%n",
                            site.path("machine").asText(),
                            site.path("site").asText(),
                            site.path("category").asText(),
                            site.path("visits").asLong(),
                            site.path("connections").asLong(),
                            site.path("blocked").asLong(),
                            site.path("last").asText());
                }
            }
            out.flush();
            return ExitCode.OK;
        });
    }
}
