package jp.genkan.core.decode;

import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.EtherType;
import jp.genkan.core.frame.Packet;

/** GRE (RFC 2784, RFC 2890), PPTP's enhanced GRE (RFC 2637), and ERSPAN in it. */
final class GreDecoder {
    private static final int LENGTH = 4;
    private static final int CHECKSUM = 0x8000;
    private static final int ROUTING = 0x4000;
    private static final int KEY = 0x2000;
    private static final int SEQUENCE = 0x1000;
    private static final int RECURSION = 0x0700;
    private static final int RESERVED = 0x00f8;
    private static final int ACKNOWLEDGMENT = 0x0080;
    private static final int VERSION = 0x0007;
    private static final int PPTP_LENGTH = 8;

    private static final int ERSPAN_LENGTH = 8;
    private static final int ERSPAN_II = 1;

    private final TunnelDecoder tunnels;

    GreDecoder(TunnelDecoder tunnels) {
        this.tunnels = tunnels;
    }

    void decode(Packet packet, long offset, long end) {
        if (end - offset < LENGTH) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.GRE_MALFORMED);
            return;
        }
        int flags = packet.u16(offset);
        int type = packet.u16(offset + 2);
        switch (flags & VERSION) {
            case 0 -> version0(packet, flags, type, offset, end);
            case 1 -> pptp(packet, flags, type, offset, end);
            default -> packet.mark(DecodeAnomaly.GRE_WRONG_VERSION);
        }
    }

    private void version0(Packet packet, int flags, int type, long offset, long end) {
        if ((flags & RECURSION) != 0) {
            packet.mark(DecodeAnomaly.GRE_RECURSION);
            return;
        }
        if ((flags & (RESERVED | ROUTING)) != 0) { // RFC 1701's source routes, which RFC 2784 has abolished
            packet.mark(DecodeAnomaly.GRE_FLAGS);
            return;
        }
        int length = LENGTH;
        length += (flags & CHECKSUM) != 0 ? 4 : 0;
        length += (flags & KEY) != 0 ? 4 : 0;
        length += (flags & SEQUENCE) != 0 ? 4 : 0;
        if (length > end - offset) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.GRE_HEADER_TOO_LARGE);
            return;
        }
        long start = offset + length;
        switch (type) {
            case EtherType.IPV4, EtherType.IPV6, EtherType.MPLS, EtherType.MPLS_MULTICAST, EtherType.ARP ->
                tunnels.network(packet, type, start, end);
            case EtherType.TRANSPARENT_BRIDGING -> tunnels.ethernet(packet, start, end);
            case EtherType.PPP -> tunnels.ppp(packet, start, end);
            case EtherType.ERSPAN -> erspan(packet, (flags & SEQUENCE) != 0, start, end);
            default -> packet.mark(DecodeAnomaly.ETHERTYPE_UNKNOWN);
        }
    }

    /** Type I has no header of its own and no sequence number, type II has both. */
    private void erspan(Packet packet, boolean type2, long offset, long end) {
        if (!type2) {
            tunnels.ethernet(packet, offset, end);
            return;
        }
        if (end - offset < ERSPAN_LENGTH) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.ERSPAN_TOO_SMALL);
        } else if (packet.u8(offset) >>> 4 != ERSPAN_II) {
            packet.mark(DecodeAnomaly.ERSPAN_WRONG_VERSION);
        } else {
            tunnels.ethernet(packet, offset + ERSPAN_LENGTH, end);
        }
    }

    /** Enhanced GRE (RFC 2637 §4.1); a packet without a sequence number only acknowledges and carries nothing. */
    private void pptp(Packet packet, int flags, int type, long offset, long end) {
        if (!isPptp(packet, flags, type)) {
            return;
        }
        boolean carries = (flags & SEQUENCE) != 0;
        int length = PPTP_LENGTH + (carries ? 4 : 0) + ((flags & ACKNOWLEDGMENT) != 0 ? 4 : 0);
        if (length > end - offset) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.PPTP_HEADER_TOO_LARGE);
            return;
        }
        if (carries) {
            long start = offset + length;
            tunnels.ppp(packet, start, Math.min(end, start + packet.u16(offset + 4)));
        }
    }

    private static boolean isPptp(Packet packet, int flags, int type) {
        if ((flags & CHECKSUM) != 0) {
            packet.mark(DecodeAnomaly.PPTP_CHECKSUM);
        } else if ((flags & ROUTING) != 0) {
            packet.mark(DecodeAnomaly.PPTP_ROUTING);
        } else if (type != EtherType.PPP) {
            packet.mark(DecodeAnomaly.PPTP_WRONG_PROTOCOL);
        } else if ((flags & KEY) == 0) {
            packet.mark(DecodeAnomaly.PPTP_NO_KEY);
        } else {
            return true;
        }
        return false;
    }
}
