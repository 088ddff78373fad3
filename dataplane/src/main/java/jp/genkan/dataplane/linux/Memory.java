package jp.genkan.dataplane.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Memory that comes straight from the kernel, or is shared with it or another process: mmap(2), munmap(2), madvise(2), memfd_create(2), ftruncate(2). */
public final class Memory {
    private static final int PROT_READ_WRITE = 1 | 2;
    private static final int MAP_SHARED = 0x01;
    private static final int MAP_PRIVATE = 0x02;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int NO_DESCRIPTOR = -1;
    private static final int MAP_POPULATE = 0x8000;
    private static final long MAP_FAILED = -1;
    private static final int MFD_CLOEXEC = 0x0001;
    private static final int MADV_DONTNEED = 4;

    private static final MethodHandle MMAP = Native.function(
            "mmap", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MUNMAP =
            Native.function("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle MADVISE =
            Native.function("madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle MEMFD_CREATE =
            Native.function("memfd_create", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle FTRUNCATE =
            Native.function("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));

    private Memory() {}

    /**
     * A file of zeroes without a name, that goes with the last process that has it open or mapped.
     *
     * @param name for people who look at {@code /proc}
     * @return its descriptor
     */
    public static int anonymous(String name, long length) throws LinuxException {
        CallState state = CallState.current();
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) MEMFD_CREATE.invokeExact(
                    state.segment(), arena.allocateFrom(name).address(), MFD_CLOEXEC);
            if (descriptor < 0) {
                throw new LinuxException("memfd_create(" + name + ")", state.errno());
            }
            if ((int) FTRUNCATE.invokeExact(state.segment(), descriptor, length) < 0) {
                LinuxException refused = new LinuxException("ftruncate(" + name + ", " + length + ")", state.errno());
                Sockets.close(descriptor);
                throw refused;
            }
            return descriptor;
        } catch (LinuxException refused) {
            throw refused;
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /**
     * Maps what a descriptor offers, readable, writable and populated; it is unmapped when the arena closes, and who touches it later gets
     * an exception and no fault.
     */
    public static MemorySegment map(int descriptor, long length, Arena arena, String what) throws LinuxException {
        return map(descriptor, MAP_SHARED | MAP_POPULATE, length, arena, what);
    }

    /**
     * Memory of zeroes of which a page is there once it is written to: for tables that are large enough for the worst day and nearly empty on all others. It
     * begins at a page.
     *
     * @throws OutOfMemoryError when the kernel refuses it
     */
    public static MemorySegment zeroed(long length, Arena arena) {
        try {
            return map(NO_DESCRIPTOR, MAP_PRIVATE | MAP_ANONYMOUS, length, arena, "mmap");
        } catch (LinuxException refused) {
            throw new OutOfMemoryError(length + " octets: " + refused.getMessage());
        }
    }

    /**
     * Gives the pages of {@link #zeroed} memory back: it holds zeroes again, and takes none of the machine's.
     *
     * @param pages begin at a page and end at one
     * @throws IllegalArgumentException when the kernel does not take them for that
     */
    public static void discard(MemorySegment pages) {
        CallState state = CallState.current();
        int result;
        try {
            result = (int) MADVISE.invokeExact(state.segment(), pages.address(), pages.byteSize(), MADV_DONTNEED);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
        if (result < 0) {
            throw new IllegalArgumentException("madvise: error " + state.errno());
        }
    }

    @SuppressWarnings("restricted") // the one place where an address becomes memory
    private static MemorySegment map(int descriptor, int flags, long length, Arena arena, String what)
            throws LinuxException {
        CallState state = CallState.current();
        long address;
        try {
            address = (long) MMAP.invokeExact(state.segment(), 0L, length, PROT_READ_WRITE, flags, descriptor, 0L);
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
