package jp.genkan.dataplane.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import jp.genkan.dataplane.linux.CallState;
import jp.genkan.dataplane.linux.Errno;
import jp.genkan.dataplane.linux.Native;

/**
 * A map in the kernel. It lives as long as a descriptor, a mapping or a program refers to it.
 *
 * <p>Thread rule: may be shared; each thread takes its own {@link Access}.
 */
public final class BpfMap implements AutoCloseable {
    // struct bpf_map_info
    private static final int INFO_BYTES = 88;

    private static final MethodHandle MMAP = Native.function(
            "mmap", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MUNMAP =
            Native.function("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED = 1;

    private final BpfObject.MapDefinition definition;
    private final int fd;
    private boolean open = true;

    private BpfMap(BpfObject.MapDefinition definition, int fd) {
        this.definition = definition;
        this.fd = fd;
    }

    /** Makes a new, empty map. */
    public static BpfMap create(BpfObject.MapDefinition definition) throws BpfException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = Bpf.attribute(arena);
            attribute.set(JAVA_INT, 0, definition.type());
            attribute.set(JAVA_INT, 4, definition.keyBytes());
            attribute.set(JAVA_INT, 8, definition.valueBytes());
            attribute.set(JAVA_INT, 12, definition.entries());
            attribute.set(JAVA_INT, 16, definition.flags());
            Bpf.putName(attribute, 28, definition.name());
            int fd = Bpf.call(Bpf.MAP_CREATE, attribute);
            if (fd < 0) {
                throw BpfException.of(
                        "eBPF map " + definition.name() + " with " + definition.entries() + " entries", -fd);
            }
            return new BpfMap(definition, fd);
        }
    }

    /** Opens a map that exists. */
    public static BpfMap ofId(int id) throws BpfException {
        int fd = Bpf.byNumber(Bpf.MAP_GET_FD_BY_ID, id);
        if (fd < 0) {
            throw BpfException.of("eBPF map number " + id, -fd);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(INFO_BYTES, Long.BYTES);
            int failed = Bpf.info(fd, info);
            if (failed < 0) {
                Bpf.close(fd);
                throw BpfException.of("eBPF map number " + id, -failed);
            }
            return new BpfMap(
                    new BpfObject.MapDefinition(
                            info.getString(24),
                            info.get(JAVA_INT, 0),
                            info.get(JAVA_INT, 8),
                            info.get(JAVA_INT, 12),
                            info.get(JAVA_INT, 16),
                            info.get(JAVA_INT, 20)),
                    fd);
        }
    }

    /** What the kernel says that the map is. */
    public BpfObject.MapDefinition definition() {
        return definition;
    }

    int fd() {
        return fd;
    }

    /** The number of the map in this kernel. */
    public int id() throws BpfException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(INFO_BYTES, Long.BYTES);
            int failed = Bpf.info(fd, info);
            if (failed < 0) {
                throw BpfException.of("eBPF map " + definition.name(), -failed);
            }
            return info.get(JAVA_INT, 4);
        }
    }

    /** The memory of an array map with {@code BPF_F_MMAPABLE}, shared with the programs; unmapped when the arena is closed. */
    @SuppressWarnings("restricted") // mmap gives an address; its length is known here
    public MemorySegment map(Arena arena) throws BpfException {
        long length = (long) definition.valueBytes() * definition.entries();
        CallState state = CallState.current();
        long address;
        try {
            address = (long) MMAP.invokeExact(state.segment(), 0L, length, PROT_READ_WRITE, MAP_SHARED, fd, 0L);
        } catch (Throwable cause) {
            throw Native.unexpected(cause);
        }
        if (address == -1) {
            throw BpfException.of("mmap of eBPF map " + definition.name(), state.errno());
        }
        return MemorySegment.ofAddress(address).reinterpret(length, arena, segment -> unmap(segment.address(), length));
    }

    private static void unmap(long address, long length) {
        try {
            int ignored = (int) MUNMAP.invokeExact(CallState.current().segment(), address, length);
        } catch (Throwable cause) {
            throw Native.unexpected(cause);
        }
    }

    /** Forbids every further change from outside of programs. */
    void freeze() throws BpfException {
        int failed = Bpf.byNumber(Bpf.MAP_FREEZE, fd);
        if (failed < 0) {
            throw BpfException.of("freezing eBPF map " + definition.name(), -failed);
        }
    }

    /** Reads and writes elements on one thread. */
    public Access access(Arena arena) {
        return new Access(arena);
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            Bpf.close(fd);
        }
    }

    /**
     * Reads and writes elements of the map without allocating. The result of every call is 0, or the negated error number:
     * {@code -ENOENT} for a key that is not there.
     *
     * <p>Thread rule: one thread.
     */
    public final class Access {
        private final MemorySegment attribute;
        private final CallState state = new CallState();

        private Access(Arena arena) {
            attribute = arena.allocate(32, Long.BYTES);
            attribute.set(JAVA_INT, 0, fd);
        }

        /** Copies the value of the key. */
        public int lookup(MemorySegment key, MemorySegment value) {
            return call(Bpf.MAP_LOOKUP_ELEM, key, value.address());
        }

        /** Sets the value of the key, whether it is there or not. */
        public int update(MemorySegment key, MemorySegment value) {
            return call(Bpf.MAP_UPDATE_ELEM, key, value.address());
        }

        /** Removes the key. */
        public int delete(MemorySegment key) {
            return call(Bpf.MAP_DELETE_ELEM, key, 0);
        }

        private int call(int command, MemorySegment key, long value) {
            if (!open) {
                return -Errno.EBADF;
            }
            attribute.set(JAVA_LONG, 8, key.address());
            attribute.set(JAVA_LONG, 16, value);
            return Bpf.call(state, command, attribute);
        }
    }
}
