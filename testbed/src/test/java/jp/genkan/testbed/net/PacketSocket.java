package jp.genkan.testbed.net;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whole Ethernet frames in and out of one interface of a host, tags included.
 *
 * <p>Thread rule: one thread that receives, any that send.
 */
public final class PacketSocket implements AutoCloseable {
    /** Larger than any frame with jumbo payload and tags. */
    private static final int FRAME_MAX = 70_000;
    /** Room for frames that wait while the test does something else. */
    private static final int RECEIVE_BUFFER = 64 << 20;

    private static final int MESSAGE_HEADER = 56;
    private static final int CONTROL_MAX = 64;
    private static final int AUXDATA_STATUS = 16; // cmsghdr, then tpacket_auxdata
    private static final int AUXDATA_TCI = 32;
    private static final int AUXDATA_TPID = 34;
    private static final int STATUS_VLAN_VALID = 1 << 4;
    private static final int STATUS_VLAN_TPID_VALID = 1 << 6;

    private final Arena arena = Arena.ofShared();
    private final int fd;
    private final MemorySegment message = arena.allocate(MESSAGE_HEADER, 8);
    private final MemorySegment vector = arena.allocate(16, 8);
    private final MemorySegment buffer = arena.allocate(FRAME_MAX, 8);
    private final MemorySegment control = arena.allocate(CONTROL_MAX, 8);

    private PacketSocket(int fd) {
        this.fd = fd;
        vector.set(ValueLayout.ADDRESS, 0, buffer);
        vector.set(ValueLayout.JAVA_LONG, 8, FRAME_MAX);
        message.set(ValueLayout.ADDRESS, 16, vector);
        message.set(ValueLayout.JAVA_LONG, 24, 1);
        message.set(ValueLayout.ADDRESS, 32, control);
    }

    /** Opens the socket; from now on frames that arrive are kept for {@link #receive}. */
    public static PacketSocket open(Namespace namespace, String interfaceName) throws IOException {
        return new PacketSocket(namespace.call(() -> {
            int fd = Linux.packetSocket();
            int index = Linux.interfaceIndex(interfaceName);
            Linux.setOption(fd, Linux.SOL_PACKET, Linux.PACKET_AUXDATA, 1);
            Linux.setOption(fd, Linux.SOL_PACKET, Linux.PACKET_IGNORE_OUTGOING, 1);
            Linux.setOption(fd, Linux.SOL_SOCKET, Linux.SO_RCVBUFFORCE, RECEIVE_BUFFER);
            Linux.setPromiscuous(fd, index);
            Linux.bindPacket(fd, index, 3);
            return fd;
        }));
    }

    /** Sends one frame as it is. */
    public void send(byte[] frame) throws IOException {
        try (Arena call = Arena.ofConfined()) {
            Linux.send(fd, call.allocateFrom(ValueLayout.JAVA_BYTE, frame), frame.length);
        }
    }

    /** Sends one frame from native memory, at the same time as another thread receives. */
    void send(MemorySegment frame, long length) throws IOException {
        Linux.send(fd, frame, length);
    }

    /** The next frame, or null when none comes in time. */
    public byte @Nullable [] receive(Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            message.set(ValueLayout.JAVA_LONG, 40, CONTROL_MAX);
            long length = Linux.receive(fd, message);
            if (length >= 0) {
                return frame((int) length);
            }
            long left = deadline - System.nanoTime();
            if (left <= 0 || !Linux.awaitReadable(fd, (int) (left / 1_000_000) + 1)) {
                return null;
            }
        }
    }

    /** The next frame of this kind, passing over all others, or null when none comes in time. */
    public byte @Nullable [] receive(Duration limit, Predicate<byte[]> wanted) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            byte[] frame = receive(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            if (frame == null || wanted.test(frame)) {
                return frame;
            }
        }
    }

    /** The kernel takes the outer tag out of a frame: puts it back. */
    private byte[] frame(int length) {
        boolean told = message.get(ValueLayout.JAVA_LONG, 40) >= 36;
        int status = told ? control.get(ValueLayout.JAVA_INT, AUXDATA_STATUS) : 0;
        if ((status & STATUS_VLAN_VALID) == 0) {
            return buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        }
        int tci = Short.toUnsignedInt(control.get(ValueLayout.JAVA_SHORT, AUXDATA_TCI));
        int tpid = (status & STATUS_VLAN_TPID_VALID) == 0
                ? 0x8100
                : Short.toUnsignedInt(control.get(ValueLayout.JAVA_SHORT, AUXDATA_TPID));
        byte[] frame = new byte[length + 4];
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, frame, 0, 12);
        frame[12] = (byte) (tpid >> 8);
        frame[13] = (byte) tpid;
        frame[14] = (byte) (tci >> 8);
        frame[15] = (byte) tci;
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 12, frame, 16, length - 12);
        return frame;
    }

    @Override
    public void close() throws IOException {
        Linux.close(fd);
        arena.close();
    }
}
