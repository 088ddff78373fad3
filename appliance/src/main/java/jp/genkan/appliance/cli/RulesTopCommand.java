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

/** Which rules cost a running box the most time. */
@Command(
        name = "top",
        description =
                "Lists the rules that cost the running box the most time: how often each was asked, how often it matched, and roughly how long that took.",
        footer = {"", "Example: genkan rules top --most 10"},
        mixinStandardHelpOptions = true)
public final class RulesTopCommand implements Callable<Integer> {
    private static final double NANOS_A_MILLI = 1e6;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--most", paramLabel = "N", description = "So many rules (default: 20).")
    private int most = 20;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    RulesTopCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return engine.ask(
                spec.commandLine().getErr(), ControlClient.request("rules-top").put("most", most), answer -> {
                    if (json) {
                        out.println(answer);
                    } else {
                        print(out, answer);
                    }
                    out.flush();
                    return ExitCode.OK;
                });
    }

    private static void print(PrintWriter out, JsonNode answer) {
        out.printf("%10s  %12s  %10s  %10s  %s%n", "ms", "asked", "matched", "sid", "rule");
        for (JsonNode rule : answer.path("rules")) {
            out.printf(
                    "%10.1f  %12d  %10d  %10d  %s%n",
                    rule.path("nanos").asLong() / NANOS_A_MILLI,
                    rule.path("checks").asLong(),
                    rule.path("hits").asLong(),
                    rule.path("sid").asLong(),
                    rule.path("msg").asText());
        }
    }
}
