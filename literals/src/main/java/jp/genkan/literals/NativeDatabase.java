package jp.genkan.literals;

import org.jspecify.annotations.Nullable;

/**
 * Literals compiled by Hyperscan. A database for streams has one for whole buffers beside it, which takes over when a piece has so many
 * matches that telling each would cost more than the scan ({@link NativeScan}).
 *
 * <p>Thread rule: immutable.
 */
final class NativeDatabase implements LiteralDatabase {
    private final LiteralSet set;
    private final Mode mode;
    private final NativePart block;
    private final @Nullable NativePart stream;

    NativeDatabase(LiteralSet set, Mode mode, NativePart block, @Nullable NativePart stream) {
        this.set = set;
        this.mode = mode;
        this.block = block;
        this.stream = stream;
    }

    @Override
    public int size() {
        return set.size();
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public long memoryBytes() {
        return block.memoryBytes() + (stream == null ? 0 : stream.memoryBytes());
    }

    @Override
    public int streamBytes() {
        return stream == null ? 0 : stream.streamBytes();
    }

    NativePart block() {
        return block;
    }

    NativePart stream() {
        if (stream == null) {
            throw new IllegalArgumentException("only a database of mode STREAM has no streams");
        }
        return stream;
    }

    @Override
    public int longest() {
        return set.longest();
    }

    /** Ends a scan: completes what was left out of the hits on the way. */
    void complete(LiteralHits hits) {
        if (stream == null) {
            hits.keepFirstEnds();
        }
        set.addDuplicates(hits);
    }
}
