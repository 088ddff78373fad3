package jp.genkan.dataplane.gate;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import jp.genkan.dataplane.linux.CallState;
import jp.genkan.dataplane.linux.Native;

/** The kernel's number of a thread. */
final class ThreadNumber {
    private static final MethodHandle GETTID = Native.function("gettid", FunctionDescriptor.of(JAVA_INT));

    private ThreadNumber() {}

    /** Of the calling thread. */
    static int current() {
        try {
            return (int) GETTID.invokeExact(CallState.current().segment());
        } catch (Throwable cause) {
            throw Native.unexpected(cause);
        }
    }
}
