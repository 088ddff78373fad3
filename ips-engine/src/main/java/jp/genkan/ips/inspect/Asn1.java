package jp.genkan.ips.inspect;

/** Oddities of BER (X.690) that old exploits use, in the values that follow one another at a place of the buffer: {@code asn1}. */
public final class Asn1 extends Step {
    /** No length is too large. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    /** Most values that are looked at: Suricata's asn1-max-frames. */
    private static final int VALUES_MAX = 256;

    private static final int BIT_STRING = 3;
    private static final int REAL = 9;
    private static final int UNUSED_BITS_MAX = 7;
    private static final int REAL_LENGTH_MAX = 256;

    private final boolean bitstring;
    private final boolean real;
    private final long oversize;
    private final long offset;
    private final boolean relative;

    /** What is odd: any of the three. */
    public Asn1(boolean bitstring, boolean real, long oversize, long offset, boolean relative) {
        this.bitstring = bitstring;
        this.real = real;
        this.oversize = oversize;
        this.offset = offset;
        this.relative = relative;
    }

    @Override
    public boolean isRelative() {
        return relative;
    }

    @Override
    protected boolean match(Inspection in, int index) {
        long at = (relative ? in.at() : in.from() - in.base()) + offset;
        if (at < in.from()) {
            return false;
        }
        for (int i = 0; i < VALUES_MAX && at + 1 < in.to(); i++) {
            int tag = in.octets()[(int) at] & 0xff;
            int first = in.octets()[(int) at + 1] & 0xff;
            at += 2;
            long length = first;
            if (first > 0x80) {
                int octets = first & 0x7f;
                if (octets > 8 || at + octets > in.to()) {
                    return false;
                }
                length = 0;
                for (int k = 0; k < octets; k++) {
                    length = length << 8 | in.octets()[(int) at++] & 0xff;
                }
            }
            if (isOdd(in, tag, length, at)) {
                return in.rest(index);
            }
            boolean constructed = (tag & 0x20) != 0;
            if (!constructed) {
                if (length < 0 || length > in.to() - at) {
                    return false;
                }
                at += length;
            }
        }
        return false;
    }

    private boolean isOdd(Inspection in, int tag, long length, long at) {
        if (Long.compareUnsigned(length, oversize) > 0) {
            return true;
        }
        int number = tag & 0x1f;
        boolean universal = (tag & 0xc0) == 0;
        if (bitstring && universal && number == BIT_STRING && at < in.to()) {
            int unused = in.octets()[(int) at] & 0xff;
            return unused > UNUSED_BITS_MAX || length - 1 < 0 || unused > (length - 1) * 8;
        }
        return real && universal && number == REAL && length > REAL_LENGTH_MAX;
    }
}
