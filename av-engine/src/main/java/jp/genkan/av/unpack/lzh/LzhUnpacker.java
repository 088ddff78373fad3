package jp.genkan.av.unpack.lzh;

import java.io.IOException;
import java.io.OutputStream;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.av.unpack.codec.Lzhuf;
import jp.genkan.av.unpack.codec.Lzss;
import jp.genkan.av.unpack.codec.Member;
import jp.genkan.av.unpack.codec.Octets;
import jp.genkan.av.unpack.codec.Window;

/**
 * LHA with headers of levels 0 to 3.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class LzhUnpacker implements Unpacker {
    @Override
    public String format() {
        return "lzh";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return isAt(content, 0);
    }

    /** True when what lies there looks like a header: for the file's start. */
    public static boolean isAt(Content content, long at) {
        return LzhHeader.isAt(content, at);
    }

    /** True when a header lies there that fits into the file: for a search, in which less would find much that is none. */
    public static boolean isArchive(Content content, long at) {
        if (at < 0 || !LzhHeader.isAt(content, at)) {
            return false;
        }
        LzhHeader header = LzhHeader.read(content, at);
        return header != null
                && header.name() != null
                && header.data() > at + 21
                && content.has(header.data(), header.packed())
                && header.packed() <= header.size() + 64;
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        long at = 0;
        while (content.u8(at) > 0 || content.u16(at) > 0) {
            members.checkTime();
            LzhHeader header = LzhHeader.read(content, at);
            if (header == null || header.data() <= at) {
                throw new UnpackException(Members.Reason.BROKEN, "lzh header");
            }
            member(content, header, members);
            at = header.data() + header.packed();
        }
    }

    private static void member(Content content, LzhHeader header, Members members) throws IOException {
        switch (header.method()) {
            case "lhd" -> {}
            case "lh0", "lz4", "pm0" -> members.stored(header.name(), header.data(), header.packed());
            default ->
                Member.write(members, header.name(), out -> {
                    decode(header.method(), new Octets(content, header.data(), header.packed()), header.size(), out);
                });
        }
    }

    private static void decode(String method, Octets in, long size, OutputStream out) throws IOException {
        switch (method) {
            case "lh4" -> lzhuf(in, 12, 4, size, out);
            case "lh5" -> lzhuf(in, 13, 4, size, out);
            case "lh6" -> lzhuf(in, 15, 5, size, out);
            case "lh7" -> lzhuf(in, 16, 5, size, out);
            case "lhx" -> lzhuf(in, 20, 5, size, out);
            case "lzs" -> Lzss.lzs(in, new Window(1 << 11, out), size);
            case "lz5" -> Lzss.lz5(in, new Window(1 << 12, out), size);
            default -> throw Octets.unsupported("lzh method " + method);
        }
    }

    private static void lzhuf(Octets in, int bits, int distanceBits, long size, OutputStream out) throws IOException {
        int distances = bits == 12 ? 14 : bits + 1;
        new Lzhuf(in, new Window(1 << bits, out, ' '), distances, distanceBits).decode(size);
    }
}
