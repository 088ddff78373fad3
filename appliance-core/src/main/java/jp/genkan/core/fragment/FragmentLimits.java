package jp.genkan.core.fragment;

import java.util.concurrent.TimeUnit;

/**
 * The bounds of one {@link IpReassembler}.
 *
 * @param datagramsMax datagrams under way at one time; beyond it the oldest is given up
 * @param fragmentsMax fragments of one datagram; beyond it the datagram is given up
 * @param timeoutNanos how long a datagram may take, from its first fragment on
 * @param overlap whose octets count where IPv4 fragments overlap
 */
public record FragmentLimits(int datagramsMax, int fragmentsMax, long timeoutNanos, OverlapPolicy overlap) {
    /**
     * 256 datagrams are 22 MiB a worker at the very most, and last a flood of 100,000 fragments a second for 2.5 ms, longer than an honest
     * datagram takes. 1,366 fragments carry the largest datagram over the smallest MTU there is (68 octets, RFC 791). Hosts wait 30 s (Linux)
     * to 60 s (Windows, RFC 8200 §4.5): a shorter time here would be an evasion.
     */
    public static final FragmentLimits DEFAULT =
            new FragmentLimits(256, 1366, TimeUnit.SECONDS.toNanos(60), OverlapPolicy.LINUX);

    private static final int FRAGMENTS_POSSIBLE = 8192;

    public FragmentLimits {
        if (datagramsMax < 1 || datagramsMax > 1 << 20) {
            throw new IllegalArgumentException("datagramsMax must be 1 to 1,048,576 and is " + datagramsMax);
        }
        if (fragmentsMax < 2 || fragmentsMax > FRAGMENTS_POSSIBLE) {
            throw new IllegalArgumentException("fragmentsMax must be 2 to 8,192 and is " + fragmentsMax);
        }
        if (timeoutNanos <= 0) {
            throw new IllegalArgumentException("timeoutNanos must be positive and is " + timeoutNanos);
        }
    }

    /** Octets of memory at the most: each datagram has room for the largest there can be, and for the list of its pieces. */
    public long bytesMax() {
        return datagramsMax * (Datagram.MEMORY_LENGTH + 2L * Integer.BYTES * Datagram.piecesMax(fragmentsMax));
    }
}
