package jp.genkan.av.unpack.codec;

import java.io.IOException;
import java.io.OutputStream;

/**
 * LZMA2: chunks of LZMA and of stored octets.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class Lzma2 {
    private Lzma2() {}

    /** Dictionary size by its code octet. */
    public static long dictionary(int code) throws IOException {
        if (code > 40) {
            throw Octets.broken("LZMA2 dictionary");
        }
        return code == 40 ? 0xffff_ffffL : (2L | code & 1) << code / 2 + 11;
    }

    /** Decodes up to the end mark. */
    public static void decode(Octets in, long dictionary, OutputStream out) throws IOException {
        Window window = new Window(Window.sizeFor(dictionary, -1), out);
        Lzma lzma = new Lzma(in, window);
        boolean ready = false;
        try {
            while (true) {
                int control = in.u8();
                if (control == 0) {
                    return;
                }
                if (control == 1 || control >= 0xe0) {
                    lzma.restart();
                }
                if (control < 0x80) {
                    if (control > 2) {
                        throw Octets.broken("LZMA2 control");
                    }
                    int size = (in.u8() << 8 | in.u8()) + 1;
                    for (int i = 0; i < size; i++) {
                        window.put(in.u8());
                    }
                    lzma.count(size);
                    continue;
                }
                int size = ((control & 0x1f) << 16 | in.u8() << 8 | in.u8()) + 1;
                long end = (in.u8() << 8 | in.u8()) + 1L;
                if (control >= 0xc0) {
                    lzma.properties(in.u8());
                    ready = true;
                } else if (control >= 0xa0) {
                    lzma.reset();
                }
                if (!ready) {
                    throw Octets.broken("LZMA2 without properties");
                }
                end += in.position();
                lzma.begin();
                lzma.decode(size);
                if (in.position() > end) {
                    throw Octets.broken("LZMA2 chunk");
                }
                in.skipNBytes(end - in.position());
            }
        } finally {
            window.flush();
        }
    }
}
