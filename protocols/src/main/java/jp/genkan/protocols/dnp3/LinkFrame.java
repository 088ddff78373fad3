package jp.genkan.protocols.dnp3;

/**
 * Frames of the link layer (IEEE 1815 §9):
 *
 * <pre>
 *  0x05 0x64 length control destination(2) source(2) crc(2)  data(1..16) crc(2)  data(1..16) crc(2) ...
 * </pre>
 *
 * The length counts from the control octet on, checksums not included. Numbers have their low octet first. Stateless.
 */
final class LinkFrame {
    static final int HEADER_LENGTH = 10;

    /** The longest frame: 250 octets of data in sixteen blocks. */
    static final int LENGTH_MAX = 292;

    private static final int START_1 = 0x05;
    private static final int START_2 = 0x64;
    private static final int COUNTED = 5; // control and addresses
    private static final int BLOCK = 16;
    private static final int POLYNOMIAL = 0xa6bc;
    private static final int[] TABLE = new int[256];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ POLYNOMIAL : crc >>> 1;
            }
            TABLE[i] = crc;
        }
    }

    private LinkFrame() {}

    static int crc(byte[] octets, int from, int to) {
        int crc = 0;
        for (int i = from; i < to; i++) {
            crc = crc >>> 8 ^ TABLE[(crc ^ octets[i]) & 0xff];
        }
        return ~crc & 0xffff;
    }

    private static boolean hasCrc(byte[] octets, int from, int to) {
        return crc(octets, from, to) == ((octets[to] & 0xff) | (octets[to + 1] & 0xff) << 8);
    }

    /** True when as many of the start octets as are there fit. */
    static boolean begins(byte[] octets, int from, int to) {
        return (to <= from || octets[from] == START_1) && (to <= from + 1 || octets[from + 1] == START_2);
    }

    static boolean hasHeaderCrc(byte[] octets, int from) {
        return hasCrc(octets, from, from + HEADER_LENGTH - 2);
    }

    /** Octets of data; negative when the length is too small for a header. */
    static int dataLength(byte[] octets, int from) {
        return (octets[from + 2] & 0xff) - COUNTED;
    }

    /** Octets of the whole frame. */
    static int length(byte[] octets, int from) {
        int data = Math.max(0, dataLength(octets, from));
        return HEADER_LENGTH + data + 2 * ((data + BLOCK - 1) / BLOCK);
    }

    static int control(byte[] octets, int from) {
        return octets[from + 3] & 0xff;
    }

    static int destination(byte[] octets, int from) {
        return octets[from + 4] & 0xff | (octets[from + 5] & 0xff) << 8;
    }

    static int source(byte[] octets, int from) {
        return octets[from + 6] & 0xff | (octets[from + 7] & 0xff) << 8;
    }

    /** Copies the data of a whole frame without the checksums; false when one of them is wrong. */
    static boolean data(byte[] octets, int from, byte[] into) {
        int left = dataLength(octets, from);
        int at = from + HEADER_LENGTH;
        int to = 0;
        boolean right = true;
        while (left > 0) {
            int count = Math.min(left, BLOCK);
            right &= hasCrc(octets, at, at + count);
            System.arraycopy(octets, at, into, to, count);
            to += count;
            at += count + 2;
            left -= count;
        }
        return right;
    }
}
