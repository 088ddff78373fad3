package jp.genkan.av.harmless.coding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntFunction;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Streams of gzip (RFC 1952) and zlib (RFC 1950) of an exact length. Stateless. */
public final class GzipStream {
    private static final int GZIP_HEAD = 10;
    private static final int GZIP_TRAILER = 8;
    private static final int ZLIB_HEAD = 2;
    private static final int ZLIB_TRAILER = 4;

    private GzipStream() {}

    /** A stream of gzip; null when there is no room for one. */
    public static byte @Nullable [] of(int length, IntFunction<byte[]> content) {
        StoredDeflate.Made made = StoredDeflate.of(length - GZIP_HEAD - GZIP_TRAILER, content);
        return made == null ? null : gzip(made.stream(), made.content());
    }

    /** The same content compressed to a length; null when it does not get small enough. */
    public static byte @Nullable [] compressed(byte[] content, int length) {
        int room = length - GZIP_HEAD - GZIP_TRAILER;
        byte[] stream = room < StoredDeflate.LENGTH_MIN ? null : StoredDeflate.compressed(content, room);
        return stream == null ? null : gzip(stream, content);
    }

    private static byte[] gzip(byte[] stream, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        ByteBuffer out =
                ByteBuffer.allocate(GZIP_HEAD + stream.length + GZIP_TRAILER).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 0x1f)
                .put((byte) 0x8b)
                .put((byte) 8)
                .put((byte) 0)
                .putInt(0)
                .put((byte) 0)
                .put((byte) 3);
        out.put(stream).putInt((int) crc.getValue()).putInt(content.length);
        return out.array();
    }

    /** A stream of zlib, which is HTTP's deflate; null when there is no room for one. */
    public static byte @Nullable [] zlib(int length, IntFunction<byte[]> content) {
        StoredDeflate.Made made = StoredDeflate.of(length - ZLIB_HEAD - ZLIB_TRAILER, content);
        if (made == null) {
            return null;
        }
        Adler32 sum = new Adler32();
        sum.update(made.content());
        ByteBuffer out = ByteBuffer.allocate(length);
        out.put((byte) 0x78).put((byte) 0x01).put(made.stream()).putInt((int) sum.getValue());
        return out.array();
    }
}
