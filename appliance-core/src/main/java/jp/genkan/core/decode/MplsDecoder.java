package jp.genkan.core.decode;

import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.EtherType;
import jp.genkan.core.frame.Packet;

/**
 * MPLS label stacks (RFC 3032) and what they carry, which no field names: IP by its first four bits (RFC 4928), otherwise Ethernet with
 * or without a pseudowire control word (RFC 4385, RFC 4448).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------+-----+-+---------------+
 * |                 label                 | TC  |S|      TTL      |
 * +---------------------------------------+-----+-+---------------+
 * </pre>
 */
final class MplsDecoder {
    /** Most labels that are followed: carriers stack two to five. */
    static final int LABELS_MAX = 8;

    private static final int LABEL_LENGTH = 4;
    private static final int BOTTOM_OF_STACK = 0x100;
    private static final int CONTROL_WORD_LENGTH = 4;

    private final FrameDecoder frames;

    MplsDecoder(FrameDecoder frames) {
        this.frames = frames;
    }

    void decode(Packet packet, long offset, long end) {
        long at = offset;
        for (int labels = 1; labels <= LABELS_MAX; labels++) {
            if (end - at < LABEL_LENGTH) {
                FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.MPLS_TOO_SMALL);
                return;
            }
            boolean bottom = (packet.u32(at) & BOTTOM_OF_STACK) != 0;
            at += LABEL_LENGTH;
            if (bottom) {
                payload(packet, at, end);
                return;
            }
        }
        packet.mark(DecodeAnomaly.MPLS_TOO_MANY);
    }

    private void payload(Packet packet, long offset, long end) {
        int nibble = end > offset ? packet.u8(offset) >>> 4 : -1;
        if (nibble == 4) {
            frames.network(packet, EtherType.IPV4, offset, end);
        } else if (nibble == 6) {
            frames.network(packet, EtherType.IPV6, offset, end);
        } else if (nibble == 0 && looksLikeEthernet(packet, offset + CONTROL_WORD_LENGTH, end)) {
            pseudowire(packet, offset + CONTROL_WORD_LENGTH, end);
        } else if (looksLikeEthernet(packet, offset, end)) {
            pseudowire(packet, offset, end);
        } else {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.MPLS_UNKNOWN_PAYLOAD);
        }
    }

    private void pseudowire(Packet packet, long offset, long end) {
        Packet inner = TunnelDecoder.begin(packet, offset, end);
        if (inner != null) {
            frames.ethernet(inner, offset, end);
        }
    }

    /** Whether an Ethernet header with a type that is worth decoding, or a fitting 802.3 length, starts here. */
    private static boolean looksLikeEthernet(Packet packet, long offset, long end) {
        if (end - offset < FrameDecoder.ETHERNET_LENGTH) {
            return false;
        }
        int type = packet.u16(offset + 12);
        return switch (type) {
            case EtherType.IPV4,
                    EtherType.IPV6,
                    EtherType.ARP,
                    EtherType.MPLS,
                    EtherType.PPPOE_SESSION,
                    EtherType.PPPOE_DISCOVERY -> true;
            default ->
                EtherType.isVlanTag(type)
                        || type < EtherType.SMALLEST && type > 0 && type <= end - offset - FrameDecoder.ETHERNET_LENGTH;
        };
    }
}
