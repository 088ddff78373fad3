package jp.genkan.av.unpack.szdd;

import java.io.IOException;
import java.io.OutputStream;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.av.unpack.codec.Inflate;
import jp.genkan.av.unpack.codec.Lzss;
import jp.genkan.av.unpack.codec.Member;
import jp.genkan.av.unpack.codec.Names;
import jp.genkan.av.unpack.codec.Octets;
import jp.genkan.av.unpack.codec.Window;
import org.jspecify.annotations.Nullable;

/**
 * SZDD and KWAJ (methods stored, inverted, LZSS, MSZIP).
 *
 * <p>Thread rule: no state, any thread.
 */
public final class SzddUnpacker implements Unpacker {
    private static final String SZDD = "SZDD\u0088\u00f0'3";
    private static final String KWAJ = "KWAJ\u0088\u00f0'\u00d1";
    private static final int WINDOW = 1 << 12;

    @Override
    public String format() {
        return "szdd";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return content.startsWith(0, SZDD) || content.startsWith(0, KWAJ);
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        if (content.startsWith(0, KWAJ)) {
            Member.write(members, facts.name(), out -> kwaj(content, out));
            return;
        }
        Member.write(members, name(facts.name(), content.u8(9)), out -> {
            Octets in = new Octets(content, 14, content.size() - 14);
            Lzss.szdd(in, new Window(WINDOW, out), Math.max(0, content.u32(10)));
        });
    }

    /** The name ends with an underline where the head keeps its last letter. */
    private static @Nullable String name(@Nullable String packed, int letter) {
        if (packed == null || !packed.endsWith("_") || letter <= ' ' || letter > '~') {
            return Names.without(packed, ".szdd");
        }
        return packed.substring(0, packed.length() - 1) + (char) letter;
    }

    private static void kwaj(Content content, OutputStream out) throws IOException {
        int start = Math.max(14, content.u16(10));
        Octets in = new Octets(content, start, content.size() - start);
        switch (content.u16(8)) {
            case 0 -> in.transferTo(out);
            case 1 -> {
                byte[] chunk = in.readNBytes(WINDOW);
                while (chunk.length > 0) {
                    for (int i = 0; i < chunk.length; i++) {
                        chunk[i] ^= (byte) 0xff;
                    }
                    out.write(chunk);
                    chunk = in.readNBytes(WINDOW);
                }
            }
            case 2 -> Lzss.szdd(in, new Window(WINDOW, out), -1);
            case 4 -> mszip(in, out);
            default -> throw Octets.unsupported("KWAJ method");
        }
    }

    /** Blocks of deflate that share a window, each with its length and CK before it. */
    private static void mszip(Octets in, OutputStream out) throws IOException {
        Window window = new Window(Inflate.Form.DEFLATE.window(), out);
        int low = in.read();
        while (low >= 0) {
            int length = low | in.u8() << 8;
            long end = in.position() + length;
            if (length == 0) {
                return;
            }
            if (in.u16() != ('C' | 'K' << 8)) {
                throw Octets.broken("MSZIP block");
            }
            byte[] block = in.exactly((int) (end - in.position()));
            new Inflate(new Octets(new java.io.ByteArrayInputStream(block)), window, Inflate.Form.DEFLATE).decode();
            low = in.read();
        }
    }
}
