package jp.genkan.core.decode;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The Internet checksum (RFC 1071).
 *
 * <p>Sums are kept unfolded in 64 bits and in little-endian order, which the ones' complement sum allows (RFC 1071 §2B): eight octets
 * are one read and two additions, and a sum can be carried on over several pieces as long as each piece but the last is even.
 */
public final class Checksum {
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long LOW = 0xffff_ffffL;

    private Checksum() {}

    /**
     * Adds octets to a sum.
     *
     * @param sum the sum so far, 0 at first
     * @param length octets; below 2 GiB, so that the carries fit in the sum
     */
    public static long add(long sum, MemorySegment segment, long offset, int length) {
        long total = sum;
        int octave = 0;
        // As plain as this on purpose: an int counts, one sum, no unrolling, and C2 turns it into vector instructions
        // (4 times as fast).
        for (; octave < length - 7; octave += 8) {
            long value = segment.get(U64, offset + octave);
            total += (value & LOW) + (value >>> 32);
        }
        return addTail(total, segment, offset + octave, length & 7);
    }

    private static long addTail(long sum, MemorySegment segment, long offset, int length) {
        long total = sum;
        long at = offset;
        if ((length & 4) != 0) {
            total += segment.get(U32, at) & LOW;
            at += 4;
        }
        if ((length & 2) != 0) {
            total += segment.get(U16, at) & 0xffff;
            at += 2;
        }
        if ((length & 1) != 0) {
            total += segment.get(ValueLayout.JAVA_BYTE, at) & 0xff;
        }
        return total;
    }

    /** Adds one 16-bit number that stands in the packet in network order. */
    public static long addU16(long sum, int value) {
        return sum + (Short.reverseBytes((short) value) & 0xffff);
    }

    /** The 16 bits that stand in the checksum field, in network order, for data whose field held zero while it was summed. */
    public static int finish(long sum) {
        return ~Short.reverseBytes((short) fold(sum)) & 0xffff;
    }

    /** True when data that was summed with its checksum field is sound. */
    public static boolean isSound(long sum) {
        return fold(sum) == 0xffff;
    }

    private static int fold(long sum) {
        long folded = (sum & LOW) + (sum >>> 32);
        folded = (folded & 0xffff) + (folded >>> 16 & 0xffff) + (folded >>> 32);
        folded = (folded & 0xffff) + (folded >>> 16);
        return (int) ((folded & 0xffff) + (folded >>> 16));
    }
}
