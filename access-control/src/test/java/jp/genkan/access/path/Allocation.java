package jp.genkan.access.path;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Octets that a piece of work allocates on this thread. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** Runs the work often enough to be compiled, then measures it once more. */
    public static long bytesOf(Runnable work) {
        for (int i = 0; i < 20; i++) {
            work.run();
        }
        THREADS.getCurrentThreadAllocatedBytes();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
