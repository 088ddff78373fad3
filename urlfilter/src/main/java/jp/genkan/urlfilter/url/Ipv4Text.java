package jp.genkan.urlfilter.url;

/**
 * IPv4 addresses as browsers read them: one to four numbers, decimal, octal ({@code 017}) or hexadecimal ({@code 0xf}), of which the last one
 * fills what is left (URL Standard §3.5). Functions of their arguments alone.
 */
final class Ipv4Text {
    private static final int PARTS_MAX = 4;
    private static final long ADDRESSES = 1L << 32;

    private Ipv4Text() {}

    /** True when the last label of a name, which has no dot at its end, is a number: such a name is an address or nothing. */
    static boolean endsInNumber(byte[] name, int from, int to) {
        int begin = to;
        while (begin > from && name[begin - 1] != '.') {
            begin--;
        }
        boolean digits = begin < to;
        for (int i = begin; i < to && digits; i++) {
            digits = UrlOctets.isDigit(name[i]);
        }
        return digits || number(name, begin, to) >= 0;
    }

    /** The address as 32 bits, or -1 when it is none. */
    static long parse(byte[] name, int from, int to) {
        long bits = 0;
        int parts = 0;
        int begin = from;
        while (true) {
            int end = begin;
            while (end < to && name[end] != '.') {
                end++;
            }
            long value = number(name, begin, end);
            if (value < 0 || parts == PARTS_MAX) {
                return -1;
            }
            parts++;
            if (end == to) {
                long room = ADDRESSES >> 8 * (parts - 1);
                return value < room ? bits | value : -1;
            }
            if (value > 255) {
                return -1;
            }
            bits |= value << 8 * (PARTS_MAX - parts);
            begin = end + 1;
        }
    }

    /** A number in one of the three notations; -1 when it is none, 2^32 for all that are larger. */
    private static long number(byte[] name, int from, int to) {
        if (from == to) {
            return -1;
        }
        int radix = 10;
        int at = from;
        if (to - from >= 2 && name[from] == '0') {
            radix = name[from + 1] == 'x' ? 16 : 8;
            at += radix == 16 ? 2 : 1;
        }
        long value = 0;
        for (; at < to; at++) {
            int digit = UrlOctets.hex(name[at]);
            if (digit < 0 || digit >= radix) {
                return -1;
            }
            value = Math.min(ADDRESSES, value * radix + digit);
        }
        return value;
    }
}
