package jp.genkan.core.capture;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import jp.genkan.core.frame.Packet;

/**
 * The classic format of tcpdump (draft-ietf-opsawg-pcap): a header of 24 octets, then a record header and the octets of each frame.
 *
 * <pre>
 * file:    magic · version · zone · accuracy · snap length · link type
 * record:  seconds · micro- or nanoseconds · captured length · original length [· interface, protocol, type: Kuznetzov's patch]
 * </pre>
 */
final class ClassicFormat extends CaptureFormat {
    private static final int HEADER_LENGTH = 24;
    private static final int LINK_TYPE = 20;
    private static final int LINK_TYPE_MASK = 0xffff; // above it: length of the frame check sequence
    private static final int RECORD_LENGTH = 16;
    private static final int KUZNETZOV_RECORD_LENGTH = 24;

    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int KUZNETZOV = 0xa1b2cd34;

    private final int nanosPerTick;
    private final int recordLength;

    private ClassicFormat(MemorySegment file, int magic, ByteOrder order) {
        super(file);
        order(order);
        nanosPerTick = magic == NANOSECONDS ? 1 : 1000;
        recordLength = magic == KUZNETZOV ? KUZNETZOV_RECORD_LENGTH : RECORD_LENGTH;
        linkNumber = i32(LINK_TYPE) & LINK_TYPE_MASK;
        position = HEADER_LENGTH;
    }

    static boolean isMagic(int bigEndian) {
        return isKnown(bigEndian) || isKnown(Integer.reverseBytes(bigEndian));
    }

    private static boolean isKnown(int magic) {
        return magic == MICROSECONDS || magic == NANOSECONDS || magic == KUZNETZOV;
    }

    static ClassicFormat open(Path path, MemorySegment file) throws CaptureException {
        if (file.byteSize() < HEADER_LENGTH) {
            throw new CaptureException(
                    path, "octet " + file.byteSize() + ": the capture is cut off inside its header of 24 octets");
        }
        int magic = file.get(Packet.U32, 0);
        return isKnown(magic)
                ? new ClassicFormat(file, magic, ByteOrder.BIG_ENDIAN)
                : new ClassicFormat(file, Integer.reverseBytes(magic), ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    boolean isNanosecond() {
        return nanosPerTick == 1;
    }

    @Override
    boolean next(Packet packet) {
        long at = position;
        if (size - at < recordLength) {
            if (size > at) {
                problem(at, "the file is cut off inside a record header");
                position = size;
            }
            return false;
        }
        long captured = u32(at + 8);
        long start = at + recordLength;
        if (captured > FRAME_MAX) {
            problem(at, "a frame claims " + captured + " octets, more than the " + FRAME_MAX + " that are believed");
            position = size;
            return false;
        }
        if (captured > size - start) {
            problem(at, "the file is cut off inside a frame of " + captured + " octets");
            position = size;
            return false;
        }
        position = start + captured;
        long epochNanos = u32(at) * NANOS_A_SECOND + u32(at + 4) * nanosPerTick;
        found(packet, start, (int) captured, u32(at + 12), epochNanos);
        return true;
    }
}
