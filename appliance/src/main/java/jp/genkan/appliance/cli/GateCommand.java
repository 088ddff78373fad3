package jp.genkan.appliance.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import jp.genkan.dataplane.bpf.BpfException;
import jp.genkan.dataplane.gate.Gate;
import jp.genkan.dataplane.gate.GateAttachment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the gate left at the interfaces of this machine, and how to take it away. */
@Command(
        name = "gate",
        description =
                "Shows the gate's programs at this machine's interfaces. They stay when the engine stops, so that frames "
                        + "go on passing; --detach takes them away.",
        footer = {"", "Example: genkan gate --detach"},
        mixinStandardHelpOptions = true)
public final class GateCommand implements Callable<Integer> {
    @Option(names = "--detach", description = "Take the programs away: nothing is forwarded any more.")
    private boolean detach;

    @Parameters(paramLabel = "INTERFACE", arity = "0..*", description = "Only these interfaces (default: all).")
    private List<String> interfaces = List.of();

    @Spec
    private CommandSpec spec;

    GateCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            if (detach) {
                out.println("programs taken away: " + detach());
            } else {
                show(out);
            }
            out.flush();
            return ExitCode.OK;
        } catch (BpfException failed) {
            spec.commandLine().getErr().println("genkan: " + failed.getMessage());
            return ExitCode.FAILED;
        }
    }

    private int detach() throws BpfException {
        if (interfaces.isEmpty()) {
            return Gate.detachAll();
        }
        int removed = 0;
        for (String name : interfaces) {
            removed += Gate.detach(name);
        }
        return removed;
    }

    private void show(PrintWriter out) throws BpfException {
        List<GateAttachment> all = Gate.inspect();
        for (GateAttachment each : all) {
            if (interfaces.isEmpty() || interfaces.contains(each.interfaceName())) {
                out.printf("%-16s %-16s id %d%n", each.interfaceName(), each.program(), each.programId());
            }
        }
        if (all.isEmpty()) {
            out.println("no program of the gate at any interface");
        }
    }
}
