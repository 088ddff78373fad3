package jp.genkan.literals;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The scratch that is large enough for every database of the process, from which scanners take their copies. Comparing versions tells a
 * scanner in one step whether its own copy will do.
 *
 * <p>Thread rule: any thread, under a lock; never on the way of a scan whose scratch is large enough.
 */
final class ScratchSource {
    private static final MemorySegment LARGEST = Arena.global().allocate(JAVA_LONG);
    private static int version;

    private ScratchSource() {}

    /** Makes it large enough for a database; returns the version that is. */
    static synchronized int fit(long database) {
        NativeHyperscan.check(NativeHyperscan.allocScratch(database, LARGEST), "allocating scratch");
        return ++version;
    }

    /** Replaces a scanner's scratch (0 for none) by one that is large enough for all databases made so far. */
    static synchronized long renew(long old) {
        if (old != 0) {
            NativeHyperscan.freeScratch(old);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(JAVA_LONG);
            NativeHyperscan.check(NativeHyperscan.cloneScratch(LARGEST.get(JAVA_LONG, 0), copy), "copying scratch");
            return copy.get(JAVA_LONG, 0);
        }
    }

    static synchronized int version() {
        return version;
    }
}
