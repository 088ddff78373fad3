package jp.genkan.dataplane.stream;

import static jp.genkan.dataplane.flow.TcpTracker.after;

import jp.genkan.dataplane.flow.FlowView;

/**
 * One direction of a stream: a view over its part of the flow's record and the list of its pieces in the pool. Pieces stand in the order of their
 * sequence numbers and never overlap; those up to {@link #next} were inspected and are not acknowledged yet, the others wait behind a gap.
 */
final class StreamDirection {
    static final int BEGUN = 1;
    static final int CUT = 1 << 1;
    static final int FINISHED = 1 << 2;
    /** Nobody wanted it for a while: octets were missed. */
    static final int INTERRUPTED = 1 << 3;
    /** The cut was a {@link jp.genkan.core.pipeline.Verdict#REJECT}. */
    static final int REJECTED = 1 << 4;

    private static final int REASON_SHIFT = 8;

    private static final int NEXT = 0;
    private static final int HEAD = 1;
    private static final int TAIL = 2;
    private static final int BYTES = 3;
    private static final int PIECES = 4;
    private static final int STATE = 5;
    private static final int CUT_AT = 6;
    private static final int FIN_AT = 7;

    private final SegmentPool pool;

    @SuppressWarnings("NullAway.Init") // a direction is looked at only after it was put over a flow
    private FlowView flow;

    private boolean toServer;

    StreamDirection(SegmentPool pool) {
        this.pool = pool;
    }

    void at(FlowView ofFlow, boolean towardsServer) {
        flow = ofFlow;
        toServer = towardsServer;
    }

    FlowView flow() {
        return flow;
    }

    boolean toServer() {
        return toServer;
    }

    // ---- where it stands

    /** Sequence number of the next octet to inspect. */
    int next() {
        return flow.stream(toServer, NEXT);
    }

    void next(int sequence) {
        flow.stream(toServer, NEXT, sequence);
    }

    /** True when one of these bits is set. */
    boolean is(int bits) {
        return (flow.stream(toServer, STATE) & bits) != 0;
    }

    void set(int bits) {
        flow.stream(toServer, STATE, flow.stream(toServer, STATE) | bits);
    }

    void clear(int bits) {
        flow.stream(toServer, STATE, flow.stream(toServer, STATE) & ~bits);
    }

    /** The stream begins here; whatever was known of it is forgotten. */
    void begin(int sequence) {
        release();
        flow.stream(toServer, STATE, BEGUN);
        next(sequence);
    }

    /** Where a FIN ends the stream, when {@link #FINISHED}. */
    int finAt() {
        return flow.stream(toServer, FIN_AT);
    }

    void finish(int sequence) {
        flow.stream(toServer, FIN_AT, sequence);
        set(FINISHED);
    }

    /** Where the stream was cut, when {@link #CUT}. */
    int cutAt() {
        return flow.stream(toServer, CUT_AT);
    }

    /** Why the stream was cut, as the ordinal of a drop reason. */
    int cutReason() {
        return flow.stream(toServer, STATE) >>> REASON_SHIFT;
    }

    void cut(int sequence, boolean rejected, int dropReason) {
        int state = flow.stream(toServer, STATE) & (1 << REASON_SHIFT) - 1;
        flow.stream(toServer, STATE, state | CUT | (rejected ? REJECTED : 0) | dropReason << REASON_SHIFT);
        flow.stream(toServer, CUT_AT, sequence);
    }

    /** True when this number is where the stream may begin: among the octets that are kept, or next. */
    boolean isNear(int sequence) {
        return !after(next() - bytes(), sequence) && !after(sequence, next());
    }

    // ---- the list

    int head() {
        return flow.stream(toServer, HEAD);
    }

    int tail() {
        return flow.stream(toServer, TAIL);
    }

    /** Octets that are kept. */
    int bytes() {
        return flow.stream(toServer, BYTES);
    }

    void addBytes(int octets) {
        flow.stream(toServer, BYTES, bytes() + octets);
    }

    int pieces() {
        return flow.stream(toServer, PIECES);
    }

    /** True when octets wait behind a gap. */
    boolean hasWaiting() {
        int last = tail();
        return last != 0 && after(pool.end(last), next());
    }

    /** The last piece that ends at or before this place, or 0. */
    int lastBefore(int place) {
        int piece = tail();
        while (piece != 0 && after(pool.end(piece), place)) {
            piece = pool.previous[piece];
        }
        return piece;
    }

    /** The piece after this one; the first for 0. */
    int following(int piece) {
        return piece == 0 ? head() : pool.next[piece];
    }

    void insert(int afterPiece, int piece) {
        int following = following(afterPiece);
        pool.previous[piece] = afterPiece;
        pool.next[piece] = following;
        link(afterPiece, piece);
        if (following == 0) {
            flow.stream(toServer, TAIL, piece);
        } else {
            pool.previous[following] = piece;
        }
        flow.stream(toServer, PIECES, pieces() + 1);
    }

    void remove(int piece) {
        int previous = pool.previous[piece];
        int following = pool.next[piece];
        link(previous, following);
        if (following == 0) {
            flow.stream(toServer, TAIL, previous);
        } else {
            pool.previous[following] = previous;
        }
        addBytes(-pool.length[piece]);
        flow.stream(toServer, PIECES, pieces() - 1);
        pool.give(piece);
    }

    private void link(int previous, int piece) {
        if (previous == 0) {
            flow.stream(toServer, HEAD, piece);
        } else {
            pool.next[previous] = piece;
        }
    }

    /** Gives back the inspected pieces that end at or before what the receiver has acknowledged. */
    void releaseUpTo(int acknowledged) {
        int piece = head();
        while (piece != 0 && !after(pool.end(piece), acknowledged) && !after(pool.end(piece), next())) {
            int following = pool.next[piece];
            remove(piece);
            piece = following;
        }
    }

    /** Gives back all memory. */
    void release() {
        int piece = head();
        while (piece != 0) {
            int following = pool.next[piece];
            pool.give(piece);
            piece = following;
        }
        flow.stream(toServer, HEAD, 0);
        flow.stream(toServer, TAIL, 0);
        flow.stream(toServer, BYTES, 0);
        flow.stream(toServer, PIECES, 0);
    }
}
