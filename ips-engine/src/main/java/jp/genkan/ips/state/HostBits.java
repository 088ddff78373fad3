package jp.genkan.ips.state;

/**
 * Bits that rules have set for a host or a pair of hosts ({@code xbits}, {@code hostbits}). Each ends by itself, in capture time.
 *
 * <p>Thread rule: shared by all workers.
 */
public final class HostBits {
    /** Most bits at once: every host of a /16 with one bit; a row has 80 octets, so 5 MiB. When a place is full, the bit that would end first gives way. */
    public static final int BITS_MAX = 65_536;

    private final StateTable table = new StateTable(BITS_MAX);

    /** Is the bit of the host set? */
    public boolean has(long name, long high, long low, long nanos) {
        return hasPair(name, high, low, 0, 0, nanos);
    }

    /** Sets the bit of a host, or moves its end. */
    public void set(long name, long high, long low, long nanos, long endNanos) {
        setPair(name, high, low, 0, 0, nanos, endNanos);
    }

    /** Clears the bit of a host. */
    public void clear(long name, long high, long low, long nanos) {
        clearPair(name, high, low, 0, 0, nanos);
    }

    /** Is the bit of the pair set? The order of the two does not matter. */
    public boolean hasPair(long name, long high1, long low1, long high2, long low2, long nanos) {
        boolean swap = isAfter(high1, low1, high2, low2);
        long firstHigh = swap ? high2 : high1;
        long firstLow = swap ? low2 : low1;
        long lastHigh = swap ? high1 : high2;
        long lastLow = swap ? low1 : low2;
        long hash = StateTable.hash(name, firstHigh, firstLow, lastHigh, lastLow);
        synchronized (table.lock(hash)) {
            return table.find(hash, name, firstHigh, firstLow, lastHigh, lastLow, nanos) >= 0;
        }
    }

    /** Sets the bit of a pair, or moves its end. */
    public void setPair(long name, long high1, long low1, long high2, long low2, long nanos, long endNanos) {
        boolean swap = isAfter(high1, low1, high2, low2);
        long firstHigh = swap ? high2 : high1;
        long firstLow = swap ? low2 : low1;
        long lastHigh = swap ? high1 : high2;
        long lastLow = swap ? low1 : low2;
        long hash = StateTable.hash(name, firstHigh, firstLow, lastHigh, lastLow);
        synchronized (table.lock(hash)) {
            int row = table.find(hash, name, firstHigh, firstLow, lastHigh, lastLow, nanos);
            if (row >= 0) {
                table.end(row, endNanos);
            } else {
                table.claim(hash, name, firstHigh, firstLow, lastHigh, lastLow, nanos, endNanos);
            }
        }
    }

    /** Clears the bit of a pair. */
    public void clearPair(long name, long high1, long low1, long high2, long low2, long nanos) {
        boolean swap = isAfter(high1, low1, high2, low2);
        long firstHigh = swap ? high2 : high1;
        long firstLow = swap ? low2 : low1;
        long lastHigh = swap ? high1 : high2;
        long lastLow = swap ? low1 : low2;
        long hash = StateTable.hash(name, firstHigh, firstLow, lastHigh, lastLow);
        synchronized (table.lock(hash)) {
            int row = table.find(hash, name, firstHigh, firstLow, lastHigh, lastLow, nanos);
            if (row >= 0) {
                table.release(row);
            }
        }
    }

    /** A host stands before its peer by number; a single host (the peer is 0) is never swapped. */
    private static boolean isAfter(long high1, long low1, long high2, long low2) {
        if ((high2 | low2) == 0) {
            return false;
        }
        int order = Long.compareUnsigned(high1, high2);
        return order > 0 || order == 0 && Long.compareUnsigned(low1, low2) > 0;
    }

    /** How many bits gave way to others before their end. */
    public long evicted() {
        return table.evicted();
    }
}
