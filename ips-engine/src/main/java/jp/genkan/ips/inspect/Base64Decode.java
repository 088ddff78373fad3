package jp.genkan.ips.inspect;

import java.util.List;

/** Decodes Base64 that lies in the buffer, and has the steps of {@code base64_data} look at what comes out: {@code base64_decode}. */
public final class Base64Decode extends Step {
    /** Most octets that are decoded in one place: Suricata's bound. */
    private static final int DECODED_MAX = 65_535;

    private static final int[] DIGITS = digits();

    private final int octetsMax;
    private final long offset;
    private final boolean relative;
    private final Step[] inside;

    /**
     * A decoding.
     *
     * @param octetsMax encoded octets to decode, 0 for as many as there are
     * @param inside what has to hold for the decoded octets
     */
    public Base64Decode(int octetsMax, long offset, boolean relative, List<Step> inside) {
        this.octetsMax = octetsMax;
        this.offset = offset;
        this.relative = relative;
        this.inside = inside.toArray(Step[]::new);
    }

    private static int[] digits() {
        int[] table = new int[256];
        java.util.Arrays.fill(table, -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            table[alphabet.charAt(i)] = i;
        }
        return table;
    }

    @Override
    public boolean isRelative() {
        return relative;
    }

    @Override
    protected boolean match(Inspection in, int index) {
        long begin = (relative ? in.at() : in.from() - in.base()) + offset;
        if (begin < in.from() || begin >= in.to()) {
            return false;
        }
        long end = octetsMax == 0 ? in.to() : Math.min(in.to(), begin + octetsMax);
        byte[] decoded = decode(in.octets(), (int) begin, (int) Math.min(end, begin + DECODED_MAX));
        return decoded.length > 0 && in.nested(inside, decoded, 0, decoded.length) && in.rest(index);
    }

    /** Decodes up to the first octet that is no Base64; spaces and line ends are passed over. */
    private static byte[] decode(byte[] from, int begin, int end) {
        byte[] out = new byte[(end - begin) / 4 * 3 + 3];
        int length = 0;
        int bits = 0;
        int held = 0;
        for (int at = begin; at < end; at++) {
            int octet = from[at] & 0xff;
            if (octet == ' ' || octet == '\r' || octet == '\n' || octet == '\t') {
                continue;
            }
            int digit = DIGITS[octet];
            if (digit < 0) {
                break;
            }
            held = held << 6 | digit;
            bits += 6;
            if (bits >= 8) {
                bits -= 8;
                out[length++] = (byte) (held >>> bits);
            }
        }
        return java.util.Arrays.copyOf(out, length);
    }
}
