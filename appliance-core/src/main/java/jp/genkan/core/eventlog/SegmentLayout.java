package jp.genkan.core.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Segments as {@link SegmentFormat} describes them. */
final class SegmentLayout implements Layout {
    /**
     * How far numbers leap at a start after an unclean end. Events that a power cut took may have been seen by a follower; more of them than
     * this cannot lie between two confirmations of the disk, so no number is ever given twice.
     */
    static final long LEAP = 1 << 20;

    private static final byte[] NO_PAYLOAD = {};

    private final Path folder;
    private final long bytesMax;
    private final int kept;
    private final LongSupplier epochNanos;
    private final CRC32C crc = new CRC32C();
    private @Nullable Path active;

    SegmentLayout(Path folder, long bytesMax, int kept, LongSupplier epochNanos) {
        this.folder = folder.toAbsolutePath();
        this.bytesMax = bytesMax;
        this.kept = kept;
        this.epochNanos = epochNanos;
    }

    /**
     * What the last run has left.
     *
     * @param whole octets of the file that are whole
     * @param rest octets behind them
     * @param clean true when it ends with the end mark
     */
    private record Left(Path file, long whole, long rest, long lastSequence, boolean clean) {
        /** A number that was certainly not given yet. */
        long nextSequence() {
            return lastSequence + (clean ? 1 : LEAP + rest / SegmentFormat.RECORD_HEADER_LENGTH);
        }
    }

    /**
     * Looks at what the last run has left, and chooses the segment to go on with.
     *
     * @return the number of the next event
     */
    long recover() throws IOException {
        List<Path> files = SegmentFormat.list(folder);
        if (files.isEmpty()) {
            return 1;
        }
        Left left = walk(files.getLast());
        if (left.whole() > 0) {
            active = left.file();
        } else if (left.rest() < SegmentFormat.HEADER_LENGTH) {
            Files.delete(
                    left.file()); // cut off at its creation; one that is damaged is left as it is, and a new one begun
        }
        return left.nextSequence();
    }

    private static Left walk(Path file) throws IOException {
        try (SegmentCursor cursor = new SegmentCursor(file)) {
            long last = SegmentFormat.firstSequence(file) - 1;
            SegmentCursor.Found found = cursor.next();
            while (found == SegmentCursor.Found.RECORD) {
                last = cursor.sequence();
                found = cursor.next();
            }
            boolean clean = found == SegmentCursor.Found.END_MARK;
            long whole = cursor.position();
            long rest = Files.size(file) - whole;
            return new Left(file, whole, rest, clean ? Math.max(last, cursor.sequence()) : last, clean);
        }
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public Opened open(long firstSequence) throws IOException {
        Files.createDirectories(folder);
        Path file = active;
        if (file != null && Files.exists(file)) {
            Left left = walk(file);
            if (left.whole() > 0) {
                return open(file, left.whole());
            }
        }
        Path made = SegmentFormat.file(folder, firstSequence);
        Opened opened = open(made, 0);
        try {
            ByteBuffer header = ByteBuffer.allocate(SegmentFormat.HEADER_LENGTH);
            SegmentFormat.putHeader(header, firstSequence, epochNanos.getAsLong());
            header.flip();
            while (header.hasRemaining()) {
                opened.channel().write(header);
            }
        } catch (IOException failed) {
            opened.channel().close();
            Files.deleteIfExists(made);
            throw failed;
        }
        active = made;
        return new Opened(made, opened.channel(), SegmentFormat.HEADER_LENGTH);
    }

    private static Opened open(Path file, long length) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.truncate(length);
            channel.position(length);
            return new Opened(file, channel, length);
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    @Override
    public void encode(ByteBuffer to, long time, long sequence, byte[] line, int lineLength) {
        SegmentFormat.putRecord(to, time, sequence, line, lineLength - 1, crc); // without the line feed
    }

    @Override
    public int overhead() {
        return SegmentFormat.RECORD_HEADER_LENGTH;
    }

    @Override
    public long bytesMax() {
        return bytesMax;
    }

    @Override
    public void encodeEnd(ByteBuffer to, long lastSequence) {
        SegmentFormat.putRecord(to, epochNanos.getAsLong(), lastSequence, NO_PAYLOAD, 0, crc);
    }

    @Override
    public void rotate(Path closed) throws IOException {
        active = null;
        List<Path> files = SegmentFormat.list(folder);
        for (int i = 0; i <= files.size() - kept; i++) { // one less than may be kept: a new one is about to begin
            Files.deleteIfExists(files.get(i));
        }
    }

    @Override
    public List<Path> old() throws IOException {
        return SegmentFormat.list(folder).stream()
                .filter(file -> !file.equals(active))
                .toList();
    }
}
