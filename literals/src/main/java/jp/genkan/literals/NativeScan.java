package jp.genkan.literals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hyperscan at work for one scanner: copies octets into its window, scans it, and takes in the matches.
 *
 * <p><b>Floods.</b> A match costs 30 ns, and octets can be sent in which literals end everywhere. In block mode Hyperscan tells each literal
 * once. In a stream that would cost every flow a bit for each literal; so repeated matches are counted, and when they become too many the
 * scan of the stream is ended, the window is scanned in block mode, and the stream begins anew with the last octets of the window, of which
 * it is told nothing. A literal that began in an earlier piece is not lost: the scan is not ended before the place where such literals end.
 *
 * <p>Thread rule: one thread.
 */
final class NativeScan implements AutoCloseable {
    /** Octets that are scanned at once: fits a packet of any size, and stays in the processor's second cache. */
    static final int WINDOW = 65_536;

    /** Octets that are scanned for ends at once: as many as are copied at once when they lie in an array. */
    static final int ENDS_WINDOW = WINDOW;

    /** Repeated matches that every piece may have: they take 2 µs. */
    static final int REPEATS_MIN = 64;

    /** One more repeated match is allowed for this many octets: a third of what scanning them takes. */
    static final int OCTETS_A_REPEAT = 64;

    /** How far past the last place of a literal from an earlier piece a scan goes on: as far as Hyperscan may look ahead. */
    private static final int MARGIN = 64;

    /** The scans that there are; a match comes with the index. */
    private static volatile @Nullable NativeScan[] all = new @Nullable NativeScan[0];

    private final int index;
    private final MemorySegment window = Arena.ofAuto().allocate(WINDOW, 64);
    private final MemorySegment opened = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG);
    private long scratch;
    private int scratchVersion;

    // Of the scan under way.
    private LiteralHits hits = new LiteralHits();
    private @Nullable EndBuffer ends;
    private long bias;
    private long floodFrom;
    private int repeatsMax;
    private int repeats;
    private @Nullable Throwable fault;

    NativeScan() {
        index = register(this);
    }

    private static synchronized int register(NativeScan scan) {
        @Nullable NativeScan[] now = all;
        for (int i = 0; i < now.length; i++) {
            if (now[i] == null) {
                return replace(now, i, scan);
            }
        }
        return replace(Arrays.copyOf(now, now.length + 1), now.length, scan);
    }

    private static synchronized void unregister(int index) {
        replace(all, index, null);
    }

    /** Under the lock. */
    private static int replace(@Nullable NativeScan[] now, int index, @Nullable NativeScan scan) {
        @Nullable NativeScan[] next = now.clone();
        next[index] = scan;
        all = next;
        return index;
    }

    /** Called by Hyperscan for each match. Whatever is thrown here would end the JVM. */
    static int onMatch(int id, long from, long to, int flags, long context) {
        NativeScan scan = null;
        try {
            scan = Objects.requireNonNull(all[(int) context]);
            return scan.matched(id, to);
        } catch (Throwable thrown) {
            if (scan != null) {
                scan.fault = thrown;
            }
            return 1;
        }
    }

    private int matched(int id, long to) {
        if (ends != null) {
            return ends.add(id, (int) to) ? 0 : 1;
        }
        boolean fresh = hits.add(id, (int) (to + bias));
        return !fresh && ++repeats > repeatsMax && to >= floodFrom ? 1 : 0;
    }

    /** One scan of Hyperscan begins. */
    private void begin(LiteralHits into, long biasOfEnds, long mayEndFrom, int length) {
        hits = into;
        bias = biasOfEnds;
        floodFrom = mayEndFrom;
        repeats = 0;
        repeatsMax = REPEATS_MIN + length / OCTETS_A_REPEAT;
    }

    private void check(int result, String what) {
        Throwable thrown = fault;
        if (thrown != null) {
            fault = null;
            throw new IllegalStateException("Hyperscan: a match could not be taken in", thrown);
        }
        NativeHyperscan.check(result, what);
    }

    private void fitScratch(NativePart part) {
        if (part.scratchVersion() > scratchVersion) {
            int version = ScratchSource.version();
            long old = scratch;
            scratch = 0;
            scratchVersion = 0;
            scratch = ScratchSource.renew(old);
            scratchVersion = version;
        }
    }

    /** Scans octets that fit in the window. */
    void block(NativePart part, byte[] octets, LiteralHits into) {
        MemorySegment.copy(octets, 0, window, ValueLayout.JAVA_BYTE, 0, octets.length);
        scanWindow(part, octets.length, 0, into);
    }

    private void scanWindow(NativePart part, int length, int at, LiteralHits into) {
        fitScratch(part);
        begin(into, at, Long.MAX_VALUE, length);
        try {
            check(NativeHyperscan.scan(part.address(), window.address(), length, scratch, index), "scan");
        } finally {
            Reference.reachabilityFence(part);
        }
    }

    /** Scans a whole buffer, in windows that overlap by what a literal across them needs. */
    void block(NativeDatabase database, Source source, int length, LiteralHits into) {
        int at = 0;
        while (true) {
            int here = Math.min(WINDOW, length - at);
            source.copy(at, here, window);
            scanWindow(database.block(), here, at, into);
            if (at + here == length) {
                return;
            }
            at += here - (database.longest() - 1);
        }
    }

    /**
     * Scans a whole buffer for every end, in windows that overlap by what a literal across them needs. Octets in native memory are not
     * copied: their owner keeps them for the time of the call.
     */
    void ends(NativeDatabase database, MemorySegment octets, long offset, int length, EndBuffer into, EndSink sink) {
        int overlap = database.longest() - 1;
        int least = overlap + 1;
        int size = Math.max(ENDS_WINDOW, 2 * least);
        int at = 0;
        int told = 0;
        while (told < length) {
            int here = Math.min(size, length - at);
            into.begin(here <= least ? Integer.MAX_VALUE : EndBuffer.ENDS_MAX);
            if (scanEnds(database.block(), octets, offset + at, here, into)) {
                into.drain(told - at, at, sink);
                told = at + here;
                at = Math.max(0, told - overlap);
                size = Math.min(Math.max(ENDS_WINDOW, 2 * least), size * 2);
            } else {
                size = Math.max(least, here / 2);
            }
        }
    }

    /** False when the buffer is too small for the window's ends. */
    private boolean scanEnds(NativePart part, MemorySegment octets, long from, int length, EndBuffer into) {
        long address;
        if (octets.isNative()) {
            address = octets.asSlice(from, length).address();
        } else {
            MemorySegment.copy(octets, from, window, 0, length);
            address = window.address();
        }
        fitScratch(part);
        ends = into;
        try {
            int result = NativeHyperscan.scan(part.address(), address, length, scratch, index);
            if (result == NativeHyperscan.SCAN_TERMINATED && fault == null) {
                return false;
            }
            check(result, "scan for ends");
            return true;
        } finally {
            ends = null;
            Reference.reachabilityFence(part);
            Reference.reachabilityFence(octets);
        }
    }

    /**
     * Scans the next piece of a stream.
     *
     * @param stream Hyperscan's
     * @param position how many octets Hyperscan has counted in it
     * @return how many it has counted now
     */
    long stream(NativeDatabase database, long stream, long position, Source source, int length, LiteralHits into) {
        try {
            fitScratch(database.stream());
            long counted = position;
            int here;
            for (int at = 0; at < length; at += here) {
                here = Math.min(WINDOW, length - at);
                source.copy(at, here, window);
                begin(into, at - counted, counted + database.longest() + MARGIN, here);
                int result = NativeHyperscan.scanStream(stream, window.address(), here, scratch, index);
                if (result == NativeHyperscan.SCAN_TERMINATED && fault == null) {
                    counted = flood(database, stream, here, at, into);
                } else {
                    check(result, "scan of a stream");
                    counted += here;
                }
            }
            return counted;
        } finally {
            Reference.reachabilityFence(database);
        }
    }

    /** Ends a window's scan that had too many matches. */
    private long flood(NativeDatabase database, long stream, int here, int at, LiteralHits into) {
        scanWindow(database.block(), here, at, into);
        into.extendAll(at + here);
        check(NativeHyperscan.resetStream(stream), "beginning a stream anew");
        int tail = Math.min(here, database.longest() - 1);
        if (tail > 0) {
            check(
                    NativeHyperscan.skipStream(stream, window.address() + here - tail, tail, scratch),
                    "scan of a stream's last octets");
        }
        return tail;
    }

    /**
     * Opens a stream of Hyperscan's behind octets that were searched already: it is told nothing of them.
     *
     * @param before those octets, fewer than the longest literal has
     * @return 0 if there is no memory for it
     */
    long openStream(NativeDatabase database, Source before, int length) {
        try {
            int result = NativeHyperscan.openStream(database.stream().address(), opened);
            if (result != NativeHyperscan.SUCCESS) {
                return 0;
            }
            long stream = opened.get(ValueLayout.JAVA_LONG, 0);
            if (length > 0) {
                fitScratch(database.stream());
                before.copy(0, length, window);
                check(NativeHyperscan.skipStream(stream, window.address(), length, scratch), "octets before a stream");
            }
            return stream;
        } finally {
            Reference.reachabilityFence(database);
        }
    }

    /** Repeated matches of the last scan of Hyperscan. */
    int repeats() {
        return repeats;
    }

    /** Frees its memory; nothing can be scanned any more. */
    @Override
    public void close() {
        unregister(index);
        if (scratch != 0) {
            NativeHyperscan.freeScratch(scratch);
            scratch = 0;
            scratchVersion = 0;
        }
    }
}
