package jp.genkan.av.scan;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.genkan.av.scan.ScanResult.Blind;
import jp.genkan.av.scan.ScanResult.Finding;
import jp.genkan.av.unpack.Members.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Results of scans that took long, so that a file which comes again is not taken apart again: the installer that fifty machines fetch, the mail that a hundred
 * people have. It belongs to one set of signatures and is forgotten with it.
 *
 * <p>An entry is found by a sample of its file, which costs next to nothing, and holds only for the file of the same SHA-256. That is what an attacker cannot
 * make two files of; a shorter hash with a secret key would be a quarter faster and needs trust in code of ours. Only scans are kept that cost several
 * times as much as the hash, and only files are hashed whose sample is known, so that whatever is cheap never pays.
 *
 * <p>Thread rule: any thread.
 */
final class ResultCache {
    /** Files of a day that are large or packed, at a hundred machines. */
    static final int ENTRIES_MAX = 16_384;

    /** Of all entries: 500 octets each, mostly. */
    static final long OCTETS_MAX = 8L << 20;

    /** Of an entry: a file with more to tell is rare. */
    static final int ENTRY_OCTETS_MAX = 4 << 10;

    /** What an entry takes besides its texts. */
    private static final int ENTRY_OCTETS = 256;

    private final Map<Long, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long octets;

    private static final class Entry {
        private final byte[] hash;
        private final ScanResult result;
        /** Within which the result holds; null when it would be the same without limits. */
        private final @Nullable ScanLimits limits;

        private final int octets;

        Entry(byte[] hash, ScanResult result, @Nullable ScanLimits limits, int octets) {
            this.hash = hash;
            this.result = result;
            this.limits = limits;
            this.octets = octets;
        }

        boolean holdsFor(byte[] wanted, ScanLimits asked) {
            ScanLimits mine = limits;
            return Arrays.equals(hash, wanted) && (mine == null || mine.reachesAsFarAs(asked));
        }
    }

    /** True when a file with this sample may be known. */
    synchronized boolean mayKnow(long sample) {
        return entries.containsKey(sample);
    }

    /** The result for a file; null when it is not known, or not for limits as wide as these. */
    synchronized @Nullable ScanResult find(long sample, byte[] hash, ScanLimits limits) {
        Entry entry = entries.get(sample);
        return entry != null && entry.holdsFor(hash, limits) ? entry.result : null;
    }

    /** True for a result that is the same each time, and small. */
    static boolean isWorthKeeping(ScanResult result) {
        for (Blind blind : result.blind()) {
            if (blind.reason() == Reason.TOO_LONG) {
                return false; // another time there may be more of it
            }
        }
        return octets(result) <= ENTRY_OCTETS_MAX;
    }

    /** Keeps a result; those that nobody has asked for longest give way. */
    synchronized void keep(long sample, byte[] hash, ScanResult result, ScanLimits limits) {
        ScanLimits within = isLimited(result) ? limits : null;
        Entry known = entries.get(sample);
        if (known != null && known.holdsFor(hash, limits)) {
            return;
        }
        int size = octets(result);
        Entry before = entries.put(sample, new Entry(hash, result, within, size));
        octets += size - (before == null ? 0 : before.octets);
        var oldest = entries.values().iterator();
        while (entries.size() > ENTRIES_MAX || octets > OCTETS_MAX) {
            octets -= oldest.next().octets;
            oldest.remove();
        }
    }

    synchronized int size() {
        return entries.size();
    }

    private static boolean isLimited(ScanResult result) {
        for (Blind blind : result.blind()) {
            switch (blind.reason()) {
                case TOO_LARGE, TOO_DEEP, TOO_MANY, TOO_LONG, BOMB -> {
                    return true;
                }
                case ENCRYPTED, BROKEN, UNSUPPORTED -> {}
            }
        }
        return false;
    }

    private static int octets(ScanResult result) {
        long size = ENTRY_OCTETS;
        for (Finding finding : result.findings()) {
            size += ENTRY_OCTETS + 2L * finding.detection().signature().length() + octets(finding.path());
        }
        for (Blind blind : result.blind()) {
            String detail = blind.detail();
            size += ENTRY_OCTETS + octets(blind.path()) + (detail == null ? 0 : 2L * detail.length());
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    private static long octets(Iterable<String> path) {
        long size = 0;
        for (String name : path) {
            size += 2L * name.length() + 32;
        }
        return size;
    }
}
