package jp.genkan.core.frame;

/** Text forms of IEEE 802 MAC addresses, which the packet path carries as the low 48 bits of a {@code long}. */
public final class Mac {
    /** ff:ff:ff:ff:ff:ff. */
    public static final long BROADCAST = 0xffff_ffff_ffffL;

    private Mac() {}

    /** True for broadcast and multicast: the I/G bit of the first octet (IEEE 802-2014 §8.2.2). */
    public static boolean isGroup(long mac) {
        return (mac & 0x0100_0000_0000L) != 0;
    }

    /** Lower-case hexadecimal octets with colons. */
    public static String format(long mac) {
        StringBuilder text = new StringBuilder(17);
        for (int shift = 40; shift >= 0; shift -= 8) {
            int octet = (int) (mac >>> shift) & 0xff;
            text.append(Character.forDigit(octet >>> 4, 16)).append(Character.forDigit(octet & 15, 16));
            if (shift > 0) {
                text.append(':');
            }
        }
        return text.toString();
    }

    /**
     * Parses six octets with colons or hyphens.
     *
     * @throws IllegalArgumentException when the text is not a MAC address
     */
    public static long parse(String text) {
        long value = 0;
        boolean wellFormed = text.length() == 17;
        for (int i = 0; wellFormed && i < 17; i++) {
            char c = text.charAt(i);
            if (i % 3 == 2) {
                wellFormed = c == ':' || c == '-';
            } else {
                int digit = Character.digit(c, 16);
                wellFormed = digit >= 0;
                value = value << 4 | digit & 15;
            }
        }
        if (!wellFormed) {
            throw new IllegalArgumentException("not a MAC address: '" + text + "' (example: 00:1b:21:0a:0b:0c)");
        }
        return value;
    }
}
