package jp.genkan.ips.engine;

import jp.genkan.ips.hyperscan.LiteralHits;
import jp.genkan.ips.hyperscan.LiteralScanner;
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

    Follower(int kept) {
        window = new OctetWindow(kept);
    }

    /** Searches octets that have just been appended. */
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
            stream = scanner.openStream(in.database());
        }
        hits.clear();
        scanner.scanStream(in.database(), stream, octets, from, to, hits);
        in.collect(hits, out);
    }

    /** What came before is of no use to what follows. */
    void gap(long missing, LiteralScanner scanner) {
        window.gap(missing);
        if (group != null) {
            scanner.resetStream(group.database(), stream);
        }
    }

    /** Gives the search's memory back. */
    void close(LiteralScanner scanner) {
        if (group != null) {
            scanner.closeStream(group.database(), stream);
            group = null;
            stream = LiteralScanner.NO_STREAM;
        }
    }
}
