package jp.genkan.dataplane.port;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Runs a program of the system for the set-up of links and addresses; never on the path of a frame. */
final class Command {
    private Command() {}

    /** Where a program is, by the {@code PATH} and the usual places of administrators' programs. */
    static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin" + File.pathSeparator
                + "/sbin" + File.pathSeparator + "/usr/bin" + File.pathSeparator + "/bin";
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder.isEmpty() ? "/" : folder, program);
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Runs {@code ip} of iproute2 and answers with what it prints; what it complains of becomes the exception's line. */
    static String ip(String... arguments) throws PortException {
        Path ip = find("ip")
                .orElseThrow(() ->
                        new PortException("host port: the program ip is missing; install it: apt install iproute2"));
        List<String> command = new java.util.ArrayList<>();
        command.add(ip.toString());
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new PortException("ip " + String.join(" ", arguments) + ": "
                        + output.strip().replace('\n', ' '));
            }
            return output;
        } catch (IOException e) {
            throw new PortException("ip " + String.join(" ", arguments) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortException("ip " + String.join(" ", arguments) + ": interrupted", e);
        }
    }
}
