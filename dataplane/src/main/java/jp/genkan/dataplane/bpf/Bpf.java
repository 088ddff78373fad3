package jp.genkan.dataplane.bpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import jp.genkan.dataplane.linux.CallState;
import jp.genkan.dataplane.linux.Native;

/** The {@code bpf(2)} system call and its numbers (include/uapi/linux/bpf.h). */
final class Bpf {
    static final int MAP_CREATE = 0;
    static final int MAP_LOOKUP_ELEM = 1;
    static final int MAP_UPDATE_ELEM = 2;
    static final int MAP_DELETE_ELEM = 3;
    static final int PROG_LOAD = 5;
    static final int PROG_ATTACH = 8;
    static final int PROG_DETACH = 9;
    static final int PROG_GET_FD_BY_ID = 13;
    static final int MAP_GET_FD_BY_ID = 14;
    static final int OBJ_GET_INFO_BY_FD = 15;
    static final int PROG_QUERY = 16;
    static final int RAW_TRACEPOINT_OPEN = 17;
    static final int MAP_FREEZE = 22;
    static final int LINK_CREATE = 28;
    static final int LINK_GET_FD_BY_ID = 30;
    static final int LINK_DETACH = 34;
    static final int PROG_BIND_MAP = 35;

    static final int PROG_TYPE_SOCKET_FILTER = 1;
    static final int PROG_TYPE_SCHED_CLS = 3;
    static final int PROG_TYPE_RAW_TRACEPOINT = 17;
    static final int MAP_TYPE_ARRAY = 2;
    static final int F_RDONLY_PROG = 1 << 7;
    static final int F_MMAPABLE = 1 << 10;
    static final int TCX_INGRESS = 46;
    static final int F_REPLACE = 1 << 2;
    static final int F_BEFORE = 1 << 3;

    /** Longest name of a program or map, without the closing zero. */
    static final int NAME_BYTES_MAX = 15;

    /** Enough for every command used here; the kernel takes longer attributes as long as the rest is zero. */
    static final int ATTRIBUTE_BYTES = 128;

    private static final long SYSCALL = number();
    private static final MethodHandle SYSCALL_BPF =
            Native.variadic("syscall", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT), 1);
    private static final MethodHandle CLOSE = Native.function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle FCNTL =
            Native.variadic("fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), 2);
    private static final int F_DUPFD_CLOEXEC = 1030;

    private Bpf() {}

    private static long number() {
        return switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> 321;
            default -> 280; // asm-generic: arm64, riscv64
        };
    }

    /** Makes the call; the result, or the negated error number. Allocates nothing. */
    static int call(CallState state, int command, MemorySegment attribute) {
        try {
            long result = (long) SYSCALL_BPF.invokeExact(
                    state.segment(), SYSCALL, command, attribute.address(), (int) attribute.byteSize());
            return result < 0 ? -state.errno() : (int) result;
        } catch (Throwable cause) {
            throw Native.unexpected(cause);
        }
    }

    static int call(int command, MemorySegment attribute) {
        return call(CallState.current(), command, attribute);
    }

    static MemorySegment attribute(Arena arena) {
        return arena.allocate(ATTRIBUTE_BYTES, Long.BYTES);
    }

    /** Makes a call whose attribute begins with one number, and gives a descriptor. */
    static int byNumber(int command, int number) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = attribute(arena);
            attribute.set(JAVA_INT, 0, number);
            return call(command, attribute);
        }
    }

    /** Fills a {@code bpf_*_info} structure. */
    static int info(int fd, MemorySegment info) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = attribute(arena);
            attribute.set(JAVA_INT, 0, fd);
            attribute.set(JAVA_INT, 4, (int) info.byteSize());
            attribute.set(JAVA_LONG, 8, info.address());
            return call(OBJ_GET_INFO_BY_FD, attribute);
        }
    }

    static void close(int fd) {
        try {
            int ignored = (int) CLOSE.invokeExact(CallState.current().segment(), fd);
        } catch (Throwable cause) {
            throw Native.unexpected(cause);
        }
    }

    /** Moves a descriptor to the lowest free number from {@code from} on; stays where it is when the limit on open files is lower. */
    static int moveUp(int fd, int from) {
        int moved;
        try {
            moved = (int) FCNTL.invokeExact(CallState.current().segment(), fd, F_DUPFD_CLOEXEC, from);
        } catch (Throwable cause) {
            throw Native.unexpected(cause);
        }
        if (moved < 0) {
            return fd;
        }
        close(fd);
        return moved;
    }

    static void putName(MemorySegment attribute, long offset, String name) {
        byte[] octets = name.getBytes(StandardCharsets.US_ASCII);
        if (octets.length > NAME_BYTES_MAX) {
            throw new IllegalArgumentException("name longer than " + NAME_BYTES_MAX + ": " + name);
        }
        MemorySegment.copy(octets, 0, attribute, JAVA_BYTE, offset, octets.length);
    }
}
