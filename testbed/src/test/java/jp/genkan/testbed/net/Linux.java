package jp.genkan.testbed.net;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The few system calls that the test bed needs and Java does not offer. Kept apart from the product's own on purpose: what judges the
 * product must not share its faults.
 *
 * <p>Thread rule: any thread; {@link #enterNetwork} changes the calling thread for ever.
 */
@SuppressWarnings("restricted")
public final class Linux {
    // Specification constants: asm-generic/errno.h, linux/socket.h, linux/if_packet.h, linux/if_tun.h, signal.h
    static final int EAGAIN = 11;
    static final int EINTR = 4;
    static final int SOL_SOCKET = 1;
    static final int SO_RCVBUFFORCE = 33;
    static final int SOL_PACKET = 263;
    static final int PACKET_ADD_MEMBERSHIP = 1;
    static final int PACKET_AUXDATA = 8;
    static final int PACKET_IGNORE_OUTGOING = 23;
    static final int MSG_DONTWAIT = 0x40;
    static final short POLLIN = 1;
    static final long TUNSETIFF = 0x400454caL;

    /** Ends a process that cannot object. */
    public static final int SIGKILL = 9;
    /** Asks a process to end. */
    public static final int SIGTERM = 15;
    /** Lets a stopped process run on. */
    public static final int SIGCONT = 18;
    /** Stops a process where it is. */
    public static final int SIGSTOP = 19;

    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;
    private static final int CLONE_NEWNET = 0x40000000;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final ThreadLocal<MemorySegment> STATE =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CALL_STATE));

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;

    private static final MethodHandle OPEN = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("open"),
            FunctionDescriptor.of(INT, POINTER, INT),
            Linker.Option.captureCallState("errno"),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle IOCTL = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("ioctl"),
            FunctionDescriptor.of(INT, INT, LONG, POINTER),
            Linker.Option.captureCallState("errno"),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = handle("close", INT, INT);
    private static final MethodHandle SETNS = handle("setns", INT, INT, INT);
    private static final MethodHandle SOCKET = handle("socket", INT, INT, INT, INT);
    private static final MethodHandle BIND = handle("bind", INT, INT, POINTER, INT);
    private static final MethodHandle SETSOCKOPT = handle("setsockopt", INT, INT, INT, INT, POINTER, INT);
    private static final MethodHandle SEND = handle("send", LONG, INT, POINTER, LONG, INT);
    private static final MethodHandle SENDMMSG = handle("sendmmsg", INT, INT, POINTER, INT, INT);
    private static final MethodHandle RECVMSG = handle("recvmsg", LONG, INT, POINTER, INT);
    private static final MethodHandle READ = handle("read", LONG, INT, POINTER, LONG);
    private static final MethodHandle WRITE = handle("write", LONG, INT, POINTER, LONG);
    private static final MethodHandle POLL = handle("poll", INT, POINTER, LONG, INT);
    private static final MethodHandle KILL = handle("kill", INT, INT, INT);
    private static final MethodHandle IF_NAMETOINDEX = handle("if_nametoindex", INT, POINTER);

    private Linux() {}

    private static MethodHandle handle(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    /** Moves the calling thread into a named network namespace: sockets that it opens from now on are there. */
    static void enterNetwork(String name) throws IOException {
        int fd = open("/run/netns/" + name);
        try {
            check((int) SETNS.invoke(STATE.get(), fd, CLONE_NEWNET), "enter network namespace " + name);
        } catch (Throwable e) {
            throw asIo(e);
        } finally {
            close(fd);
        }
    }

    static int open(String path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return check((int) OPEN.invoke(STATE.get(), arena.allocateFrom(path), O_RDWR | O_CLOEXEC), "open " + path);
        } catch (IOException e) {
            // A namespace's file cannot be opened for writing.
            return openForReading(path);
        } catch (Throwable e) {
            throw asIo(e);
        }
    }

    private static int openForReading(String path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return check((int) OPEN.invoke(STATE.get(), arena.allocateFrom(path), O_CLOEXEC), "open " + path);
        } catch (Throwable e) {
            throw asIo(e);
        }
    }

    static void close(int fd) throws IOException {
        try {
            check((int) CLOSE.invoke(STATE.get(), fd), "close");
        } catch (Throwable e) {
            throw asIo(e);
        }
    }

    /** A packet socket that receives nothing until it is bound. */
    static int packetSocket() throws IOException {
        try {
            return check(
                    (int) SOCKET.invoke(STATE.get(), AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0), "open a packet socket");
        } catch (Throwable e) {
            throw asIo(e);
        }
    }

    /** Binds a packet socket to an interface; protocol 0 is none (for sending), 3 is all. */
    static void bindPacket(int fd, int interfaceIndex, int protocol) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(20);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_PACKET);
            address.set(ValueLayout.JAVA_SHORT, 2, Short.reverseBytes((short) protocol));
            address.set(INT, 4, interfaceIndex);
            check((int) BIND.invoke(STATE.get(), fd, address, 20), "bind a packet socket");
        } catch (Throwable e) {
            throw asIo(e);
        }
    }

    static void setOption(int fd, int level, int name, int value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocateFrom(INT, value);
            check((int) SETSOCKOPT.invoke(STATE.get(), fd, level, name, segment, 4), "set socket option " + name);
        } catch (Throwable e) {
            throw asIo(e);
        }
    }

    static void setPromiscuous(int fd, int interfaceIndex) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment membership = arena.allocate(16);
            membership.set(INT, 0, interfaceIndex);
            membership.set(ValueLayout.JAVA_SHORT, 4, (short) 1);
            check(
                    (int) SETSOCKOPT.invoke(STATE.get(), fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, membership, 16),
                    "make an interface promiscuous");
        } catch (Throwable e) {
            throw asIo(e);
        }
    }

    /** Opens a TUN device without packet information, in the calling thread's namespace. */
    static int tun(String name) throws IOException {
        int fd = open("/dev/net/tun");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(40);
            request.setString(0, name);
            request.set(ValueLayout.JAVA_SHORT, 16, (short) 0x1001); // IFF_TUN | IFF_NO_PI
            check((int) IOCTL.invoke(STATE.get(), fd, TUNSETIFF, request), "make TUN device " + name);
            return fd;
        } catch (Throwable e) {
            close(fd);
            throw asIo(e);
        }
    }

    /** The number of an interface in the calling thread's namespace. */
    static int interfaceIndex(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int index = (int) IF_NAMETOINDEX.invoke(STATE.get(), arena.allocateFrom(name));
            return check(index == 0 ? -1 : index, "find interface " + name);
        } catch (Throwable e) {
            throw asIo(e);
        }
    }

    static void send(int fd, MemorySegment frame, long length) throws IOException {
        try {
            check((long) SEND.invoke(STATE.get(), fd, frame, length, 0), "send a frame");
        } catch (Throwable e) {
            throw asIo(e);
        }
    }

    /** Sends many messages by one call. @return how many were taken; 0 when the queue was full */
    static int sendMany(int fd, MemorySegment messages, int count) throws IOException {
        try {
            int sent = (int) SENDMMSG.invoke(STATE.get(), fd, messages, count, 0);
            if (sent < 0 && (errno() == EAGAIN || errno() == 105)) { // ENOBUFS
                return 0;
            }
            return check(sent, "send frames");
        } catch (Throwable e) {
            throw asIo(e);
        }
    }

    /** @return octets received, or -1 when there is nothing */
    static long receive(int fd, MemorySegment message) throws IOException {
        try {
            long length = (long) RECVMSG.invoke(STATE.get(), fd, message, MSG_DONTWAIT);
            if (length < 0 && (errno() == EAGAIN || errno() == EINTR || errno() == 100)) { // ENETDOWN
                return -1;
            }
            return check(length, "receive a frame");
        } catch (Throwable e) {
            throw asIo(e);
        }
    }

    static long read(int fd, MemorySegment buffer, long length) throws IOException {
        try {
            return check((long) READ.invoke(STATE.get(), fd, buffer, length), "read");
        } catch (Throwable e) {
            throw asIo(e);
        }
    }

    static void write(int fd, MemorySegment buffer, long length) throws IOException {
        try {
            check((long) WRITE.invoke(STATE.get(), fd, buffer, length), "write");
        } catch (Throwable e) {
            throw asIo(e);
        }
    }

    /** Waits until there is something to read. @return false when the time is over */
    static boolean awaitReadable(int fd, int timeoutMillis) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(8);
            poll.set(INT, 0, fd);
            poll.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
            int ready = (int) POLL.invoke(STATE.get(), poll, 1L, timeoutMillis);
            return (ready < 0 && errno() == EINTR ? 0 : check(ready, "poll")) > 0;
        } catch (Throwable e) {
            throw asIo(e);
        }
    }

    /** Sends a signal to one process. */
    public static void signal(long pid, int signal) throws IOException {
        try {
            check((int) KILL.invoke(STATE.get(), Math.toIntExact(pid), signal), "signal process " + pid);
        } catch (Throwable e) {
            throw asIo(e);
        }
    }

    private static int errno() {
        return (int) ERRNO.get(STATE.get(), 0L);
    }

    private static int check(int result, String what) throws IOException {
        return (int) check((long) result, what);
    }

    private static long check(long result, String what) throws IOException {
        if (result < 0) {
            throw new IOException("cannot " + what + ": errno " + errno());
        }
        return result;
    }

    private static IOException asIo(Throwable e) {
        return switch (e) {
            case IOException io -> io;
            case Error error -> throw error;
            case RuntimeException runtime -> throw runtime;
            default -> new IOException(e);
        };
    }
}
