package jp.genkan.appcontrol.detector;

import jp.genkan.appcontrol.definition.AppNames;
import jp.genkan.appcontrol.signature.Payload;

/**
 * BitTorrent's transport over UDP (BEP 29): a packet that opens a connection, and one of the other end that has its number.
 *
 * <pre>
 *   type (4), version 1 (4) | extension | connection (16) | time (32) | difference (32) | window (32) | sequence (16) | acknowledged (16)
 * </pre>
 */
final class UtpDetector implements Detector {
    private static final int HEADER = 20;
    private static final int STATE = 2;
    private static final int SYN = 4;

    private final int bitTorrent;

    UtpDetector(AppNames names) {
        bitTorrent = names.number("BitTorrent");
    }

    @Override
    public int words() {
        return 1;
    }

    @Override
    public long inspect(Payload payload, long[] memory, int at) {
        long first = payload.u8(0);
        if (payload.length() < HEADER || (first & 0x0f) != 1 || first >> 4 > SYN || payload.u8(1) > 2) {
            return Finding.NONE;
        }
        long connection = payload.u16(2) | (payload.toServer() ? 1L << 16 : 1L << 17);
        if (first >> 4 == SYN && payload.u16(18) == 0) {
            memory[at] = connection;
            return Finding.NONE;
        }
        boolean answers = memory[at] != 0 && (memory[at] ^ connection) >> 16 != 0;
        boolean same = (memory[at] & 0xffff) == payload.u16(2);
        return answers && same && first >> 4 == STATE ? Finding.sure(bitTorrent) : Finding.NONE;
    }
}
