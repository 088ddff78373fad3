package jp.genkan.dataplane.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/**
 * Where a native call leaves {@code errno}, which the JVM would otherwise overwrite before it can be read.
 *
 * <p>Thread rule: one thread. The path of a frame makes its own once; everybody else takes {@link #current()}.
 */
public final class CallState {
    private static final StructLayout LAYOUT = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final ThreadLocal<CallState> CURRENT = ThreadLocal.withInitial(CallState::new);

    private final MemorySegment segment = Arena.ofAuto().allocate(LAYOUT);

    /** Makes a state with errno 0. */
    public CallState() {}

    /** The state of the calling thread, for calls that are not made per batch. */
    public static CallState current() {
        return CURRENT.get();
    }

    /** What a handle of {@link Native} takes as its first argument. */
    public MemorySegment segment() {
        return segment;
    }

    /** The error number of the last call that failed with this state. */
    public int errno() {
        return (int) ERRNO.get(segment, 0L);
    }
}
