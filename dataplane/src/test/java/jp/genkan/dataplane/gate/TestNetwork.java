package jp.genkan.dataplane.gate;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import jp.genkan.dataplane.linux.CallState;
import jp.genkan.dataplane.linux.Native;

/**
 * Network namespaces joined by veth pairs: a star with the box in the middle.
 *
 * <pre>
 *   lan ── e0 ════ p0 ─┐
 *   wan ── e0 ════ p1 ─┤ box      (p2, p3, ... for more ends)
 *   ... ── e0 ════ p2 ─┘
 * </pre>
 */
public final class TestNetwork implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final MethodHandle SETNS =
            Native.function("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle OPEN =
            Native.variadic("open", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT), 2);
    private static final int CLONE_NEWNET = 0x4000_0000;

    private final String prefix = "gate" + ProcessHandle.current().pid() + "n" + NUMBER.incrementAndGet();
    private final List<String> namespaces = new ArrayList<>();
    private final int ends;

    /** A box with this many ends around it. */
    public TestNetwork(int ends) {
        assumeTrue(Files.isWritable(Path.of("/proc/sys/net/core/somaxconn")), "needs root (network namespaces)");
        assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/ip")) || Files.isExecutable(Path.of("/sbin/ip")),
                "needs iproute2");
        this.ends = ends;
        addNamespace(box());
        for (int i = 0; i < ends; i++) {
            addNamespace(end(i));
            ip("link add p" + i + " netns " + box() + " type veth peer name e0 netns " + end(i));
            ip("-n " + box() + " link set p" + i + " up");
            ip("-n " + end(i) + " link set e0 address 02:00:00:00:00:0" + (i + 1) + " up");
        }
    }

    private void addNamespace(String name) {
        ip("netns add " + name);
        namespaces.add(name);
        // no frame that the test did not send
        ip("netns exec " + name + " sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1");
    }

    public String box() {
        return prefix + "box";
    }

    public String end(int i) {
        return prefix + "end" + i;
    }

    /** How many ends there are. */
    public int ends() {
        return ends;
    }

    /** The MAC address of an end's interface. */
    public static long mac(int i) {
        return 0x0200_0000_0001L + i;
    }

    /** Runs a command and gives its output; fails when the command does. */
    public static String ip(String arguments) {
        return run(("ip " + arguments).split(" "));
    }

    public static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as(String.join(" ", command) + ": " + output)
                    .isZero();
            return output;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Runs an action on a thread of its own inside a namespace. */
    public static <T> T in(String namespace, Callable<T> action) {
        try {
            return start(namespace, action).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failed.getCause() instanceof Error cause) {
                throw cause;
            }
            throw failed;
        }
    }

    /** Starts an action on a thread of its own inside a namespace. */
    public static <T> CompletableFuture<T> start(String namespace, Callable<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        enter(namespace);
                        result.complete(action.call());
                    } catch (Throwable failed) {
                        result.completeExceptionally(failed);
                    }
                },
                "in-" + namespace);
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** Moves the calling thread into a namespace, for good. */
    static void enter(String namespace) {
        try (Arena arena = Arena.ofConfined()) {
            CallState state = new CallState();
            int fd = (int) OPEN.invokeExact(
                    state.segment(),
                    arena.allocateFrom("/run/netns/" + namespace).address(),
                    0,
                    0);
            int failed = (int) SETNS.invokeExact(state.segment(), fd, CLONE_NEWNET);
            PacketSocket.closeDescriptor(fd);
            assertThat(failed)
                    .as("setns " + namespace + " errno " + state.errno())
                    .isZero();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable cause) {
            throw Native.unexpected(cause);
        }
    }

    /** The index of an interface of the box. */
    public int ifindex(String name) {
        return in(box(), () -> GateAttachments.ifindex(name));
    }

    /** Ports p0 inside, p1 outside, others inside. */
    public List<GatePort> ports() {
        List<GatePort> ports = new ArrayList<>();
        for (int i = 0; i < ends; i++) {
            ports.add(new GatePort(
                    i,
                    "p" + i,
                    ifindex("p" + i),
                    i == 1 ? jp.genkan.core.frame.Side.OUTSIDE : jp.genkan.core.frame.Side.INSIDE));
        }
        return ports;
    }

    @Override
    public void close() {
        for (String name : namespaces) {
            ip("netns del " + name);
        }
    }
}
