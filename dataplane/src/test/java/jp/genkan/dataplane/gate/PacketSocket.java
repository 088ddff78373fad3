package jp.genkan.dataplane.gate;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import jp.genkan.dataplane.linux.CallState;
import jp.genkan.dataplane.linux.Errno;
import jp.genkan.dataplane.linux.LinuxException;
import jp.genkan.dataplane.linux.Native;

/** A plain packet socket, for tests: whole Ethernet frames, without offloads. */
public final class PacketSocket implements AutoCloseable {
    private static final MethodHandle SOCKET =
            Native.function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND =
            Native.function("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SETSOCKOPT = Native.function(
            "setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SEND =
            Native.function("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECV =
            Native.function("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CLOSE = Native.function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private static final int AF_PACKET = 17;
    private static final int SOL_PACKET = 263;
    private static final int FRAME_MAX = 70_000;

    private final Arena arena = Arena.ofShared();
    private final CallState state = new CallState();
    private final MemorySegment buffer = arena.allocate(FRAME_MAX, 8);
    private final int fd;

    /** Not bound: options first. */
    PacketSocket() throws IOException {
        try {
            fd = check("socket", (int) SOCKET.invokeExact(state.segment(), AF_PACKET, 3, 0));
        } catch (IOException | Error e) {
            throw e;
        } catch (Throwable cause) {
            throw Native.unexpected(cause);
        }
        option(1, 33, 64 << 20); // SO_RCVBUFFORCE
        option(1, 32, 64 << 20); // SO_SNDBUFFORCE
        try (Arena temporary = Arena.ofConfined()) {
            MemorySegment timeout = temporary.allocate(16, 8);
            timeout.set(JAVA_LONG, 8, 20_000); // 20 ms
            option(1, 20, timeout);
        }
        option(SOL_PACKET, 23, 1); // PACKET_IGNORE_OUTGOING
    }

    /** Everything that an interface of this thread's namespace receives. */
    public static PacketSocket on(String name) throws IOException {
        PacketSocket socket = new PacketSocket();
        socket.bind(GateAttachments.ifindex(name), 3);
        return socket;
    }

    /** For sending only. */
    public static PacketSocket to(String name) throws IOException {
        PacketSocket socket = new PacketSocket();
        socket.bind(GateAttachments.ifindex(name), 0);
        return socket;
    }

    /** Takes what a ring filter of the gate takes. */
    public static PacketSocket filtered(String name, int filter) throws IOException {
        PacketSocket socket = new PacketSocket();
        socket.option(1, 50, filter); // SO_ATTACH_BPF
        socket.bind(GateAttachments.ifindex(name), 3);
        return socket;
    }

    void bind(int ifindex, int protocol) throws IOException {
        try (Arena temporary = Arena.ofConfined()) {
            MemorySegment address = temporary.allocate(20, 4);
            address.set(JAVA_SHORT, 0, (short) AF_PACKET);
            address.set(JAVA_SHORT, 2, Short.reverseBytes((short) protocol));
            address.set(JAVA_INT, 4, ifindex);
            check("bind", (int) BIND.invokeExact(state.segment(), fd, address.address(), 20));
            if (protocol != 0) {
                MemorySegment membership = temporary.allocate(16, 4);
                membership.set(JAVA_INT, 0, ifindex);
                membership.set(JAVA_SHORT, 4, (short) 1); // promiscuous
                option(SOL_PACKET, 1, membership);
            }
        } catch (IOException | Error e) {
            throw e;
        } catch (Throwable cause) {
            throw Native.unexpected(cause);
        }
    }

    /** Binds, and joins a fanout group of its own. */
    void bindAlone(String name, int selector) throws IOException {
        bind(GateAttachments.ifindex(name), 3);
        joinFanout(78, selector);
    }

    /** Joins a fanout group that is ruled by a program. */
    public void joinFanout(int group, int selector) throws IOException {
        option(SOL_PACKET, 18, group | (7 | 0x4000) << 16); // PACKET_FANOUT_EBPF, IGNORE_OUTGOING
        option(SOL_PACKET, 22, selector); // PACKET_FANOUT_DATA
    }

    void option(int level, int name, int value) throws IOException {
        try (Arena temporary = Arena.ofConfined()) {
            option(level, name, temporary.allocateFrom(JAVA_INT, value));
        }
    }

    private void option(int level, int name, MemorySegment value) throws IOException {
        try {
            check("setsockopt " + name, (int)
                    SETSOCKOPT.invokeExact(state.segment(), fd, level, name, value.address(), (int) value.byteSize()));
        } catch (IOException | Error e) {
            throw e;
        } catch (Throwable cause) {
            throw Native.unexpected(cause);
        }
    }

    /** Sends a frame; waits while there is no room. */
    void send(byte[] frame) throws IOException {
        MemorySegment.copy(frame, 0, buffer, ValueLayout.JAVA_BYTE, 0, frame.length);
        send(frame.length);
    }

    /** Sends the first octets of {@link #buffer}. */
    public void send(int length) throws IOException {
        try {
            check("send", (int) (long) SEND.invokeExact(state.segment(), fd, buffer.address(), (long) length, 0));
        } catch (IOException | Error e) {
            throw e;
        } catch (Throwable cause) {
            throw Native.unexpected(cause);
        }
    }

    /** Puts the next frame into {@link #buffer}; its length, or 0 when none came for 20 ms. */
    public int receive() throws IOException {
        return receive(0);
    }

    /** The same without waiting. */
    int receiveNow() throws IOException {
        return receive(0x40); // MSG_DONTWAIT
    }

    private int receive(int flags) throws IOException {
        try {
            int length = (int) (long) RECV.invokeExact(state.segment(), fd, buffer.address(), (long) FRAME_MAX, flags);
            if (length < 0 && (state.errno() == Errno.EAGAIN || state.errno() == Errno.EINTR)) {
                return 0;
            }
            return check("recv", length);
        } catch (IOException | Error e) {
            throw e;
        } catch (Throwable cause) {
            throw Native.unexpected(cause);
        }
    }

    /** Whether a frame comes within half a second. */
    boolean receivesOne() throws IOException {
        for (int i = 0; i < 25; i++) {
            if (receive() > 0) {
                return true;
            }
        }
        return false;
    }

    /** Takes all frames that are there. */
    int drain() throws IOException {
        int frames = 0;
        while (receive() > 0) {
            frames++;
        }
        return frames;
    }

    public MemorySegment buffer() {
        return buffer;
    }

    static void closeDescriptor(int fd) {
        try {
            int ignored = (int) CLOSE.invokeExact(new CallState().segment(), fd);
        } catch (Throwable cause) {
            throw Native.unexpected(cause);
        }
    }

    private int check(String what, int result) throws LinuxException {
        if (result < 0) {
            throw new LinuxException(what, state.errno());
        }
        return result;
    }

    @Override
    public void close() {
        closeDescriptor(fd);
    }
}
