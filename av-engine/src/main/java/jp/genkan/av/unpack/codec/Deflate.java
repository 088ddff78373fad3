package jp.genkan.av.unpack.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Deflate (RFC 1951) by the JDK's zlib, raw or with zlib's frame.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class Deflate {
    private static final int CHUNK = 1 << 15;

    private Deflate() {}

    /**
     * Decodes up to the stream's own end.
     *
     * @return how many octets of the source belonged to it
     */
    public static long decodeRaw(Octets in, OutputStream out) throws IOException {
        return decode(in, out, true);
    }

    /** The same with zlib's head and checksum (RFC 1950). */
    public static long decodeZlib(Octets in, OutputStream out) throws IOException {
        return decode(in, out, false);
    }

    private static long decode(Octets in, OutputStream out, boolean raw) throws IOException {
        byte[] input = new byte[CHUNK];
        byte[] output = new byte[CHUNK];
        try (Inflater inflater = new Inflater(raw)) {
            while (!inflater.finished()) {
                long before = inflater.getBytesWritten();
                boolean corrupt = step(inflater, output);
                out.write(output, 0, (int) (inflater.getBytesWritten() - before));
                if (corrupt) {
                    throw Octets.broken("deflate");
                }
                if (inflater.needsDictionary()) {
                    throw Octets.unsupported("preset dictionary");
                }
                if (!inflater.finished() && inflater.needsInput()) {
                    int count = in.read(input, 0, CHUNK);
                    if (count < 0) {
                        throw Octets.ended();
                    }
                    inflater.setInput(input, 0, count);
                }
            }
            return inflater.getBytesRead();
        }
    }

    private static boolean step(Inflater inflater, byte[] output) {
        try {
            inflater.inflate(output);
            return false;
        } catch (DataFormatException e) {
            return true;
        }
    }
}
