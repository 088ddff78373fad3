package jp.genkan.av.harmless.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.zip.GZIPInputStream;
import jp.genkan.av.harmless.coding.BrotliStream;
import jp.genkan.av.harmless.coding.GzipStream;
import jp.genkan.av.harmless.coding.Inflated;
import org.brotli.dec.BrotliInputStream;
import org.jspecify.annotations.Nullable;

/** A content coding (RFC 9110 §8.4.1) that can be written at an exact length. */
enum HttpCoding {
    IDENTITY,
    GZIP,
    DEFLATE,
    BROTLI;

    private static final int PIECE = 1 << 16;
    private static final int ZLIB_HEAD = 2;

    /** The coding of a body; null when it is another one, or several. */
    static @Nullable HttpCoding of(HttpHead head) {
        String content = head.first("content-encoding");
        String transfer = head.first("transfer-encoding");
        String all = (content == null ? "" : content) + "," + (transfer == null ? "" : transfer);
        HttpCoding found = IDENTITY;
        for (String name : all.toLowerCase(Locale.ROOT).split(",", -1)) {
            HttpCoding coding = switch (name.strip()) {
                case "", "identity", "chunked", "none" -> IDENTITY;
                case "gzip", "x-gzip" -> GZIP;
                case "deflate" -> DEFLATE;
                case "br" -> BROTLI;
                default -> null;
            };
            if (coding == null || coding != IDENTITY && found != IDENTITY) {
                return null;
            }
            found = coding == IDENTITY ? found : coding;
        }
        return found;
    }

    /** What a receiver makes of octets, as far as they are whole; null when they are not of this coding. */
    byte @Nullable [] decoded(byte[] octets) {
        return switch (this) {
            case IDENTITY -> octets;
            case GZIP -> read(octets, GZIPInputStream::new);
            case DEFLATE ->
                longer(
                        Inflated.loose(octets, 0, false),
                        longer(
                                Inflated.loose(octets, 0, true),
                                Inflated.loose(octets, Math.min(octets.length, ZLIB_HEAD), true)));
            case BROTLI -> read(octets, BrotliInputStream::new);
        };
    }

    /** Receivers differ in what they take for deflate: the one that gets most out of it counts. */
    private static byte @Nullable [] longer(byte @Nullable [] one, byte @Nullable [] other) {
        return one == null || other != null && other.length > one.length ? other : one;
    }

    /** Opens a stream that decodes. */
    @FunctionalInterface
    private interface Opener {
        InputStream open(InputStream coded) throws IOException;
    }

    private static byte @Nullable [] read(byte[] octets, Opener opener) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        try (InputStream in = opener.open(new ByteArrayInputStream(octets))) {
            int made = in.read(piece);
            while (made > 0 && out.size() < Inflated.OCTETS_MAX) {
                out.write(piece, 0, made);
                made = in.read(piece);
            }
        } catch (IOException broken) {
            // what came out before is what a receiver has
        }
        return out.size() == 0 ? null : out.toByteArray();
    }

    /** Octets of an exact length that decode to content made for the room that there is; null when there is none. */
    byte @Nullable [] encoded(int length, IntFunction<byte[]> content) {
        return switch (this) {
            case IDENTITY -> content.apply(length);
            case GZIP -> GzipStream.of(length, content);
            case DEFLATE -> GzipStream.zlib(length, content);
            case BROTLI -> BrotliStream.of(length, content);
        };
    }
}
