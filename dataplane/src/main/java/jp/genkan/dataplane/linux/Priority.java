package jp.genkan.dataplane.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/** How soon a thread gets a processor: setpriority(2), which on Linux is for one thread. */
public final class Priority {
    /** The nice value of what may wait for everybody else. */
    public static final int LAST = 19;

    /** {@code PRIO_PROCESS}; with 0 it means the calling thread. */
    private static final int CALLING_THREAD = 0;

    private static final MethodHandle SET =
            Native.function("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

    private Priority() {}

    /**
     * Sets the nice value of the calling thread.
     *
     * @param nice -20 (soonest) to 19
     */
    public static void set(int nice) throws LinuxException {
        if (nice < -20 || nice > LAST) {
            throw new IllegalArgumentException("nice " + nice);
        }
        CallState state = CallState.current();
        int result;
        try {
            result = (int) SET.invoke(state.segment(), CALLING_THREAD, 0, nice);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
        if (result < 0) {
            throw new LinuxException("setpriority(" + nice + ")", state.errno());
        }
    }
}
