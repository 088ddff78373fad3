package jp.genkan.core.capture;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.frame.Packet;

/**
 * pcapng (draft-ietf-opsawg-pcapng): sections of blocks, each with its type and its length at the start and its length again at the end.
 * Section header, interface description, enhanced, simple and the obsolete packet block are read, all others passed over.
 */
final class PcapngFormat extends CaptureFormat {
    /** The type of a section header block, the same in both byte orders. */
    static final int SECTION = 0x0a0d0d0a;

    private static final int INTERFACE = 1;
    private static final int OLD_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;

    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int BLOCK_SMALLEST = 12;
    private static final int BODY = 8;
    private static final int TRAILER = 4;
    private static final int PACKET_FIXED = 20;
    private static final int INTERFACE_FIXED = 8;

    private static final int OPTION_END = 0;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_OFFSET = 14;

    /** Most interfaces of a section: each takes a little memory, and a file may hold millions of blocks that describe one. */
    private static final int INTERFACES_MAX = 65_536;

    private final List<Interface> interfaces = new ArrayList<>();
    private boolean nanosecond;

    private PcapngFormat(MemorySegment file) {
        super(file);
    }

    static PcapngFormat open(Path path, MemorySegment file) throws CaptureException {
        if (file.byteSize() < BLOCK_SMALLEST) {
            throw new CaptureException(
                    path, "octet " + file.byteSize() + ": the capture is cut off inside its first section header");
        }
        int order = file.get(Packet.U32, BODY);
        if (order != BYTE_ORDER_MAGIC && Integer.reverseBytes(order) != BYTE_ORDER_MAGIC) {
            throw new CaptureException(
                    path, "octet 8: the section header's byte-order magic is 0x" + Integer.toHexString(order));
        }
        PcapngFormat opened = new PcapngFormat(file);
        opened.readAhead();
        return opened;
    }

    /** Reads the blocks up to the first frame, so that its link type and resolution are known before it is asked for. */
    private void readAhead() {
        while (hasBlock() && !isFrame(i32(position))) {
            takeBlock(i32(position), position, position + u32(position + 4));
            position += u32(position + 4);
        }
        if (!interfaces.isEmpty()) {
            linkNumber = interfaces.getFirst().linkNumber;
        }
    }

    @Override
    boolean isNanosecond() {
        return nanosecond;
    }

    @Override
    boolean next(Packet packet) {
        while (hasBlock()) {
            long at = position;
            long end = at + u32(at + 4);
            int type = i32(at);
            position = end;
            if (!isFrame(type)) {
                takeBlock(type, at, end);
            } else if (takeFrame(packet, type, at, end - TRAILER)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFrame(int type) {
        return type == ENHANCED_PACKET || type == SIMPLE_PACKET || type == OLD_PACKET;
    }

    /** True when a whole block starts at the position; sets the byte order when it begins a section. */
    private boolean hasBlock() {
        long at = position;
        if (size - at < BLOCK_SMALLEST) {
            if (size > at) {
                problem(at, "the file is cut off inside a block header");
                position = size;
            }
            return false;
        }
        if (file.get(Packet.U32, at) == SECTION) {
            boolean little = Integer.reverseBytes(file.get(Packet.U32, at + BODY)) == BYTE_ORDER_MAGIC;
            order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        }
        long length = u32(at + 4);
        if (length < BLOCK_SMALLEST || (length & 3) != 0) {
            problem(at, "a block of " + length + " octets, which is not a length that a block can have");
            position = size;
            return false;
        }
        if (length > size - at) {
            problem(at, "the file is cut off inside a block of " + length + " octets");
            position = size;
            return false;
        }
        return true;
    }

    private void takeBlock(int type, long at, long end) {
        if (type == SECTION) {
            interfaces.clear();
        } else if (type == INTERFACE) {
            takeInterface(at, end - TRAILER);
        }
    }

    private void takeInterface(long at, long end) {
        long body = at + BODY;
        if (end - body < INTERFACE_FIXED || interfaces.size() == INTERFACES_MAX) {
            problem(at, "an interface description that is cut off, or one too many");
            return;
        }
        Interface made = new Interface(u16(body), u32(body + 4));
        long option = body + INTERFACE_FIXED;
        while (end - option >= 4 && u16(option) != OPTION_END) {
            int code = u16(option);
            int length = u16(option + 2);
            long value = option + 4;
            if (length > end - value) {
                break;
            }
            if (code == OPTION_RESOLUTION && length == 1) {
                made.resolution = u8(value);
            } else if (code == OPTION_OFFSET && length == 8) {
                made.offsetSeconds = seconds(value);
            }
            option = value + (length + 3 & ~3);
        }
        nanosecond |= made.isFinerThanMicroseconds();
        interfaces.add(made);
    }

    /** A 64-bit option value in the section's byte order. */
    private long seconds(long at) {
        return isLittleEndian() ? u32(at + 4) << 32 | u32(at) : u32(at) << 32 | u32(at + 4);
    }

    private boolean takeFrame(Packet packet, int type, long at, long end) {
        return type == SIMPLE_PACKET ? takeSimple(packet, at, end) : takeStamped(packet, type, at, end);
    }

    private boolean takeSimple(Packet packet, long at, long end) {
        long start = at + BODY + 4;
        if (interfaces.isEmpty() || end < start) {
            problem(at, "a packet block without an interface, or cut off; left out");
            return false;
        }
        Interface from = interfaces.getFirst();
        long length = u32(at + BODY);
        long captured = Math.min(Math.min(length, from.snapLength == 0 ? length : from.snapLength), end - start);
        linkNumber = from.linkNumber;
        found(packet, start, (int) Math.min(captured, Integer.MAX_VALUE), length, 0);
        return true;
    }

    private boolean takeStamped(Packet packet, int type, long at, long end) {
        long body = at + BODY;
        if (end - body < PACKET_FIXED) {
            problem(at, "a packet block that is cut off; left out");
            return false;
        }
        long number = type == ENHANCED_PACKET ? u32(body) : u16(body);
        if (number >= interfaces.size()) {
            problem(at, "a packet block of interface " + number + ", which is not described; left out");
            return false;
        }
        long captured = u32(body + 12);
        long start = body + PACKET_FIXED;
        if (captured > end - start || captured > Integer.MAX_VALUE) {
            problem(at, "a frame of " + captured + " octets in a smaller block; left out");
            return false;
        }
        Interface from = interfaces.get((int) number);
        linkNumber = from.linkNumber;
        long ticks = u32(body + 4) << 32 | u32(body + 8);
        found(packet, start, (int) captured, u32(body + 16), from.epochNanos(ticks));
        return true;
    }

    /** What an interface description block says. */
    private static final class Interface {
        private static final int BINARY = 0x80;
        private static final int MICROSECONDS = 6;
        private static final int NANOSECONDS = 9;

        final int linkNumber;
        final long snapLength;
        /** A negative power of ten, or with {@link #BINARY} of two. */
        int resolution = MICROSECONDS;

        long offsetSeconds;

        Interface(int linkNumber, long snapLength) {
            this.linkNumber = linkNumber;
            this.snapLength = snapLength;
        }

        boolean isFinerThanMicroseconds() {
            return (resolution & BINARY) == 0 ? resolution > MICROSECONDS : (resolution & ~BINARY) > 20;
        }

        long epochNanos(long ticks) {
            long nanos = (resolution & BINARY) == 0
                    ? decimal(ticks, resolution)
                    : binary(ticks, Math.min(resolution & ~BINARY, 63));
            return nanos + offsetSeconds * NANOS_A_SECOND;
        }

        private static long decimal(long ticks, int exponent) {
            long nanos = ticks;
            for (int power = exponent; power < NANOSECONDS; power++) {
                nanos *= 10;
            }
            for (int power = exponent; power > NANOSECONDS && nanos != 0; power--) {
                nanos = Long.divideUnsigned(nanos, 10);
            }
            return nanos;
        }

        private static long binary(long ticks, int exponent) {
            long fraction = ticks & (1L << exponent) - 1;
            // fraction × 10⁹ / 2^exponent, in 128 bits
            long high = Math.unsignedMultiplyHigh(fraction, NANOS_A_SECOND);
            long low = fraction * NANOS_A_SECOND;
            long nanos = exponent == 0 ? 0 : high << 64 - exponent | low >>> exponent;
            return (ticks >>> exponent) * NANOS_A_SECOND + nanos;
        }
    }
}
