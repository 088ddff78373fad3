package jp.genkan.core.decode;

import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.EtherType;
import jp.genkan.core.frame.Packet;
import org.jspecify.annotations.Nullable;

/**
 * Packets inside packets: IP in IP (RFC 2003, RFC 4213, RFC 2473), GRE ({@link GreDecoder}), VXLAN (RFC 7348), Geneve (RFC 8926) and Teredo
 * (RFC 4380). The inner packet becomes {@link Packet#inner()} of the outer one, which keeps its own fields.
 */
final class TunnelDecoder {
    static final int VXLAN_PORT = 4789;
    static final int TEREDO_PORT = 3544;
    static final int GENEVE_PORT = 6081;

    private static final int VXLAN_LENGTH = 8;
    private static final int VXLAN_HAS_IDENTIFIER = 0x08;

    private static final int TEREDO_ORIGIN = 0x0000;
    private static final int TEREDO_ORIGIN_LENGTH = 8;
    private static final int TEREDO_AUTHENTICATION = 0x0001;
    private static final int TEREDO_AUTHENTICATION_LENGTH = 13;
    private static final int IPV4_LENGTH = 20;
    private static final int IPV6_LENGTH = 40;

    private static final int GENEVE_LENGTH = 8;
    private static final int GENEVE_OPTIONS = 63;

    private final FrameDecoder frames;
    private final GreDecoder gre = new GreDecoder(this);

    TunnelDecoder(FrameDecoder frames) {
        this.frames = frames;
    }

    /** True for the ports of tunnels over UDP that may do without a checksum over IPv6 (RFC 6935). */
    static boolean isOverUdp(int port) {
        return port == VXLAN_PORT || port == GENEVE_PORT;
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

    void network(Packet packet, int etherType, long offset, long end) {
        Packet inner = begin(packet, offset, end);
        if (inner != null) {
            frames.network(inner, etherType, offset, end);
        }
    }

    void ethernet(Packet packet, long offset, long end) {
        Packet inner = begin(packet, offset, end);
        if (inner != null) {
            frames.ethernet(inner, offset, end);
        }
    }

    // ---- IP in IP

    void ip(Packet packet, int etherType, long offset, long end) {
        if (packet.ipVersion == 6 && !isPlausible(packet, etherType == EtherType.IPV4, offset, end)) {
            return;
        }
        network(packet, etherType, offset, end);
    }

    private static boolean isPlausible(Packet packet, boolean inner4, long offset, long end) {
        if (end - offset < (inner4 ? IPV4_LENGTH : IPV6_LENGTH)) {
            FrameDecoder.markUnlessCut(
                    packet, end, inner4 ? DecodeAnomaly.IPV4_IN_IPV6_TOO_SMALL : DecodeAnomaly.IPV6_IN_IPV6_TOO_SMALL);
            return false;
        }
        boolean right = packet.u8(offset) >>> 4 == (inner4 ? 4 : 6);
        if (!right) {
            packet.mark(inner4 ? DecodeAnomaly.IPV4_IN_IPV6_WRONG_VERSION : DecodeAnomaly.IPV6_IN_IPV6_WRONG_VERSION);
        }
        return right;
    }

    // ---- GRE

    void gre(Packet packet, long offset, long end) {
        gre.decode(packet, offset, end);
    }

    void ppp(Packet packet, long offset, long end) {
        Packet inner = begin(packet, offset, end);
        if (inner != null) {
            frames.pppLink(inner, offset, end);
        }
    }

    // ---- VXLAN, Geneve and Teredo, by their UDP ports

    void udp(Packet packet, long end) {
        if (packet.destinationPort == VXLAN_PORT) {
            vxlan(packet, packet.payloadOffset, end);
        } else if (packet.destinationPort == GENEVE_PORT || packet.sourcePort == GENEVE_PORT) {
            geneve(packet, packet.payloadOffset, end);
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

    /** Version and length of the options, flags, an EtherType, the network's identifier, options (RFC 8926 §3.4). */
    private void geneve(Packet packet, long offset, long end) {
        if (end - offset < GENEVE_LENGTH) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.GENEVE_UNKNOWN);
            return;
        }
        int first = packet.u8(offset);
        long start = offset + GENEVE_LENGTH + (first & GENEVE_OPTIONS) * 4L;
        if (first >>> 6 != 0 || start > end) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.GENEVE_UNKNOWN);
            return;
        }
        int type = packet.u16(offset + 2);
        switch (type) {
            case EtherType.TRANSPARENT_BRIDGING -> ethernet(packet, start, end);
            case EtherType.IPV4, EtherType.IPV6, EtherType.ARP -> network(packet, type, start, end);
            default -> packet.mark(DecodeAnomaly.GENEVE_UNKNOWN);
        }
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
