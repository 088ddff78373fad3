package jp.genkan.testbed.box;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.testbed.net.Linux;
import jp.genkan.testbed.net.Program;
import jp.genkan.testbed.net.Topology;

/** A box that is a process of its own, in Java, from the test's own class path. */
public final class ProcessBox implements Box {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final double TICKS_PER_SECOND = 100; // USER_HZ, fixed in the kernel's interface

    private final String name;
    private final Program program;

    private ProcessBox(String name, Program program) {
        this.name = name;
        this.program = program;
    }

    /** Starts a main class in the box's namespace, and returns when it says that it is ready. */
    public static ProcessBox start(Topology topology, String name, Class<?> main, String ready, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>(java(List.of()));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        Program program = topology.box().start(command);
        program.awaitLog(ready, START_LIMIT);
        return new ProcessBox(name, program);
    }

    /** How to start this JDK with this class path. */
    static List<String> java(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        return command;
    }

    /** CPU time that a process has used, by {@code /proc/PID/stat}. */
    static double cpuSeconds(long pid) {
        return cpuSecondsBy(Path.of("/proc", String.valueOf(pid), "stat"));
    }

    /** CPU time that those threads of a process have used whose names begin in one of these ways. */
    static double cpuSeconds(long pid, List<String> threads) {
        double sum = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc", String.valueOf(pid), "task"))) {
            for (Path task : tasks) {
                String name = Files.readString(task.resolve("comm"));
                if (threads.stream().anyMatch(name::startsWith)) {
                    sum += cpuSecondsBy(task.resolve("stat"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("threads of process " + pid, e);
        }
        return sum;
    }

    private static double cpuSecondsBy(Path statFile) {
        try {
            String stat = Files.readString(statFile);
            // The name in parentheses may hold blanks; utime and stime are fields 14 and 15.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double cpuSeconds() {
        return cpuSeconds(program.pid());
    }

    @Override
    public void close() throws IOException {
        if (program.isAlive()) {
            program.signal(Linux.SIGKILL);
        }
        program.close();
    }
}
