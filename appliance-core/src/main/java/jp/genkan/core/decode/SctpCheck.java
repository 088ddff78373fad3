package jp.genkan.core.decode;

import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.Packet;

/** What is odd about the chunks of an SCTP packet (RFC 9260 §3, §4.3, §8.5). */
final class SctpCheck {
    /** Most chunks that are walked: an honest packet bundles a handful. */
    static final int CHUNKS_MAX = 64;

    private static final int CHUNK_HEADER = 4;
    private static final int DATA = 0;
    private static final int INIT = 1;

    private SctpCheck() {}

    static void check(Packet packet, int tag, long chunks, long end) {
        boolean init = false;
        int count = 0;
        long at = chunks;
        while (at < end && count < CHUNKS_MAX) {
            if (end - at < CHUNK_HEADER) {
                FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.SCTP_CHUNK_TOO_SMALL);
                break;
            }
            int type = packet.u8(at);
            int length = packet.u16(at + 2);
            if (length < CHUNK_HEADER || length > end - at) {
                FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.SCTP_CHUNK_LENGTH_INVALID);
                break;
            }
            count++;
            init |= type == INIT;
            if (type == INIT && tag != 0) {
                packet.mark(DecodeAnomaly.SCTP_INIT_TAG);
            } else if (type == DATA && tag == 0) {
                packet.mark(DecodeAnomaly.SCTP_DATA_NO_TAG);
            }
            at += length + 3 & -4;
        }
        if (init && count > 1) {
            packet.mark(DecodeAnomaly.SCTP_INIT_NOT_ALONE);
        }
    }
}
