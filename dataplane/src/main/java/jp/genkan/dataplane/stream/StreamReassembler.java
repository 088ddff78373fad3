package jp.genkan.dataplane.stream;

import static jp.genkan.dataplane.flow.TcpTracker.after;
import static jp.genkan.dataplane.flow.TcpTracker.before;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.flow.FlowView;
import jp.genkan.dataplane.flow.SegmentClass;
import jp.genkan.dataplane.flow.StreamAnomaly;
import jp.genkan.dataplane.flow.TcpTracker;

/**
 * Puts TCP streams in order for inspection. Every TCP packet goes through {@link #accept}; only flows whose stream a stage has asked for cost more
 * than the tracker.
 *
 * <p><b>Inline</b>, one rule makes evasion impossible: <i>once octets are recorded at a place of the stream, a segment with other octets there is never
 * forwarded.</i> A segment in order is inspected where it lies, then forwarded, and its octets are kept until the receiver acknowledges them. A segment
 * beyond a gap is recorded and forwarded at once: its receiver cannot read it before the gap fills, but can ask for what is missing, so that TCP
 * recovers as fast as without the box. The segment that fills the gap is forwarded only after it and all recorded octets behind it were inspected. A
 * verdict cuts the stream before the octets that it is about: whatever comes later, the receiver never gets past that place. What its receiver would
 * ignore (outside of the window, wrong acknowledgment, inexact RST) is dropped, so that receivers that would not ignore it do not see it either.
 *
 * <p><b>Passive</b>, in a capture, nothing can be dropped: octets that conflict before they can be read are resolved as the receiver's system would
 * ({@link OverlapPolicy}); octets that were handed over stay as they were.
 *
 * <p>Octets that passed unseen (the kernel forwards what a full ring does not take) are told as a gap as soon as the receiver acknowledges octets behind
 * them that the sender is known to have sent.
 *
 * <p>Memory comes from one {@link SegmentPool}; a direction may have at most a quarter of what is still free, so that no few flows can use it up.
 *
 * <p>Thread rule: one worker. Nothing allocates.
 */
public final class StreamReassembler implements AutoCloseable {
    /** A direction may take one in so many of the pool's free octets. */
    private static final int POOL_SHARE = 4;

    /** A stream that is picked up begins at the last acknowledged octet, when that is not further back than this. */
    private static final int PICK_UP_MAX = 1 << 20;

    // ---- one direction's part of the flow's record
    /** Sequence number of the next octet to inspect. */
    private static final int NEXT = 0;
    /** First and last piece of the list. */
    private static final int HEAD = 1;

    private static final int TAIL = 2;
    /** Octets and pieces that are kept. */
    private static final int BYTES = 3;

    private static final int PIECES = 4;
    private static final int STATE = 5;
    /** Where the stream was cut. */
    private static final int CUT_AT = 6;
    /** Where the FIN ends the stream. */
    private static final int FIN_AT = 7;

    private static final int BEGUN = 1;
    private static final int CUT = 1 << 1;
    private static final int FINISHED = 1 << 2;
    /** Nobody wanted it for a while: octets were missed. */
    private static final int INTERRUPTED = 1 << 3;
    /** The cut was a {@link Verdict#REJECT}. */
    private static final int REJECTED = 1 << 4;

    private static final int REASON_SHIFT = 8;

    // ---- TCP header
    private static final int FLAGS_OFFSET = 12;
    private static final int CHECKSUM_OFFSET = 16;
    private static final int URGENT_OFFSET = 18;
    /** Flag of struct virtio_net_hdr: the checksum field holds only the pseudo header's sum. */
    private static final int VNET_NEEDS_CHECKSUM = 1;

    private static final int VNET_HEADER_LENGTH = 10;

    private static final long WRONG_CHECKSUM = DecodeAnomaly.TCP_CHECKSUM.bit() | DecodeAnomaly.IPV4_CHECKSUM.bit();

    private final TcpTracker tracker;
    private final StreamMode mode;
    private final OverlapPolicy overlapPolicy;
    private final UrgentPolicy urgentPolicy;
    private final LimitPolicy limitPolicy;
    private final StreamLimits limits;
    private final SegmentPool pool;
    private final MemorySegment memory;
    private final CounterSet<StreamCounter> counters = new CounterSet<>(StreamCounter.class);

    // the segment at hand
    private boolean toServer;
    private int low;
    private int high;
    private long lowOffset;
    private Verdict verdict = Verdict.FORWARD;

    /**
     * @param overlapPolicy what receivers do, for {@link StreamMode#PASSIVE}
     * @param urgentPolicy what is done about urgent data, for {@link StreamMode#INLINE}
     * @param limitPolicy what is done when memory runs out, for {@link StreamMode#INLINE}
     */
    public StreamReassembler(
            StreamMode mode,
            OverlapPolicy overlapPolicy,
            UrgentPolicy urgentPolicy,
            LimitPolicy limitPolicy,
            StreamLimits limits) {
        this.tracker = new TcpTracker();
        this.mode = mode;
        this.overlapPolicy = overlapPolicy;
        this.urgentPolicy = urgentPolicy;
        this.limitPolicy = limitPolicy;
        this.limits = limits;
        pool = new SegmentPool(limits);
        memory = pool.memory();
    }

    /** With the defaults: Linux receivers, urgent flags cleared, open limits. */
    public StreamReassembler(StreamMode mode) {
        this(mode, OverlapPolicy.LINUX, UrgentPolicy.CLEAR, LimitPolicy.OPEN, StreamLimits.DEFAULT);
    }

    /** The tracker: anomalies of the last segment, and their counters. */
    public TcpTracker tracker() {
        return tracker;
    }

    /** What was counted. */
    public CounterSet<StreamCounter> counters() {
        return counters;
    }

    /** Octets in buffers that are free. */
    public long freeBytes() {
        return pool.freeBytes();
    }

    /** Octets of the pool, all told. */
    public long memoryBytes() {
        return limits.memoryBytes();
    }

    // ---- the segment's way

    /**
     * Follows a TCP packet and, where the stream is wanted, has its octets inspected. To be called for every TCP packet that no stage has dropped, after
     * the stages have seen it.
     *
     * @param flow turned to the packet's direction
     * @param consumer gets the octets
     * @return what is to become of the frame
     */
    public StreamAction accept(FlowView flow, Packet packet, StreamConsumer consumer) {
        tracker.clearAnomalies();
        if (packet.transportOffset == Packet.NONE) {
            return StreamAction.FORWARD;
        }
        if ((packet.anomalies & WRONG_CHECKSUM) != 0) {
            counters.increment(StreamCounter.WRONG_CHECKSUM);
            return StreamAction.FORWARD;
        }
        if (flow.isWrongSide(packet)) {
            tracker.mark(StreamAnomaly.WRONG_SIDE);
            counters.increment(StreamCounter.WRONG_SIDE);
            return StreamAction.FORWARD;
        }
        SegmentClass segment = tracker.track(flow, packet);
        if (flow.wantedStreamMask() == 0) {
            if (flow.streamMask() != 0) {
                interrupt(flow, true);
                interrupt(flow, false);
            }
            return StreamAction.FORWARD;
        }
        toServer = flow.toServer();
        verdict = Verdict.FORWARD;
        boolean oneSided = segment == SegmentClass.UNANSWERED && mode == StreamMode.PASSIVE;
        if (!segment.isAcceptable() && !oneSided) {
            return ignored(packet, segment);
        }
        if (segment == SegmentClass.IN_WINDOW && packet.hasFlags(Packet.SYN)) {
            onSyn(flow, packet);
        }
        return inspect(flow, packet, consumer);
    }

    /** Segments that do not change the receiver's stream. */
    private StreamAction ignored(Packet packet, SegmentClass segment) {
        if (mode == StreamMode.PASSIVE) {
            return StreamAction.FORWARD;
        }
        return switch (segment) {
            case OUT_OF_WINDOW, INVALID_ACK, UNANSWERED ->
                drop(packet, DropReason.STREAM_WINDOW, StreamCounter.DROPPED_WINDOW);
            case INVALID_RESET -> drop(packet, DropReason.STREAM_RESET, StreamCounter.DROPPED_RESET);
            case CHALLENGE ->
                packet.payloadLength > 0
                        ? drop(packet, DropReason.STREAM_WINDOW, StreamCounter.DROPPED_WINDOW)
                        : StreamAction.FORWARD;
            case IN_WINDOW, RETRANSMISSION, KEEP_ALIVE, WINDOW_PROBE, RESET -> StreamAction.FORWARD;
        };
    }

    private StreamAction inspect(FlowView flow, Packet packet, StreamConsumer consumer) {
        if (packet.hasFlags(Packet.ACK)) {
            onAcknowledgment(flow, packet, consumer);
            if (verdict != Verdict.FORWARD) {
                return cutAction(flow, !toServer);
            }
        }
        low = packet.tcpSequence + (packet.hasFlags(Packet.SYN) ? 1 : 0);
        high = low + packet.payloadLength;
        lowOffset = packet.payloadOffset;
        boolean fin = packet.hasFlags(Packet.FIN);
        if (packet.payloadLength == 0 && !fin) {
            return normaliseUrgent(packet);
        }
        if (!has(flow, toServer, BEGUN)) {
            begin(flow, toServer, low, packet);
        } else if (has(flow, toServer, INTERRUPTED)) {
            resume(flow, packet, consumer);
        }
        if (isBeyondFin(flow, fin)) {
            if (mode == StreamMode.INLINE) {
                return drop(packet, DropReason.STREAM_OVERLAP, StreamCounter.DROPPED_OVERLAP);
            }
            fin = false;
        }
        if (has(flow, toServer, CUT) && after(high, get(flow, CUT_AT)) && mode == StreamMode.INLINE) {
            packet.dropReason = flow.stream(toServer, STATE) >>> REASON_SHIFT;
            counters.increment(StreamCounter.DROPPED_CUT);
            return StreamAction.DROP;
        }
        StreamAction action = high == low ? StreamAction.FORWARD : onOctets(flow, packet, consumer);
        if (action == StreamAction.FORWARD) {
            if (fin && !has(flow, toServer, FINISHED)) {
                put(flow, FIN_AT, high);
                set(flow, toServer, FINISHED);
            }
            return normaliseUrgent(packet);
        }
        return action;
    }

    /** A stream begins, or begins anew because the client has sent another SYN. */
    private void onSyn(FlowView flow, Packet packet) {
        int first = packet.tcpSequence + 1;
        boolean begun = has(flow, toServer, BEGUN);
        if (!begun || before(first, get(flow, NEXT) - flow.stream(toServer, BYTES)) || after(first, get(flow, NEXT))) {
            release(flow, toServer);
            flow.stream(toServer, STATE, 0);
            begin(flow, toServer, first, packet);
        }
        if (packet.hasFlags(Packet.ACK) && TcpTracker.isSynSeen(flow, !toServer)) {
            answered(flow);
        }
    }

    /** Of two SYNs, the answer tells which one counts. */
    private void answered(FlowView flow) {
        int first = TcpTracker.firstSequence(flow, !toServer);
        int next = flow.stream(!toServer, NEXT);
        boolean begun = has(flow, !toServer, BEGUN);
        if (begun && (before(first, next - flow.stream(!toServer, BYTES)) || after(first, next))) {
            release(flow, !toServer);
            flow.stream(!toServer, STATE, BEGUN);
            flow.stream(!toServer, NEXT, first);
        }
    }

    private void begin(FlowView flow, boolean direction, int first, Packet packet) {
        counters.increment(StreamCounter.STREAMS_BEGUN);
        flow.stream(direction, STATE, BEGUN);
        int start = first;
        if (!packet.hasFlags(Packet.SYN)) {
            start = pickUp(flow, direction, first);
        }
        flow.stream(direction, NEXT, start);
    }

    /** Where a stream begins whose SYN was not inspected: at the first octet that the receiver has not acknowledged, when that is known. */
    private int pickUp(FlowView flow, boolean direction, int first) {
        if (!TcpTracker.isHeard(flow, !direction)) {
            counters.increment(StreamCounter.STREAMS_BEGUN_MIDSTREAM);
            return first;
        }
        int acknowledged = TcpTracker.acknowledged(flow, !direction);
        if (!TcpTracker.isSynSeen(flow, direction) || acknowledged != TcpTracker.firstSequence(flow, direction)) {
            counters.increment(StreamCounter.STREAMS_BEGUN_MIDSTREAM);
        }
        return Math.abs(first - acknowledged) > PICK_UP_MAX ? first : acknowledged;
    }

    /** The stream is wanted again: what passed meanwhile is a gap. */
    private void resume(FlowView flow, Packet packet, StreamConsumer consumer) {
        int from = get(flow, NEXT);
        int start = pickUp(flow, toServer, low);
        clear(flow, toServer, INTERRUPTED);
        boolean again = before(start, from) && from - start <= PICK_UP_MAX;
        if (start != from && !again) {
            put(flow, NEXT, start);
            clear(flow, toServer, FINISHED);
            hand(
                    flow,
                    memory,
                    0,
                    0,
                    Math.max(start - from, 1),
                    packet,
                    consumer); // more than 2 GiB cannot be told apart
        }
    }

    /** Whether the segment contradicts where a FIN has ended the stream, or ends it before octets that are there. */
    private boolean isBeyondFin(FlowView flow, boolean fin) {
        if (has(flow, toServer, FINISHED)) {
            int end = get(flow, FIN_AT);
            if (!after(high, end) && !(fin && high != end)) {
                return false;
            }
            tracker.mark(after(high, end) ? StreamAnomaly.DATA_AFTER_FIN : StreamAnomaly.FIN_MOVED);
            if (after(high, end)) {
                high = after(low, end) ? low : end;
            }
            return true;
        }
        int tail = get(flow, TAIL);
        boolean early = fin && (before(high, get(flow, NEXT)) || tail != 0 && before(high, pool.end(tail)));
        if (early) {
            tracker.mark(StreamAnomaly.FIN_MOVED);
        }
        return early;
    }

    private StreamAction onOctets(FlowView flow, Packet packet, StreamConsumer consumer) {
        int next = get(flow, NEXT);
        if (mode == StreamMode.INLINE) {
            if (differs(flow, packet)) {
                return drop(packet, DropReason.STREAM_OVERLAP, StreamCounter.DROPPED_OVERLAP);
            }
            if (limitPolicy == LimitPolicy.CLOSED
                    && after(high, next)
                    && !fits(flow, high - (after(low, next) ? low : next))) {
                return limit(packet);
            }
        }
        if (!after(high, next)) {
            counters.increment(StreamCounter.SEGMENTS_RETRANSMITTED);
            if (mode == StreamMode.PASSIVE) {
                differs(flow, packet);
            }
            return StreamAction.FORWARD;
        }
        if (after(low, next)) {
            counters.increment(StreamCounter.SEGMENTS_OUT_OF_ORDER);
            if (record(flow, packet)) {
                return StreamAction.FORWARD;
            }
            if (mode == StreamMode.INLINE) {
                return limit(packet);
            }
            tracker.mark(StreamAnomaly.LIMIT);
            passOver(flow, toServer, low, packet, consumer); // no room to wait: the gap is told
            if (!after(high, get(flow, NEXT))) {
                return StreamAction.FORWARD;
            }
        } else {
            counters.increment(StreamCounter.SEGMENTS_IN_ORDER);
        }
        inOrder(flow, packet, consumer);
        return verdict == Verdict.FORWARD ? StreamAction.FORWARD : cutAction(flow, toServer);
    }

    private StreamAction limit(Packet packet) {
        tracker.mark(StreamAnomaly.LIMIT);
        return drop(packet, DropReason.STREAM_LIMIT, StreamCounter.DROPPED_LIMIT);
    }

    // ---- in order

    /** Hands over the segment's new octets and all that wait behind them. */
    private void inOrder(FlowView flow, Packet packet, StreamConsumer consumer) {
        int before = get(flow, NEXT);
        int tail = get(flow, TAIL);
        if (tail == 0 || !after(pool.end(tail), before)) {
            hand(flow, packet.segment(), lowOffset + (before - low), high - before, 0, packet, consumer);
            put(flow, NEXT, high);
            if (verdict == Verdict.FORWARD) {
                keep(flow, packet, before, high);
            }
        } else {
            mixed(flow, packet, consumer);
        }
        if (verdict != Verdict.FORWARD) {
            cut(flow, toServer, before, packet);
        }
    }

    /** Octets of the frame, and of pieces that are there already, in turn. */
    private void mixed(FlowView flow, Packet packet, StreamConsumer consumer) {
        int at = get(flow, NEXT);
        while (before(at, high) && verdict == Verdict.FORWARD) {
            int after = lastBefore(flow, at);
            int piece = after == 0 ? get(flow, HEAD) : pool.next[after];
            if (piece == 0 || after(pool.sequence[piece], at)) {
                int end = piece == 0 || after(pool.sequence[piece], high) ? high : pool.sequence[piece];
                hand(flow, packet.segment(), lowOffset + (at - low), end - at, 0, packet, consumer);
                keep(flow, packet, at, end);
                at = end;
            } else {
                if (mode == StreamMode.PASSIVE) {
                    overwrite(packet, piece);
                }
                hand(flow, memory, pool.address(piece), pool.length[piece], 0, packet, consumer);
                at = pool.end(piece);
            }
            put(flow, NEXT, at);
        }
        drain(flow, toServer, packet, consumer);
    }

    /** Passive: the segment's octets replace a waiting piece's where the receiver would do so. */
    private void overwrite(Packet packet, int piece) {
        int from = pool.sequence[piece];
        int end = after(pool.end(piece), high) ? high : pool.end(piece);
        long source = lowOffset + (from - low);
        if (isSame(packet.segment(), source, piece, 0, end - from)) {
            return;
        }
        markDifferent();
        if (overlapPolicy.replaces(low, high, pool.originStart[piece], pool.originEnd[piece])) {
            MemorySegment.copy(packet.segment(), source, memory, pool.address(piece), end - from);
        }
    }

    /** Hands over the pieces that follow without a gap. */
    private void drain(FlowView flow, boolean direction, Packet packet, StreamConsumer consumer) {
        int next = flow.stream(direction, NEXT);
        int after = lastBefore(flow, direction, next);
        int piece = after == 0 ? flow.stream(direction, HEAD) : pool.next[after];
        while (piece != 0 && pool.sequence[piece] == next && verdict == Verdict.FORWARD) {
            hand(flow, memory, pool.address(piece), pool.length[piece], 0, packet, consumer);
            next = pool.end(piece);
            flow.stream(direction, NEXT, next);
            piece = pool.next[piece];
        }
    }

    private void hand(
            FlowView flow,
            MemorySegment bytes,
            long offset,
            int length,
            int gapBytes,
            Packet packet,
            StreamConsumer consumer) {
        if (gapBytes > 0) {
            tracker.mark(StreamAnomaly.GAP);
            counters.increment(StreamCounter.GAPS);
            counters.add(StreamCounter.GAP_BYTES, gapBytes);
        }
        counters.add(StreamCounter.BYTES_INSPECTED, length);
        Verdict one = consumer.onBytes(flow, bytes, offset, length, gapBytes, packet);
        if (mode == StreamMode.INLINE) {
            verdict = verdict.and(one);
        }
    }

    // ---- acknowledgments

    private void onAcknowledgment(FlowView flow, Packet packet, StreamConsumer consumer) {
        boolean direction = !toServer;
        if (!has(flow, direction, BEGUN)) {
            return;
        }
        int acknowledged = packet.tcpAcknowledgment;
        if (has(flow, direction, FINISHED) && after(acknowledged, flow.stream(direction, FIN_AT))) {
            acknowledged = flow.stream(direction, FIN_AT);
        }
        boolean unseen = after(acknowledged, flow.stream(direction, NEXT));
        if (unseen
                && !after(acknowledged, TcpTracker.sent(flow, direction))
                && !has(flow, direction, INTERRUPTED | CUT)) {
            int before = flow.stream(direction, NEXT);
            passOver(flow, direction, acknowledged, packet, consumer);
            if (verdict != Verdict.FORWARD) {
                cut(flow, direction, before, packet);
                return;
            }
        }
        int piece = flow.stream(direction, HEAD);
        while (piece != 0
                && !after(pool.end(piece), acknowledged)
                && !after(pool.end(piece), flow.stream(direction, NEXT))) {
            int following = pool.next[piece];
            remove(flow, direction, piece);
            piece = following;
        }
    }

    /** The octets up to here will not come any more: tells the gaps, and what lies between them. */
    private void passOver(FlowView flow, boolean direction, int upTo, Packet packet, StreamConsumer consumer) {
        flow.turn(direction);
        int next = flow.stream(direction, NEXT);
        int after = lastBefore(flow, direction, next);
        while (before(next, upTo) && verdict == Verdict.FORWARD) {
            int piece = after == 0 ? flow.stream(direction, HEAD) : pool.next[after];
            if (piece == 0 || !before(pool.sequence[piece], upTo)) {
                hand(flow, memory, 0, 0, upTo - next, packet, consumer);
                next = upTo;
            } else {
                hand(
                        flow,
                        memory,
                        pool.address(piece),
                        pool.length[piece],
                        pool.sequence[piece] - next,
                        packet,
                        consumer);
                next = pool.end(piece);
                after = piece;
            }
            flow.stream(direction, NEXT, next);
        }
        drain(flow, direction, packet, consumer);
        flow.turn(toServer);
    }

    // ---- comparing

    /** True when the segment has other octets than were recorded at the same place. */
    private boolean differs(FlowView flow, Packet packet) {
        int tail = get(flow, TAIL);
        int next = get(flow, NEXT);
        int compared = 0;
        for (int piece = tail; piece != 0 && after(pool.end(piece), low); piece = pool.previous[piece]) {
            int from = after(pool.sequence[piece], low) ? pool.sequence[piece] : low;
            int end = before(pool.end(piece), high) ? pool.end(piece) : high;
            if (!before(from, end)) {
                continue;
            }
            if (!isSame(packet.segment(), lowOffset + (from - low), piece, from - pool.sequence[piece], end - from)) {
                markDifferent();
                return true;
            }
            if (before(from, next)) {
                compared += (before(end, next) ? end : next) - from;
            }
        }
        if (before(low, next)) {
            countUnverified(flow, compared, next);
        }
        return false;
    }

    /** Counts a segment whose old octets could not all be compared, though the receiver may still take them. */
    private void countUnverified(FlowView flow, int compared, int next) {
        int from = low;
        if (TcpTracker.isHeard(flow, !toServer)) {
            int acknowledged = TcpTracker.acknowledged(flow, !toServer);
            from = after(acknowledged, from) ? acknowledged : from;
        }
        int old = (before(high, next) ? high : next) - from;
        if (old > compared) {
            counters.increment(StreamCounter.SEGMENTS_UNVERIFIED);
        }
    }

    private boolean isSame(MemorySegment bytes, long offset, int piece, int pieceOffset, int count) {
        long at = pool.address(piece) + pieceOffset;
        return MemorySegment.mismatch(bytes, offset, offset + count, memory, at, at + count) < 0;
    }

    private void markDifferent() {
        tracker.mark(StreamAnomaly.OVERLAP_DIFFERENT);
        counters.increment(StreamCounter.OVERLAPS_DIFFERENT);
    }

    // ---- beyond a gap

    /**
     * Records the segment's octets beyond the next one to inspect.
     *
     * @return false when a limit was reached; what was recorded until then stays
     */
    private boolean record(FlowView flow, Packet packet) {
        if (!fits(flow, high - low)) {
            return false;
        }
        int at = low;
        int after = lastBefore(flow, low);
        while (before(at, high)) {
            int piece = after == 0 ? get(flow, HEAD) : pool.next[after];
            if (piece == 0 || !before(pool.sequence[piece], high)) {
                return store(flow, after, packet.segment(), at, high) != 0;
            }
            if (after(pool.sequence[piece], at)) {
                int end = pool.sequence[piece];
                after = store(flow, after, packet.segment(), at, end);
                if (after == 0) {
                    return false;
                }
                at = end;
            }
            int end = before(pool.end(piece), high) ? pool.end(piece) : high;
            if (mode == StreamMode.PASSIVE && replaces(packet, piece, at, end)) {
                after = replace(flow, packet, piece, at, end);
                if (after == 0) {
                    return false;
                }
            } else {
                after = piece;
            }
            at = end;
        }
        return true;
    }

    private boolean replaces(Packet packet, int piece, int from, int end) {
        if (!isSame(packet.segment(), lowOffset + (from - low), piece, from - pool.sequence[piece], end - from)) {
            markDifferent();
        }
        return overlapPolicy.replaces(low, high, pool.originStart[piece], pool.originEnd[piece]);
    }

    /** Puts octets of the segment in the place of a piece's; what is left of the piece before and behind them stays. Returns the last new piece. */
    private int replace(FlowView flow, Packet packet, int piece, int from, int end) {
        int behind = pool.end(piece) - end;
        int before = from - pool.sequence[piece];
        int rest = 0;
        if (behind > 0 && before > 0) {
            rest = copyRest(flow, piece, behind);
        }
        if (behind > 0 && before == 0) {
            shortenFront(flow, piece, end);
            return store(flow, pool.previous[piece], packet.segment(), from, end);
        }
        int after = pool.previous[piece];
        if (before > 0) {
            flow.stream(toServer, BYTES, get(flow, BYTES) - (pool.length[piece] - before));
            pool.length[piece] = before;
            after = piece;
        } else {
            remove(flow, toServer, piece);
        }
        int last = store(flow, after, packet.segment(), from, end);
        return last == 0 && rest != 0 ? 0 : last;
    }

    /** Makes a piece of its own of a piece's last octets. */
    private int copyRest(FlowView flow, int piece, int octets) {
        int rest = pool.take(octets);
        if (rest == 0 || pool.room(rest) < octets) {
            if (rest != 0) {
                pool.give(rest);
            }
            return 0;
        }
        MemorySegment.copy(
                memory, pool.address(piece) + pool.length[piece] - octets, memory, pool.address(rest), octets);
        pool.sequence[rest] = pool.end(piece) - octets;
        pool.length[rest] = octets;
        pool.originStart[rest] = pool.originStart[piece];
        pool.originEnd[rest] = pool.originEnd[piece];
        insert(flow, piece, rest);
        return rest;
    }

    private void shortenFront(FlowView flow, int piece, int newSequence) {
        int octets = newSequence - pool.sequence[piece];
        pool.sequence[piece] = newSequence;
        pool.start[piece] += octets;
        pool.length[piece] -= octets;
        put(flow, BYTES, get(flow, BYTES) - octets);
    }

    // ---- keeping

    /** Keeps octets that were inspected, as far as there is room. */
    private void keep(FlowView flow, Packet packet, int from, int end) {
        if (!fits(flow, end - from) || store(flow, lastBefore(flow, from), packet.segment(), from, end) == 0) {
            tracker.mark(StreamAnomaly.LIMIT);
            counters.increment(StreamCounter.NOT_KEPT);
        }
    }

    /** Whether so many octets may be kept; forgets the oldest inspected ones of this direction to make room. */
    private boolean fits(FlowView flow, int octets) {
        long allowed = Math.min(limits.directionBytesMax(), (pool.freeBytes() + get(flow, BYTES)) / POOL_SHARE);
        while (get(flow, BYTES) + octets > allowed || get(flow, PIECES) + 2 > limits.directionSegmentsMax()) {
            int head = get(flow, HEAD);
            boolean inspected = head != 0 && !after(pool.end(head), get(flow, NEXT));
            if (!inspected || limitPolicy == LimitPolicy.CLOSED || octets > allowed) {
                return false;
            }
            counters.increment(StreamCounter.FORGOTTEN);
            remove(flow, toServer, head);
        }
        return true;
    }

    /**
     * Stores octets of the segment at hand behind a piece, or at the front for 0.
     *
     * @return the last piece, or 0 when the pool is used up
     */
    private int store(FlowView flow, int after, MemorySegment bytes, int from, int end) {
        int place = after;
        int at = from;
        if (place != 0 && pool.end(place) == at && isJoinable(flow, place)) {
            at += append(flow, place, bytes, at, end);
        }
        while (before(at, end)) {
            int piece = pool.take(bufferSize(flow, end - at));
            if (piece == 0) {
                return 0;
            }
            pool.sequence[piece] = at;
            pool.originStart[piece] = low;
            pool.originEnd[piece] = high;
            insert(flow, place, piece);
            at += append(flow, piece, bytes, at, end);
            place = piece;
        }
        return place;
    }

    /** Only pieces that were inspected grow: whose octets the others are matters. */
    private boolean isJoinable(FlowView flow, int piece) {
        return !after(pool.end(piece), get(flow, NEXT)) && pool.room(piece) > 0;
    }

    private int append(FlowView flow, int piece, MemorySegment bytes, int from, int end) {
        int octets = Math.min(end - from, pool.room(piece));
        MemorySegment.copy(bytes, lowOffset + (from - low), memory, pool.address(piece) + pool.length[piece], octets);
        pool.length[piece] += octets;
        put(flow, BYTES, get(flow, BYTES) + octets);
        return octets;
    }

    /** Flows that keep much get larger buffers, so that their lists stay short. */
    private int bufferSize(FlowView flow, int octets) {
        return Math.max(octets, Math.min(get(flow, BYTES) / 4, SegmentPool.LARGE));
    }

    // ---- the list

    /** The last piece that ends at or before this place, or 0. */
    private int lastBefore(FlowView flow, int place) {
        return lastBefore(flow, toServer, place);
    }

    private int lastBefore(FlowView flow, boolean direction, int place) {
        int piece = flow.stream(direction, TAIL);
        while (piece != 0 && after(pool.end(piece), place)) {
            piece = pool.previous[piece];
        }
        return piece;
    }

    private void insert(FlowView flow, int after, int piece) {
        int following = after == 0 ? get(flow, HEAD) : pool.next[after];
        pool.previous[piece] = after;
        pool.next[piece] = following;
        if (after == 0) {
            put(flow, HEAD, piece);
        } else {
            pool.next[after] = piece;
        }
        if (following == 0) {
            put(flow, TAIL, piece);
        } else {
            pool.previous[following] = piece;
        }
        put(flow, PIECES, get(flow, PIECES) + 1);
    }

    private void remove(FlowView flow, boolean direction, int piece) {
        int previous = pool.previous[piece];
        int following = pool.next[piece];
        if (previous == 0) {
            flow.stream(direction, HEAD, following);
        } else {
            pool.next[previous] = following;
        }
        if (following == 0) {
            flow.stream(direction, TAIL, previous);
        } else {
            pool.previous[following] = previous;
        }
        flow.stream(direction, BYTES, flow.stream(direction, BYTES) - pool.length[piece]);
        flow.stream(direction, PIECES, flow.stream(direction, PIECES) - 1);
        pool.give(piece);
    }

    private void release(FlowView flow, boolean direction) {
        int piece = flow.stream(direction, HEAD);
        while (piece != 0) {
            int following = pool.next[piece];
            pool.give(piece);
            piece = following;
        }
        flow.stream(direction, HEAD, 0);
        flow.stream(direction, TAIL, 0);
        flow.stream(direction, BYTES, 0);
        flow.stream(direction, PIECES, 0);
    }

    /** The flow has ended: gives back its memory. To be called by the flow table's end listener for every flow. */
    public void release(FlowView flow) {
        release(flow, true);
        release(flow, false);
    }

    private void interrupt(FlowView flow, boolean direction) {
        if (has(flow, direction, BEGUN) && !has(flow, direction, INTERRUPTED)) {
            release(flow, direction);
            set(flow, direction, INTERRUPTED);
            counters.increment(StreamCounter.STREAMS_GIVEN_UP);
        }
    }

    // ---- verdicts

    /** Nothing from here on reaches the receiver. */
    private void cut(FlowView flow, boolean direction, int at, Packet packet) {
        int rejected = verdict == Verdict.REJECT ? REJECTED : 0;
        int state = flow.stream(direction, STATE) & (1 << REASON_SHIFT) - 1;
        flow.stream(direction, STATE, state | CUT | rejected | packet.dropReason << REASON_SHIFT);
        flow.stream(direction, CUT_AT, at);
    }

    private StreamAction cutAction(FlowView flow, boolean direction) {
        return has(flow, direction, REJECTED) ? StreamAction.REJECT : StreamAction.DROP;
    }

    private StreamAction drop(Packet packet, DropReason reason, StreamCounter counter) {
        packet.dropReason = reason.ordinal();
        counters.increment(counter);
        return StreamAction.DROP;
    }

    // ---- urgent data

    private StreamAction normaliseUrgent(Packet packet) {
        if (!packet.hasFlags(Packet.URG)) {
            return StreamAction.FORWARD;
        }
        tracker.mark(StreamAnomaly.URGENT);
        if (mode == StreamMode.PASSIVE) {
            return StreamAction.FORWARD;
        }
        if (urgentPolicy == UrgentPolicy.DROP || urgentPolicy == UrgentPolicy.CLEAR && packet.reassembled) {
            return drop(packet, DropReason.STREAM_URGENT, StreamCounter.DROPPED_URGENT);
        }
        if (urgentPolicy == UrgentPolicy.PASS || packet.segment().isReadOnly()) {
            counters.increment(StreamCounter.URGENT_PASSED);
            return StreamAction.FORWARD;
        }
        clearUrgent(packet);
        counters.increment(StreamCounter.URGENT_CLEARED);
        return StreamAction.FORWARD;
    }

    private static void clearUrgent(Packet packet) {
        long at = packet.transportOffset;
        MemorySegment bytes = packet.segment();
        int flags = packet.u16(at + FLAGS_OFFSET);
        int pointer = packet.u16(at + URGENT_OFFSET);
        int cleared = flags & ~Packet.URG;
        bytes.set(Packet.U16, at + FLAGS_OFFSET, (short) cleared);
        bytes.set(Packet.U16, at + URGENT_OFFSET, (short) 0);
        packet.tcpFlags &= ~Packet.URG;
        if (hasWholeChecksum(packet)) { // RFC 1624: HC' = ~(~HC + ~m + m')
            int sum = ~packet.u16(at + CHECKSUM_OFFSET) & 0xffff;
            sum += (~flags & 0xffff) + cleared + (~pointer & 0xffff);
            sum = (sum & 0xffff) + (sum >>> 16);
            sum = (sum & 0xffff) + (sum >>> 16);
            bytes.set(Packet.U16, at + CHECKSUM_OFFSET, (short) ~sum);
        }
    }

    /** False when the kernel completes the checksum when it sends. */
    private static boolean hasWholeChecksum(Packet packet) {
        return packet.ingressPort == Packet.NONE
                || packet.frameOffset < VNET_HEADER_LENGTH
                || (packet.segment().get(ValueLayout.JAVA_BYTE, packet.frameOffset - VNET_HEADER_LENGTH)
                                & VNET_NEEDS_CHECKSUM)
                        == 0;
    }

    // ---- fields of the direction at hand

    private int get(FlowView flow, int field) {
        return flow.stream(toServer, field);
    }

    private void put(FlowView flow, int field, int value) {
        flow.stream(toServer, field, value);
    }

    private static boolean has(FlowView flow, boolean direction, int bits) {
        return (flow.stream(direction, STATE) & bits) != 0;
    }

    private static void set(FlowView flow, boolean direction, int bits) {
        flow.stream(direction, STATE, flow.stream(direction, STATE) | bits);
    }

    private static void clear(FlowView flow, boolean direction, int bits) {
        flow.stream(direction, STATE, flow.stream(direction, STATE) & ~bits);
    }

    @Override
    public void close() {
        pool.close();
    }
}
