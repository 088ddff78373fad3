package jp.genkan.dataplane.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/** The kernel's number of a thread: gettid(2). */
public final class ThreadNumber {
    private static final MethodHandle GETTID = Native.function("gettid", FunctionDescriptor.of(JAVA_INT));

    private ThreadNumber() {}

    /** Of the calling thread. */
    public static int current() {
        try {
            return (int) GETTID.invokeExact(CallState.current().segment());
        } catch (Throwable cause) {
            throw Native.unexpected(cause);
        }
    }
}
