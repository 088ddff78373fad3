package jp.genkan.core.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Walks over the records of one segment and verifies each. Where no whole record stands it stays, and can be asked again later.
 *
 * <p>Thread rule: one owner.
 */
final class SegmentCursor implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final CRC32C crc = new CRC32C();
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private long position;
    private int recordLength;
    private boolean headerSeen;
    private long sequence;
    private long epochNanos;

    /** What stands at the cursor. */
    enum Found {
        /** A record, which can be asked for now. */
        RECORD,
        /** The end mark of a clean stop. */
        END_MARK,
        /** The end of the file. */
        NOTHING,
        /** Something that is no whole record: a write that is under way, was cut off, or is damaged. */
        NO_RECORD
    }

    SegmentCursor(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    Path file() {
        return file;
    }

    /** Where the next record begins, or would begin: everything before is whole. 0 while the header is not. */
    long position() {
        return position;
    }

    /** Moves on to the next record. */
    Found next() throws IOException {
        if (!headerSeen) {
            if (!fill(SegmentFormat.HEADER_LENGTH) || !SegmentFormat.isHeader(buffer)) {
                return forget(Found.NO_RECORD);
            }
            headerSeen = true;
            skip(SegmentFormat.HEADER_LENGTH);
        }
        if (!fill(SegmentFormat.RECORD_HEADER_LENGTH)) {
            return forget(buffer.hasRemaining() ? Found.NO_RECORD : Found.NOTHING);
        }
        int length = buffer.getInt(buffer.position());
        if (length < 0
                || length > SegmentFormat.PAYLOAD_BYTES_MAX
                || !fill(SegmentFormat.RECORD_HEADER_LENGTH + length)) {
            return forget(Found.NO_RECORD);
        }
        int start = buffer.position();
        boolean whole = SegmentFormat.recordChecksum(buffer, start, length, crc) == buffer.getInt(start + 4);
        if (!whole || !SegmentFormat.isSequence(buffer.getLong(start + 16))) {
            return forget(Found.NO_RECORD);
        }
        readSequence(start);
        if (length == 0) {
            return forget(Found.END_MARK);
        }
        recordLength = length;
        skip(SegmentFormat.RECORD_HEADER_LENGTH + length);
        return Found.RECORD;
    }

    private void readSequence(int start) {
        epochNanos = buffer.getLong(start + 8);
        sequence = buffer.getLong(start + 16);
    }

    long sequence() {
        return sequence;
    }

    long epochNanos() {
        return epochNanos;
    }

    /** A copy of the payload of the last record. */
    byte[] payload() {
        byte[] copy = new byte[recordLength];
        buffer.get(buffer.position() - recordLength, copy);
        return copy;
    }

    /** What was read ahead may change while it is not a whole record. */
    private Found forget(Found found) {
        buffer.limit(0);
        return found;
    }

    private void skip(int count) {
        buffer.position(buffer.position() + count);
        position += count;
    }

    /** Reads until so many octets from the position on are in the buffer; false at the end of the file. */
    private boolean fill(int count) throws IOException {
        if (buffer.remaining() >= count) {
            return true;
        }
        int here = buffer.remaining();
        if (buffer.capacity() < count) {
            buffer = ByteBuffer.allocate(Math.max(count, 2 * buffer.capacity())).put(buffer);
        } else {
            buffer.compact();
        }
        long from = position + here;
        while (buffer.position() < count) {
            int read = channel.read(buffer, from);
            if (read < 0) {
                break;
            }
            from += read;
        }
        buffer.flip();
        return buffer.remaining() >= count;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
