package jp.genkan.core.decode;

import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.Packet;

/** What is odd about an IGMP message (RFC 2236, RFC 3376). */
final class IgmpCheck {
    private static final int SMALLEST = 8;
    private static final int QUERY = 0x11;
    private static final int QUERY_3_LENGTH = 12;
    private static final int QUERY_SOURCES = 10;
    private static final int REPORT_3 = 0x22;
    private static final int REPORT_GROUPS = 6;
    private static final int GROUP_LENGTH = 8;
    private static final int WORD = 4;

    private IgmpCheck() {}

    static void check(Packet packet, long offset, long end) {
        long here = end - offset;
        if (here < SMALLEST) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.IGMP_TOO_SMALL);
            return;
        }
        int type = packet.u8(offset);
        if (type == QUERY && here > SMALLEST) {
            query(packet, offset, end);
        } else if (type == REPORT_3) {
            report(packet, offset, end);
        }
    }

    private static void query(Packet packet, long offset, long end) {
        if (end - offset < QUERY_3_LENGTH) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.IGMP_V3_TOO_SMALL);
        } else if (end - offset - QUERY_3_LENGTH < (long) WORD * packet.u16(offset + QUERY_SOURCES)) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.IGMP_MALFORMED);
        }
    }

    /** Each turn steps over a group record of eight octets at least. */
    private static void report(Packet packet, long offset, long end) {
        int groups = packet.u16(offset + REPORT_GROUPS);
        long at = offset + SMALLEST;
        for (int i = 0; i < groups; i++) {
            if (end - at < GROUP_LENGTH) {
                FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.IGMP_MALFORMED);
                return;
            }
            at += GROUP_LENGTH + (long) WORD * (packet.u8(at + 1) + packet.u16(at + 2));
        }
        if (at > end) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.IGMP_MALFORMED);
        }
    }
}
