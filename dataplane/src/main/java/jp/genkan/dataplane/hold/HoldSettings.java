package jp.genkan.dataplane.hold;

/**
 * How much is held.
 *
 * @param memoryOctets of one worker's held octets, all told
 * @param flowsMax directions that one worker holds at a time
 */
public record HoldSettings(long memoryOctets, int flowsMax) {
    /** A hundred mails of half a megabyte at a time, or one large one and what comes meanwhile; a direction for each of a hundred machines' ten downloads. */
    public static final HoldSettings DEFAULT = new HoldSettings(96L << 20, 1_024);

    /** Nothing is held. */
    public static final HoldSettings NONE = new HoldSettings(0, 0);

    /** Validates. */
    public HoldSettings {
        if (memoryOctets < 0 || flowsMax < 0) {
            throw new IllegalArgumentException("what is held cannot be less than nothing");
        }
    }
}
