package jp.genkan.dataplane.gate;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jp.genkan.dataplane.linux.CallState;
import jp.genkan.dataplane.linux.Native;

/** Waits until every frame that is on its way through the kernel's receive path has left it. */
final class GracePeriod {
    private static final MethodHandle SYSCALL =
            Native.variadic("syscall", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT), 1);
    private static final long MEMBARRIER = System.getProperty("os.arch", "").equals("amd64") ? 324 : 283;
    private static final int CMD_GLOBAL = 1;

    /** Where the kernel does not offer the call (nohz_full): longer than any softirq runs. */
    private static final long INSTEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private GracePeriod() {}

    /** MEMBARRIER_CMD_GLOBAL is an RCU grace period, and a frame passes taps and TCX inside of one read section. Takes 10 to 50 ms. */
    static void await() {
        long result;
        try {
            result = (long) SYSCALL.invokeExact(CallState.current().segment(), MEMBARRIER, CMD_GLOBAL, 0, 0);
        } catch (Throwable cause) {
            throw Native.unexpected(cause);
        }
        if (result < 0) {
            LockSupport.parkNanos(INSTEAD_NANOS);
        }
    }
}
