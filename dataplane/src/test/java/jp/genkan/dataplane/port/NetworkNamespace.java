package jp.genkan.dataplane.port;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import jp.genkan.dataplane.linux.CallState;
import jp.genkan.dataplane.linux.Native;
import jp.genkan.dataplane.linux.Sockets;
import org.junit.jupiter.api.Assumptions;

/** A network namespace of a test's own; code runs in it on a thread that has entered it, and so do the threads which that one starts. */
final class NetworkNamespace implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final MethodHandle SETNS =
            Native.function("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle OPEN =
            Native.variadic("open", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT), 2);

    private final String name;

    private NetworkNamespace(String name) {
        this.name = name;
    }

    /** A new namespace whose interfaces keep quiet; skips the test where there can be none. */
    static NetworkNamespace create() throws Exception {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name"))
                        && Command.find("ip").isPresent(),
                "needs root and iproute2 for network namespaces");
        String name = "rings-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        execute("ip", "netns", "add", name);
        NetworkNamespace made = new NetworkNamespace(name);
        made.run("ip link set lo up");
        made.run("sysctl -qw net.ipv6.conf.default.disable_ipv6=1");
        return made;
    }

    String name() {
        return name;
    }

    /** Runs a command of simple words in the namespace, and answers with what it prints. */
    String run(String command) throws Exception {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", name));
        words.addAll(List.of(command.split(" ", -1)));
        return execute(words.toArray(String[]::new));
    }

    /** Starts a command of simple words in the namespace. */
    Process start(String command) throws IOException {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", name));
        words.addAll(List.of(command.split(" ", -1)));
        return new ProcessBuilder(words).redirectErrorStream(true).start();
    }

    /** Runs code in the namespace and waits for it. */
    <T> T call(Callable<T> code) throws Exception {
        FutureTask<T> task = new FutureTask<>(() -> {
            enter();
            return code.call();
        });
        Thread.ofPlatform().daemon().start(task);
        try {
            return task.get();
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Starts code in the namespace; its result is asked for later. */
    <T> FutureTask<T> fork(Callable<T> code) {
        FutureTask<T> task = new FutureTask<>(() -> {
            enter();
            return code.call();
        });
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private void enter() throws IOException {
        CallState state = CallState.current();
        int result;
        try (Arena arena = Arena.ofConfined()) {
            long path = arena.allocateFrom("/run/netns/" + name).address();
            int descriptor = (int) OPEN.invokeExact(state.segment(), path, 0);
            result = (int) SETNS.invokeExact(state.segment(), descriptor, CLONE_NEWNET);
            Sockets.close(descriptor);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
        if (result < 0) {
            throw new IOException("setns(" + name + "): errno " + state.errno());
        }
    }

    private static String execute(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    @Override
    public void close() throws IOException {
        execute("ip", "netns", "del", name);
    }
}
