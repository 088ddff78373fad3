package jp.genkan.appcontrol.detector;

import jp.genkan.appcontrol.definition.AppNames;
import jp.genkan.appcontrol.signature.Payload;

/**
 * RTP and RTCP (RFC 3550). RTP has next to no octets of its own: what tells it is that packets of one direction have the same source and payload type, while
 * their numbers go on.
 *
 * <pre>
 *   version 2 (2) P X CC (4) | M, payload type (7) | sequence (16) | timestamp (32) | source (32)
 * </pre>
 */
final class RtpDetector implements Detector {
    private static final int HEADER = 12;

    /** How far numbers may go on between two packets: what is lost or reordered in bad networks. */
    private static final int AHEAD_MAX = 20;

    /** Packets in a row that have to go on; two may do so by chance in one of 2^45, and three cost nothing. */
    private static final int IN_A_ROW = 2;

    private final int rtp;
    private final int rtcp;

    RtpDetector(AppNames names) {
        rtp = names.number("RTP");
        rtcp = names.number("RTCP");
    }

    @Override
    public int words() {
        return 4;
    }

    @Override
    public long inspect(Payload payload, long[] memory, int at) {
        if ((payload.u8(0) & 0xc0) != 0x80 || payload.length() < 8 || payload.u8(0) == Payload.NONE) {
            return Finding.NONE;
        }
        int type = (int) payload.u8(1);
        if (type >= 192 && type <= 213) {
            return isRtcp(payload, type) ? Finding.sure(rtcp) : Finding.NONE;
        }
        return payload.length() >= HEADER && isPayloadType(type & 0x7f)
                ? stream(payload, type, memory, at)
                : Finding.NONE;
    }

    private static boolean isPayloadType(int type) {
        return type <= 34 || type >= 72 && type <= 76 || type >= 77;
    }

    private static boolean isRtcp(Payload payload, int type) {
        int first = (int) (payload.u16(2) + 1) * 4;
        boolean report = type >= 200 && type <= 207;
        if (!report || first < 8 || first > payload.length()) {
            return false;
        }
        if (first == payload.length()) {
            return true;
        }
        long next = payload.u8(first + 1);
        return (payload.u8(first) & 0xc0) == 0x80 && next >= 200 && next <= 207 || payload.length() - first <= 20;
    }

    /** Words: 0 and 1 the last packet to the server and how many went on, 2 and 3 to the client. */
    private long stream(Payload payload, int type, long[] memory, int at) {
        int place = at + (payload.toServer() ? 0 : 2);
        long key = payload.u32(8) << 32 | (long) (type & 0x7f) << 16 | payload.u16(2) | 1L << 24;
        long last = memory[place];
        memory[place] = key;
        if (last == 0) {
            return Finding.NONE;
        }
        int ahead = (int) (key - last) & 0xffff;
        boolean goesOn = (last ^ key) >>> 16 == 0 && ahead >= 1 && ahead <= AHEAD_MAX;
        memory[place + 1] = goesOn ? memory[place + 1] + 1 : 0;
        return memory[place + 1] >= IN_A_ROW ? Finding.sure(rtp) : Finding.NONE;
    }
}
