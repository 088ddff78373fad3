package jp.genkan.dataplane.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** How soon a thread gets a processor: setpriority(2), which on Linux is for one thread. */
public final class Priority {
    /** The nice value of what may wait for everybody else. */
    public static final int LAST = 19;

    /** {@code PRIO_PROCESS}; with a thread's number it means that one, with 0 the calling one. */
    private static final int THREAD = 0;

    private static final MethodHandle SET =
            Native.function("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

    private Priority() {}

    /**
     * Sets the nice value of the calling thread.
     *
     * @param nice -20 (soonest) to 19
     */
    public static void set(int nice) throws LinuxException {
        set(0, nice);
    }

    /**
     * Sets the nice value of a thread of this process that has no code of ours, by its name as the kernel has it.
     *
     * @param nice -20 (soonest) to 19
     */
    public static void setNamed(String name, int nice) throws LinuxException {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                if (Files.readString(thread.resolve("comm")).strip().equals(name)) {
                    set(Integer.parseInt(String.valueOf(thread.getFileName())), nice);
                }
            }
        } catch (IOException | DirectoryIteratorException gone) {
            return; // one ended meanwhile; no log here, because a process without one uses this class, too
        }
    }

    private static void set(int thread, int nice) throws LinuxException {
        if (nice < -20 || nice > LAST) {
            throw new IllegalArgumentException("nice " + nice);
        }
        CallState state = CallState.current();
        int result;
        try {
            result = (int) SET.invoke(state.segment(), THREAD, thread, nice);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
        if (result < 0) {
            throw new LinuxException("setpriority(" + nice + ")", state.errno());
        }
    }
}
