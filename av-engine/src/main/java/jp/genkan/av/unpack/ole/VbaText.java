package jp.genkan.av.unpack.ole;

import java.io.IOException;
import java.io.OutputStream;

/** Decompresses macro text ([MS-OVBA] §2.4.1): chunks of up to 4,096 octets, each a sequence of literals and copies. */
final class VbaText {
    /** Plain octets of a chunk. */
    private static final int CHUNK_OCTETS = 4096;

    private static final int CONTAINER = 1;
    private static final int CHUNK_SIGNATURE = 3;

    private final byte[] chunk = new byte[CHUNK_OCTETS];
    private int filled;

    /**
     * Decompresses a container.
     *
     * @param from index of its first octet, {@code 01}
     * @return true when all of it was read
     */
    static boolean decompress(byte[] octets, int from, OutputStream out) throws IOException {
        if (from >= octets.length || octets[from] != CONTAINER) {
            return false;
        }
        VbaText text = new VbaText();
        int at = from + 1;
        while (at + 2 <= octets.length) {
            int head = octets[at] & 0xff | (octets[at + 1] & 0xff) << 8;
            int end = at + (head & 0xfff) + 3;
            if ((head >> 12 & 7) != CHUNK_SIGNATURE) {
                return at > from + 1; // what follows the last chunk does not belong to the text
            }
            text.filled = 0;
            int limit = Math.min(end, octets.length);
            boolean whole =
                    (head & 0x8000) == 0 ? text.raw(octets, at + 2, limit) : text.compressed(octets, at + 2, limit);
            out.write(text.chunk, 0, text.filled);
            if (!whole || end > octets.length) {
                return false;
            }
            at = end;
        }
        return true;
    }

    private boolean raw(byte[] octets, int from, int to) {
        filled = Math.min(CHUNK_OCTETS, to - from);
        System.arraycopy(octets, from, chunk, 0, filled);
        return true;
    }

    private boolean compressed(byte[] octets, int from, int to) {
        int at = from;
        while (at < to) {
            int flags = octets[at++];
            for (int bit = 0; bit < 8 && at < to; bit++) {
                if ((flags >> bit & 1) == 0) {
                    if (filled == CHUNK_OCTETS) {
                        return false;
                    }
                    chunk[filled++] = octets[at++];
                } else if (at + 1 < to && copy(octets[at] & 0xff | (octets[at + 1] & 0xff) << 8)) {
                    at += 2;
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean copy(int token) {
        int bits = Math.max(4, 32 - Integer.numberOfLeadingZeros(filled - 1));
        int length = (token & 0xffff >> bits) + 3;
        int source = filled - (token >> 16 - bits) - 1;
        if (filled == 0 || source < 0 || filled + length > CHUNK_OCTETS) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            chunk[filled++] = chunk[source + i];
        }
        return true;
    }
}
