package jp.genkan.testbed.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.genkan.testbed.net.Commands;

/** The machine that the figures are of. */
final class Machine {
    private static final double TICKS_PER_SECOND = 100; // USER_HZ

    private Machine() {}

    /** CPU time that all processors have worked, steal excluded. */
    static double busySeconds() throws IOException {
        String[] fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +", -1);
        long busy = 0;
        for (int field : List.of(1, 2, 3, 6, 7)) { // user, nice, system, irq, softirq
            busy += Long.parseLong(fields[field]);
        }
        return busy / TICKS_PER_SECOND;
    }

    /** One line: processors, memory, kernel, JDK, commit. */
    static String describe() throws IOException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("unknown processor");
        return String.format(
                "%d × %s, Linux %s, JDK %s (%s), commit %s",
                Runtime.getRuntime().availableProcessors(),
                model,
                System.getProperty("os.version"),
                Runtime.version(),
                System.getProperty("java.vendor"),
                commit());
    }

    /** How many processes wanted to run lately, on average: figures taken on a busy machine say little. */
    static String loadAverage() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
    }

    private static String commit() throws IOException {
        Commands.Result result = Commands.tryRun(List.of("git", "describe", "--always", "--dirty", "--abbrev=10"));
        return result.exit() == 0 ? result.output().strip() : "unknown";
    }
}
