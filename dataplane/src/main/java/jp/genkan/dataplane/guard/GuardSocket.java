package jp.genkan.dataplane.guard;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jp.genkan.core.frame.Packet;
import jp.genkan.dataplane.linux.CallState;
import jp.genkan.dataplane.linux.LinuxException;
import jp.genkan.dataplane.linux.Sockets;

/**
 * A packet socket that sends by any interface, and hears what comes in by all of them once it is told to. Until then it costs the kernel nothing.
 *
 * <p>Thread rule: the guard's thread.
 */
final class GuardSocket implements AutoCloseable {
    /** Frames of one sendmmsg. */
    private static final int BATCH = 64;

    /** The largest super-frame, with tags. */
    private static final int RECEIVED_MAX = 66_000;

    /** Memory for frames on their way: both ends of two thousand connections, as the kernel counts. */
    private static final int SEND_BUFFER = 8 << 20;

    /** Memory for frames that wait to be looked at: some milliseconds of a gigabit. */
    private static final int RECEIVE_BUFFER = 4 << 20;

    private static final int SOL_PACKET = 263;
    private static final int PACKET_IGNORE_OUTGOING = 23;
    private static final int ETH_P_ALL = 0x0003;

    /** {@code struct sockaddr_ll}, padded to eight octets; {@code struct iovec}; {@code struct mmsghdr}. */
    private static final int ADDRESS_LENGTH = 20;

    private static final int ADDRESS_ROOM = 24;
    private static final int IOVEC_LENGTH = 16;
    private static final int MESSAGE_LENGTH = 64;

    private final Arena arena = Arena.ofConfined();
    private final CallState state = new CallState();
    private final MemorySegment frames = arena.allocate((long) BATCH * SlotLayout.FRAME_MAX, Long.BYTES);
    private final MemorySegment addresses = arena.allocate((long) BATCH * ADDRESS_ROOM, Long.BYTES);
    private final MemorySegment vectors = arena.allocate((long) BATCH * IOVEC_LENGTH, Long.BYTES);
    private final MemorySegment messages = arena.allocate((long) BATCH * MESSAGE_LENGTH, Long.BYTES);
    private final MemorySegment received = arena.allocate(RECEIVED_MAX, Long.BYTES);
    private final MemorySegment poll = arena.allocate(Sockets.POLLFD_LENGTH, Integer.BYTES);
    private final MemorySegment timespec = arena.allocate(2L * Long.BYTES, Long.BYTES);
    private final int descriptor;
    private int waiting;

    GuardSocket() throws LinuxException {
        descriptor = Sockets.open(Sockets.AF_PACKET, Sockets.SOCK_RAW, 0, "guard: socket(AF_PACKET)");
        option(Sockets.SOL_SOCKET, Sockets.SO_SNDBUFFORCE, SEND_BUFFER, "SO_SNDBUFFORCE");
        option(Sockets.SOL_SOCKET, Sockets.SO_RCVBUFFORCE, RECEIVE_BUFFER, "SO_RCVBUFFORCE");
        option(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1, "PACKET_IGNORE_OUTGOING");
        poll.set(JAVA_INT, 0, descriptor);
        poll.set(JAVA_SHORT, 4, (short) Sockets.POLLIN);
        for (int i = 0; i < BATCH; i++) {
            layOut(i);
        }
    }

    private void option(int level, int option, int value, String what) throws LinuxException {
        Sockets.setOption(descriptor, level, option, value, "guard: setsockopt(" + what + ")");
    }

    private void layOut(int place) {
        long address = (long) place * ADDRESS_ROOM;
        addresses.set(JAVA_SHORT, address, (short) Sockets.AF_PACKET);
        addresses.set(Packet.U16, address + 2, (short) ETH_P_ALL);
        addresses.set(ValueLayout.JAVA_BYTE, address + 11, (byte) 6);
        long vector = (long) place * IOVEC_LENGTH;
        vectors.set(JAVA_LONG, vector, frames.address() + (long) place * SlotLayout.FRAME_MAX);
        long message = (long) place * MESSAGE_LENGTH;
        messages.set(JAVA_LONG, message, addresses.address() + address);
        messages.set(JAVA_INT, message + 8, ADDRESS_LENGTH);
        messages.set(JAVA_LONG, message + 16, vectors.address() + vector);
        messages.set(JAVA_LONG, message + 24, 1);
    }

    // ---- sending

    /** Where the next frame is to be written: {@link #framesAt()} of this. */
    MemorySegment frames() {
        return frames;
    }

    long framesAt() {
        return (long) waiting * SlotLayout.FRAME_MAX;
    }

    /** The frame that was written there leaves by this interface. */
    void add(int length, int interfaceIndex) {
        addresses.set(JAVA_INT, (long) waiting * ADDRESS_ROOM + 4, interfaceIndex);
        vectors.set(JAVA_LONG, (long) waiting * IOVEC_LENGTH + 8, (long) length);
        waiting++;
        if (waiting == BATCH) {
            flush();
        }
    }

    /** Sends what waits. What an interface refuses is lost, as on a wire. */
    void flush() {
        for (int from = 0; from < waiting; ) {
            long vector = messages.address() + (long) from * MESSAGE_LENGTH;
            int taken = Sockets.sendmmsg(state, descriptor, vector, waiting - from, Sockets.MSG_DONTWAIT);
            from += Math.max(taken, 1);
        }
        waiting = 0;
    }

    /** Forgets what waits. */
    void forget() {
        waiting = 0;
    }

    // ---- receiving

    /** From now on it hears what comes in. */
    void listen() throws LinuxException {
        MemorySegment address = arena.allocate(ADDRESS_LENGTH, Integer.BYTES);
        address.set(JAVA_SHORT, 0, (short) Sockets.AF_PACKET);
        address.set(Packet.U16, 2, (short) ETH_P_ALL);
        Sockets.bind(descriptor, address, "guard: bind(AF_PACKET)");
    }

    /** The next frame's length, 0 when none comes within this time; it is at the beginning of {@link #received()}. */
    int receive(long timeoutNanos) {
        int length =
                (int) Sockets.recv(state, descriptor, received.address(), received.byteSize(), Sockets.MSG_DONTWAIT);
        if (length <= 0 && timeoutNanos > 0) {
            timespec.set(JAVA_LONG, 0, timeoutNanos / 1_000_000_000L);
            timespec.set(JAVA_LONG, Long.BYTES, timeoutNanos % 1_000_000_000L);
            Sockets.ppoll(state, poll.address(), 1, timespec.address());
        }
        return Math.max(length, 0);
    }

    MemorySegment received() {
        return received;
    }

    @Override
    public void close() {
        Sockets.close(descriptor);
        arena.close();
    }
}
