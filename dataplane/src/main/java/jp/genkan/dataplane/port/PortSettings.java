package jp.genkan.dataplane.port;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which interfaces are ports, and how their queues are sized.
 *
 * @param inside interfaces towards the LAN, at least one
 * @param outside interfaces towards the router, at least one
 * @param host the box's own port, or null for none
 * @param ring memory of the ring of each worker on each inside and outside port
 * @param hostRing memory of the ring of each worker on the host port
 * @param stallLimit what has waited in a ring for longer than this is dropped when a worker comes back to it later than this
 * @param batchMax frames that are handed to the kernel at once
 * @param spin how long a worker looks at its rings before it asks the kernel to be woken
 */
public record PortSettings(
        List<String> inside,
        List<String> outside,
        @Nullable HostPortSettings host,
        RingSize ring,
        RingSize hostRing,
        Duration stallLimit,
        int batchMax,
        Duration spin) {
    /**
     * What the gate waits before it takes a worker for hung and forwards in its place. After a shorter stall nothing newer has passed, and
     * late is better than lost; 50 ms lost a window of TCP each time that a busy machine ran something else first.
     */
    public static final Duration STALL_LIMIT = Duration.ofMillis(100);

    /** Frames for one sendmmsg: beyond 64 nothing was gained. */
    public static final int BATCH_MAX = 64;

    /** Does not spin. */
    public static final Duration SPIN = Duration.ZERO;

    public PortSettings {
        inside = List.copyOf(inside);
        outside = List.copyOf(outside);
        if (stallLimit.isNegative() || stallLimit.isZero()) {
            throw new IllegalArgumentException("the stall limit " + stallLimit + " is not positive");
        }
        if (batchMax < 1 || batchMax > 1024) {
            throw new IllegalArgumentException("a batch of " + batchMax + " frames is not in 1..1024");
        }
        if (spin.isNegative()) {
            throw new IllegalArgumentException("spin " + spin + " is negative");
        }
    }

    /** These interfaces, everything else by default. */
    public static PortSettings of(List<String> inside, List<String> outside, @Nullable HostPortSettings host) {
        return new PortSettings(inside, outside, host, RingSize.PORT, RingSize.HOST, STALL_LIMIT, BATCH_MAX, SPIN);
    }
}
