package jp.genkan.dataplane.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Notices within milliseconds that another process dies, by one of its threads: pidfd_open(2) with PIDFD_THREAD (Linux 6.9).
 *
 * <p>A dying process gives its memory back before its descriptors, and each packet socket takes it another ten milliseconds or more; so the end of a pipe to it, and
 * the news that the process is gone, come after three tenths of a second. A thread is gone at once, unless it is the first one, which waits for all, or the last.
 *
 * <p>Thread rule: one thread.
 */
public final class ProcessWatch implements AutoCloseable {
    private static final int SYS_PIDFD_OPEN = 434;
    /** {@code O_EXCL}: of the thread, not of the process. */
    private static final int PIDFD_THREAD = 0x80;

    private static final int STANDARD_INPUT = 0;
    private static final int EVENTS = 4;
    private static final int REVENTS = 6;

    private static final MethodHandle PIDFD_OPEN =
            Native.variadic("syscall", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG), 1);

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment descriptors = arena.allocate(2L * Sockets.POLLFD_LENGTH, Integer.BYTES);
    private final CallState state = CallState.current();
    private final int descriptor;

    private ProcessWatch(int descriptor) {
        this.descriptor = descriptor;
        watch(0, STANDARD_INPUT);
        watch(1, descriptor);
    }

    private void watch(int place, int watched) {
        descriptors.set(JAVA_INT, (long) place * Sockets.POLLFD_LENGTH, watched);
        descriptors.set(JAVA_SHORT, (long) place * Sockets.POLLFD_LENGTH + EVENTS, (short) Sockets.POLLIN);
    }

    /** Watches a process by one of its threads; where the kernel is too old for that, only standard input. */
    public static ProcessWatch open(int thread) {
        CallState state = CallState.current();
        try {
            long opened = (long)
                    PIDFD_OPEN.invokeExact(state.segment(), (long) SYS_PIDFD_OPEN, (long) thread, (long) PIDFD_THREAD);
            return new ProcessWatch((int) opened); // a descriptor of -1 is passed over by ppoll(2)
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** True when the kernel tells of the thread. */
    public boolean isPrompt() {
        return descriptor >= 0;
    }

    /**
     * Waits until standard input has something to read, or has ended, or the thread has.
     *
     * @return true when there is something to be read from standard input, be it its end
     */
    public boolean await() {
        descriptors.set(JAVA_SHORT, REVENTS, (short) 0);
        while (Sockets.ppoll(state, descriptors.address(), 2, 0L) <= 0) {
            // a signal
        }
        return descriptors.get(JAVA_SHORT, REVENTS) != 0;
    }

    @Override
    public void close() {
        Sockets.close(descriptor);
        arena.close();
    }
}
