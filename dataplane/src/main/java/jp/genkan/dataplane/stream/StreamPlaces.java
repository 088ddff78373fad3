package jp.genkan.dataplane.stream;

import jp.genkan.dataplane.flow.FlowView;

/**
 * Where the directions of streams stand, for who holds them.
 *
 * <p>Thread rule: the reassembler's.
 */
public final class StreamPlaces {
    private final SegmentPool pool;
    private final StreamDirection direction;

    StreamPlaces(SegmentPool pool) {
        this.pool = pool;
        direction = new StreamDirection(pool);
    }

    /** Sequence number of the octet that is inspected next; during {@link StreamConsumer#onBytes} that of the first that is handed over, where no gap is told. */
    public int next(FlowView flow, boolean towardsServer) {
        direction.at(flow, towardsServer);
        return direction.next();
    }

    /** True when octets wait behind a gap, or, during {@link StreamConsumer#onBytes}, behind those at hand. */
    public boolean hasWaiting(FlowView flow, boolean towardsServer) {
        direction.at(flow, towardsServer);
        return direction.hasWaiting();
    }

    /** True when a FIN ends the direction right at {@link #next}. */
    public boolean isAtEnd(FlowView flow, boolean towardsServer) {
        direction.at(flow, towardsServer);
        return direction.is(StreamDirection.FINISHED) && direction.next() == direction.finAt();
    }

    /**
     * The first ranges of octets that wait behind a gap.
     *
     * @param ranges gets two sequence numbers for each
     * @return how many there are
     */
    public int waiting(FlowView flow, boolean towardsServer, int[] ranges) {
        direction.at(flow, towardsServer);
        int count = 0;
        int piece = direction.hasWaiting() ? direction.following(direction.lastBefore(direction.next())) : 0;
        while (piece != 0 && 2 * count < ranges.length) {
            ranges[2 * count] = pool.sequence[piece];
            int end = pool.end(piece);
            for (piece = pool.next[piece]; piece != 0 && pool.sequence[piece] == end; piece = pool.next[piece]) {
                end = pool.end(piece);
            }
            ranges[2 * count++ + 1] = end;
        }
        return count;
    }
}
