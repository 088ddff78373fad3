package jp.genkan.testbed.net;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Sends many small frames fast: up to {@link #FRAMES} by one system call.
 *
 * <p>Thread rule: one thread.
 */
public final class PacketBatch implements AutoCloseable {
    /** Frames of a full batch. */
    public static final int FRAMES = 64;

    private static final int FRAME_MAX = 256;
    private static final int MESSAGE = 64;
    private static final int VECTOR = 16;
    private static final int SO_SNDBUFFORCE = 32;

    private final Arena arena = Arena.ofShared();
    private final int fd;
    private final MemorySegment frames = arena.allocate((long) FRAMES * FRAME_MAX, 64);
    private final MemorySegment vectors = arena.allocate((long) FRAMES * VECTOR, 8);
    private final MemorySegment messages = arena.allocate((long) FRAMES * MESSAGE, 8);
    private int count;

    /** Opens the way out of an interface. */
    public PacketBatch(Namespace namespace, String interfaceName) throws IOException {
        fd = namespace.call(() -> {
            int made = Linux.packetSocket();
            Linux.setOption(made, Linux.SOL_SOCKET, SO_SNDBUFFORCE, 16 << 20);
            Linux.bindPacket(made, Linux.interfaceIndex(interfaceName), 0);
            return made;
        });
        for (int i = 0; i < FRAMES; i++) {
            vectors.set(ValueLayout.ADDRESS, (long) i * VECTOR, frames.asSlice((long) i * FRAME_MAX, FRAME_MAX));
            MemorySegment message = messages.asSlice((long) i * MESSAGE, MESSAGE);
            message.set(ValueLayout.ADDRESS, 16, vectors.asSlice((long) i * VECTOR, VECTOR));
            message.set(ValueLayout.JAVA_LONG, 24, 1);
        }
    }

    /** Adds a copy of a frame, and sends the batch when it is full. */
    public void add(byte[] frame) throws IOException {
        MemorySegment.copy(frame, 0, frames, ValueLayout.JAVA_BYTE, (long) count * FRAME_MAX, frame.length);
        vectors.set(ValueLayout.JAVA_LONG, (long) count * VECTOR + 8, frame.length);
        if (++count == FRAMES) {
            flush();
        }
    }

    /** Sends what was added, all of it. */
    public void flush() throws IOException {
        int sent = 0;
        while (sent < count) {
            sent += Linux.sendMany(fd, messages.asSlice((long) sent * MESSAGE), count - sent);
        }
        count = 0;
    }

    @Override
    public void close() throws IOException {
        Linux.close(fd);
        arena.close();
    }
}
