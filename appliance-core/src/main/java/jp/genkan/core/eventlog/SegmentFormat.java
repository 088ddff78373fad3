package jp.genkan.core.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import jp.genkan.core.event.EveWriter;

/**
 * Layout of a segment: a header, then records, each whole or not there. Numbers are in network order; checksums are CRC-32C (RFC 3720
 * appendix B.4).
 *
 * <pre>
 *  header   0  magic "GENKANEV"            record   0  length of the payload, 0 for the end mark
 *           8  version, 32 bits                     4  checksum over the length, and all from octet 8 on
 *          12  length of the header                 8  time, nanoseconds since 1970
 *          16  sequence number of the              16  sequence number
 *              first record at the least           24  payload: the event's JSON, without a line feed
 *          24  time of creation
 *          32  checksum over octets 0 to 31
 *          36  zero
 * </pre>
 *
 * Sequence numbers rise; a number that is missing is an event that could not be written. The end mark is written on a clean stop and
 * overwritten by the next start, which finds by it that no record can be missing at the end.
 */
final class SegmentFormat {
    static final long MAGIC = 0x4745_4e4b_414e_4556L;
    static final int VERSION = 1;
    static final int HEADER_LENGTH = 40;
    static final int RECORD_HEADER_LENGTH = 24;

    /** Longest payload: an event's line. A longer length is damage. */
    static final int PAYLOAD_BYTES_MAX = EveWriter.LINE_BYTES_MAX;

    private static final int HEADER_CHECKSUM_OFFSET = 32;
    private static final int RECORD_CHECKSUM_OFFSET = 4;
    private static final int RECORD_TIME_OFFSET = 8;
    /** Numbers end here, so that no arithmetic on them overflows; a million events a second reach it in 146,000 years. */
    private static final long SEQUENCE_MAX = 1L << 62;

    private static final String PREFIX = "events-";
    private static final String SUFFIX = ".seg";
    private static final int NUMBER_DIGITS = 19;

    private SegmentFormat() {}

    /** The segment's file: its name sorts by sequence number. */
    static Path file(Path folder, long firstSequence) {
        return folder.resolve(PREFIX + "%019d".formatted(firstSequence) + SUFFIX);
    }

    /** The sequence number in a segment's name. */
    static long firstSequence(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    }

    /** True for a number that an event may have. */
    static boolean isSequence(long number) {
        return number >= 0 && number < SEQUENCE_MAX;
    }

    /** All segments of a folder, oldest first; none when there is no folder. */
    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(SegmentFormat::isSegment).sorted().toList();
        } catch (NoSuchFileException missing) {
            return List.of();
        }
    }

    private static boolean isSegment(Path file) {
        String name = file.getFileName().toString();
        return name.length() == PREFIX.length() + NUMBER_DIGITS + SUFFIX.length()
                && name.startsWith(PREFIX)
                && name.endsWith(SUFFIX)
                && name.chars().skip(PREFIX.length()).limit(NUMBER_DIGITS).allMatch(c -> c >= '0' && c <= '9');
    }

    static void putHeader(ByteBuffer to, long firstSequence, long epochNanos) {
        int start = to.position();
        to.putLong(MAGIC)
                .putInt(VERSION)
                .putInt(HEADER_LENGTH)
                .putLong(firstSequence)
                .putLong(epochNanos);
        to.putInt(checksum(to, start, HEADER_CHECKSUM_OFFSET, new CRC32C())).putInt(0);
    }

    /** True when a whole header of this version stands at the position. */
    static boolean isHeader(ByteBuffer from) {
        int start = from.position();
        return from.remaining() >= HEADER_LENGTH
                && from.getLong(start) == MAGIC
                && from.getInt(start + 8) == VERSION
                && from.getInt(start + 12) == HEADER_LENGTH
                && from.getInt(start + HEADER_CHECKSUM_OFFSET)
                        == checksum(from, start, HEADER_CHECKSUM_OFFSET, new CRC32C());
    }

    static void putRecord(ByteBuffer to, long epochNanos, long sequence, byte[] payload, int length, CRC32C crc) {
        int start = to.position();
        to.putInt(length).putInt(0).putLong(epochNanos).putLong(sequence).put(payload, 0, length);
        to.putInt(start + RECORD_CHECKSUM_OFFSET, recordChecksum(to, start, length, crc));
    }

    /** Checksum of the record at a place, whose octets must all be there. */
    static int recordChecksum(ByteBuffer bytes, int start, int length, CRC32C crc) {
        crc.reset();
        crc.update(bytes.duplicate().limit(start + RECORD_CHECKSUM_OFFSET).position(start));
        int end = start + RECORD_HEADER_LENGTH + length;
        crc.update(bytes.duplicate().limit(end).position(start + RECORD_TIME_OFFSET));
        return (int) crc.getValue();
    }

    private static int checksum(ByteBuffer bytes, int start, int length, CRC32C crc) {
        crc.update(bytes.duplicate().limit(start + length).position(start));
        return (int) crc.getValue();
    }
}
