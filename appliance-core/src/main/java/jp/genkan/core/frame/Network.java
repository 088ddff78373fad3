package jp.genkan.core.frame;

/**
 * An IPv4 or IPv6 network: all addresses that begin with the same bits. The address's bits beyond the prefix are zero.
 *
 * <p>For the control plane and configuration; the packet path asks {@link #contains(long, long)} with primitives.
 *
 * @param address the network's first address
 * @param prefixLength as it is written: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Network(Address address, int prefixLength) {
    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;

    /** Bits of an IPv4-mapped address before the IPv4 address. */
    private static final int MAPPED_BITS = V6_BITS - V4_BITS;

    /** Checks that length and address fit. */
    public Network {
        int most = address.isV4() ? V4_BITS : V6_BITS;
        if (prefixLength < 0 || prefixLength > most) {
            throw new IllegalArgumentException("a prefix length is 0 to " + most + ", not " + prefixLength);
        }
        int bits = bits(address, prefixLength);
        if ((address.high() & ~highMask(bits)) != 0 || (address.low() & ~lowMask(bits)) != 0) {
            throw new IllegalArgumentException(address + "/" + prefixLength
                    + " has bits beyond its prefix; the network is " + containing(address, prefixLength));
        }
    }

    /** The network of this prefix length that an address is in. */
    public static Network containing(Address address, int prefixLength) {
        int bits = bits(address, prefixLength);
        return new Network(new Address(address.high() & highMask(bits), address.low() & lowMask(bits)), prefixLength);
    }

    /**
     * Parses {@code 192.168.0.0/16}, {@code fc00::/7}, or an address alone, which is a network of one.
     *
     * @throws IllegalArgumentException when the text is not a network, or has bits beyond its prefix
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        Address address = Address.parse(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) {
            return new Network(address, address.isV4() ? V4_BITS : V6_BITS);
        }
        String digits = text.substring(slash + 1);
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("not a network: '" + text + "' (example: 192.168.0.0/16)");
        }
        return new Network(address, Integer.parseInt(digits));
    }

    /** True when the address with these halves is in the network. */
    public boolean contains(long high, long low) {
        int bits = bits(address, prefixLength);
        return (high & highMask(bits)) == address.high() && (low & lowMask(bits)) == address.low();
    }

    /** True when the address is in the network. */
    public boolean contains(Address other) {
        return contains(other.high(), other.low());
    }

    private static int bits(Address address, int prefixLength) {
        return address.isV4() ? MAPPED_BITS + prefixLength : prefixLength;
    }

    private static long highMask(int bits) {
        return bits >= 64 ? -1L : bits == 0 ? 0 : -1L << (64 - bits);
    }

    private static long lowMask(int bits) {
        return bits <= 64 ? 0 : -1L << (V6_BITS - bits);
    }

    @Override
    public String toString() {
        return address + "/" + prefixLength;
    }
}
