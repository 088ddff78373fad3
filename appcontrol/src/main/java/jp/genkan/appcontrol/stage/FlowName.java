package jp.genkan.appcontrol.stage;

/**
 * What the stage notes in a flow's slot, 64 bits: number of the master's name, of the application's, how it was found, whether that is final, and where the rest
 * is noted while it is not. Stateless.
 *
 * <pre>
 *   0-14 application · 15-29 master · 30-31 confidence · 32 final · 33-63 index of the memory + 1
 * </pre>
 */
final class FlowName {
    private static final int BITS = 15;
    private static final long NUMBER = (1L << BITS) - 1;
    private static final int CONFIDENCE_SHIFT = 2 * BITS;
    private static final long FINAL = 1L << 32;
    private static final int INDEX_SHIFT = 33;
    private static final Confidence[] CONFIDENCES = Confidence.values();

    private FlowName() {}

    static long waiting(int index) {
        return (long) (index + 1) << INDEX_SHIFT;
    }

    static long settled(int application, int master, Confidence confidence) {
        return FINAL | (long) confidence.ordinal() << CONFIDENCE_SHIFT | (long) master << BITS | application;
    }

    static boolean isFinal(long slot) {
        return (slot & FINAL) != 0;
    }

    /** Index of the memory, -1 for none. */
    static int index(long slot) {
        return (int) (slot >>> INDEX_SHIFT) - 1;
    }

    static int application(long slot) {
        return (int) (slot & NUMBER);
    }

    static int master(long slot) {
        return (int) (slot >>> BITS & NUMBER);
    }

    static Confidence confidence(long slot) {
        return CONFIDENCES[(int) (slot >>> CONFIDENCE_SHIFT & 3)];
    }
}
