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

/** What machines have used. */
@Command(
        name = "apps",
        description = "Lists which machine used which application on a day: octets, minutes, flows that have ended.",
        footer = {"", "Example: genkan apps --day 2026-11-26"},
        mixinStandardHelpOptions = true)
public final class AppsCommand implements Callable<Integer> {
    private static final long KIB = 1024;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--day", paramLabel = "DATE", description = "As 2026-11-26; today when it is not given.")
    private String day = "";

    @Spec
    private CommandSpec spec;

    AppsCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return engine.ask(
                spec.commandLine().getErr(), ControlClient.request("apps").put("day", day), answer -> {
                    if (json) {
                        out.println(answer);
                    } else {
                        out.printf(
                                "%-24s %-28s %-16s %11s %11s %7s %7s%n",
                                "machine", "application", "category", "out KiB", "in KiB", "minutes", "flows");
                        for (JsonNode row : answer.path("apps")) {
                            out.printf(
                                    "%-24s %-28s %-16s %,11d %,11d %7d %7d%n",
                                    row.path("machine").asText(),
                                    row.path("app").asText(),
                                    row.path("category").asText(),
                                    row.path("bytes_out").asLong() / KIB,
                                    row.path("bytes_in").asLong() / KIB,
                                    row.path("minutes").asInt(),
                                    row.path("flows").asLong());
                        }
                    }
                    out.flush();
                    return ExitCode.OK;
                });
    }
}
