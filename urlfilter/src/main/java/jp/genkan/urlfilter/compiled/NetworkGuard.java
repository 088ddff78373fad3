package jp.genkan.urlfilter.compiled;

import java.util.List;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.AddressRange;

/**
 * Cuts ranges of addresses into networks, and refuses those that would take the LAN off the net although they are well formed, as lists of
 * "bogons" hold them. Functions of their arguments alone.
 */
final class NetworkGuard {
    private static final int WIDEST_V4 = 8;
    private static final int WIDEST_V6 = 16;
    private static final int BITS = 128;

    /** Blocks that a LAN, the box or every machine uses (RFC 6890). */
    private static final List<AddressRange> PRIVATE_BLOCKS = List.of(
            AddressRange.parse("10.0.0.0/8"),
            AddressRange.parse("100.64.0.0/10"),
            AddressRange.parse("127.0.0.0/8"),
            AddressRange.parse("169.254.0.0/16"),
            AddressRange.parse("172.16.0.0/12"),
            AddressRange.parse("192.168.0.0/16"),
            AddressRange.parse("::1/128"),
            AddressRange.parse("fc00::/7"),
            AddressRange.parse("fe80::/10"));

    private NetworkGuard() {}

    /** Takes a network. */
    @FunctionalInterface
    interface Networks {
        void network(long high, long low, int prefixLength);
    }

    /** Why a range is not taken; empty when it is. */
    static String refusal(AddressRange range) {
        int widest = range.first().isV4() ? WIDEST_V4 : WIDEST_V6;
        if (!AddressRange.of(range.first(), widest).contains(range)) {
            return "is wider than /" + widest + " and would block too much";
        }
        for (AddressRange block : PRIVATE_BLOCKS) {
            if (range.contains(block)) {
                return "holds all of " + block + ", which machines of a LAN use";
            }
        }
        return "";
    }

    /** The networks that a range consists of, fewer than 256; prefix lengths of 128 bits. */
    static void networks(AddressRange range, Networks to) {
        long high = range.first().high();
        long low = range.first().low();
        Address last = range.last();
        while (true) {
            int free = low != 0 ? Long.numberOfTrailingZeros(low) : 64 + Long.numberOfTrailingZeros(high);
            free = Math.min(free, BITS);
            while (free > 0 && exceeds(high, low, free, last)) {
                free--;
            }
            to.network(high, low, BITS - free);
            long endHigh = free >= 64 ? high | mask(free - 64) : high;
            long endLow = free >= 64 ? -1L : low | mask(free);
            if (endHigh == last.high() && endLow == last.low()) {
                return;
            }
            low = endLow + 1;
            high = low == 0 ? endHigh + 1 : endHigh;
        }
    }

    /** True when the network with this many free bits goes beyond the range. */
    private static boolean exceeds(long high, long low, int free, Address last) {
        long endHigh = free >= 64 ? high | mask(free - 64) : high;
        long endLow = free >= 64 ? -1L : low | mask(free);
        int byHigh = Long.compareUnsigned(endHigh, last.high());
        return byHigh > 0 || byHigh == 0 && Long.compareUnsigned(endLow, last.low()) > 0;
    }

    private static long mask(int bits) {
        return bits >= 64 ? -1L : (1L << bits) - 1;
    }
}
