package jp.genkan.dataplane.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Memory that is shared with the kernel: mmap(2), munmap(2). */
public final class Memory {
    private static final int PROT_READ_WRITE = 1 | 2;
    private static final int MAP_SHARED = 0x01;
    private static final int MAP_POPULATE = 0x8000;
    private static final long MAP_FAILED = -1;

    private static final MethodHandle MMAP = Native.function(
            "mmap", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MUNMAP =
            Native.function("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));

    private Memory() {}

    /**
     * Maps what a descriptor offers, readable, writable and populated; it is unmapped when the arena closes, and who touches it later gets
     * an exception and no fault.
     */
    @SuppressWarnings("restricted") // the one place where an address becomes memory
    public static MemorySegment map(int descriptor, long length, Arena arena, String what) throws LinuxException {
        CallState state = CallState.current();
        long address;
        try {
            address = (long) MMAP.invokeExact(
                    state.segment(), 0L, length, PROT_READ_WRITE, MAP_SHARED | MAP_POPULATE, descriptor, 0L);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
        if (address == MAP_FAILED) {
            throw new LinuxException(what, state.errno());
        }
        return MemorySegment.ofAddress(address).reinterpret(length, arena, Memory::unmap);
    }

    private static void unmap(MemorySegment mapped) {
        try {
            int ignored = (int) MUNMAP.invokeExact(CallState.current().segment(), mapped.address(), mapped.byteSize());
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
