package jp.genkan.core.capture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.frame.Packet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a capture file, classic pcap or pcapng, plain or gzip, where it lies: the file is mapped, and {@link #next} puts a packet over the
 * next frame without copying it.
 *
 * <p>A file that is cut off gives the frames that are whole, and then one {@link #problem}. A file that is no capture at all is refused.
 *
 * <p>Thread rule: one thread. Packets are valid until {@link #close}.
 */
public final class CaptureReader implements AutoCloseable {
    /** What a gzip capture may unpack to: enough for any capture worth replaying, and an end for an archive that unpacks for ever. */
    static final long UNPACKED_MAX = 16L << 30;

    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int MAGIC_LENGTH = 4;

    private final Arena arena;
    private final CaptureFormat format;

    private CaptureReader(Arena arena, CaptureFormat format) {
        this.arena = arena;
        this.format = format;
    }

    /**
     * Opens a capture.
     *
     * @throws CaptureException when the file cannot be read or is no capture
     */
    public static CaptureReader open(Path path) throws CaptureException {
        Arena arena = Arena.ofShared();
        try {
            return new CaptureReader(arena, recognize(path, load(path, arena)));
        } catch (CaptureException | RuntimeException refused) {
            arena.close();
            throw refused;
        }
    }

    private static MemorySegment load(Path path, Arena arena) throws CaptureException {
        try {
            if (!Files.isRegularFile(path) && Files.exists(path)) {
                throw new CaptureException(path, "not a regular file");
            }
            MemorySegment plain = map(path, arena);
            boolean packed = plain.byteSize() >= 2 && (plain.get(Packet.U16, 0) & 0xffff) == GZIP_MAGIC;
            return packed ? unpack(path, arena) : plain;
        } catch (NoSuchFileException none) {
            throw new CaptureException(path, "no such file", none);
        } catch (IOException unreadable) {
            throw new CaptureException(path, "cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static MemorySegment map(Path path, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    /** Unpacks into a file that has no name any more when this returns. */
    private static MemorySegment unpack(Path path, Arena arena) throws IOException, CaptureException {
        Path plain = Files.createTempFile("genkan-capture", ".pcap");
        try {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(path), 1 << 16);
                    OutputStream out = Files.newOutputStream(plain)) {
                copy(path, in, out);
            } catch (ZipException | EOFException broken) {
                throw new CaptureException(path, "the gzip data is broken: " + broken.getMessage(), broken);
            }
            return map(plain, arena);
        } finally {
            Files.deleteIfExists(plain);
        }
    }

    private static void copy(Path path, InputStream in, OutputStream out) throws IOException, CaptureException {
        byte[] buffer = new byte[1 << 16];
        long written = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            written += read;
            if (written > UNPACKED_MAX) {
                throw new CaptureException(path, "the gzip data unpacks to more than " + UNPACKED_MAX + " octets");
            }
            out.write(buffer, 0, read);
        }
    }

    static CaptureFormat recognize(Path path, MemorySegment file) throws CaptureException {
        if (file.byteSize() < MAGIC_LENGTH) {
            throw new CaptureException(path, "too short for a capture: " + file.byteSize() + " octets");
        }
        int magic = file.get(Packet.U32, 0);
        if (magic == PcapngFormat.SECTION) {
            return PcapngFormat.open(path, file);
        }
        if (ClassicFormat.isMagic(magic)) {
            return ClassicFormat.open(path, file);
        }
        throw new CaptureException(
                path, "octet 0: neither pcap nor pcapng: it starts with 0x" + String.format("%08x", magic));
    }

    /**
     * Puts the packet over the next whole frame; nothing is decoded.
     *
     * @return false when there is none: the end, or a {@link #problem}
     */
    public boolean next(Packet packet) {
        return format.next(packet);
    }

    /** What the last frame starts with, before the first call of {@link #next} the first frame; null when there is no decoder for it. */
    public @Nullable LinkType linkType() {
        return LinkType.ofPcap(format.linkNumber);
    }

    /** The number of {@link #linkType} in capture files. */
    public int linkNumber() {
        return format.linkNumber;
    }

    /** True when the file's time stamps are finer than a microsecond. */
    public boolean isNanosecond() {
        return format.isNanosecond();
    }

    /** One line that says where the file is cut off or what was left out; null when it was read whole. */
    public @Nullable String problem() {
        return format.problem;
    }

    /** Whole frames handed out so far. */
    public long framesRead() {
        return format.frames;
    }

    /** Octets of the file, unpacked, that are behind. */
    public long offset() {
        return format.position;
    }

    /** Octets of the file, unpacked. */
    public long size() {
        return format.size;
    }

    @Override
    public void close() {
        arena.close();
    }
}
