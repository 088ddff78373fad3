package jp.genkan.dataplane.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Which processors a thread may run on: sched_setaffinity(2), sched_getaffinity(2). */
public final class Affinity {
    /** Processors that a mask can name; glibc's {@code cpu_set_t}. */
    private static final int PROCESSORS_MAX = 1024;

    private static final MethodHandle SET =
            Native.function("sched_setaffinity", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle GET =
            Native.function("sched_getaffinity", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));

    private Affinity() {}

    /** The processors that the calling thread may run on, ascending. */
    public static int[] processors() throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(PROCESSORS_MAX / Byte.SIZE, Long.BYTES);
            call(GET, mask, "sched_getaffinity");
            return java.util.stream.IntStream.range(0, PROCESSORS_MAX)
                    .filter(cpu -> (mask.get(JAVA_BYTE, cpu / Byte.SIZE) >> (cpu % Byte.SIZE) & 1) != 0)
                    .toArray();
        }
    }

    /** Keeps the calling thread on one processor. */
    public static void pin(int processor) throws LinuxException {
        if (processor < 0 || processor >= PROCESSORS_MAX) {
            throw new IllegalArgumentException("processor " + processor);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(PROCESSORS_MAX / Byte.SIZE, Long.BYTES);
            mask.set(JAVA_BYTE, processor / Byte.SIZE, (byte) (1 << (processor % Byte.SIZE)));
            call(SET, mask, "sched_setaffinity(" + processor + ")");
        }
    }

    private static void call(MethodHandle function, MemorySegment mask, String what) throws LinuxException {
        CallState state = CallState.current();
        int result;
        try {
            result = (int) function.invoke(state.segment(), 0, mask.byteSize(), mask.address());
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
        if (result < 0) {
            throw new LinuxException(what, state.errno());
        }
    }
}
