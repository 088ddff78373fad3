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

/** The machines behind the box. */
@Command(
        name = "hosts",
        description = "Lists the machines behind the box: MAC and IP addresses, name, maker, when they were last seen.",
        footer = {"", "Example: genkan hosts"},
        mixinStandardHelpOptions = true)
public final class HostsCommand implements Callable<Integer> {
    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    HostsCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return engine.ask(spec.commandLine().getErr(), ControlClient.request("hosts"), answer -> {
            if (json) {
                out.println(answer);
            } else {
                out.printf("%-17s  %-39s  %-24s  %-20s  %s%n", "MAC", "IP", "name", "maker", "last seen");
                for (JsonNode host : answer.path("hosts")) {
                    out.printf(
                            "%-17s  %-39s  %-24s  %-20s  %s%n",
                            host.path("mac").asText(),
                            host.path("ip").path(0).asText("-"),
                            host.path("name").asText("-"),
                            host.path("maker").asText("-"),
                            host.path("last_seen").asText());
                    for (int i = 1; i < host.path("ip").size(); i++) {
                        out.printf("%-17s  %s%n", "", host.path("ip").path(i).asText());
                    }
                }
            }
            out.flush();
            return ExitCode.OK;
        });
    }
}
