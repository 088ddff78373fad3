package jp.genkan.dataplane.gate;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.dataplane.bpf.BpfMap;
import org.jspecify.annotations.Nullable;

/** Adds up the counters of all processors. */
final class GateCounterReader {
    private static final Path POSSIBLE_CPUS = Path.of("/sys/devices/system/cpu/possible");
    private static final int CPUS_MAX = 1024;

    private GateCounterReader() {}

    static GateCounters read(BpfMap map, @Nullable GatePort[] ports) {
        int cpus = possibleCpus();
        int ways = GateWay.values().length;
        List<GateCounters.Row> rows = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment values = arena.allocate((long) cpus * GateLayout.CPU_BYTES, Long.BYTES);
            int failed = map.access(arena).lookup(arena.allocate(Integer.BYTES, Integer.BYTES), values);
            if (failed < 0) {
                throw new IllegalStateException("counters of the gate cannot be read: error " + -failed);
            }
            for (GatePort port : ports) {
                if (port == null) {
                    continue;
                }
                for (GateWay way : GateWay.values()) {
                    long at = GateLayout.CPU_COUNTS
                            + (long) GateLayout.COUNT_BYTES * (port.number() * ways + way.ordinal());
                    long frames = 0;
                    long bytes = 0;
                    for (int cpu = 0; cpu < cpus; cpu++, at += GateLayout.CPU_BYTES) {
                        frames += values.get(JAVA_LONG, at);
                        bytes += values.get(JAVA_LONG, at + Long.BYTES);
                    }
                    rows.add(new GateCounters.Row(port, way, frames, bytes));
                }
            }
        }
        return new GateCounters(rows);
    }

    private static int possibleCpus() {
        try {
            String text = Files.readString(POSSIBLE_CPUS).strip(); // "0-3", or "0"
            return Integer.parseInt(text.substring(text.lastIndexOf('-') + 1).substring(text.lastIndexOf(',') + 1)) + 1;
        } catch (IOException | NumberFormatException unknown) {
            return CPUS_MAX; // the kernel writes a value for each: rather too much room than too little
        }
    }
}
