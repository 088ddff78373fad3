package jp.genkan.core.fragment;

import java.util.Arrays;
import jp.genkan.core.frame.Packet;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams under way, found by their identity and ordered by age. A fixed number of entries, made at the start.
 *
 * <p>Nothing depends on a good hash but speed: a chain is never longer than the table.
 */
final class DatagramTable {
    private static final int NOBODY = -1;
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    private final Datagram[] entries;
    private final int[] buckets;
    /** A stack, so that the memory that was used last is used next. */
    private final int[] free;

    private int freeCount;
    private int oldest = NOBODY;
    private int newest = NOBODY;

    DatagramTable(int datagramsMax, int fragmentsMax) {
        entries = new Datagram[datagramsMax];
        free = new int[datagramsMax];
        buckets = new int[Integer.highestOneBit(datagramsMax) << 1];
        Arrays.fill(buckets, NOBODY);
        int[] nextStarts = new int[Datagram.piecesMax(fragmentsMax)];
        int[] nextEnds = new int[nextStarts.length];
        for (int entry = datagramsMax - 1; entry >= 0; entry--) {
            entries[entry] = new Datagram(fragmentsMax, nextStarts, nextEnds);
            free[freeCount++] = entry;
        }
    }

    int size() {
        return entries.length - freeCount;
    }

    /** What tells the datagrams of one address pair apart: the protocol belongs to it in IPv4 (RFC 791), not in IPv6 (RFC 8200 §4.5). */
    private static long identity(Packet packet) {
        long kind = packet.ipVersion == 4 ? 0x100 | packet.ipProtocol : 0;
        return packet.fragmentId & 0xffff_ffffL | kind << 32 | (long) packet.depth << 48;
    }

    @Nullable
    Datagram find(Packet packet) {
        long identity = identity(packet);
        int entry = buckets[bucket(packet.sourceLow, packet.destinationLow, identity)];
        while (entry != NOBODY) {
            Datagram candidate = entries[entry];
            if (candidate.identity == identity
                    && candidate.sourceLow == packet.sourceLow
                    && candidate.destinationLow == packet.destinationLow
                    && candidate.sourceHigh == packet.sourceHigh
                    && candidate.destinationHigh == packet.destinationHigh
                    && candidate.vlanIds == packet.vlanIds) {
                return candidate;
            }
            entry = candidate.bucketNext;
        }
        return null;
    }

    /** A cleared entry for the datagram of this fragment; null when all are taken. */
    @Nullable
    Datagram begin(Packet packet, long nanos) {
        if (freeCount == 0) {
            return null;
        }
        int entry = free[--freeCount];
        Datagram made = entries[entry];
        made.clear();
        made.identity = identity(packet);
        made.sourceHigh = packet.sourceHigh;
        made.sourceLow = packet.sourceLow;
        made.destinationHigh = packet.destinationHigh;
        made.destinationLow = packet.destinationLow;
        made.vlanIds = packet.vlanIds;
        made.firstNanos = nanos;
        int bucket = bucket(made.sourceLow, made.destinationLow, made.identity);
        made.bucketNext = buckets[bucket];
        buckets[bucket] = entry;
        appendNewest(entry, made);
        return made;
    }

    private void appendNewest(int entry, Datagram made) {
        made.older = newest;
        made.newer = NOBODY;
        if (newest == NOBODY) {
            oldest = entry;
        } else {
            entries[newest].newer = entry;
        }
        newest = entry;
    }

    /** The datagram that began first, or null. */
    @Nullable
    Datagram oldest() {
        return oldest == NOBODY ? null : entries[oldest];
    }

    /** Forgets a datagram. */
    void remove(Datagram gone) {
        int bucket = bucket(gone.sourceLow, gone.destinationLow, gone.identity);
        int entry = buckets[bucket];
        if (entries[entry] == gone) {
            buckets[bucket] = gone.bucketNext;
        } else {
            Datagram before = entries[entry];
            while (entries[before.bucketNext] != gone) {
                before = entries[before.bucketNext];
            }
            entry = before.bucketNext;
            before.bucketNext = gone.bucketNext;
        }
        unlinkAge(gone);
        free[freeCount++] = entry;
    }

    private void unlinkAge(Datagram gone) {
        if (gone.older == NOBODY) {
            oldest = gone.newer;
        } else {
            entries[gone.older].newer = gone.newer;
        }
        if (gone.newer == NOBODY) {
            newest = gone.older;
        } else {
            entries[gone.newer].older = gone.older;
        }
    }

    private int bucket(long sourceLow, long destinationLow, long identity) {
        long mixed = (sourceLow * MULTIPLIER + destinationLow) * MULTIPLIER + identity;
        mixed *= MULTIPLIER;
        return (int) (mixed >>> 40) & buckets.length - 1;
    }
}
