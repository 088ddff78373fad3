package jp.genkan.av.scan;

import java.time.Duration;

/**
 * How far a file is taken apart. What lies beyond counts as not inspectable, by name.
 *
 * @param depth containers within containers
 * @param members of one file, at all depths together
 * @param memberOctets of one member
 * @param totalOctets of all members together
 * @param ratio of what is unpacked to the file, above {@link #RATIO_FROM} octets
 * @param time for one file
 */
public record ScanLimits(int depth, int members, long memberOctets, long totalOctets, int ratio, Duration time) {
    /** A ratio says nothing of less than this: a page of blanks packs to nothing. */
    public static final long RATIO_FROM = 8L << 20;

    /** What a box takes: mails are smaller than 50 MB, and the worst honest archives (logs, sparse images) pack to a hundredth. */
    public static final ScanLimits DEFAULT =
            new ScanLimits(16, 10_000, 100L << 20, 400L << 20, 250, Duration.ofSeconds(10));

    public ScanLimits {
        if (depth < 1 || members < 1 || memberOctets < 1 || totalOctets < memberOctets || ratio < 1) {
            throw new IllegalArgumentException("limits are positive, and the total holds a member at least");
        }
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("a scan takes time");
        }
    }

    /** True when whatever another's bounds let through these let through too; time apart. */
    boolean reachesAsFarAs(ScanLimits other) {
        return depth >= other.depth
                && members >= other.members
                && memberOctets >= other.memberOctets
                && totalOctets >= other.totalOctets
                && ratio >= other.ratio;
    }
}
