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
    private static final int LABEL_SHIFT = 12;
    private static final int ROUTER_ALERT = 1;
    private static final int IMPLICIT_NULL = 3;
    private static final int ENTROPY = 7;
    private static final int ASSOCIATED_CHANNEL = 13;
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
            int entry = packet.u32(at);
            boolean bottom = (entry & BOTTOM_OF_STACK) != 0;
            at += LABEL_LENGTH;
            markReserved(packet, entry >>> LABEL_SHIFT, bottom);
            if (bottom) {
                payload(packet, at, end);
                return;
            }
        }
        packet.mark(DecodeAnomaly.MPLS_TOO_MANY);
    }

    /** The special labels of RFC 3032 §2.1; 7, 13 and 14 have got a meaning since (RFC 6790, RFC 5586, RFC 3429), 15 extends them (RFC 7274). */
    private static void markReserved(Packet packet, int label, boolean bottom) {
        if (label == ROUTER_ALERT && bottom) {
            packet.mark(DecodeAnomaly.MPLS_ROUTER_ALERT);
        } else if (label == IMPLICIT_NULL) {
            packet.mark(DecodeAnomaly.MPLS_IMPLICIT_NULL);
        } else if (label > IMPLICIT_NULL && label < ASSOCIATED_CHANNEL && label != ENTROPY) {
            packet.mark(DecodeAnomaly.MPLS_RESERVED);
        }
    }

    private void payload(Packet packet, long offset, long end) {
        if (end - offset < LABEL_LENGTH) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.MPLS_PACKET_TOO_SMALL);
            return;
        }
        int nibble = packet.u8(offset) >>> 4;
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
