package jp.genkan.av.unpack.rar;

import java.io.IOException;
import java.io.OutputStream;
import jp.genkan.av.unpack.codec.BitsHigh;
import jp.genkan.av.unpack.codec.Octets;
import jp.genkan.av.unpack.codec.Prefix;

/**
 * One of RAR's methods. It keeps its window and tables from one member of a solid archive to the next.
 *
 * <p>Thread rule: one thread.
 */
interface RarDecoder {
    /**
     * Decodes one member.
     *
     * @param size its plain octets
     * @param solid whether it goes on where the member before ended
     */
    void decode(Octets in, long size, Continuity solid, OutputStream out) throws IOException;

    /** Whether a member stands alone. */
    enum Continuity {
        FRESH,
        SOLID
    }

    /** Lengths of the code that codes the other codes' lengths, as versions 3 and 5 write them: 15 may say a run of zeros. */
    static Prefix metaCode(BitsHigh bits) throws IOException {
        byte[] lengths = new byte[20];
        int at = 0;
        while (at < 20) {
            int length = bits.read(4);
            int zeros = length == 15 ? bits.read(4) : 0;
            if (zeros == 0) {
                lengths[at++] = (byte) length;
            } else {
                at += zeros + 2;
            }
        }
        return Prefix.high(lengths, 0, 20);
    }

    /**
     * Reads the lengths of code words.
     *
     * @param lengths those of before, to which new ones are added when {@code added} is 15; 0: they are replaced
     */
    static void lengths(BitsHigh bits, byte[] lengths, int added) throws IOException {
        Prefix code = metaCode(bits);
        int at = 0;
        while (at < lengths.length) {
            int symbol = code.read(bits);
            if (symbol < 16) {
                lengths[at] = (byte) (symbol + (lengths[at] & added) & 15);
                at++;
                continue;
            }
            boolean isLong = (symbol & 1) != 0;
            int times = isLong ? bits.read(7) + 11 : bits.read(3) + 3;
            if (symbol < 18 && at == 0) {
                throw Octets.broken("nothing to repeat");
            }
            byte value = symbol < 18 ? lengths[at - 1] : 0;
            for (; times > 0 && at < lengths.length; times--) {
                lengths[at++] = value;
            }
        }
    }
}
