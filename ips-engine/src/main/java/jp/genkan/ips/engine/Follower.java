package jp.genkan.ips.engine;

import jp.genkan.literals.LiteralHits;
import jp.genkan.literals.LiteralScanner;
import org.jspecify.annotations.Nullable;

/**
 * Octets that come piece by piece, and the search for literals in them that goes on from piece to piece.
 *
 * <p>Thread rule: one worker.
 */
final class Follower {
    final OctetWindow window;
    private @Nullable Group group;
    private long stream;

    Follower(int kept, Rooms rooms) {
        window = new OctetWindow(kept, rooms);
    }

    /**
     * Searches octets that have just been appended. The first ones are searched as a buffer of their own; a stream, which takes memory and calls, is begun only where
     * more follows.
     */
    void scan(
            @Nullable Group in,
            byte[] octets,
            int from,
            int to,
            LiteralScanner scanner,
            LiteralHits hits,
            PlanList out) {
        if (in == null || to <= from) {
            return;
        }
        if (group != in) {
            close(scanner);
            group = in;
        }
        int before = window.length() - (to - from);
        hits.clear();
        if (before <= 0) {
            scanner.scan(in.database(), octets, from, to, hits);
        } else {
            if (stream == LiteralScanner.NO_STREAM) {
                stream = scanner.openStream(in.database(), window.octets(), 0, before);
            }
            scanner.scanStream(in.database(), stream, octets, from, to, hits);
        }
        in.collect(hits, out);
    }

    /** What came before is of no use to what follows. */
    void gap(long missing, LiteralScanner scanner) {
        window.gap(missing);
        closeStream(scanner);
    }

    /** Gives the search's memory back. */
    void close(LiteralScanner scanner) {
        closeStream(scanner);
        group = null;
    }

    /** Gives all memory back: nothing is looked for any more. */
    void release(LiteralScanner scanner) {
        close(scanner);
        window.release();
    }

    private void closeStream(LiteralScanner scanner) {
        if (group != null) {
            scanner.closeStream(group.database(), stream);
            stream = LiteralScanner.NO_STREAM;
        }
    }
}
