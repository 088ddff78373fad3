package jp.genkan.urlfilter.url;

/** IPv6 addresses without brackets, in every form of RFC 4291 §2.2; zones are refused, as browsers do. Functions of their arguments alone. */
final class Ipv6Text {
    private static final int PIECES = 8;

    private Ipv6Text() {}

    /**
     * Reads an address. Does not allocate.
     *
     * @param halves takes the two halves; unchanged when it is none
     * @return false when it is none
     */
    static boolean parse(byte[] text, int from, int to, long[] halves) {
        long high = 0;
        long low = 0;
        int piece = 0;
        int gap = -1;
        int at = from;
        if (at + 1 < to && text[at] == ':' && text[at + 1] == ':') {
            gap = 0;
            at += 2;
        }
        while (at < to) {
            if (piece == PIECES) {
                return false;
            }
            int end = at;
            int value = 0;
            while (end < to && end - at < 4 && UrlOctets.hex(text[end]) >= 0) {
                value = value << 4 | UrlOctets.hex(text[end++]);
            }
            int pieces = 1;
            long bits = value;
            if (end < to && text[end] == '.') {
                bits = dotted(text, at, to);
                pieces = 2;
                end = to;
            } else if (end == at) {
                return false;
            }
            if (bits < 0 || piece + pieces > PIECES) {
                return false;
            }
            for (int i = pieces - 1; i >= 0; i--) {
                high = high << 16 | low >>> 48;
                low = low << 16 | bits >>> 16 * i & 0xffff;
            }
            piece += pieces;
            at = end;
            if (at == to) {
                break;
            }
            if (text[at++] != ':' || at == to) {
                return false;
            }
            if (text[at] == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = piece;
                at++;
            }
        }
        return spread(high, low, piece, gap, halves);
    }

    /** Puts the zeros of the gap in. */
    private static boolean spread(long high, long low, int pieces, int gap, long[] halves) {
        if (gap < 0 ? pieces != PIECES : pieces == PIECES) {
            return false;
        }
        if (gap < 0) {
            halves[0] = high;
            halves[1] = low;
            return true;
        }
        int behind = pieces - gap; // pieces that stay at the end
        long frontHigh = shiftHigh(high, 16 * behind);
        long frontLow = shiftLow(high, low, 16 * behind);
        long tailHigh = behind > 4 ? high & mask(16 * (behind - 4)) : 0;
        long tailLow = behind >= 4 ? low : low & mask(16 * behind);
        int up = 16 * (PIECES - gap);
        halves[0] = tailHigh | leftHigh(frontHigh, frontLow, up);
        halves[1] = tailLow | leftLow(frontLow, up);
        return true;
    }

    private static long mask(int bits) {
        return bits >= 64 ? -1L : (1L << bits) - 1;
    }

    private static long shiftHigh(long high, int by) {
        return by >= 64 ? 0 : high >>> by;
    }

    private static long shiftLow(long high, long low, int by) {
        if (by == 0) {
            return low;
        }
        if (by >= 128) {
            return 0;
        }
        return by >= 64 ? high >>> by - 64 : low >>> by | high << 64 - by;
    }

    private static long leftHigh(long high, long low, int by) {
        if (by == 0) {
            return high;
        }
        if (by >= 128) {
            return 0;
        }
        return by >= 64 ? low << by - 64 : high << by | low >>> 64 - by;
    }

    private static long leftLow(long low, int by) {
        return by >= 64 ? 0 : low << by;
    }

    /** Four decimal numbers without leading zeros; -1 when it is not that. */
    private static long dotted(byte[] text, int from, int to) {
        long bits = 0;
        int at = from;
        for (int part = 0; part < 4; part++) {
            int begin = at;
            int value = 0;
            while (at < to && UrlOctets.isDigit(text[at]) && at - begin < 3) {
                value = value * 10 + text[at++] - '0';
            }
            if (at == begin || value > 255 || text[begin] == '0' && at - begin > 1) {
                return -1;
            }
            bits = bits << 8 | value;
            if (part < 3 && (at == to || text[at++] != '.')) {
                return -1;
            }
        }
        return at == to ? bits : -1;
    }
}
