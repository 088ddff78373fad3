package jp.genkan.testbed.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Sees to it that nothing stays: topologies that are open when the JVM ends are closed then, and what a killed JVM left is taken away by
 * the next one.
 */
final class Leftovers {
    private static final Pattern OWNER = Pattern.compile(Topology.PREFIX + "(\\d+)-.*");
    private static final Set<Topology> OPEN = new LinkedHashSet<>();
    private static boolean hooked;

    private Leftovers() {}

    /** From now on the topology is closed when the JVM ends. */
    static synchronized void guard(Topology topology) throws IOException {
        if (!hooked) {
            hooked = true;
            removeOfDeadProcesses();
            Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::closeAll, "testbed-clean-up"));
        }
        OPEN.add(topology);
    }

    static synchronized void release(Topology topology) {
        OPEN.remove(topology);
    }

    private static void closeAll() {
        List<Topology> open;
        synchronized (Leftovers.class) {
            open = List.copyOf(OPEN);
        }
        open.forEach(Topology::close);
    }

    private static void removeOfDeadProcesses() throws IOException {
        Path names = Path.of("/run/netns");
        if (Files.notExists(names)) {
            return;
        }
        try (Stream<Path> all = Files.list(names)) {
            for (Path path : all.toList()) {
                String name = path.getFileName().toString();
                Matcher owner = OWNER.matcher(name);
                if (owner.matches() && !isAlive(Long.parseLong(owner.group(1)))) {
                    remove(name);
                }
            }
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static void remove(String name) throws IOException {
        // Programs of a dead test live on in their namespace, and keep it alive without a name.
        String pids = Commands.tryRun(List.of("ip", "netns", "pids", name)).output();
        pids.lines().forEach(pid -> ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly));
        Commands.tryRun(List.of("ip", "netns", "del", name));
    }

    static void deleteTree(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.err.println("testbed: " + directory + " stays: " + e.getMessage());
        }
    }
}
