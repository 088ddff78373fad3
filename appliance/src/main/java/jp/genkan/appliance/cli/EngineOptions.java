package jp.genkan.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import jp.genkan.appliance.control.ControlClient;
import jp.genkan.appliance.control.ControlException;
import picocli.CommandLine.Option;

/** Which running engine a command is for; shared by the commands that ask one. */
final class EngineOptions {
    /** Where the engine keeps its state when nothing else is said. */
    static final String DEFAULT_STATE = "/var/lib/genkan";

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = DEFAULT_STATE,
            description = "State directory of the engine that is meant (default: ${DEFAULT-VALUE}).")
    Path state = Path.of(DEFAULT_STATE);

    ControlClient client() {
        return new ControlClient(state);
    }

    /** What a command does with an answer. */
    @FunctionalInterface
    interface Answer {
        /** Prints it, and says with which code the process ends. */
        int print(JsonNode answer);
    }

    /** Asks, prints, and turns each way to fail into one line and an exit code. */
    int ask(PrintWriter err, ObjectNode request, Answer answer) {
        try {
            return answer.print(client().ask(request));
        } catch (ControlClient.NotRunningException | IOException bad) {
            err.println("genkan: " + bad.getMessage());
            return ExitCode.FAILED;
        } catch (ControlException refused) {
            err.println("genkan: " + refused.getMessage());
            return ExitCode.USAGE;
        }
    }
}
