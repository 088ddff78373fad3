package jp.genkan.ips.inspect;

/**
 * A number in a buffer: where it lies and how it is written.
 *
 * @param count how many octets it has, 1 to 8 in binary, more as digits
 * @param offset where it begins
 * @param relative true when the offset counts from the last match
 * @param form how it is written
 * @param mask which bits count; 0 for all. The number is shifted right so that the mask's lowest bit becomes bit 0
 */
public record ByteField(Operand count, Operand offset, boolean relative, Form form, long mask) {
    /** There is no such number in the buffer. A number of 8 octets that looks so is taken for missing. */
    public static final long NONE = Long.MIN_VALUE;

    private static final int BINARY_OCTETS_MAX = 8;
    private static final int OCTAL = 8;
    private static final int DECIMAL = 10;
    private static final int HEXADECIMAL = 16;
    private static final int DIGITS_MAX = 23;

    /** How a number is written. */
    public enum Form {
        BIG_ENDIAN,
        LITTLE_ENDIAN,
        OCTAL_DIGITS,
        DECIMAL_DIGITS,
        HEXADECIMAL_DIGITS
    }

    /** Index at which it begins; may lie outside of the buffer. */
    long begin(Inspection in) {
        long from = relative ? in.at() : in.from() - in.base();
        return from + offset.in(in);
    }

    /** The number; {@link #NONE} when it does not lie in the buffer or is none. */
    long read(Inspection in) {
        long begin = begin(in);
        long octets = count.in(in);
        if (begin < in.from() || octets < 0 || begin + octets > in.to()) {
            return NONE;
        }
        long number = switch (form) {
            case BIG_ENDIAN -> binary(in.octets(), (int) begin, octets, 1);
            case LITTLE_ENDIAN -> binary(in.octets(), (int) (begin + octets - 1), octets, -1);
            case OCTAL_DIGITS -> digits(in.octets(), (int) begin, octets, OCTAL);
            case DECIMAL_DIGITS -> digits(in.octets(), (int) begin, octets, DECIMAL);
            case HEXADECIMAL_DIGITS -> digits(in.octets(), (int) begin, octets, HEXADECIMAL);
        };
        return mask == 0 || number == NONE ? number : (number & mask) >>> Long.numberOfTrailingZeros(mask);
    }

    private static long binary(byte[] octets, int first, long count, int step) {
        if (count > BINARY_OCTETS_MAX) {
            return NONE;
        }
        long number = 0;
        int at = first;
        for (long i = 0; i < count; i++) {
            number = number << 8 | octets[at] & 0xff;
            at += step;
        }
        return number;
    }

    /** As the C library's strtoull reads them: white space and 0x are passed over, the first other character ends them. */
    private static long digits(byte[] octets, int begin, long count, int radix) {
        int end = begin + (int) Math.min(count, DIGITS_MAX);
        int at = begin;
        while (at < end && (octets[at] == ' ' || octets[at] >= '\t' && octets[at] <= '\r')) {
            at++;
        }
        if (radix == HEXADECIMAL && at + 2 < end && octets[at] == '0' && (octets[at + 1] | 0x20) == 'x') {
            at += 2;
        }
        long number = 0;
        int first = at;
        while (at < end) {
            int digit = Character.digit(octets[at], radix);
            if (digit < 0) {
                break;
            }
            number = number * radix + digit;
            at++;
        }
        return at == first ? NONE : number;
    }
}
