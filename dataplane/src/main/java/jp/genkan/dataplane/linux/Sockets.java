package jp.genkan.dataplane.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Sockets: socket(2), bind(2), setsockopt(2), getsockopt(2), sendmmsg(2), recv(2), send(2), ppoll(2), ioctl(2), close(2).
 *
 * <p>The calls that are made per batch ({@link #sendmmsg}, {@link #send}, {@link #recv}, {@link #ppoll}, {@link #ioctl} and one form of
 * {@link #option(CallState, int, int, int, long, long) getsockopt}) take a {@link CallState},
 * answer -1 with its errno, and allocate nothing; the others throw.
 */
public final class Sockets {
    /** Address families and kinds, bits/socket.h. */
    public static final int AF_NETLINK = 16;

    public static final int AF_PACKET = 17;
    public static final int AF_INET = 2;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_RAW = 3;
    public static final int SOCK_CLOEXEC = 0x80000;

    /** Options at {@link #SOL_SOCKET}, asm-generic/socket.h. */
    public static final int SOL_SOCKET = 1;

    public static final int SO_ERROR = 4;
    public static final int SO_ATTACH_FILTER = 26;
    public static final int SO_DETACH_FILTER = 27;
    public static final int SO_SNDBUFFORCE = 32;
    public static final int SO_RCVBUFFORCE = 33;
    public static final int SO_ATTACH_BPF = 50;

    public static final int MSG_DONTWAIT = 0x40;

    /** Bits of {@code struct pollfd}, asm-generic/poll.h. */
    public static final int POLLIN = 0x001;

    public static final int POLLERR = 0x008;
    public static final int POLLHUP = 0x010;
    public static final int POLLNVAL = 0x020;
    /** Octets of {@code struct pollfd}: int fd, short events, short revents. */
    public static final int POLLFD_LENGTH = 8;

    private static final MethodHandle SOCKET =
            Native.function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND =
            Native.function("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SETSOCKOPT = Native.function(
            "setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle GETSOCKOPT = Native.function(
            "getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle SENDMMSG =
            Native.function("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
    private static final MethodHandle SEND =
            Native.function("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECV =
            Native.function("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle PPOLL =
            Native.function("ppoll", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle IOCTL =
            Native.variadic("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG), 2);
    private static final MethodHandle CLOSE = Native.function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private Sockets() {}

    /**
     * Opens a socket that is closed on exec.
     *
     * @param what for the message, for example {@code socket(AF_PACKET)}
     */
    public static int open(int family, int kind, int protocol, String what) throws LinuxException {
        CallState state = CallState.current();
        int descriptor;
        try {
            descriptor = (int) SOCKET.invokeExact(state.segment(), family, kind | SOCK_CLOEXEC, protocol);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
        if (descriptor < 0) {
            throw new LinuxException(what, state.errno());
        }
        return descriptor;
    }

    /** Binds to an address that lies in native memory. */
    public static void bind(int descriptor, MemorySegment address, String what) throws LinuxException {
        CallState state = CallState.current();
        int result;
        try {
            result = (int) BIND.invokeExact(state.segment(), descriptor, address.address(), (int) address.byteSize());
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
        if (result < 0) {
            throw new LinuxException(what, state.errno());
        }
    }

    /** Sets an option whose value is an int. */
    public static void setOption(int descriptor, int level, int option, int value, String what) throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            setOption(descriptor, level, option, arena.allocateFrom(JAVA_INT, value), what);
        }
    }

    /** Sets an option whose value is a structure in native memory. */
    public static void setOption(int descriptor, int level, int option, MemorySegment value, String what)
            throws LinuxException {
        CallState state = CallState.current();
        int result;
        try {
            result = (int) SETSOCKOPT.invokeExact(
                    state.segment(), descriptor, level, option, value.address(), (int) value.byteSize());
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
        if (result < 0) {
            throw new LinuxException(what, state.errno());
        }
    }

    /** Reads an option whose value is an int. */
    public static int option(int descriptor, int level, int option, String what) throws LinuxException {
        CallState state = CallState.current();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            MemorySegment length = arena.allocateFrom(JAVA_INT, Integer.BYTES);
            if (option(state, descriptor, level, option, value.address(), length.address()) < 0) {
                throw new LinuxException(what, state.errno());
            }
            return value.get(JAVA_INT, 0);
        }
    }

    /** getsockopt(2) for callers that must not allocate; -1 with the state's errno when refused. */
    public static int option(CallState state, int descriptor, int level, int option, long value, long length) {
        try {
            return (int) GETSOCKOPT.invokeExact(state.segment(), descriptor, level, option, value, length);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /**
     * Sends a vector of messages.
     *
     * @param vector address of {@code struct mmsghdr[]}
     * @return how many messages were taken, which is less than {@code count} when the one after them was refused (the next call that
     *     begins with it tells why), or -1 with the state's errno when the first was refused
     */
    public static int sendmmsg(CallState state, int descriptor, long vector, int count, int flags) {
        try {
            return (int) SENDMMSG.invokeExact(state.segment(), descriptor, vector, count, flags);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** Sends one message; -1 with the state's errno when refused. */
    public static long send(CallState state, int descriptor, long address, long length, int flags) {
        try {
            return (long) SEND.invokeExact(state.segment(), descriptor, address, length, flags);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** Receives one message; its length, or -1 with the state's errno. */
    public static long recv(CallState state, int descriptor, long address, long length, int flags) {
        try {
            return (long) RECV.invokeExact(state.segment(), descriptor, address, length, flags);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /**
     * Waits for descriptors.
     *
     * @param descriptors address of {@code struct pollfd[]}; one with fd -1 is passed over
     * @param timespec address of {@code struct timespec}
     * @return how many descriptors have something to tell, 0 after the timeout, or -1 with the state's errno
     */
    public static int ppoll(CallState state, long descriptors, int count, long timespec) {
        try {
            return (int) PPOLL.invokeExact(state.segment(), descriptors, (long) count, timespec, 0L);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** ioctl(2) with a pointer; the result, or -1 with the state's errno. */
    public static int ioctl(CallState state, int descriptor, long request, long argument) {
        try {
            return (int) IOCTL.invokeExact(state.segment(), descriptor, request, argument);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** Closes a descriptor; -1 is passed over, and an error is ignored since nothing can be done about it. */
    public static void close(int descriptor) {
        if (descriptor < 0) {
            return;
        }
        try {
            int ignored = (int) CLOSE.invokeExact(CallState.current().segment(), descriptor);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
