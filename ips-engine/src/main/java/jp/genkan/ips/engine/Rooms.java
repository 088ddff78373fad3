package jp.genkan.ips.engine;

/**
 * Arrays that windows are done with and others can have: a connection needs a few of up to 128 KiB, and there may be thousands of connections a second.
 *
 * <p>Thread rule: one worker.
 */
final class Rooms {
    private static final byte[] NOTHING = {};
    private static final int SMALLEST_BITS = 9;
    private static final int LARGEST_BITS = 17;

    /** Octets that wait at most: what sixty downloads at a time look back at. Half of them are of one length at most. */
    private static final int WAITING_MAX = 1 << 22;

    /** By length, which is a power of two. */
    private final byte[][][] waiting = new byte[LARGEST_BITS - SMALLEST_BITS + 1][][];

    private final int[] counts = new int[waiting.length];
    private int waitingOctets;

    Rooms() {
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = new byte[WAITING_MAX / 2 >> SMALLEST_BITS + i][];
        }
    }

    /** An array of so many octets at least; what is in it is anything. */
    byte[] take(int octets) {
        int bits = Math.max(SMALLEST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(octets - 1));
        if (bits > LARGEST_BITS) {
            return new byte[octets];
        }
        int length = bits - SMALLEST_BITS;
        if (counts[length] == 0) {
            return new byte[1 << bits];
        }
        byte[] taken = waiting[length][--counts[length]];
        waiting[length][counts[length]] = NOTHING;
        waitingOctets -= taken.length;
        return taken;
    }

    /** Takes an array back that nobody uses any more. */
    void give(byte[] room) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(room.length) - 1;
        int length = bits - SMALLEST_BITS;
        boolean fits = length >= 0 && bits <= LARGEST_BITS && room.length == 1 << bits;
        if (fits && counts[length] < waiting[length].length && waitingOctets + room.length <= WAITING_MAX) {
            waiting[length][counts[length]++] = room;
            waitingOctets += room.length;
        }
    }
}
