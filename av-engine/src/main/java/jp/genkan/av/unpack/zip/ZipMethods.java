package jp.genkan.av.unpack.zip;

import java.io.IOException;
import java.io.OutputStream;
import jp.genkan.av.unpack.codec.Bzip2;
import jp.genkan.av.unpack.codec.Deflate;
import jp.genkan.av.unpack.codec.Implode;
import jp.genkan.av.unpack.codec.Inflate;
import jp.genkan.av.unpack.codec.Lzma;
import jp.genkan.av.unpack.codec.Lzw;
import jp.genkan.av.unpack.codec.Octets;
import jp.genkan.av.unpack.codec.Window;
import jp.genkan.av.unpack.codec.Xz;
import jp.genkan.av.unpack.codec.Zstd;

/** The methods of compression (APPNOTE 4.4.5). */
final class ZipMethods {
    static final int STORED = 0;
    static final int DEFLATED = 8;
    static final int AES = 99;

    private ZipMethods() {}

    static boolean isKnown(int method) {
        return switch (method) {
            case 0, 1, 6, 8, 9, 12, 14, 20, 93, 95, 99 -> true;
            default -> false;
        };
    }

    /** Decodes a member; returns how many octets of the source belonged to it, or -1 when the method does not tell. */
    static long decode(int method, ZipEntry entry, Octets in, OutputStream out) throws IOException {
        switch (method) {
            case STORED -> in.transferTo(out);
            case 1 -> Lzw.shrink(in, out, entry.size());
            case 6 -> Implode.decode(in, new Window(1 << 13, out, 0), entry.flags(), entry.size());
            case DEFLATED -> {
                return Deflate.decodeRaw(in, out);
            }
            case 9 ->
                new Inflate(in, new Window(Inflate.Form.DEFLATE64.window(), out), Inflate.Form.DEFLATE64).decode();
            case 12 -> new Bzip2(in, out).decode();
            case 14 -> lzma(entry, in, out);
            case 20, 93 -> Zstd.decode(in, out);
            case 95 -> Xz.decode(in, out);
            default -> throw Octets.unsupported("zip method " + method);
        }
        return -1;
    }

    private static void lzma(ZipEntry entry, Octets in, OutputStream out) throws IOException {
        in.u16();
        if (in.u16() != 5) {
            throw Octets.broken("LZMA properties");
        }
        int properties = in.u8();
        long size = (entry.flags() & 2) != 0 || entry.hasDescriptor() ? -1 : entry.size();
        Window window = new Window(Window.sizeFor(in.u32(), size), out);
        Lzma lzma = new Lzma(in, window);
        try {
            lzma.properties(properties);
            lzma.begin();
            lzma.decode(size);
        } finally {
            window.flush();
        }
    }
}
