package jp.genkan.av.unpack.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.av.unpack.codec.Bzip2;
import jp.genkan.av.unpack.codec.Lz4;
import jp.genkan.av.unpack.codec.Lzma;
import jp.genkan.av.unpack.codec.Lzw;
import jp.genkan.av.unpack.codec.Member;
import jp.genkan.av.unpack.codec.Names;
import jp.genkan.av.unpack.codec.Octets;
import jp.genkan.av.unpack.codec.Window;
import jp.genkan.av.unpack.codec.Xz;
import jp.genkan.av.unpack.codec.Zstd;

/**
 * A file that is one compressed stream, whose only member has the file's name without its ending.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class StreamUnpacker implements Unpacker {
    private static final int LZMA_HEAD = 13;

    private final String format;
    private final List<String> endings;
    private final Mark mark;
    private final Decoder decoder;

    private StreamUnpacker(String format, List<String> endings, Mark mark, Decoder decoder) {
        this.format = format;
        this.endings = endings;
        this.mark = mark;
        this.decoder = decoder;
    }

    /** Says whether a file begins as this format does. */
    @FunctionalInterface
    private interface Mark {
        boolean isAt(Content content);
    }

    /** Decodes all of it. */
    @FunctionalInterface
    private interface Decoder {
        void decode(Octets in, OutputStream out) throws IOException;
    }

    /** bzip2. */
    public static Unpacker bzip2() {
        return new StreamUnpacker(
                "bzip2",
                List.of(".bz2", ".bz"),
                content -> content.startsWith(0, "BZh")
                        && content.u8(3) >= '1'
                        && content.u8(3) <= '9'
                        && (content.startsWith(4, "1AY&SY") || content.u8(4) == 0x17),
                (in, out) -> new Bzip2(in, out).decode());
    }

    /** xz. */
    public static Unpacker xz() {
        return new StreamUnpacker(
                "xz", List.of(".xz"), content -> content.u8(0) == 0xfd && content.startsWith(1, "7zXZ\0"), Xz::decode);
    }

    /** LZMA alone, which has no magic: a head that makes sense. */
    public static Unpacker lzma() {
        return new StreamUnpacker("lzma", List.of(".lzma"), StreamUnpacker::isLzma, StreamUnpacker::lzma);
    }

    /** lzip: members of LZMA with a head and a foot. */
    public static Unpacker lzip() {
        return new StreamUnpacker(
                "lzip", List.of(".lz"), content -> content.startsWith(0, "LZIP\1"), StreamUnpacker::lzip);
    }

    /** Zstandard. */
    public static Unpacker zstd() {
        return new StreamUnpacker("zstd", List.of(".zst"), content -> content.u32(0) == Zstd.MAGIC, Zstd::decode);
    }

    /** LZ4. */
    public static Unpacker lz4() {
        return new StreamUnpacker(
                "lz4",
                List.of(".lz4"),
                content -> content.u32(0) == Lz4.MAGIC || content.u32(0) == Lz4.LEGACY,
                Lz4::decode);
    }

    /** Unix compress. */
    public static Unpacker compress() {
        return new StreamUnpacker(
                "compress",
                List.of(".Z"),
                content -> content.u8(0) == 0x1f && content.u8(1) == 0x9d && (content.u8(2) & 0x1f) <= 16,
                (in, out) -> {
                    in.skipNBytes(2);
                    Lzw.compress(in, out);
                });
    }

    private static boolean isLzma(Content content) {
        if (content.size() < LZMA_HEAD + 5 || content.u8(0) >= 225 || content.u8(LZMA_HEAD) != 0) {
            return false;
        }
        long dictionary = content.u32(1);
        long size = content.i64(5);
        boolean power = dictionary == 0xffff_ffffL
                || Long.bitCount(dictionary) == 1
                || Long.bitCount(dictionary) == 2 && Long.bitCount(dictionary / 3) == 1;
        return power && dictionary >= 1 << 12 && (size == -1 || size > 0 && size < 1L << 38);
    }

    private static void lzma(Octets in, OutputStream out) throws IOException {
        int properties = in.u8();
        long dictionary = in.u32();
        long low = in.u32();
        long size = low | in.u32() << 32;
        decode(in, properties, dictionary, size, out);
    }

    private static void decode(Octets in, int properties, long dictionary, long size, OutputStream out)
            throws IOException {
        Window window = new Window(Window.sizeFor(dictionary, size), out);
        Lzma lzma = new Lzma(in, window);
        try {
            lzma.properties(properties);
            lzma.begin();
            lzma.decode(size);
        } finally {
            window.flush();
        }
    }

    private static void lzip(Octets in, OutputStream out) throws IOException {
        byte[] head = in.readNBytes(6);
        while (head.length == 6 && head[0] == 'L' && head[1] == 'Z' && head[2] == 'I' && head[3] == 'P') {
            int code = head[5];
            long size = 1L << (code & 0x1f);
            decode(in, 93, size - size / 16 * (code >> 5 & 7), -1, out);
            in.skipNBytes(20);
            head = in.readNBytes(6);
        }
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return mark.isAt(content);
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        String name = Names.without(facts.name(), endings.toArray(String[]::new));
        Member.write(members, name, out -> decoder.decode(new Octets(content, 0, content.size()), out));
    }
}
