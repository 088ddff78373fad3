package jp.genkan.dataplane.flow;

import static jp.genkan.dataplane.flow.TcpEnd.ACKED;
import static jp.genkan.dataplane.flow.TcpEnd.ACKNOWLEDGED_ONLY;
import static jp.genkan.dataplane.flow.TcpEnd.ACK_SEEN;
import static jp.genkan.dataplane.flow.TcpEnd.BITS;
import static jp.genkan.dataplane.flow.TcpEnd.EDGE;
import static jp.genkan.dataplane.flow.TcpEnd.EDGE_KNOWN;
import static jp.genkan.dataplane.flow.TcpEnd.END;
import static jp.genkan.dataplane.flow.TcpEnd.FIN;
import static jp.genkan.dataplane.flow.TcpEnd.FIN_SEEN;
import static jp.genkan.dataplane.flow.TcpEnd.ISN;
import static jp.genkan.dataplane.flow.TcpEnd.KNOWN;
import static jp.genkan.dataplane.flow.TcpEnd.PENDING;
import static jp.genkan.dataplane.flow.TcpEnd.PENDING_SYN;
import static jp.genkan.dataplane.flow.TcpEnd.SCALE;
import static jp.genkan.dataplane.flow.TcpEnd.SCALE_NONE;
import static jp.genkan.dataplane.flow.TcpEnd.SYN_SEEN;
import static jp.genkan.dataplane.flow.TcpEnd.WINDOW;
import static jp.genkan.dataplane.flow.TcpEnd.clear;
import static jp.genkan.dataplane.flow.TcpEnd.forget;
import static jp.genkan.dataplane.flow.TcpEnd.has;
import static jp.genkan.dataplane.flow.TcpEnd.lag;
import static jp.genkan.dataplane.flow.TcpEnd.scale;
import static jp.genkan.dataplane.flow.TcpEnd.sequenceAfterSyn;
import static jp.genkan.dataplane.flow.TcpEnd.set;
import static jp.genkan.dataplane.flow.TcpEnd.state;

import java.lang.foreign.MemorySegment;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.decode.TcpOptions;
import jp.genkan.core.frame.Packet;

/**
 * Follows a TCP connection from the middle (RFC 9293, RFC 7323 for the window scale, RFC 5961 for blind attacks): says for each segment what its
 * receiver will make of it, and keeps the connection's state.
 *
 * <p>For each end it keeps the highest sequence number sent ({@code END}), the highest it was allowed to send ({@code EDGE}: the peer's
 * acknowledgment plus its window), the highest it has acknowledged and the largest window it has offered. A segment is acceptable when it does not
 * begin beyond {@code EDGE}, does not end further before {@code END} than the peer's largest window, and acknowledges neither octets that the
 * peer was never allowed to send nor some far before its {@code END} (van Rooij, "Real Stateful TCP Packet Filtering in IP Filter", 2001). A connection
 * that was picked up in its middle is taken to scale its windows by the most that is allowed.
 *
 * <p>What the receiver's state is exactly cannot be known from the middle: octets may be lost behind the box. Where that leaves a choice, the
 * tracker takes the segment as acceptable, since the reassembler then records its octets and holds every later segment to them.
 *
 * <p>Thread rule: one a worker. A segment with a wrong checksum must not be given to it.
 */
public final class TcpTracker {
    /** SYNs without an answer that are everyday life: one and ten more, as Suricata's {@code stream.max-syn-queued} has it; a host sends seven. */
    private static final int SYNS_MAX = 11;

    private final CounterSet<StreamAnomaly> counters = new CounterSet<>(StreamAnomaly.class);
    private final TcpOptions options = new TcpOptions();
    private long anomalies;

    // the segment at hand
    private int sender;
    private int receiver;
    private int sequence;
    private int end;

    /** For a worker. */
    public TcpTracker() {}

    /**
     * Follows one segment.
     *
     * @param flow turned to the segment's direction
     * @param packet TCP, with a right checksum, from the right side
     */
    public SegmentClass track(FlowView flow, Packet packet) {
        anomalies = 0;
        sender = flow.toServer() ? FlowRecord.TCP_CLIENT : FlowRecord.TCP_SERVER;
        receiver = flow.toServer() ? FlowRecord.TCP_SERVER : FlowRecord.TCP_CLIENT;
        sequence = packet.tcpSequence;
        int flags = packet.tcpFlags;
        end = sequence
                + packet.payloadLength
                + ((flags & Packet.SYN) != 0 ? 1 : 0)
                + ((flags & Packet.FIN) != 0 ? 1 : 0);
        if (flow.takeStale()) {
            forget(flow, sender);
            forget(flow, receiver);
        }
        if ((flags & Packet.SYN) != 0 && (flags & (Packet.FIN | Packet.RST)) != 0) {
            mark(StreamAnomaly.SYN_BAD_FLAGS);
        }
        SegmentClass segment;
        if ((flags & Packet.RST) != 0) {
            segment = onReset(flow, packet);
        } else if ((flags & Packet.SYN) == 0) {
            segment = onSegment(flow, packet);
        } else if ((flags & Packet.ACK) == 0) {
            segment = onSyn(flow, packet);
        } else {
            segment = onSynAck(flow, packet);
        }
        if (segment.isAcceptable()) {
            noteTimestamp(flow, packet);
        }
        TcpState state = state(flow);
        if (state != flow.tcpState() || state.flowState() == FlowState.ESTABLISHED) {
            flow.tcpState(state);
        }
        return segment;
    }

    private static void noteTimestamp(FlowView flow, Packet packet) {
        long at = TcpStandIn.timestampOffset(packet);
        if (at < 0) {
            return;
        }
        boolean fromClient = flow.toServer();
        newer(flow, fromClient ? FlowRecord.TIMESTAMP_CLIENT : FlowRecord.TIMESTAMP_SERVER, packet.u32(at));
        if (packet.hasFlags(Packet.ACK)) { // what it has heard, the kernel may have forwarded
            newer(flow, fromClient ? FlowRecord.TIMESTAMP_SERVER : FlowRecord.TIMESTAMP_CLIENT, packet.u32(at + 4));
        }
    }

    private static void newer(FlowView flow, int field, int timestamp) {
        int known = flow.getInt(field);
        if (known == 0 || after(timestamp, known)) {
            flow.putInt(field, timestamp);
        }
    }

    // ---- SYN

    private SegmentClass onSyn(FlowView flow, Packet packet) {
        if (packet.payloadLength > 0) {
            mark(StreamAnomaly.SYN_WITH_DATA);
        }
        if (!has(flow, sender, SYN_SEEN)) {
            if (has(flow, sender, KNOWN)) { // picked up in its middle, or known by the peer's acknowledgment only
                return challengeSyn(flow);
            }
            if (has(flow, receiver, SYN_SEEN)) {
                mark(StreamAnomaly.SIMULTANEOUS_OPEN);
            }
            beginSender(flow, packet);
            return SegmentClass.IN_WINDOW;
        }
        if (flow.getInt(sender + ISN) == sequence) {
            resetOver(flow);
            mark(StreamAnomaly.RETRANSMISSION);
            return SegmentClass.RETRANSMISSION;
        }
        if (flow.tcpState() == TcpState.SYN_SENT) { // began again; the answer will tell which one counts
            mark(StreamAnomaly.SYN_RESENT_OTHER_SEQUENCE);
            if (packetsOf(flow, sender) > SYNS_MAX) {
                mark(StreamAnomaly.SYN_FLOOD);
            }
            int older = flow.getInt(sender + ISN);
            beginSender(flow, packet);
            flow.putInt(sender + PENDING_SYN, older);
            set(flow, sender, PENDING);
            return SegmentClass.IN_WINDOW;
        }
        return challengeSyn(flow);
    }

    /** Without effect unless the peer, which may have lost its state, answers this SYN. */
    private SegmentClass challengeSyn(FlowView flow) {
        mark(StateAnomaly.synAgain(flow.tcpState()));
        flow.putInt(sender + PENDING_SYN, sequence);
        set(flow, sender, PENDING);
        return SegmentClass.CHALLENGE;
    }

    private SegmentClass onSynAck(FlowView flow, Packet packet) {
        int ack = packet.tcpAcknowledgment;
        if (has(flow, sender, SYN_SEEN)) {
            if (flow.getInt(sender + ISN) != sequence) {
                mark(
                        flow.tcpState() == TcpState.SYN_RECV
                                ? StreamAnomaly.SYN_ACK_RESENT_OTHER_SEQUENCE
                                : StreamAnomaly.SYN_ACK_ON_ESTABLISHED);
                return SegmentClass.CHALLENGE;
            }
            boolean answersNow = !has(flow, sender, ACK_SEEN) || before(flow.getInt(sender + ACKED), ack);
            acknowledge(flow, packet, 0);
            if (answersNow) {
                return SegmentClass.IN_WINDOW; // simultaneous open
            }
            mark(StreamAnomaly.RETRANSMISSION);
            return SegmentClass.RETRANSMISSION;
        }
        if (has(flow, sender, KNOWN) && !has(flow, sender, ACKNOWLEDGED_ONLY)) {
            mark(StreamAnomaly.SYN_ACK_ON_ESTABLISHED);
            return SegmentClass.CHALLENGE;
        }
        if (has(flow, receiver, SYN_SEEN)) {
            if (!answers(flow, ack)) {
                mark(StreamAnomaly.SYN_ACK_WRONG_ACK);
                return SegmentClass.CHALLENGE; // the client will reset it
            }
        } else { // the client's SYN was not seen, but is known from this
            flow.putInt(receiver + ISN, ack - 1);
            flow.putInt(receiver + END, ack);
            flow.putByte(receiver + SCALE, scaleOf(packet) == SCALE_NONE ? 0 : TcpOptions.WINDOW_SCALE_MAX);
            set(flow, receiver, KNOWN | SYN_SEEN | ACKNOWLEDGED_ONLY);
        }
        beginSender(flow, packet);
        acknowledge(flow, packet, 0);
        return SegmentClass.IN_WINDOW;
    }

    /** Whether a SYN-ACK answers a SYN of the other end, the last one or the one before. */
    private boolean answers(FlowView flow, int ack) {
        if (!before(ack, flow.getInt(receiver + ISN) + 1) && !after(ack, flow.getInt(receiver + END))) {
            clear(flow, receiver, PENDING);
            return true;
        }
        if (has(flow, receiver, PENDING) && ack == flow.getInt(receiver + PENDING_SYN) + 1) {
            flow.putInt(receiver + ISN, ack - 1);
            flow.putInt(receiver + END, ack);
            clear(flow, receiver, PENDING);
            return true;
        }
        return false;
    }

    private void beginSender(FlowView flow, Packet packet) {
        resetOver(flow);
        flow.putInt(sender + ISN, sequence);
        flow.putInt(sender + END, end);
        flow.putInt(sender + WINDOW, Math.max(packet.tcpWindow, 1));
        flow.putByte(sender + SCALE, scaleOf(packet));
        clear(flow, sender, PENDING | ACKNOWLEDGED_ONLY | FIN_SEEN | ACK_SEEN | TcpEnd.SELECTIVE);
        set(flow, sender, KNOWN | SYN_SEEN | (options.sackPermitted ? TcpEnd.SELECTIVE : 0));
        int segmentMax = Math.max(options.maximumSegmentSize, 0);
        flow.putByte(sender + TcpEnd.SEGMENT_MAX, segmentMax >>> 8);
        flow.putByte(sender + TcpEnd.SEGMENT_MAX + 1, segmentMax & 0xff);
        if (has(flow, receiver, SYN_SEEN) && has(flow, receiver, KNOWN)) {
            flow.putInt(sender + EDGE, sequence + 1 + flow.getInt(receiver + WINDOW));
            set(flow, sender, EDGE_KNOWN);
            grant(flow, sequenceAfterSyn(flow, receiver), packet.tcpWindow);
            agreeOnScale(flow);
        }
    }

    /** Scaling holds only when both SYNs offered it (RFC 7323 §2.2). */
    private void agreeOnScale(FlowView flow) {
        if (flow.getByte(sender + SCALE) == SCALE_NONE || flow.getByte(receiver + SCALE) == SCALE_NONE) {
            flow.putByte(sender + SCALE, 0);
            flow.putByte(receiver + SCALE, 0);
        }
    }

    /** The window scale option of a SYN, or {@link TcpEnd#SCALE_NONE}. */
    private int scaleOf(Packet packet) {
        options.read(packet);
        return options.windowScale == Packet.NONE ? SCALE_NONE : options.windowScale;
    }

    // ---- everything between SYN and RST

    private SegmentClass onSegment(FlowView flow, Packet packet) {
        if (!packet.hasFlags(Packet.ACK)) {
            mark(StreamAnomaly.NO_ACK_FLAG);
            return SegmentClass.INVALID_ACK;
        }
        int ack = packet.tcpAcknowledgment;
        if (!has(flow, sender, KNOWN)) {
            if (isOpening(flow)) {
                mark(StreamAnomaly.HANDSHAKE_WRONG_ACK); // the other end opens a connection; this one still has an old
                // one
                return SegmentClass.CHALLENGE;
            }
            pickUp(flow, packet);
            return SegmentClass.IN_WINDOW;
        }
        if (has(flow, sender, ACKNOWLEDGED_ONLY) && !has(flow, sender, SYN_SEEN)) {
            pickUp(flow, packet);
            return SegmentClass.IN_WINDOW;
        }
        if (has(flow, sender, SYN_SEEN) && !has(flow, receiver, KNOWN)) {
            flow.putInt(sender + END, after(end, flow.getInt(sender + END)) ? end : flow.getInt(sender + END));
            return SegmentClass.UNANSWERED;
        }
        clear(flow, sender, ACKNOWLEDGED_ONLY);
        int sent = flow.getInt(sender + END);
        if (has(flow, sender, EDGE_KNOWN) && after(sequence, flow.getInt(sender + EDGE))) {
            mark(StateAnomaly.outOfWindow(flow.tcpState(), packet.hasFlags(Packet.FIN)));
            return SegmentClass.OUT_OF_WINDOW;
        }
        if (has(flow, receiver, KNOWN) && before(end, sent - lag(flow, receiver))) {
            mark(StateAnomaly.beforeLastAck(flow.tcpState()));
            return SegmentClass.OUT_OF_WINDOW;
        }
        if (has(flow, receiver, KNOWN) && !isPlausibleAck(flow, ack)) {
            return SegmentClass.INVALID_ACK;
        }
        continueAfterReset(flow);
        acknowledge(flow, packet, scale(flow, sender));
        boolean probe = has(flow, sender, EDGE_KNOWN)
                && packet.payloadLength == 1
                && sequence == flow.getInt(sender + EDGE) - 1;
        if (after(end, sent)) {
            flow.putInt(sender + END, end);
        }
        noteFin(flow, packet);
        return classify(flow, packet, sent, probe);
    }

    private SegmentClass classify(FlowView flow, Packet packet, int sent, boolean probe) {
        boolean keepAlive = sequence == sent - 1 && packet.payloadLength <= 1 && (packet.tcpFlags & Packet.FIN) == 0;
        if (keepAlive) {
            return SegmentClass.KEEP_ALIVE;
        }
        if (end == sequence || after(end, sent)) {
            return probe && end != sequence ? SegmentClass.WINDOW_PROBE : SegmentClass.IN_WINDOW;
        }
        if (has(flow, receiver, ACK_SEEN) && !after(end, flow.getInt(receiver + ACKED))) {
            mark(StreamAnomaly.SPURIOUS_RETRANSMISSION);
        }
        mark(StreamAnomaly.RETRANSMISSION);
        return SegmentClass.RETRANSMISSION;
    }

    /** Begins to follow an end in its middle. */
    private void pickUp(FlowView flow, Packet packet) {
        if (packet.hasFlags(Packet.FIN) && !has(flow, receiver, KNOWN)) {
            mark(StreamAnomaly.FIN_BUT_NO_SESSION);
        }
        int ack = packet.tcpAcknowledgment;
        if (!has(flow, sender, SYN_SEEN)) {
            flow.putByte(sender + SCALE, TcpOptions.WINDOW_SCALE_MAX);
        }
        flow.putInt(sender + END, end);
        flow.putInt(sender + ACKED, ack);
        set(flow, sender, ACK_SEEN);
        clear(flow, sender, ACKNOWLEDGED_ONLY);
        set(flow, sender, KNOWN);
        if (!has(flow, receiver, KNOWN)) {
            flow.putInt(receiver + END, ack);
            if (!has(flow, receiver, SYN_SEEN)) {
                flow.putByte(receiver + SCALE, TcpOptions.WINDOW_SCALE_MAX);
            }
            set(flow, receiver, KNOWN | ACKNOWLEDGED_ONLY);
        }
        acknowledge(flow, packet, scale(flow, sender));
        noteFin(flow, packet);
    }

    /** The receiver has sent its SYN and waits for the answer. */
    private boolean isOpening(FlowView flow) {
        return has(flow, receiver, SYN_SEEN)
                && has(flow, receiver, KNOWN)
                && !has(flow, receiver, ACKNOWLEDGED_ONLY)
                && !has(flow, sender, KNOWN | SYN_SEEN);
    }

    /** False when this end's packets take another way: all that is known of it was said by the other one. */
    private static boolean hasSpoken(FlowView flow, int end) {
        return packetsOf(flow, end) > 0;
    }

    private static long packetsOf(FlowView flow, int end) {
        return end == part(true) ? flow.packetsToServer() : flow.packetsToClient();
    }

    private boolean isPlausibleAck(FlowView flow, int ack) {
        int peerEnd = flow.getInt(receiver + END);
        boolean opening =
                flow.tcpState() == TcpState.SYN_RECV && has(flow, receiver, SYN_SEEN) && hasSpoken(flow, receiver);
        if (opening && before(ack, flow.getInt(receiver + ISN) + 1)) {
            mark(StreamAnomaly.HANDSHAKE_WRONG_ACK);
            return false;
        }
        if (before(ack, peerEnd - lag(flow, sender))) {
            markInvalidAck(flow);
            return false;
        }
        if (!after(ack, peerEnd)) {
            return true;
        }
        boolean allowed = !has(flow, receiver, EDGE_KNOWN) || !after(ack, flow.getInt(receiver + EDGE) + 1);
        if (opening || !allowed) {
            if (opening) {
                mark(StreamAnomaly.HANDSHAKE_WRONG_ACK);
            } else {
                markInvalidAck(flow);
            }
            return false;
        }
        if (!has(flow, receiver, ACKNOWLEDGED_ONLY)) {
            mark(StreamAnomaly.ACK_OF_UNSEEN);
        }
        return true;
    }

    private void markInvalidAck(FlowView flow) {
        mark(StreamAnomaly.INVALID_ACK);
        mark(StateAnomaly.invalidAck(flow.tcpState()));
    }

    /** Takes the segment's acknowledgment and window. */
    private void acknowledge(FlowView flow, Packet packet, int scale) {
        int ack = packet.tcpAcknowledgment;
        if (!has(flow, sender, ACK_SEEN) || after(ack, flow.getInt(sender + ACKED))) {
            flow.putInt(sender + ACKED, ack);
            set(flow, sender, ACK_SEEN);
        }
        int window = packet.tcpWindow << scale;
        if (window > flow.getInt(sender + WINDOW)) {
            flow.putInt(sender + WINDOW, window);
        }
        grant(flow, ack, window);
    }

    /** Moves the receiver's edge; a closed window still lets a probe through. */
    private void grant(FlowView flow, int ack, int window) {
        int edge = ack + Math.max(window, 1);
        if (!has(flow, receiver, EDGE_KNOWN) || after(edge, flow.getInt(receiver + EDGE))) {
            flow.putInt(receiver + EDGE, edge);
            set(flow, receiver, EDGE_KNOWN);
        }
    }

    private void noteFin(FlowView flow, Packet packet) {
        if (!packet.hasFlags(Packet.FIN)) {
            return;
        }
        if (has(flow, sender, FIN_SEEN)) {
            if (flow.getInt(sender + FIN) != end) {
                mark(StreamAnomaly.FIN_MOVED);
            }
            return;
        }
        flow.putInt(sender + FIN, end);
        set(flow, sender, FIN_SEEN);
        if (sender == FlowRecord.TCP_CLIENT && !has(flow, receiver, FIN_SEEN)) {
            flow.setFlag(FlowRecord.CLIENT_FIN_FIRST);
        }
    }

    // ---- RST

    private SegmentClass onReset(FlowView flow, Packet packet) {
        if (!has(flow, sender, KNOWN) && !has(flow, receiver, KNOWN)) {
            mark(StreamAnomaly.RST_BUT_NO_SESSION);
            return reset(flow);
        }
        if (!isAcceptableReset(flow, packet)) {
            mark(StreamAnomaly.RST_INVALID);
            return SegmentClass.INVALID_RESET;
        }
        return reset(flow);
    }

    private boolean isAcceptableReset(FlowView flow, Packet packet) {
        if (isOpening(flow)
                && !has(flow, sender, KNOWN)) { // in SYN-SENT the acknowledgment decides (RFC 9293 §3.10.7.3)
            int ack = packet.tcpAcknowledgment;
            return packet.hasFlags(Packet.ACK)
                    && !before(ack, flow.getInt(receiver + ISN) + 1)
                    && !after(ack, flow.getInt(receiver + END));
        }
        if (!has(flow, receiver, KNOWN) || has(flow, receiver, ACKNOWLEDGED_ONLY)) {
            return true; // what the receiver expects is not known
        }
        // the receiver expects something between what it has acknowledged and what was sent to it
        if (!has(flow, receiver, ACK_SEEN)) { // only its SYN was heard: the sender takes back its own
            return !has(flow, sender, KNOWN) || sequence == flow.getInt(sender + END);
        }
        int acked = flow.getInt(receiver + ACKED);
        boolean sentKnown = has(flow, sender, KNOWN) && !has(flow, sender, ACKNOWLEDGED_ONLY);
        int sent = sentKnown ? flow.getInt(sender + END) : acked;
        return !before(sequence, acked) && !after(sequence, sent);
    }

    private SegmentClass reset(FlowView flow) {
        flow.setFlag(sender == FlowRecord.TCP_CLIENT ? FlowRecord.RESET_BY_CLIENT : FlowRecord.RESET_BY_SERVER);
        return SegmentClass.RESET;
    }

    /** The end that was taken to have reset the connection goes on with it. */
    private void continueAfterReset(FlowView flow) {
        int flag = sender == FlowRecord.TCP_CLIENT ? FlowRecord.RESET_BY_CLIENT : FlowRecord.RESET_BY_SERVER;
        if (flow.hasFlag(flag)) {
            flow.clearFlag(flag);
            mark(StreamAnomaly.SUSPECTED_RST_INJECT);
        }
    }

    private static void resetOver(FlowView flow) {
        flow.clearFlag(FlowRecord.RESET_BY_CLIENT | FlowRecord.RESET_BY_SERVER);
    }

    /** Whether a segment with SYN begins a new connection on the addresses and ports of this one. */
    static boolean beginsAnew(MemorySegment records, long base, boolean toServer, Packet packet) {
        TcpState state = TcpState.of(records.get(FlowRecord.BYTE, base + FlowRecord.TCP_STATE));
        int sender = toServer ? FlowRecord.TCP_CLIENT : FlowRecord.TCP_SERVER;
        int receiver = toServer ? FlowRecord.TCP_SERVER : FlowRecord.TCP_CLIENT;
        if (packet.hasFlags(Packet.ACK)) { // a server that had lost the connection answers the client's second SYN
            boolean pending = (records.get(FlowRecord.BYTE, base + receiver + BITS) & PENDING) != 0;
            return pending
                    && state.ordinal() > TcpState.SYN_SENT.ordinal()
                    && packet.tcpAcknowledgment == records.get(FlowRecord.INT, base + receiver + PENDING_SYN) + 1;
        }
        boolean closed = state.flowState() == FlowState.CLOSED;
        boolean again = (records.get(FlowRecord.BYTE, base + sender + BITS) & SYN_SEEN) != 0
                && records.get(FlowRecord.INT, base + sender + ISN) == packet.tcpSequence;
        return closed && !again && (packet.tcpFlags & (Packet.RST | Packet.FIN)) == 0;
    }

    /** Sequence numbers that an end has used, SYN and FIN included; -1 when its SYN was not seen. */
    static long sequenceSpan(FlowView flow, boolean towardsServer) {
        int part = part(towardsServer);
        if (!has(flow, part, SYN_SEEN)) {
            return -1;
        }
        return flow.getInt(part + END) - flow.getInt(part + ISN) & 0xffff_ffffL;
    }

    // ---- for the reassembler
    /** The first sequence number of this end's data, when its SYN was seen. */
    public static int firstSequence(FlowView flow, boolean towardsServer) {
        return flow.getInt(part(towardsServer) + ISN) + 1;
    }

    /** True when this end's SYN was seen, or is known from its answer. */
    public static boolean isSynSeen(FlowView flow, boolean towardsServer) {
        return has(flow, part(towardsServer), SYN_SEEN);
    }

    /** True when this end has acknowledged something, so that {@link #acknowledged} holds. */
    public static boolean isHeard(FlowView flow, boolean towardsServer) {
        int part = part(towardsServer);
        return has(flow, part, KNOWN) && has(flow, part, ACK_SEEN) && !has(flow, part, ACKNOWLEDGED_ONLY);
    }

    /** The highest number that this end has acknowledged. */
    public static int acknowledged(FlowView flow, boolean towardsServer) {
        return flow.getInt(part(towardsServer) + ACKED);
    }

    /** The highest sequence number that this end has sent. */
    public static int sent(FlowView flow, boolean towardsServer) {
        return flow.getInt(part(towardsServer) + END);
    }

    static int part(boolean towardsServer) {
        return towardsServer ? FlowRecord.TCP_CLIENT : FlowRecord.TCP_SERVER;
    }

    /** Anomalies of the last segment, bits of {@link StreamAnomaly}. */
    public long anomalies() {
        return anomalies;
    }

    /** Adds an anomaly to the segment at hand, and counts it. */
    public void mark(StreamAnomaly anomaly) {
        if ((anomalies & anomaly.bit()) == 0) {
            anomalies |= anomaly.bit();
            counters.increment(anomaly);
        }
    }

    /** Forgets the anomalies of the segment before, for segments that are not tracked. */
    public void clearAnomalies() {
        anomalies = 0;
    }

    /** How many segments had which anomaly. */
    public CounterSet<StreamAnomaly> counters() {
        return counters;
    }

    // ---- sequence numbers and bits

    /** True when {@code a} comes before {@code b} in the sequence space modulo 2^32. */
    public static boolean before(int a, int b) {
        return a - b < 0;
    }

    /** True when {@code a} comes after {@code b}. */
    public static boolean after(int a, int b) {
        return b - a < 0;
    }
}
