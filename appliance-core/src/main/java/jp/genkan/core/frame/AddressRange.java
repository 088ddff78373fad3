package jp.genkan.core.frame;

import org.jspecify.annotations.Nullable;

/**
 * A run of addresses of one family, both ends included: a single address, a network, or {@code first-last}.
 *
 * @param first the lowest address
 * @param last the highest address
 */
public record AddressRange(Address first, Address last) {
    private static final int BITS = 128;
    private static final int V4_OFFSET = 96; // an IPv4 prefix of n bits is a mapped prefix of 96 + n
    private static final int QUOTED_MAX = 64;

    public AddressRange {
        if (first.isV4() != last.isV4()) {
            throw new IllegalArgumentException("a range cannot go from " + first + " to " + last + ": two families");
        }
        if (first.compareTo(last) > 0) {
            throw new IllegalArgumentException("the range " + first + "-" + last + " ends before it begins");
        }
    }

    /** The range of this address alone. */
    public static AddressRange of(Address address) {
        return new AddressRange(address, address);
    }

    /** The network of this prefix length that the address is in; host bits are ignored. */
    public static AddressRange of(Address address, int prefixLength) {
        int bits = address.isV4() ? prefixLength + V4_OFFSET : prefixLength;
        if (prefixLength < 0 || bits > BITS) {
            throw new IllegalArgumentException("the prefix length " + prefixLength + " is not one of 0 to "
                    + (address.isV4() ? BITS - V4_OFFSET : BITS));
        }
        long maskHigh = bits == 0 ? 0 : -1L << (64 - Math.min(bits, 64));
        long maskLow = bits <= 64 ? 0 : -1L << (BITS - bits);
        return new AddressRange(
                new Address(address.high() & maskHigh, address.low() & maskLow),
                new Address(address.high() | ~maskHigh, address.low() | ~maskLow));
    }

    /**
     * Parses {@code 192.0.2.7}, {@code 192.0.2.0/24}, {@code 192.0.2.1-192.0.2.9} and the same for IPv6.
     *
     * @throws IllegalArgumentException when the text is none of them; the message says why, in one line
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        int dash = text.indexOf('-');
        if (slash >= 0) {
            String addressText = text.substring(0, slash).strip();
            Address address = address(addressText, text);
            int prefix = decimal(text, slash + 1);
            if (address.isV4() && addressText.indexOf(':') >= 0) {
                prefix -= V4_OFFSET; // ::ffff:192.0.2.0/120
            }
            return of(address, prefix);
        }
        if (dash >= 0) {
            return new AddressRange(
                    address(text.substring(0, dash).strip(), text),
                    address(text.substring(dash + 1).strip(), text));
        }
        return of(address(text, text));
    }

    private static Address address(String part, String whole) {
        try {
            return Address.parse(part);
        } catch (IllegalArgumentException bad) {
            throw notARange(whole, bad);
        }
    }

    private static int decimal(String text, int from) {
        int value = 0;
        int end = text.length();
        if (from == end || end - from > 3) {
            throw notARange(text, null);
        }
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw notARange(text, null);
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private static IllegalArgumentException notARange(String text, @Nullable IllegalArgumentException cause) {
        return new IllegalArgumentException(
                quote(text)
                        + " is not an address, a network or a range (examples: 192.0.2.7, 2001:db8::/32, 192.0.2.1-192.0.2.9)",
                cause);
    }

    /** The text in quotes, cut to what fits a message line, with unprintable characters replaced. */
    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("'");
        for (int i = 0; i < Math.min(text.length(), QUOTED_MAX); i++) {
            char c = text.charAt(i);
            quoted.append(c < ' ' || c >= 0x7f ? '?' : c);
        }
        return quoted.append(text.length() > QUOTED_MAX ? "...'" : "'").toString();
    }

    /** True when the address with these halves lies in the range. */
    public boolean contains(long high, long low) {
        return compare(high, low, first.high(), first.low()) >= 0 && compare(high, low, last.high(), last.low()) <= 0;
    }

    /** True when the whole other range lies in this one. */
    public boolean contains(AddressRange other) {
        return contains(other.first.high(), other.first.low()) && contains(other.last.high(), other.last.low());
    }

    private static int compare(long high, long low, long otherHigh, long otherLow) {
        int byHigh = Long.compareUnsigned(high, otherHigh);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, otherLow);
    }

    /** The prefix length of the network that this range is, in bits of its family; -1 when it is not one network. */
    public int prefixLength() {
        long differHigh = first.high() ^ last.high();
        long differLow = first.low() ^ last.low();
        int bits = differHigh != 0 ? Long.numberOfLeadingZeros(differHigh) : 64 + Long.numberOfLeadingZeros(differLow);
        int prefix = first.isV4() ? bits - V4_OFFSET : bits;
        return of(first, prefix).equals(this) ? prefix : -1;
    }

    /** A single address, a network in CIDR form, or {@code first-last}. */
    @Override
    public String toString() {
        if (first.equals(last)) {
            return first.toString();
        }
        int prefix = prefixLength();
        return prefix >= 0 ? first + "/" + prefix : first + "-" + last;
    }
}
