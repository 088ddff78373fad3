package jp.genkan.appliance.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import jp.genkan.appliance.control.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The engine's counters in Prometheus' text format. */
@Command(
        name = "metrics",
        description =
                "Prints the engine's counters in Prometheus' text format: frames and octets by the way they took, drops by reason.",
        footer = {"", "Example: genkan metrics > /var/lib/node_exporter/genkan.prom"},
        mixinStandardHelpOptions = true)
public final class MetricsCommand implements Callable<Integer> {
    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Spec
    private CommandSpec spec;

    MetricsCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return engine.ask(spec.commandLine().getErr(), ControlClient.request("metrics"), answer -> {
            out.print(answer.path("text").asText());
            out.flush();
            return ExitCode.OK;
        });
    }
}
