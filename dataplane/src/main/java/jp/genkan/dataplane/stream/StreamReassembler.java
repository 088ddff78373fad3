package jp.genkan.dataplane.stream;

import static jp.genkan.dataplane.flow.TcpTracker.after;
import static jp.genkan.dataplane.flow.TcpTracker.before;

import java.lang.foreign.MemorySegment;
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
 * ({@link OverlapPolicy}); octets that were handed over stay as they were. In the mode {@link StreamMode#ACKNOWLEDGED} they are handed over when their receiver has acknowledged them: only
 * then it is sure that it has them.
 *
 * <p>Octets that passed unseen (the kernel forwards what a full ring does not take) are told as a gap as soon as the receiver acknowledges octets behind
 * them that the sender is known to have sent.
 *
 * <p>Memory comes from one {@link SegmentPool}; a direction may have at most a quarter of what is still free, so that no few flows can use it up.
 *
 * <p>Thread rule: one worker. Nothing allocates.
 */
public final class StreamReassembler implements AutoCloseable {
    /** A stream that is picked up begins at the last acknowledged octet, when that is not further away than this. */
    private static final int PICK_UP_MAX = 1 << 20;

    private static final long WRONG_CHECKSUM = DecodeAnomaly.TCP_CHECKSUM.bit() | DecodeAnomaly.IPV4_CHECKSUM.bit();

    private final TcpTracker tracker = new TcpTracker();
    private final StreamMode mode;
    private final UrgentPolicy urgentPolicy;
    private final InvalidPolicy invalidPolicy;
    private final LimitPolicy limitPolicy;
    private final StreamLimits limits;
    private final SegmentPool pool;
    private final MemorySegment memory;
    private final StreamRecorder recorder;
    private final CounterSet<StreamCounter> counters = new CounterSet<>(StreamCounter.class);

    // the segment at hand, its direction, and the other one
    private final Octets octets = new Octets();
    private final StreamDirection own;
    private final StreamDirection far;
    private final StreamPlaces places;
    private final Packet noPacket = new Packet();
    private Verdict verdict = Verdict.FORWARD;
    private final Expectation expectation = new Expectation();

    /**
     * @param overlapPolicy what receivers do, for {@link StreamMode#PASSIVE}
     * @param urgentPolicy what is done about urgent data, for {@link StreamMode#INLINE}
     * @param invalidPolicy what is done about segments that their receiver should ignore, for {@link StreamMode#INLINE}
     * @param limitPolicy what is done when memory runs out, for {@link StreamMode#INLINE}
     */
    public StreamReassembler(
            StreamMode mode,
            OverlapPolicy overlapPolicy,
            UrgentPolicy urgentPolicy,
            InvalidPolicy invalidPolicy,
            LimitPolicy limitPolicy,
            StreamLimits limits) {
        this.mode = mode;
        this.urgentPolicy = urgentPolicy;
        this.invalidPolicy = invalidPolicy;
        this.limitPolicy = limitPolicy;
        this.limits = limits;
        pool = new SegmentPool(limits);
        memory = pool.memory();
        recorder = new StreamRecorder(pool, limits, limitPolicy, overlapPolicy, octets, counters);
        own = new StreamDirection(pool);
        far = new StreamDirection(pool);
        places = new StreamPlaces(pool);
    }

    /** With the defaults: Linux receivers, urgent flags cleared, open limits. */
    public StreamReassembler(StreamMode mode) {
        this(mode, OverlapPolicy.LINUX, UrgentPolicy.CLEAR, InvalidPolicy.DROP, LimitPolicy.OPEN, StreamLimits.DEFAULT);
    }

    /** The tracker: anomalies of the last segment, and their counters. */
    public TcpTracker tracker() {
        return tracker;
    }

    /** What the receiver of the last segment waited for. */
    public Expectation expectation() {
        return expectation;
    }

    /** Where streams stand. */
    public StreamPlaces places() {
        return places;
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
        boolean wanted = flow.wantedStreamMask() != 0;
        if (!wanted && flow.streamMask() == 0) {
            return StreamAction.FORWARD;
        }
        own.at(flow, flow.toServer());
        far.at(flow, !flow.toServer());
        if (!wanted) {
            interrupt(own);
            interrupt(far);
            return StreamAction.FORWARD;
        }
        verdict = Verdict.FORWARD;
        boolean oneSided =
                segment == SegmentClass.UNANSWERED && mode.isPassive() && mode != StreamMode.ACKNOWLEDGED_ONLY;
        if (!segment.isAcceptable() && !oneSided) {
            return ignored(packet, segment);
        }
        if (segment == SegmentClass.IN_WINDOW && packet.hasFlags(Packet.SYN)) {
            onSyn(packet);
        }
        return inspect(packet, consumer);
    }

    private void interrupt(StreamDirection direction) {
        if (direction.is(StreamDirection.BEGUN) && !direction.is(StreamDirection.INTERRUPTED)) {
            direction.release();
            direction.set(StreamDirection.INTERRUPTED);
            counters.increment(StreamCounter.STREAMS_GIVEN_UP);
        }
    }

    /** Segments that do not change the receiver's stream. */
    private StreamAction ignored(Packet packet, SegmentClass segment) {
        packet.outsideStream = true;
        if (mode.isPassive() || invalidPolicy == InvalidPolicy.FORWARD) {
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

    private StreamAction inspect(Packet packet, StreamConsumer consumer) {
        if (own.is(StreamDirection.BEGUN) && !own.is(StreamDirection.INTERRUPTED)) {
            expectation.set(own.next());
        }
        if (packet.hasFlags(Packet.ACK) && far.is(StreamDirection.BEGUN)) {
            onAcknowledgment(packet, consumer);
            if (verdict != Verdict.FORWARD) {
                return cutAction(far);
            }
        }
        int syn = packet.hasFlags(Packet.SYN) ? 1 : 0;
        octets.wrap(packet.segment(), packet.payloadOffset, packet.tcpSequence + syn, packet.payloadLength);
        boolean fin = packet.hasFlags(Packet.FIN);
        if (packet.payloadLength == 0 && !fin) {
            return normaliseUrgent(packet);
        }
        if (!own.is(StreamDirection.BEGUN)) {
            counters.increment(StreamCounter.STREAMS_BEGUN);
            own.begin(pickUp());
            expectation.set(own.next());
        } else if (own.is(StreamDirection.INTERRUPTED)) {
            resume(packet, consumer);
        }
        if (isBeyondFin(fin)) {
            if (mode == StreamMode.INLINE) {
                return drop(packet, DropReason.STREAM_OVERLAP, StreamCounter.DROPPED_OVERLAP);
            }
            fin = false;
        }
        if (own.is(StreamDirection.CUT) && after(octets.high, own.cutAt()) && mode == StreamMode.INLINE) {
            packet.dropReason = own.cutReason();
            counters.increment(StreamCounter.DROPPED_CUT);
            return StreamAction.DROP;
        }
        StreamAction action = octets.high == octets.low ? StreamAction.FORWARD : onOctets(packet, consumer);
        if (action != StreamAction.FORWARD) {
            return action;
        }
        if (fin && !own.is(StreamDirection.FINISHED)) {
            own.finish(octets.high);
        }
        return normaliseUrgent(packet);
    }

    // ---- where a stream begins

    /** A stream begins, or begins anew because the client has sent another SYN. */
    private void onSyn(Packet packet) {
        int first = packet.tcpSequence + 1;
        if (!own.is(StreamDirection.BEGUN) || !own.isNear(first)) {
            counters.increment(StreamCounter.STREAMS_BEGUN);
            own.begin(first);
        }
        boolean answers = packet.hasFlags(Packet.ACK) && TcpTracker.isSynSeen(far.flow(), far.toServer());
        if (answers && far.is(StreamDirection.BEGUN)) { // of two SYNs, the answer tells which one counts
            int answered = TcpTracker.firstSequence(far.flow(), far.toServer());
            if (!far.isNear(answered)) {
                far.begin(answered);
            }
        }
    }

    /** Where a stream begins whose SYN was not inspected: at the first octet that the receiver has not acknowledged, when that is known. */
    private int pickUp() {
        FlowView flow = own.flow();
        int first = octets.low;
        if (!TcpTracker.isHeard(flow, far.toServer())) {
            counters.increment(StreamCounter.STREAMS_BEGUN_MIDSTREAM);
            return first;
        }
        int acknowledged = TcpTracker.acknowledged(flow, far.toServer());
        if (!TcpTracker.isSynSeen(flow, own.toServer())
                || acknowledged != TcpTracker.firstSequence(flow, own.toServer())) {
            counters.increment(StreamCounter.STREAMS_BEGUN_MIDSTREAM);
        }
        int distance = first - acknowledged;
        return distance > PICK_UP_MAX || distance < -PICK_UP_MAX ? first : acknowledged;
    }

    /** The stream is wanted again: what passed meanwhile is a gap. */
    private void resume(Packet packet, StreamConsumer consumer) {
        int from = own.next();
        int start = pickUp();
        own.clear(StreamDirection.INTERRUPTED);
        boolean again = before(start, from) && from - start <= PICK_UP_MAX;
        if (start != from && !again) {
            own.next(start);
            own.clear(StreamDirection.FINISHED);
            hand(
                    own,
                    memory,
                    0,
                    0,
                    Math.max(start - from, 1),
                    packet,
                    consumer); // more than 2 GiB cannot be told apart
        }
    }

    /** Whether the segment contradicts where a FIN has ended the stream, or ends it before octets that are there. */
    private boolean isBeyondFin(boolean fin) {
        if (own.is(StreamDirection.FINISHED)) {
            int end = own.finAt();
            if (after(octets.high, end)) {
                tracker.mark(StreamAnomaly.DATA_AFTER_FIN);
                octets.high = after(octets.low, end) ? octets.low : end;
                return true;
            }
            if (fin && octets.high != end) {
                tracker.mark(StreamAnomaly.FIN_MOVED);
                return true;
            }
            return false;
        }
        int tail = own.tail();
        boolean early = fin && (before(octets.high, own.next()) || tail != 0 && before(octets.high, pool.end(tail)));
        if (early) {
            tracker.mark(StreamAnomaly.FIN_MOVED);
        }
        return early;
    }

    // ---- octets

    private StreamAction onOctets(Packet packet, StreamConsumer consumer) {
        int next = own.next();
        boolean brings = after(octets.high, next);
        if ((mode == StreamMode.INLINE || !brings) && recorder.differs(own)) {
            markDifferent();
            if (mode == StreamMode.INLINE) {
                return drop(packet, DropReason.STREAM_OVERLAP, StreamCounter.DROPPED_OVERLAP);
            }
        }
        if (!brings) {
            counters.increment(StreamCounter.SEGMENTS_RETRANSMITTED);
            return StreamAction.FORWARD;
        }
        boolean gap = after(octets.low, next);
        if (mode == StreamMode.ACKNOWLEDGED_ONLY
                || mode == StreamMode.ACKNOWLEDGED && TcpTracker.isHeard(own.flow(), far.toServer())) {
            return await(packet, consumer, gap);
        }
        boolean closed = mode == StreamMode.INLINE && limitPolicy == LimitPolicy.CLOSED;
        if (closed && !recorder.fits(own, octets.high - (gap ? octets.low : next))) {
            return limit(packet);
        }
        counters.increment(gap ? StreamCounter.SEGMENTS_OUT_OF_ORDER : StreamCounter.SEGMENTS_IN_ORDER);
        if (gap) {
            boolean recorded = recorder.record(own, mode);
            markDifferent();
            if (recorded) {
                return StreamAction.FORWARD;
            }
            if (mode == StreamMode.INLINE) {
                return limit(packet);
            }
            tracker.mark(StreamAnomaly.LIMIT);
            passOver(own, octets.low, packet, consumer); // no room to wait: the gap is told
        }
        if (after(octets.high, own.next())) {
            inOrder(packet, consumer);
        }
        return verdict == Verdict.FORWARD ? StreamAction.FORWARD : cutAction(own);
    }

    /** Keeps the segment's new octets until their receiver acknowledges them. */
    private StreamAction await(Packet packet, StreamConsumer consumer, boolean gap) {
        counters.increment(gap ? StreamCounter.SEGMENTS_OUT_OF_ORDER : StreamCounter.SEGMENTS_IN_ORDER);
        if (!gap) {
            octets.low = own.next();
        }
        boolean recorded = recorder.record(own, mode);
        markDifferent();
        if (!recorded) {
            tracker.mark(StreamAnomaly.LIMIT);
            passOver(own, octets.low, packet, consumer); // no room to wait: what is there is read now
            if (after(octets.high, own.next())) {
                inOrder(packet, consumer);
            }
        }
        return StreamAction.FORWARD;
    }

    /** Hands over the segment's new octets and all that wait behind them. */
    private void inOrder(Packet packet, StreamConsumer consumer) {
        int before = own.next();
        if (own.hasWaiting()) {
            mixed(packet, consumer);
        } else {
            hand(own, octets.bytes(), octets.offset(before), octets.high - before, 0, packet, consumer);
            own.next(octets.high);
            keep(before, octets.high);
        }
        if (verdict != Verdict.FORWARD) {
            cut(own, before, packet);
        }
    }

    /** Octets of the frame, and of pieces that are there already, in turn. */
    private void mixed(Packet packet, StreamConsumer consumer) {
        int at = own.next();
        while (before(at, octets.high) && verdict == Verdict.FORWARD) {
            int piece = own.following(own.lastBefore(at));
            if (piece == 0 || after(pool.sequence[piece], at)) {
                int end = piece == 0 || after(pool.sequence[piece], octets.high) ? octets.high : pool.sequence[piece];
                hand(own, octets.bytes(), octets.offset(at), end - at, 0, packet, consumer);
                keep(at, end);
                at = end;
            } else {
                if (mode.isPassive()) {
                    recorder.overwrite(piece);
                    markDifferent();
                }
                hand(own, memory, pool.address(piece), pool.length[piece], 0, packet, consumer);
                at = pool.end(piece);
            }
            own.next(at);
        }
        drain(own, packet, consumer);
    }

    /** Hands over the pieces that follow without a gap. */
    private void drain(StreamDirection direction, Packet packet, StreamConsumer consumer) {
        int next = direction.next();
        int piece = direction.following(direction.lastBefore(next));
        while (piece != 0 && pool.sequence[piece] == next && verdict == Verdict.FORWARD) {
            hand(direction, memory, pool.address(piece), pool.length[piece], 0, packet, consumer);
            next = pool.end(piece);
            direction.next(next);
            piece = pool.next[piece];
        }
    }

    private void hand(
            StreamDirection direction,
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
        Verdict one = consumer.onBytes(direction.flow(), bytes, offset, length, gapBytes, packet);
        if (mode == StreamMode.INLINE) {
            verdict = verdict.and(one);
        }
    }

    private void keep(int from, int end) {
        if (!recorder.keep(own, from, end)) {
            tracker.mark(StreamAnomaly.LIMIT);
        }
    }

    private void markDifferent() {
        if (recorder.takeDifferent()) {
            tracker.mark(StreamAnomaly.OVERLAP_DIFFERENT);
        }
    }

    // ---- acknowledgments

    private void onAcknowledgment(Packet packet, StreamConsumer consumer) {
        int acknowledged = packet.tcpAcknowledgment;
        if (far.is(StreamDirection.FINISHED) && after(acknowledged, far.finAt())) {
            acknowledged = far.finAt();
        }
        int before = far.next();
        boolean sent = !after(acknowledged, TcpTracker.sent(far.flow(), far.toServer()));
        if (after(acknowledged, before) && sent && !far.is(StreamDirection.INTERRUPTED | StreamDirection.CUT)) {
            passOver(far, acknowledged, packet, consumer);
            if (verdict != Verdict.FORWARD) {
                cut(far, before, packet);
                return;
            }
        }
        far.releaseUpTo(acknowledged);
    }

    /** The octets up to here will not come any more: tells the gaps, and what lies between them. */
    private void passOver(StreamDirection direction, int upTo, Packet packet, StreamConsumer consumer) {
        direction.flow().turn(direction.toServer());
        int next = direction.next();
        int place = direction.lastBefore(next);
        while (before(next, upTo) && verdict == Verdict.FORWARD) {
            int piece = direction.following(place);
            if (piece == 0 || !before(pool.sequence[piece], upTo)) {
                hand(direction, memory, 0, 0, upTo - next, packet, consumer);
                next = upTo;
            } else {
                int gap = pool.sequence[piece] - next;
                hand(direction, memory, pool.address(piece), pool.length[piece], gap, packet, consumer);
                next = pool.end(piece);
                place = piece;
            }
            direction.next(next);
        }
        if (!mode.waits()) {
            drain(direction, packet, consumer);
        }
        direction.flow().turn(own.toServer());
    }

    // ---- verdicts

    /** Nothing from here on reaches the receiver; unless the segment is only withheld, and its sender will send it again. */
    private void cut(StreamDirection direction, int at, Packet packet) {
        if (verdict == Verdict.DROP && packet.dropReason == DropReason.SCAN_PENDING.ordinal()) {
            return;
        }
        direction.cut(at, verdict == Verdict.REJECT, packet.dropReason);
    }

    private static StreamAction cutAction(StreamDirection direction) {
        return direction.is(StreamDirection.REJECTED) ? StreamAction.REJECT : StreamAction.DROP;
    }

    private StreamAction drop(Packet packet, DropReason reason, StreamCounter counter) {
        packet.dropReason = reason.ordinal();
        counters.increment(counter);
        return StreamAction.DROP;
    }

    private StreamAction limit(Packet packet) {
        tracker.mark(StreamAnomaly.LIMIT);
        return drop(packet, DropReason.STREAM_LIMIT, StreamCounter.DROPPED_LIMIT);
    }

    private StreamAction normaliseUrgent(Packet packet) {
        if (!packet.hasFlags(Packet.URG)) {
            return StreamAction.FORWARD;
        }
        tracker.mark(StreamAnomaly.URGENT);
        if (mode.isPassive()) {
            return StreamAction.FORWARD;
        }
        if (urgentPolicy == UrgentPolicy.DROP || urgentPolicy == UrgentPolicy.CLEAR && packet.reassembled) {
            return drop(packet, DropReason.STREAM_URGENT, StreamCounter.DROPPED_URGENT);
        }
        if (urgentPolicy == UrgentPolicy.PASS || packet.segment().isReadOnly()) {
            counters.increment(StreamCounter.URGENT_PASSED);
            return StreamAction.FORWARD;
        }
        UrgentFlag.clear(packet);
        counters.increment(StreamCounter.URGENT_CLEARED);
        return StreamAction.FORWARD;
    }

    // ---- ends

    /** True when this direction has been handed over to its FIN: no octet will follow. */
    public boolean isEnded(FlowView flow, boolean towardsServer) {
        own.at(flow, towardsServer);
        return own.is(StreamDirection.FINISHED) && own.next() == own.finAt();
    }

    /**
     * The flow has ended: passively, hands over what still waits behind gaps, which nothing will fill any more; then gives back its memory. To be called by
     * the flow table's end listener for every flow, or {@link #release} where nobody listens.
     */
    public void finish(FlowView flow, StreamConsumer consumer) {
        if (mode.isPassive() && flow.wantedStreamMask() != 0) {
            finish(flow, true, consumer);
            finish(flow, false, consumer);
        }
        release(flow);
    }

    private void finish(FlowView flow, boolean towardsServer, StreamConsumer consumer) {
        own.at(flow, towardsServer);
        if (own.hasWaiting()) {
            verdict = Verdict.FORWARD;
            passOver(own, pool.end(own.tail()), noPacket, consumer);
        }
    }

    /** The flow has ended: gives back its memory. */
    public void release(FlowView flow) {
        if (flow.streamMask() != 0) {
            own.at(flow, true);
            own.release();
            own.at(flow, false);
            own.release();
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
