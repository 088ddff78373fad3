package jp.genkan.core.decode;

import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.EtherType;
import jp.genkan.core.frame.Packet;
import org.jspecify.annotations.Nullable;

/**
 * Packets inside packets: IP in IP (RFC 2003, RFC 4213, RFC 2473), GRE (RFC 2784, RFC 2890) with PPTP's (RFC 2637), VXLAN (RFC 7348) and
 * Teredo (RFC 4380). The inner packet becomes {@link Packet#inner()} of the outer one, which keeps its own fields.
 */
final class TunnelDecoder {
    static final int VXLAN_PORT = 4789;
    static final int TEREDO_PORT = 3544;

    private static final int GRE_LENGTH = 4;
    private static final int GRE_CHECKSUM = 0x8000;
    private static final int GRE_ROUTING = 0x4000;
    private static final int GRE_KEY = 0x2000;
    private static final int GRE_SEQUENCE = 0x1000;
    private static final int GRE_ACKNOWLEDGMENT = 0x0080;
    private static final int GRE_VERSION = 0x0007;
    private static final int PPTP_LENGTH = 8;

    private static final int VXLAN_LENGTH = 8;
    private static final int VXLAN_HAS_IDENTIFIER = 0x08;

    private static final int TEREDO_ORIGIN = 0x0000;
    private static final int TEREDO_ORIGIN_LENGTH = 8;
    private static final int TEREDO_AUTHENTICATION = 0x0001;
    private static final int TEREDO_AUTHENTICATION_LENGTH = 13;
    private static final int IPV6_LENGTH = 40;

    private final FrameDecoder frames;

    TunnelDecoder(FrameDecoder frames) {
        this.frames = frames;
    }

    /** Begins the packet inside this one, or marks that there are too many of them. */
    static @Nullable Packet begin(Packet packet, long offset, long end) {
        if (packet.depth >= FrameDecoder.TUNNELS_MAX) {
            packet.mark(DecodeAnomaly.TUNNEL_TOO_DEEP);
            return null;
        }
        Packet inner = packet.beginInner(offset, (int) (end - offset));
        if (FrameDecoder.isCut(packet, end)) {
            inner.wireLength = inner.frameLength + (packet.wireLength - packet.frameLength);
        }
        return inner;
    }

    private void network(Packet packet, int etherType, long offset, long end) {
        Packet inner = begin(packet, offset, end);
        if (inner != null) {
            frames.network(inner, etherType, offset, end);
        }
    }

    private void ethernet(Packet packet, long offset, long end) {
        Packet inner = begin(packet, offset, end);
        if (inner != null) {
            frames.ethernet(inner, offset, end);
        }
    }

    // ---- IP in IP

    void ip(Packet packet, int etherType, long offset, long end) {
        network(packet, etherType, offset, end);
    }

    // ---- GRE

    void gre(Packet packet, long offset, long end) {
        if (end - offset < GRE_LENGTH) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.GRE_MALFORMED);
            return;
        }
        int flags = packet.u16(offset);
        int type = packet.u16(offset + 2);
        switch (flags & GRE_VERSION) {
            case 0 -> greVersion0(packet, flags, type, offset, end);
            case 1 -> pptp(packet, flags, type, offset, end);
            default -> packet.mark(DecodeAnomaly.GRE_MALFORMED);
        }
    }

    private void greVersion0(Packet packet, int flags, int type, long offset, long end) {
        int length = GRE_LENGTH;
        length += (flags & GRE_CHECKSUM) != 0 ? 4 : 0;
        length += (flags & GRE_KEY) != 0 ? 4 : 0;
        length += (flags & GRE_SEQUENCE) != 0 ? 4 : 0;
        if ((flags & GRE_ROUTING) != 0) { // RFC 1701's source routes, which RFC 2784 has abolished
            packet.mark(DecodeAnomaly.GRE_MALFORMED);
            return;
        }
        if (length > end - offset) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.GRE_MALFORMED);
            return;
        }
        long start = offset + length;
        switch (type) {
            case EtherType.IPV4, EtherType.IPV6, EtherType.MPLS, EtherType.MPLS_MULTICAST ->
                network(packet, type, start, end);
            case EtherType.TRANSPARENT_BRIDGING -> ethernet(packet, start, end);
            case EtherType.PPP -> ppp(packet, start, end);
            default -> packet.mark(DecodeAnomaly.ETHERTYPE_UNKNOWN);
        }
    }

    /** Enhanced GRE (RFC 2637 §4.1); a packet without a sequence number only acknowledges and carries nothing. */
    private void pptp(Packet packet, int flags, int type, long offset, long end) {
        boolean carries = (flags & GRE_SEQUENCE) != 0;
        int length = PPTP_LENGTH + (carries ? 4 : 0) + ((flags & GRE_ACKNOWLEDGMENT) != 0 ? 4 : 0);
        if (type != EtherType.PPP || (flags & GRE_KEY) == 0 || (flags & (GRE_CHECKSUM | GRE_ROUTING)) != 0) {
            packet.mark(DecodeAnomaly.GRE_MALFORMED);
            return;
        }
        if (length > end - offset) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.GRE_MALFORMED);
            return;
        }
        if (carries) {
            long start = offset + length;
            ppp(packet, start, Math.min(end, start + packet.u16(offset + 4)));
        }
    }

    private void ppp(Packet packet, long offset, long end) {
        Packet inner = begin(packet, offset, end);
        if (inner != null) {
            frames.pppLink(inner, offset, end);
        }
    }

    // ---- VXLAN and Teredo, by their UDP ports

    void udp(Packet packet, long end) {
        if (packet.destinationPort == VXLAN_PORT) {
            vxlan(packet, packet.payloadOffset, end);
        } else if (packet.destinationPort == TEREDO_PORT || packet.sourcePort == TEREDO_PORT) {
            teredo(packet, packet.payloadOffset, end);
        }
    }

    private void vxlan(Packet packet, long offset, long end) {
        if (end - offset < VXLAN_LENGTH) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.VXLAN_MALFORMED);
            return;
        }
        if ((packet.u8(offset) & VXLAN_HAS_IDENTIFIER) == 0) {
            packet.mark(DecodeAnomaly.VXLAN_MALFORMED);
            return;
        }
        ethernet(packet, offset + VXLAN_LENGTH, end);
    }

    /** An IPv6 packet behind an optional authentication header and an optional origin indication (RFC 4380 §5.1.1). */
    private void teredo(Packet packet, long offset, long end) {
        long at = offset;
        if (end - at >= 4 && packet.u16(at) == TEREDO_AUTHENTICATION) {
            at += TEREDO_AUTHENTICATION_LENGTH + packet.u8(at + 2) + packet.u8(at + 3);
        }
        if (end - at >= 2 && packet.u16(at) == TEREDO_ORIGIN) {
            at += TEREDO_ORIGIN_LENGTH;
        }
        if (end - at < IPV6_LENGTH
                || packet.u8(at) >>> 4 != 6
                || IPV6_LENGTH + packet.u16(at + 4) > end - at && !FrameDecoder.isCut(packet, end)) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.TEREDO_MALFORMED);
            return;
        }
        network(packet, EtherType.IPV6, at, end);
    }
}
