package jp.genkan.core.capture;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jp.genkan.core.frame.Packet;

/**
 * Writes a classic pcap file, little-endian, through a buffer.
 *
 * <p>Thread rule: one thread. Nothing is allocated per frame that fits in the buffer.
 */
public final class CaptureWriter implements AutoCloseable {
    private static final int HEADER_LENGTH = 24;
    private static final int RECORD_LENGTH = 16;
    private static final short VERSION_MAJOR = 2;
    private static final short VERSION_MINOR = 4;
    private static final long NANOS_A_SECOND = 1_000_000_000L;

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Holds a few super-frames, so that a write call carries about as much as pays. */
    private static final int BUFFER_LENGTH = 256 << 10;

    private final FileChannel channel;
    private final Arena arena;
    private final MemorySegment buffer;
    private final ByteBuffer window;
    private final TimeResolution resolution;
    private int filled;
    private long frames;

    /** A new file with stamps in microseconds; one that exists is overwritten. */
    public CaptureWriter(Path path, int linkNumber, int snapLength) throws IOException {
        this(path, linkNumber, snapLength, TimeResolution.MICROSECONDS);
    }

    /**
     * A new file; one that exists is overwritten.
     *
     * @param linkNumber link-layer header type as in capture files
     * @param snapLength what the file's header says; frames are never cut off by it
     * @throws IOException when the file cannot be created
     */
    public CaptureWriter(Path path, int linkNumber, int snapLength, TimeResolution resolution) throws IOException {
        this.resolution = resolution;
        this.channel = FileChannel.open(
                path, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        arena = Arena.ofShared();
        buffer = arena.allocate(BUFFER_LENGTH, 8);
        window = buffer.asByteBuffer();
        buffer.set(U32, 0, resolution.magic);
        buffer.set(U16, 4, VERSION_MAJOR);
        buffer.set(U16, 6, VERSION_MINOR);
        buffer.set(U32, 8, 0); // zone
        buffer.set(U32, 12, 0); // accuracy
        buffer.set(U32, 16, snapLength);
        buffer.set(U32, 20, linkNumber);
        filled = HEADER_LENGTH;
    }

    /** Writes the frame of a packet. */
    public void write(Packet packet) throws IOException {
        write(packet.epochNanos, packet.segment(), packet.frameOffset, packet.frameLength, packet.wireLength);
    }

    /**
     * Writes a frame.
     *
     * @param epochNanos when it was seen, from 1970 to 2106
     * @param length octets that are here
     * @param wireLength octets that it had on the wire
     */
    public void write(long epochNanos, MemorySegment bytes, long offset, int length, int wireLength)
            throws IOException {
        if (BUFFER_LENGTH - filled < RECORD_LENGTH + length) {
            flush();
        }
        buffer.set(U32, filled, (int) Math.floorDiv(epochNanos, NANOS_A_SECOND));
        buffer.set(U32, filled + 4, (int) Math.floorMod(epochNanos, NANOS_A_SECOND) / resolution.nanosPerTick);
        buffer.set(U32, filled + 8, length);
        buffer.set(U32, filled + 12, wireLength);
        filled += RECORD_LENGTH;
        copy(bytes, offset, length);
        frames++;
    }

    private void copy(MemorySegment bytes, long offset, int length) throws IOException {
        long at = offset;
        int rest = length;
        while (rest > 0) {
            int part = Math.min(rest, BUFFER_LENGTH - filled);
            MemorySegment.copy(bytes, at, buffer, filled, part);
            filled += part;
            at += part;
            rest -= part;
            if (rest > 0) {
                flush();
            }
        }
    }

    /** Frames written so far. */
    public long frames() {
        return frames;
    }

    /** Hands everything that is buffered to the operating system. */
    public void flush() throws IOException {
        window.clear().limit(filled);
        while (window.hasRemaining()) {
            channel.write(window);
        }
        filled = 0;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            flush();
        } finally {
            arena.close();
        }
    }
}
