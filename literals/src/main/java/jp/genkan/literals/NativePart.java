package jp.genkan.literals;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One database of Hyperscan, in memory that lives as long as this object is reachable. Whoever passes the address on keeps the object
 * reachable during the call ({@code Reference.reachabilityFence}). The memory counts as direct memory: when there is little left of that,
 * the JVM looks for databases that nobody holds any more.
 *
 * <p>Thread rule: immutable.
 */
final class NativePart {
    /** Where Hyperscan's structures want to begin. */
    private static final long ALIGNMENT = 64;

    private final MemorySegment memory;
    private final int streamBytes;
    private final int scratchVersion;

    private NativePart(MemorySegment memory, int streamBytes, int scratchVersion) {
        this.memory = memory;
        this.streamBytes = streamBytes;
        this.scratchVersion = scratchVersion;
    }

    /** Reads what {@link NativeCompilation#compile} returned; Hyperscan checks its sum, version and processor. */
    static NativePart of(byte[] serialised) throws CompileException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment octets = arena.allocate(serialised.length, ALIGNMENT);
            MemorySegment.copy(serialised, 0, octets, JAVA_BYTE, 0, serialised.length);
            MemorySegment size = arena.allocate(JAVA_LONG);
            check(NativeHyperscan.serializedDatabaseSize(octets, size));
            MemorySegment memory = Arena.ofAuto().allocate(size.get(JAVA_LONG, 0), ALIGNMENT);
            check(NativeHyperscan.deserializeDatabaseAt(octets, memory));
            MemorySegment streamSize = arena.allocate(JAVA_LONG);
            int streamBytes = NativeHyperscan.streamSize(memory.address(), streamSize) == NativeHyperscan.SUCCESS
                    ? Math.toIntExact(streamSize.get(JAVA_LONG, 0))
                    : 0; // a database of whole buffers
            return new NativePart(memory, streamBytes, ScratchSource.fit(memory.address()));
        }
    }

    private static void check(int result) throws CompileException {
        if (result != NativeHyperscan.SUCCESS) {
            throw new CompileException("the serialised database is refused with " + result);
        }
    }

    long address() {
        return memory.address();
    }

    long memoryBytes() {
        return memory.byteSize();
    }

    int streamBytes() {
        return streamBytes;
    }

    /** From which version on a scratch is large enough. */
    int scratchVersion() {
        return scratchVersion;
    }
}
