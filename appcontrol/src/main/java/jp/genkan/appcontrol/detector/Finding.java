package jp.genkan.appcontrol.detector;

import jp.genkan.appcontrol.signature.Signature.Strength;

/** What a detector says of a flow, packed into a number so that nothing is allocated: application, master, strength. Stateless. */
public final class Finding {
    /** Nothing. */
    public static final long NONE = 0;

    private static final int MASTER_SHIFT = 16;
    private static final int STRENGTH_SHIFT = 32;
    private static final Strength[] STRENGTHS = Strength.values();

    private Finding() {}

    /** The flow is this application's. */
    public static long sure(int application) {
        return of(application, 0, Strength.SURE);
    }

    /** The flow is this application's, behind a master. */
    public static long sure(int application, int master) {
        return of(application, master, Strength.SURE);
    }

    /** A finding. */
    public static long of(int application, int master, Strength strength) {
        return application == 0
                ? NONE
                : (long) strength.ordinal() << STRENGTH_SHIFT | (long) master << MASTER_SHIFT | application;
    }

    public static int application(long finding) {
        return (int) (finding & 0xffff);
    }

    public static int master(long finding) {
        return (int) (finding >>> MASTER_SHIFT & 0xffff);
    }

    public static Strength strength(long finding) {
        return STRENGTHS[(int) (finding >>> STRENGTH_SHIFT)];
    }
}
