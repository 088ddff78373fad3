package jp.genkan.dataplane.hold;

import static jp.genkan.dataplane.flow.TcpTracker.after;
import static jp.genkan.dataplane.flow.TcpTracker.before;

import java.lang.foreign.MemorySegment;
import jp.genkan.core.decode.TcpOptions;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.core.pipeline.Hold;
import jp.genkan.dataplane.flow.FlowView;
import jp.genkan.dataplane.flow.TcpStandIn;
import jp.genkan.dataplane.flow.TcpTracker;
import jp.genkan.dataplane.guard.GuardSlots;
import jp.genkan.dataplane.reject.SegmentWriter;

/**
 * One direction that is held on a live wire. Towards its sender the box is the receiver: it acknowledges what was inspected. Towards its receiver it is the sender:
 * {@link Delivery}.
 *
 * <p>Thread rule: one worker.
 */
final class Held implements Hold, Delivery.Output {
    /** Up to here the sender gets no larger window than its peer has offered: most files are smaller, and the two windows agree when the connection goes back. */
    private static final int CAREFUL = 256 << 10;

    /** Window beyond that: a gigabit over ten milliseconds. */
    private static final int WINDOW = 1 << 20;

    private static final int ETHERNET_HEADER = 14;
    private static final int VLAN_TAG = 4;

    /** Octets of headers that are kept. */
    static final int HEADERS_MAX = 256;

    private final Holds holds;
    private final FlowView flow;
    private final boolean toServer;
    private final Packet like = new Packet();
    private final HeldOctets octets;
    private final Delivery delivery;
    /** Sequence number of the first octet. */
    private final int base;

    private final int segmentMax;
    private final int shift;
    private final boolean selective;
    private final boolean timestamps;

    private long limit;
    private boolean ended;
    private boolean gone;
    private boolean broken;
    private boolean replaced;
    /** Until the packet with which it began is over. */
    private boolean fresh = true;
    /** The receiver has everything from before the hold. */
    private boolean baseAcknowledged;

    private int edge;
    /** What the sender was last told to have arrived. */
    private int told;
    /** Its timestamp that is to be echoed (RFC 7323 §4.3): an older one would say that what it sent again was not needed. */
    private int recent;

    /** It is to be told what has arrived. */
    private boolean mute = true;

    private int peerAcknowledgment;
    private int peerWindow;
    private boolean fin;
    /** Up to here the receiver's own octets have gone on to the sender. */
    private int senderGets;

    private boolean guarded;
    private int guardSlot = GuardSlots.NONE;

    Held(Holds holds, FlowView at, FlowView own, Packet packet, int base, HoldMemory memory) {
        this.holds = holds;
        this.flow = own;
        this.toServer = at.toServer();
        this.base = base;
        own.look(at, toServer);
        octets = new HeldOctets(memory);
        like.headersOf(packet, MemorySegment.ofArray(new byte[HEADERS_MAX]));
        TcpOptions options = new TcpOptions();
        options.read(packet);
        timestamps = options.hasTimestamps;
        selective = TcpStandIn.isSelective(at);
        shift = TcpStandIn.windowShift(at, !toServer);
        segmentMax = TcpStandIn.segmentMax(at, !toServer) - (timestamps ? 12 : 0);
        int seen = packet.gsoSize > 0 ? packet.gsoSize : packet.payloadLength;
        int first = Math.clamp(seen, Math.min(segmentMax, 536), Math.max(segmentMax, 536));
        edge = TcpStandIn.edge(at, toServer);
        boolean near = packet.side == Side.OUTSIDE;
        delivery = new Delivery(this, Math.min(first, segmentMax), isCutByKernel(packet), edge - base, near);
        told = base;
        recent = TcpStandIn.timestamp(at, toServer);
        baseAcknowledged = !before(TcpTracker.acknowledged(at, !toServer), base);
        note(packet);
        senderGets = peerAcknowledgment;
    }

    /** Whether the kernel makes segments of a long frame like this one: not when IP lies in PPPoE or MPLS. */
    private static boolean isCutByKernel(Packet packet) {
        return packet.pppoeSession == Packet.NONE
                && packet.ipOffset - packet.frameOffset <= ETHERNET_HEADER + (long) VLAN_TAG * packet.vlanCount;
    }

    // ---- Hold

    @Override
    public long size() {
        return octets.high();
    }

    @Override
    public long released() {
        return limit;
    }

    @Override
    public void read(long from, byte[] to, int at, int length) {
        octets.read(from, to, at, length);
    }

    @Override
    public void replace(long at, byte[] bytes, int from, int to) {
        if (at < delivery.sentUpTo()) {
            throw new IllegalArgumentException("these octets were sent");
        }
        replaced = true;
        octets.write(at, bytes, from, to);
        holds.counted(HoldCounter.BYTES_REPLACED, to - from);
    }

    @Override
    public void release(long upTo) {
        limit = Math.max(limit, Math.min(upTo, octets.high()));
        holds.isTouched(this);
    }

    @Override
    public void end() {
        ended = true;
        holds.isTouched(this);
    }

    @Override
    public boolean isOver() {
        return ended || gone;
    }

    @Override
    public long room() {
        return holds.room();
    }

    // ---- the sender

    boolean isToServer() {
        return toServer;
    }

    FlowView flow() {
        return flow;
    }

    Packet like() {
        return like;
    }

    /** Octets in order. */
    boolean append(MemorySegment bytes, long offset, int length) {
        return octets.append(bytes, offset, length);
    }

    /** A segment of the sender: what it says beside its octets. */
    void note(Packet packet) {
        if (packet.hasFlags(Packet.ACK)) {
            peerAcknowledgment = packet.tcpAcknowledgment;
            peerWindow = packet.tcpWindow;
        }
        long stamp = timestamps ? TcpStandIn.timestampOffset(packet) : -1;
        if (stamp >= 0 && !after(packet.tcpSequence, told) && !before(packet.u32(stamp), recent)) {
            recent = packet.u32(stamp);
        }
        int segment = packet.gsoSize > 0 ? packet.gsoSize : packet.payloadLength;
        delivery.fits(Math.min(segment, 65_535), segmentMax);
    }

    /** Whether all of a segment lies before the hold. */
    boolean isBefore(Packet packet) {
        return packet.payloadLength > 0 && !after(packet.tcpSequence + packet.payloadLength, base);
    }

    @Override
    public boolean isComplete() {
        return fin;
    }

    /** The sender's FIN is in order. */
    void finished() {
        fin = true;
    }

    /** Up to where octets have come: what the receiver would acknowledge. */
    int received() {
        return base + (int) octets.high() + (fin ? 1 : 0);
    }

    /** Whether anything can be acknowledged in the receiver's place. */
    boolean acknowledges() {
        return baseAcknowledged;
    }

    /** The window to offer to the sender, as in a header. */
    int offeredWindow() {
        long octetsOffered = Math.max(TcpStandIn.window(flow, !toServer), octets.high() < CAREFUL ? 0 : WINDOW);
        if (ended) {
            octetsOffered = Math.max(delivery.edge() - octets.high(), 0);
        }
        octetsOffered = Math.min(octetsOffered, holds.room());
        int wanted = received() + (int) Math.min(octetsOffered, 65_535L << shift);
        if (after(wanted, edge)) {
            edge = wanted;
        }
        int open = edge - received();
        int window = Math.clamp(open >> shift, 0, 65_535);
        edge = after(received() + (window << shift), edge) ? received() + (window << shift) : edge;
        return window;
    }

    boolean isSelective() {
        return selective;
    }

    /** The sender is to be told what has come, when the frames at hand are over. */
    void owesWord() {
        mute = false;
    }

    /** Whether the sender is to be told something, and can be. */
    boolean hasWord() {
        return !mute && baseAcknowledged && !gone;
    }

    /** Acknowledges to the sender what has come. */
    void acknowledge(int[] ranges, int rangeCount) {
        SegmentWriter writer = holds.writer();
        writer.sequence = peerAcknowledgment;
        writer.acknowledgment = received();
        writer.flags = Packet.ACK;
        writer.window = offeredWindow();
        writer.rangeCount = selective ? rangeCount : 0;
        System.arraycopy(ranges, 0, writer.ranges, 0, 2 * writer.rangeCount);
        stamp(writer, true);
        if (holds.emit(this, true, octets.segment(), 0, 0, Integer.MAX_VALUE)) {
            mute = true;
            told = received();
            TcpStandIn.acknowledgedInPlace(flow, toServer, told, edge);
            holds.counted(HoldCounter.ACKNOWLEDGMENTS, 1);
        }
    }

    private void stamp(SegmentWriter writer, boolean toSender) {
        writer.hasTimestamps = timestamps;
        writer.timestamp = TcpStandIn.timestamp(flow, toSender != toServer);
        writer.timestampEcho = toSender ? recent : TcpStandIn.timestamp(flow, !toServer);
    }

    // ---- the receiver

    /** Whether the receiver has everything from before the hold, as this packet of it says. */
    boolean learnsBase(Packet packet) {
        baseAcknowledged |= !before(packet.tcpAcknowledgment, base);
        return baseAcknowledged;
    }

    /** Whether the receiver has octets that never came here. */
    boolean isOvertaken(Packet packet) {
        return after(packet.tcpAcknowledgment, received());
    }

    /** Whether a packet of the receiver asks whether the sender is still there. */
    boolean isKeepAlive(Packet packet) {
        return packet.payloadLength == 0 && before(packet.tcpSequence, peerAcknowledgment);
    }

    /** A packet of the receiver: the acknowledgment and window that it wrote. */
    void onReceiver(Packet packet, int acknowledged, int window, long now) {
        int end = packet.tcpSequence + packet.payloadLength + (packet.hasFlags(Packet.FIN) ? 1 : 0);
        senderGets = after(end, senderGets) ? end : senderGets;
        long position = position(acknowledged);
        if (!packet.hasFlags(Packet.ACK) || position < 0) {
            return;
        }
        readRanges(packet);
        long reach = position + ((long) window << shift);
        boolean bare = packet.payloadLength == 0 && (packet.tcpFlags & (Packet.FIN | Packet.SYN)) == 0;
        delivery.onAcknowledgment(position, octets.high() + (fin ? 1 : 0), reach, bare, now);
        octets.discard(Math.min(delivery.acknowledged(), limit));
    }

    /** Sequence numbers mean places within 2 GiB around what the receiver has. */
    private long position(int sequence) {
        long near = delivery.acknowledged();
        return near + (sequence - (base + (int) near));
    }

    private void readRanges(Packet packet) {
        long at = packet.transportOffset + 20;
        long end = packet.transportOffset + packet.tcpHeaderLength;
        while (at + 1 < end) {
            int kind = packet.u8(at);
            if (kind == TcpOptions.NOP) {
                at++;
                continue;
            }
            int length = packet.u8(at + 1);
            if (kind == TcpOptions.END || length < 2 || at + length > end) {
                return;
            }
            if (kind == TcpOptions.SACK) {
                for (long block = at + 2; block + 8 <= at + length; block += 8) {
                    delivery.onRange(position(packet.u32(block)), position(packet.u32(block + 4)));
                }
            }
            at += length;
        }
    }

    /** What the receiver has, or gets next. */
    int deliveredUpTo() {
        return base + (int) delivery.next();
    }

    int acknowledgedUpTo() {
        return base + (int) delivery.acknowledged();
    }

    @Override
    public boolean segment(long position, int length, boolean isFin, boolean push) {
        boolean last = position >= octets.high();
        if (last && !fin) {
            return true; // nothing there to probe with
        }
        SegmentWriter writer = holds.writer();
        writer.sequence = base + (int) position;
        writer.acknowledgment = peerAcknowledgment;
        writer.flags = Packet.ACK | (push ? Packet.PSH : 0) | (isFin || last ? Packet.FIN : 0);
        writer.window = peerWindow;
        writer.rangeCount = 0;
        stamp(writer, false);
        int octetsSent = last ? 0 : length;
        int mss = delivery.segmentSize();
        long from = last ? 0 : octets.address(position);
        if (!holds.emit(this, false, octets.segment(), from, octetsSent, mss)) {
            return false;
        }
        holds.counted(position < delivery.sentUpTo() ? HoldCounter.RETRANSMISSIONS : HoldCounter.SEGMENTS, 1);
        return true;
    }

    /** Both ends hear that it is over. */
    void reset() {
        SegmentWriter writer = holds.writer();
        writer.hasTimestamps = false;
        writer.rangeCount = 0;
        writer.window = 0;
        writer.flags = Packet.RST | Packet.ACK;
        writer.sequence = acknowledgedUpTo();
        writer.acknowledgment = peerAcknowledgment;
        holds.emit(this, false, octets.segment(), 0, 0, Integer.MAX_VALUE);
        int sent = base + (int) delivery.sentUpTo();
        if (sent != acknowledgedUpTo()) {
            writer.sequence = sent; // what it has acknowledged may have been lost on its way here
            holds.emit(this, false, octets.segment(), 0, 0, Integer.MAX_VALUE);
        }
        writer.sequence = peerAcknowledgment;
        writer.acknowledgment = received();
        holds.emit(this, true, octets.segment(), 0, 0, Integer.MAX_VALUE);
    }

    /** What is to be said to both ends if the engine dies now: from the first octet on that was acknowledged to its sender by the box. */
    void noteForGuard() {
        if (!baseAcknowledged) {
            return;
        }
        boolean first = !guarded;
        if (first) {
            guarded = true;
            guardSlot = holds.guard().take(like, holds.writer());
        }
        if (guardSlot != GuardSlots.NONE) {
            int sent = base + (int) delivery.sentUpTo();
            holds.guard().numbers(guardSlot, acknowledgedUpTo(), sent, received(), peerAcknowledgment, senderGets);
            if (first) {
                holds.guard().publish(guardSlot);
            }
        }
    }

    // ---- time

    /** Sends what may go, and again what seems lost. */
    void pump(long now) {
        if (ended) {
            limit = octets.high();
        }
        if (now - delivery.deadline() >= 0 && delivery.deadline() != Long.MAX_VALUE) {
            delivery.onTime(now);
        }
        holds.starved(!delivery.send(limit, fin && limit == octets.high(), now));
    }

    /** Octets of it are missing here: it can only be ended. */
    void breaks() {
        broken = true;
        holds.isTouched(this);
    }

    boolean isBroken() {
        return broken;
    }

    boolean isGone() {
        return gone;
    }

    /** True when it has ended with the packet with which it began, so that this can go on as it came. To be asked once, about that packet. */
    boolean isUnneeded() {
        boolean unneeded = fresh && ended && !replaced && !broken;
        fresh = false;
        return unneeded;
    }

    /** The stage holds it again. */
    void resume() {
        ended = false;
        limit = octets.high();
    }

    boolean isGivenUp() {
        return delivery.isGivenUp();
    }

    /** True when both ends can go on by themselves: everything has arrived, and the sender may send no further than its peer allows. */
    boolean canGoBack() {
        return ended && !owes() && baseAcknowledged && (fin || !after(edge, base + (int) delivery.edge()));
    }

    /** True when octets were acknowledged to their sender that have not arrived. */
    boolean owes() {
        return delivery.acknowledged() < octets.high() + (fin ? 1 : 0);
    }

    void close() {
        gone = true;
        octets.close();
        if (guardSlot != GuardSlots.NONE) {
            holds.guard().give(guardSlot);
            guardSlot = GuardSlots.NONE;
        }
    }
}
