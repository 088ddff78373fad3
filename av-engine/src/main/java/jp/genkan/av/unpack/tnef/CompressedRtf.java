package jp.genkan.av.unpack.tnef;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Undoes the compression of a mail's rich text ([MS-OXRTFCP]): copies out of a window of 4,096 octets that is full of common words at the start. */
public final class CompressedRtf {
    private static final int HEAD = 16;
    private static final long COMPRESSED = 0x75465a4cL;
    private static final long PLAIN = 0x414c454dL;
    private static final int WINDOW = 4096;
    private static final byte[] WORDS = ("{\\r"
                    + "tf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript"
                    + " \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\r"
                    + "ed0\\green0\\blue0\r\n"
                    + "\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx")
            .getBytes(StandardCharsets.US_ASCII);

    private final byte[] window = new byte[WINDOW];
    private int place = WORDS.length;

    private CompressedRtf() {
        System.arraycopy(WORDS, 0, window, 0, WORDS.length);
    }

    /**
     * Writes the text.
     *
     * @return true when all of it was read
     */
    public static boolean unpack(byte[] packed, int from, int to, OutputStream out) throws IOException {
        if (to - from < HEAD) {
            return false;
        }
        long kind = u32(packed, from + 8);
        if (kind == PLAIN) {
            out.write(packed, from + HEAD, to - from - HEAD);
            return true;
        }
        return kind == COMPRESSED && new CompressedRtf().copies(packed, from + HEAD, to, out);
    }

    private boolean copies(byte[] packed, int from, int to, OutputStream out) throws IOException {
        byte[] run = new byte[32];
        int at = from;
        while (at < to) {
            int flags = packed[at++];
            for (int bit = 0; bit < 8 && at < to; bit++) {
                if ((flags >> bit & 1) == 0) {
                    put(packed[at]);
                    out.write(packed[at++]);
                    continue;
                }
                if (at + 1 >= to) {
                    return false;
                }
                int token = (packed[at] & 0xff) << 8 | packed[at + 1] & 0xff;
                at += 2;
                int source = token >> 4;
                if (source == place) {
                    return true;
                }
                int length = (token & 0xf) + 2;
                for (int i = 0; i < length; i++) {
                    run[i] = window[source + i & WINDOW - 1];
                    put(run[i]);
                }
                out.write(run, 0, length);
            }
        }
        return false;
    }

    private void put(byte octet) {
        window[place] = octet;
        place = place + 1 & WINDOW - 1;
    }

    private static long u32(byte[] octets, int at) {
        return octets[at] & 0xffL
                | (octets[at + 1] & 0xffL) << 8
                | (octets[at + 2] & 0xffL) << 16
                | (octets[at + 3] & 0xffL) << 24;
    }
}
