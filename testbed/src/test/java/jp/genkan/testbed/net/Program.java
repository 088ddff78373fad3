package jp.genkan.testbed.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs beside the test, with its outputs in a file. Ended at the latest with the namespace that it was started in. */
public final class Program implements AutoCloseable {
    private final Process process;
    private final Path log;

    private Program(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Program start(List<String> command, Path log) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        return new Program(process, log);
    }

    /** Its process id: {@code ip netns exec} becomes the program, so this is the program's own. */
    public long pid() {
        return process.pid();
    }

    /** True while it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit code, 128 and more for a signal; waits for the end. */
    public int awaitExit(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("process " + pid() + " does not end within " + limit.toMillis() + " ms\n" + log());
        }
        return process.exitValue();
    }

    /** All that it said so far. */
    public String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** Returns when the program has said this. */
    public Program awaitLog(String text, Duration limit) throws Exception {
        try {
            Await.until("'" + text + "' in the log", limit, () -> log().contains(text) || !isAlive());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + log(), e);
        }
        if (!log().contains(text)) {
            throw new AssertionError(
                    "ended with exit code " + process.exitValue() + " before it said '" + text + "'\n" + log());
        }
        return this;
    }

    /** Sends it a signal. */
    public void signal(int signal) throws IOException {
        Linux.signal(pid(), signal);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly();
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
