package jp.genkan.core.frame;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * One packet as every stage sees it: a mutable view over the bytes of a frame, with the positions and values that the decoder found.
 *
 * <p>A frame that carries a tunnel is a chain: {@link #inner()} is the packet inside this one. Offsets count from the start of
 * {@link #segment()}, lengths are in octets, and an offset that does not apply is {@link #NONE}. Fields are public on purpose: this is
 * the one structure of the packet path, written by the decoder and read by everybody after it.
 *
 * <p>Thread rule: owned by one worker, valid inside one call of the pipeline only; nobody keeps a reference.
 */
public final class Packet {
    /** An offset or a number that does not apply. */
    public static final int NONE = -1;

    /** {@link #linkNumber} of a packet that starts with its IP header. */
    public static final int RAW_IP = 12;

    /** Most VLAN tags that are followed. */
    public static final int VLANS_MAX = 3;

    /** TCP flag bits, RFC 9293 §3.1. */
    public static final int FIN = 0x01;

    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;
    public static final int URG = 0x20;
    public static final int ECE = 0x40;
    public static final int CWR = 0x80;

    /** Big-endian readers at any address. */
    public static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    public static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    public static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private MemorySegment segment = MemorySegment.NULL;

    // ---- the frame as it arrived; set by the port or the capture reader, never by the decoder
    /** Where the frame starts in the segment. */
    public long frameOffset;
    /** Octets of the frame that are here. */
    public int frameLength;
    /** Octets that the frame had on the wire; more than {@link #frameLength} in a capture with a snap length. */
    public int wireLength;
    /** When the frame arrived, nanoseconds since 1970 (a capture's own clock in a replay). */
    public long epochNanos;
    /** Number of the port that the frame came in by; {@link #NONE} in a replay. */
    public int ingressPort = NONE;
    /** The side that the frame came in from. */
    public Side side = Side.INSIDE;
    /** Number of the frame in its capture, from 1; 0 on a live port. */
    public long captureNumber;
    /** True when the kernel or the sender's offload vouches for the checksums, so that they are not to be verified. */
    public boolean checksumTrusted;
    /** Segment size of a GRO or GSO super-frame; 0 for an ordinary frame. */
    public int gsoSize;
    /** How many packets this one is inside of; 0 for the frame itself. */
    public int depth;

    // ---- link layer
    /** What the frame starts with, as captures number it; {@link #RAW_IP} for a packet without link layer. */
    public int linkNumber = RAW_IP;
    /** Where the Ethernet header starts, or {@link #NONE} where the packet has none of its own. */
    public long ethernetOffset = NONE;
    /** Source MAC in the low 48 bits; 0 where the link type has none. */
    public long sourceMac;
    /** Destination MAC in the low 48 bits. */
    public long destinationMac;
    /** EtherType of the network layer after all tags; 0 when there is none (802.3/LLC, runt). */
    public int etherType;
    /** Number of VLAN tags, 0 to {@link #VLANS_MAX}. */
    public int vlanCount;
    /** VLAN identifiers of 12 bits, outermost lowest: {@code vlanIds & 0xfff}, then {@code >> 12}. */
    public long vlanIds;
    /** PPPoE session id, or {@link #NONE}. */
    public int pppoeSession = NONE;
    /** Where the octets start that {@link #etherType} names (ARP, IP, an unknown layer), or {@link #NONE}. */
    public long networkOffset = NONE;

    // ---- network layer; version 0 means there is none
    /** 4, 6, or 0. */
    public int ipVersion;
    /** Offset of the IP header. */
    public long ipOffset = NONE;
    /** Length of the IPv4 header with options, or of the IPv6 header with the extension headers that were walked. */
    public int ipHeaderLength;
    /** Length of the IP packet by its own header, bounded by what is here. */
    public int ipLength;
    /** Transport protocol number after all extension headers; {@link #NONE} when unknown. */
    public int ipProtocol = NONE;

    public int ipTtl;
    /** Traffic class or TOS octet. */
    public int ipTos;
    /** Source address, IPv4 as in {@link Address}; of ARP the sender's protocol address. */
    public long sourceHigh;

    public long sourceLow;
    /** Destination address; of ARP the target's protocol address. */
    public long destinationHigh;

    public long destinationLow;
    /** Fragment identification; meaningful when {@link #isFragment()}. */
    public int fragmentId;
    /** Octets before this fragment's first. */
    public int fragmentOffset;
    /** True when more fragments follow. */
    public boolean fragmentMore;
    /** True when this packet was put together from fragments and exists in no single frame. */
    public boolean reassembled;

    /** TCP: the segment's octets are no part of the stream that is read, so that only this packet shows them. */
    public boolean outsideStream;

    // ---- transport layer
    /** Offset of the TCP, UDP, ICMP, ICMPv6 or SCTP header, or {@link #NONE} (none, unknown, a fragment, malformed). */
    public long transportOffset = NONE;
    /** Ports of TCP, UDP, SCTP; type and code of ICMP and ICMPv6; 0 otherwise. */
    public int sourcePort;

    public int destinationPort;
    public int tcpFlags;
    public int tcpSequence;
    public int tcpAcknowledgment;
    /** As in the header, not scaled. */
    public int tcpWindow;
    /** Length of the TCP header with options. */
    public int tcpHeaderLength;
    /** Where the payload of the transport layer starts; {@link #NONE} when there is no transport layer. */
    public long payloadOffset = NONE;
    /** Octets of payload, 0 when there are none. */
    public int payloadLength;

    /** What the decoder found odd: bits of the first 64 of {@link DecodeAnomaly}. */
    public long anomalies;
    /** Bits of the others. */
    public long moreAnomalies;

    // ---- what the pipeline says of it
    /** The sender of a refused packet is told. */
    public static final int TELL_SENDER = 1;

    /** The receiver of a refused packet is told. */
    public static final int TELL_RECEIVER = 2;

    /** Why the frame is not forwarded, as the ordinal of a {@code DropReason}; 0 is none. */
    public int dropReason;

    /** Which ends learn of it when the frame is refused: bits of {@link #TELL_SENDER} and {@link #TELL_RECEIVER}; 0 is both. */
    public int refusalTo;

    private @Nullable Packet inner;
    private boolean innerPresent;
    private @Nullable Packet outer;

    /** The bytes. */
    public MemorySegment segment() {
        return segment;
    }

    /** Puts the view over a new frame and forgets everything about the last one. */
    public Packet wrap(MemorySegment bytes, long offset, int length) {
        segment = bytes;
        frameOffset = offset;
        frameLength = length;
        wireLength = length;
        captureNumber = 0;
        checksumTrusted = false;
        gsoSize = 0;
        depth = 0;
        reassembled = false;
        outsideStream = false;
        outer = null;
        resetDecoded();
        return this;
    }

    /** Forgets what a decoder found; keeps the frame. */
    public void resetDecoded() {
        linkNumber = RAW_IP;
        ethernetOffset = NONE;
        sourceMac = 0;
        destinationMac = 0;
        etherType = 0;
        vlanCount = 0;
        vlanIds = 0;
        pppoeSession = NONE;
        networkOffset = NONE;
        resetNetwork();
        anomalies = 0;
        moreAnomalies = 0;
        dropReason = 0;
        refusalTo = 0;
        innerPresent = false;
    }

    private void resetNetwork() {
        ipVersion = 0;
        ipOffset = NONE;
        ipHeaderLength = 0;
        ipLength = 0;
        ipProtocol = NONE;
        ipTtl = 0;
        ipTos = 0;
        sourceHigh = 0;
        sourceLow = 0;
        destinationHigh = 0;
        destinationLow = 0;
        fragmentId = 0;
        fragmentOffset = 0;
        fragmentMore = false;
        transportOffset = NONE;
        sourcePort = 0;
        destinationPort = 0;
        tcpFlags = 0;
        tcpSequence = 0;
        tcpAcknowledgment = 0;
        tcpWindow = 0;
        tcpHeaderLength = 0;
        payloadOffset = NONE;
        payloadLength = 0;
    }

    /** The packet inside this tunnel, or null. */
    public @Nullable Packet inner() {
        return innerPresent ? inner : null;
    }

    /**
     * Begins the packet inside this one, over the same bytes; the objects of the chain are made once and used again.
     *
     * @param offset where the inner frame or packet starts
     * @param length its octets
     */
    public Packet beginInner(long offset, int length) {
        Packet made = inner;
        if (made == null) {
            made = new Packet();
            inner = made;
        }
        made.wrap(segment, offset, length);
        made.outer = this;
        made.arriveAs(this);
        made.checksumTrusted = checksumTrusted;
        made.depth = depth + 1;
        innerPresent = true;
        return made;
    }

    private void arriveAs(Packet other) {
        epochNanos = other.epochNanos;
        ingressPort = other.ingressPort;
        side = other.side;
        captureNumber = other.captureNumber;
        sourceMac = other.sourceMac;
        destinationMac = other.destinationMac;
    }

    /**
     * Says that this packet came to light by another one, the fragment that completed it, and takes over that one's arrival, link layer and
     * depth. What becomes of this packet becomes of that frame.
     */
    public void carriedBy(Packet carrier) {
        outer = carrier;
        arriveAs(carrier);
        depth = carrier.depth;
        linkNumber = carrier.linkNumber;
        vlanCount = carrier.vlanCount;
        vlanIds = carrier.vlanIds;
        pppoeSession = carrier.pppoeSession;
    }

    /**
     * Becomes a packet without octets of its own, with the headers of another one and all that is known of them, for use after that one is gone.
     *
     * @param other not inside another packet
     * @param into gets the headers; large enough for them
     */
    public void headersOf(Packet other, MemorySegment into) {
        int length = (int) Math.min(other.payloadOffset - other.frameOffset, into.byteSize());
        MemorySegment.copy(other.segment, other.frameOffset, into, 0, length);
        wrap(into, 0, length);
        arriveAs(other);
        long shift = -other.frameOffset;
        linkNumber = other.linkNumber;
        ethernetOffset = other.ethernetOffset == NONE ? NONE : other.ethernetOffset + shift;
        etherType = other.etherType;
        vlanCount = other.vlanCount;
        vlanIds = other.vlanIds;
        pppoeSession = other.pppoeSession;
        networkOffset = other.networkOffset + shift;
        ipVersion = other.ipVersion;
        ipOffset = other.ipOffset + shift;
        ipHeaderLength = other.ipHeaderLength;
        ipLength = (int) (length - ipOffset);
        ipProtocol = other.ipProtocol;
        ipTtl = other.ipTtl;
        ipTos = other.ipTos;
        sourceHigh = other.sourceHigh;
        sourceLow = other.sourceLow;
        destinationHigh = other.destinationHigh;
        destinationLow = other.destinationLow;
        transportOffset = other.transportOffset + shift;
        sourcePort = other.sourcePort;
        destinationPort = other.destinationPort;
        tcpFlags = other.tcpFlags;
        tcpSequence = other.tcpSequence;
        tcpAcknowledgment = other.tcpAcknowledgment;
        tcpWindow = other.tcpWindow;
        tcpHeaderLength = other.tcpHeaderLength;
        payloadOffset = other.payloadOffset + shift;
    }

    /** The packet around this one, or null. */
    public @Nullable Packet outer() {
        return outer;
    }

    /** The packet that is a frame on the wire: this one, or the one at the outer end of the chain of tunnels and fragments. */
    public Packet outermost() {
        Packet at = this;
        for (Packet next = at.outer; next != null; next = next.outer) {
            at = next;
        }
        return at;
    }

    /** True when this packet is a frame on the wire, not the inside of a tunnel or put together from fragments. */
    public boolean isOutermost() {
        return outer == null;
    }

    /** True when this packet is a fragment of a larger one. */
    public boolean isFragment() {
        return fragmentMore || fragmentOffset != 0;
    }

    /** True when all of these TCP flags are set. */
    public boolean hasFlags(int flags) {
        return (tcpFlags & flags) == flags;
    }

    /** Marks an oddity. */
    public void mark(DecodeAnomaly anomaly) {
        if (anomaly.isInFirstWord()) {
            anomalies |= anomaly.bit();
        } else {
            moreAnomalies |= anomaly.bit();
        }
    }

    /** True when the decoder marked this oddity. */
    public boolean has(DecodeAnomaly anomaly) {
        return ((anomaly.isInFirstWord() ? anomalies : moreAnomalies) & anomaly.bit()) != 0;
    }

    /** True when a checksum of this packet is wrong: its receiver will ignore it, so it must not be inspected as if it were received. */
    public boolean hasBadChecksum() {
        return (anomalies & DecodeAnomaly.CHECKSUMS) != 0;
    }

    /** The octet at this offset of the segment, 0 to 255. */
    public int u8(long offset) {
        return segment.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
    }

    /** The 16-bit number in network order at this offset. */
    public int u16(long offset) {
        return segment.get(U16, offset) & 0xffff;
    }

    /** The 32-bit number in network order at this offset, as the bits of an int. */
    public int u32(long offset) {
        return segment.get(U32, offset);
    }

    /** The 64-bit number in network order at this offset. */
    public long u64(long offset) {
        return segment.get(U64, offset);
    }

    /** The offset behind the frame's last octet that is here. */
    public long frameEnd() {
        return frameOffset + frameLength;
    }
}
