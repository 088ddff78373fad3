package jp.genkan.testbed.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One network namespace: a machine of the test's network. Programs are run in it by {@code ip netns exec}; the test's own sockets are
 * opened by a thread that lives in it, and may then be used on any thread.
 */
public final class Namespace implements AutoCloseable {
    private final String name;
    private final Path directory;
    private final ExecutorService inside;
    private final List<Program> programs = new ArrayList<>();

    /** Makes a namespace with its loopback up. */
    Namespace(String name, Path directory) throws IOException {
        this.name = name;
        this.directory = directory;
        Commands.run("ip netns add " + name);
        this.inside = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(
                    () -> {
                        enter();
                        task.run();
                    },
                    "in-" + name);
            thread.setDaemon(true);
            return thread;
        });
        ip("link set lo up");
    }

    /** Its name, as {@code ip netns} lists it. */
    public String name() {
        return name;
    }

    /** Opens a socket in the namespace, or does anything else there that is short. */
    public <T> T call(Callable<T> task) throws IOException {
        try {
            return inside.submit(task).get();
        } catch (ExecutionException e) {
            throw new IOException("in namespace " + name + ": " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in namespace " + name, e);
        }
    }

    /** Starts a thread that lives in the namespace: every socket that it opens is there. */
    public Thread thread(String threadName, Runnable body) {
        return Thread.ofPlatform().daemon().name(threadName).start(() -> {
            enter();
            body.run();
        });
    }

    private void enter() {
        try {
            Linux.enterNetwork(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs {@code ip} on the namespace. */
    public String ip(String arguments) throws IOException {
        return Commands.run("ip -n " + name + " " + arguments);
    }

    /** Sets a kernel parameter of the namespace. */
    public void sysctl(String key, String value) throws IOException {
        run("sysctl", "-qw", key + "=" + value);
    }

    /** Runs a program in the namespace to its end. */
    public String run(String... command) throws IOException {
        return Commands.run(inNamespace(List.of(command)));
    }

    /** Runs a program in the namespace to its end, and says how it ended. */
    public Commands.Result tryRun(List<String> command) throws IOException {
        return Commands.tryRun(inNamespace(command));
    }

    /** Starts a program in the namespace; it ends with the namespace at the latest. */
    public Program start(String... command) throws IOException {
        return start(List.of(command));
    }

    /** Starts a program in the namespace; it ends with the namespace at the latest. */
    public Program start(List<String> command) throws IOException {
        Path executable = Path.of(command.getFirst()).getFileName();
        Path log = Files.createTempFile(directory, name + "-" + executable + "-", ".log");
        Program program = Program.start(inNamespace(command), log);
        synchronized (programs) {
            programs.add(program);
        }
        return program;
    }

    /** A counter of an interface, as in {@code /sys/class/net/IF/statistics}. */
    public long statistic(String interfaceName, String counter) throws IOException {
        return Long.parseLong(run("cat", "/sys/class/net/" + interfaceName + "/statistics/" + counter)
                .strip());
    }

    private List<String> inNamespace(List<String> command) {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", name));
        whole.addAll(command);
        return whole;
    }

    @Override
    public void close() {
        synchronized (programs) {
            programs.forEach(Program::close);
            programs.clear();
        }
        inside.shutdownNow();
        try {
            if (Files.exists(Path.of("/run/netns", name))) {
                Commands.run("ip netns del " + name);
            }
        } catch (IOException e) {
            System.err.println("testbed: namespace " + name + " stays: " + e.getMessage());
        }
    }
}
