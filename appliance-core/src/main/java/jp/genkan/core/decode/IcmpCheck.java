package jp.genkan.core.decode;

import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.Packet;

/** What is odd about an ICMP (RFC 792, IANA "ICMP Type Numbers") or ICMPv6 message (RFC 4443): its type, its code, the packet that it quotes. */
final class IcmpCheck {
    private static final int ANY_CODE = 255;
    private static final int UNKNOWN = -1;
    private static final int IPV4_LENGTH = 20;
    private static final int IPV6_LENGTH = 40;

    private static final int ERRORS_END = 5;
    private static final int EXPERIMENTS_1 = 100;
    private static final int EXPERIMENTS_2 = 200;
    private static final int FIRST_INFORMATIONAL = 128;
    private static final int RESERVED_FOR_ERRORS = 127;
    private static final int LAST_ASSIGNED = 161;
    private static final int LISTENER_QUERY = 130;
    private static final int LISTENER_DONE = 132;
    private static final int LISTENER_REPORT_2 = 143;

    private IcmpCheck() {}

    /** Marks what is odd about an ICMP message whose header is here. */
    static void icmp(Packet packet, long quoted, long end) {
        int type = packet.sourcePort;
        int codes = lastCode(type);
        if (codes == UNKNOWN) {
            packet.mark(DecodeAnomaly.ICMP_TYPE_UNKNOWN);
        } else if (packet.destinationPort > codes) {
            packet.mark(DecodeAnomaly.ICMP_CODE_UNKNOWN);
        }
        boolean quotes = type == 3 || type == 4 || type == 5 || type == 11 || type == 12;
        if (!quotes || quoted >= end) {
            return;
        }
        if (end - quoted < IPV4_LENGTH) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.ICMP_QUOTE_TRUNCATED);
        } else if (packet.u8(quoted) >>> 4 != 4) {
            packet.mark(DecodeAnomaly.ICMP_QUOTE_WRONG_VERSION);
        }
    }

    /** The largest code of a type. */
    private static int lastCode(int type) {
        return switch (type) {
            case 3 -> 15;
            case 5 -> 3;
            case 9 -> ANY_CODE;
            case 11 -> 1;
            case 12 -> 2;
            case 0, 4, 8, 10, 13, 14, 15, 16, 17, 18 -> 0;
            default -> UNKNOWN;
        };
    }

    /** Marks what is odd about an ICMPv6 message whose header is here. */
    static void icmpv6(Packet packet, long quoted, long end) {
        int type = packet.sourcePort;
        if (type < FIRST_INFORMATIONAL) {
            error(packet, type, quoted, end);
            return;
        }
        boolean listener = type >= LISTENER_QUERY && type <= LISTENER_DONE || type == LISTENER_REPORT_2;
        if (listener && packet.ipTtl != 1) {
            packet.mark(DecodeAnomaly.ICMPV6_LISTENER_HOP_LIMIT);
        }
        if (type == EXPERIMENTS_2 || type == EXPERIMENTS_2 + 1) {
            packet.mark(DecodeAnomaly.ICMPV6_TYPE_EXPERIMENTAL);
        } else if (type > LAST_ASSIGNED) {
            packet.mark(DecodeAnomaly.ICMPV6_TYPE_UNASSIGNED);
        } else if (packet.destinationPort > lastCode6(type)) {
            packet.mark(DecodeAnomaly.ICMPV6_CODE_UNKNOWN);
        } else if (type > 153) {
            packet.mark(DecodeAnomaly.ICMPV6_TYPE_UNKNOWN);
        }
    }

    private static void error(Packet packet, int type, long quoted, long end) {
        if (type == EXPERIMENTS_1 || type == EXPERIMENTS_1 + 1) {
            packet.mark(DecodeAnomaly.ICMPV6_TYPE_EXPERIMENTAL);
            return;
        }
        if (type == 0 || type >= ERRORS_END || type == RESERVED_FOR_ERRORS) {
            packet.mark(DecodeAnomaly.ICMPV6_TYPE_UNASSIGNED);
            return;
        }
        if (packet.destinationPort > lastCode6(type)) {
            packet.mark(DecodeAnomaly.ICMPV6_CODE_UNKNOWN);
        }
        if (quoted >= end) {
            return;
        }
        if (end - quoted < IPV6_LENGTH) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.ICMPV6_QUOTE_TRUNCATED);
        } else if (packet.u8(quoted) >>> 4 != 6) {
            packet.mark(DecodeAnomaly.ICMPV6_QUOTE_WRONG_VERSION);
        }
    }

    private static int lastCode6(int type) {
        return switch (type) {
            case 1 -> 8;
            case 3 -> 1;
            case 4 -> 10;
            case 2, 128, 129, 133, 134, 135, 136, 137, 141, 142, 143, 144, 145, 146, 147 -> 0;
            case 139, 140 -> 2;
            default -> ANY_CODE;
        };
    }
}
