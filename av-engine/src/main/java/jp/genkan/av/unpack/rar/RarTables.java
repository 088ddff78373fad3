package jp.genkan.av.unpack.rar;

/**
 * Lengths and distances of versions 2 and 3.
 *
 * <p>Thread rule: constants.
 */
final class RarTables {
    static final int[] LENGTH = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224
    };
    static final int[] LENGTH_BITS = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5
    };
    static final int[] SHORT = {0, 4, 8, 16, 32, 64, 128, 192};
    static final int[] SHORT_BITS = {2, 2, 3, 4, 5, 6, 6, 6};

    /** How many distances have 0, 1, 2… extra bits. */
    private static final int[] DISTANCE_COUNTS = {4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 14, 0, 12};

    static final int[] DISTANCE = new int[60];
    static final int[] DISTANCE_BITS = new int[60];

    static {
        int slot = 0;
        int distance = 0;
        for (int bits = 0; bits < DISTANCE_COUNTS.length; bits++) {
            for (int i = 0; i < DISTANCE_COUNTS[bits]; i++) {
                DISTANCE[slot] = distance;
                DISTANCE_BITS[slot++] = bits;
                distance += 1 << bits;
            }
        }
    }

    private RarTables() {}
}
