package jp.genkan.core.decode;

import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.EtherType;
import jp.genkan.core.frame.Packet;

/**
 * The network service header (RFC 8300 §2.2), which steers packets through a chain of services:
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---+-+-+-----------+-----------+-------+-------+---------------+
 * |Ver|O|U|    TTL    |   Length  |  U    |MD type| next protocol |
 * +---+-+-+-----------+-----------+-------+-------+---------------+
 * |           service path identifier             | service index |
 * +-----------------------------------------------+---------------+
 * </pre>
 */
final class ServiceHeaderDecoder {
    private static final int SMALLEST = 8;
    private static final int FIXED_LENGTH = 24;
    private static final int FIXED = 1;
    private static final int VARIABLE = 2;
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;
    private static final int ETHERNET = 3;
    private static final int MPLS = 5;

    private final FrameDecoder frames;
    private final TunnelDecoder tunnels;

    ServiceHeaderDecoder(FrameDecoder frames, TunnelDecoder tunnels) {
        this.frames = frames;
        this.tunnels = tunnels;
    }

    void decode(Packet packet, long offset, long end) {
        if (end - offset < SMALLEST) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.NSH_MALFORMED);
            return;
        }
        int first = packet.u16(offset);
        int length = (first & 63) * 4;
        int kind = packet.u8(offset + 2) & 15;
        if (first >>> 14 != 0 || kind != FIXED && kind != VARIABLE) {
            packet.mark(DecodeAnomaly.NSH_UNKNOWN);
            return;
        }
        if (length < SMALLEST || length > end - offset || kind == FIXED && length != FIXED_LENGTH) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.NSH_MALFORMED);
            return;
        }
        long start = offset + length;
        switch (packet.u8(offset + 3)) {
            case IPV4 -> frames.network(packet, EtherType.IPV4, start, end);
            case IPV6 -> frames.network(packet, EtherType.IPV6, start, end);
            case ETHERNET -> tunnels.ethernet(packet, start, end);
            case MPLS -> frames.network(packet, EtherType.MPLS, start, end);
            default -> packet.mark(DecodeAnomaly.NSH_UNKNOWN);
        }
    }
}
