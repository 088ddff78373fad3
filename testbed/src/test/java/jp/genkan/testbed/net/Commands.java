package jp.genkan.testbed.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Short programs that are run to their end. */
public final class Commands {
    /** No command of the test bed takes longer unless something is wrong. */
    private static final int SECONDS_MAX = 120;

    private Commands() {}

    /** What a program said and how it ended. */
    public record Result(int exit, String output) {}

    /**
     * Runs a program; its two outputs come back as one.
     *
     * @throws IOException when it ends with another exit code than 0; the text holds command and output
     */
    public static String run(List<String> command) throws IOException {
        Result result = tryRun(command);
        if (result.exit() != 0) {
            throw new IOException(
                    "exit code " + result.exit() + " of: " + String.join(" ", command) + "\n" + result.output());
        }
        return result.output();
    }

    /** Runs a program and says how it ended. */
    public static Result tryRun(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("does not end: " + String.join(" ", command));
            }
            return new Result(process.exitValue(), output);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted: " + String.join(" ", command), e);
        }
    }

    /** Splits a command at blanks; for commands without quoting. */
    public static String run(String command) throws IOException {
        return run(List.of(command.split(" ")));
    }

    /** Where a program is, when it is installed. */
    public static Optional<Path> find(String program) {
        for (String directory :
                List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin")) {
            Path candidate = Path.of(directory, program);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
