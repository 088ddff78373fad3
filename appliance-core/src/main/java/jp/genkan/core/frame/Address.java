package jp.genkan.core.frame;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address as two 64-bit halves in network order; IPv4 is held as {@code ::ffff:a.b.c.d} (RFC 4291 §2.5.5.2).
 *
 * <p>The packet path carries the two halves as primitives; this record is for the control plane, events and configuration.
 *
 * @param high the first eight octets
 * @param low the last eight octets
 */
public record Address(long high, long low) implements Comparable<Address> {
    /** Upper 32 bits of the low half of every IPv4-mapped address. */
    public static final long MAPPED_PREFIX = 0x0000_ffff_0000_0000L;

    /** The IPv4 address with these 32 bits. */
    public static Address ofV4(int bits) {
        return new Address(0, MAPPED_PREFIX | (bits & 0xffff_ffffL));
    }

    /** True when the two halves are an IPv4-mapped address. */
    public static boolean isV4(long high, long low) {
        return high == 0 && (low >>> 32) == 0xffffL;
    }

    /** True for an IPv4 address. */
    public boolean isV4() {
        return isV4(high, low);
    }

    /**
     * Parses a literal: dotted quad or any RFC 4291 text form; never asks a name server.
     *
     * @throws IllegalArgumentException when the text is not an address literal
     */
    public static Address parse(String text) {
        if (!looksLikeLiteral(text)) {
            throw new IllegalArgumentException("not an IPv4 or IPv6 address: '" + text + "'");
        }
        try {
            return ofBytes(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException("not an IPv4 or IPv6 address: '" + text + "'", bad);
        }
    }

    /** Parses a literal; null when the text is none. */
    public static @Nullable Address tryParse(String text) {
        if (!looksLikeLiteral(text)) {
            return null;
        }
        try {
            return ofBytes(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException bad) {
            return null;
        }
    }

    private static boolean looksLikeLiteral(String text) {
        if (text.isEmpty() || text.indexOf('%') >= 0) {
            return false;
        }
        if (text.indexOf(':') >= 0) {
            return true;
        }
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                dots++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return dots == 3; // InetAddress would also take "10.1" as 10.0.0.1
    }

    /**
     * The address with these octets, 4 or 16 of them, in network order.
     *
     * @throws IllegalArgumentException for any other count
     */
    public static Address ofBytes(byte[] octets) {
        if (octets.length == 4) {
            return ofV4((int) bigEndian(octets, 0, 4));
        }
        if (octets.length == 16) {
            return new Address(bigEndian(octets, 0, 8), bigEndian(octets, 8, 8));
        }
        throw new IllegalArgumentException("an address has 4 or 16 octets, not " + octets.length);
    }

    private static long bigEndian(byte[] octets, int from, int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            value = value << 8 | octets[i] & 0xff;
        }
        return value;
    }

    /** The octets in network order: 4 for IPv4, 16 for IPv6. */
    public byte[] toBytes() {
        int count = isV4() ? 4 : 16;
        byte[] octets = new byte[count];
        for (int i = 0; i < count; i++) {
            int fromEnd = count - 1 - i;
            octets[i] = (byte) (fromEnd < 8 ? low >>> (8 * fromEnd) : high >>> (8 * (fromEnd - 8)));
        }
        return octets;
    }

    @Override
    public int compareTo(Address other) {
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }

    /** Dotted quad for IPv4; for IPv6 the uncompressed lower-case form that Suricata's EVE uses, {@code fe80:0000:...:0001}. */
    public String toEveString() {
        return isV4() ? toString() : uncompressed();
    }

    private String uncompressed() {
        StringBuilder text = new StringBuilder(39);
        for (int group = 0; group < 8; group++) {
            long half = group < 4 ? high : low;
            int value = (int) (half >>> (48 - 16 * (group & 3))) & 0xffff;
            if (group > 0) {
                text.append(':');
            }
            String hex = Integer.toHexString(value);
            text.repeat('0', 4 - hex.length()).append(hex);
        }
        return text.toString();
    }

    /** Dotted quad, or the canonical form of RFC 5952. */
    @Override
    public String toString() {
        if (isV4()) {
            int bits = (int) low;
            return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
        }
        return canonical();
    }

    private String canonical() {
        int bestStart = -1;
        int bestLength = 1; // a single zero group is not shortened (RFC 5952 §4.2.2)
        int group = 0;
        while (group < 8) {
            int end = group;
            while (end < 8 && groupAt(end) == 0) {
                end++;
            }
            if (end - group > bestLength) {
                bestStart = group;
                bestLength = end - group;
            }
            group = end + 1;
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == bestStart) {
                text.append("::");
                i += bestLength - 1;
                continue;
            }
            if (i > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groupAt(i)));
        }
        return text.toString();
    }

    private int groupAt(int group) {
        long half = group < 4 ? high : low;
        return (int) (half >>> (48 - 16 * (group & 3))) & 0xffff;
    }

    /** The InetAddress with these octets. */
    public InetAddress toInetAddress() {
        try {
            return InetAddress.getByAddress(toBytes());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
