package jp.genkan.av.harmless.coding;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Inflates within a bound. Stateless. */
public final class Inflated {
    /** Plain octets of one stream, as many as an unpacked member of an archive may have. */
    public static final int OCTETS_MAX = 100 << 20;

    private static final int PIECE = 1 << 14;

    /** Streams that follow each other; nobody but who hides something sends two. */
    private static final int STREAMS_MAX = 64;

    private Inflated() {}

    /** A stream of DEFLATE that fills its octets; null when it is none, is larger, or something stands behind it. */
    public static byte @Nullable [] raw(byte[] packed) {
        Inflater inflater = new Inflater(true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            inflater.setInput(packed);
            copy(inflater, out);
            return inflater.finished() && inflater.getRemaining() == 0 ? out.toByteArray() : null;
        } catch (DataFormatException broken) {
            return null;
        } finally {
            inflater.end();
        }
    }

    /**
     * What comes out of a stream as far as it is whole, and of bare ones that follow it; null when nothing does.
     *
     * @param from index of its first octet
     * @param isRaw false when it is in the frame of zlib
     */
    public static byte @Nullable [] loose(byte[] packed, int from, boolean isRaw) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = from;
        boolean isBare = isRaw;
        for (int i = 0; i < STREAMS_MAX && at < packed.length; i++) {
            Inflater inflater = new Inflater(isBare);
            try {
                inflater.setInput(packed, at, packed.length - at);
                copy(inflater, out);
                if (!inflater.finished()) {
                    break;
                }
                at = packed.length - inflater.getRemaining();
                isBare = true;
            } catch (DataFormatException broken) {
                break; // what came out before is what a receiver has
            } finally {
                inflater.end();
            }
        }
        return out.size() == 0 ? null : out.toByteArray();
    }

    private static void copy(Inflater inflater, ByteArrayOutputStream out) throws DataFormatException {
        byte[] piece = new byte[PIECE];
        int made = inflater.inflate(piece);
        while (made > 0 && out.size() < OCTETS_MAX) {
            out.write(piece, 0, made);
            made = inflater.inflate(piece);
        }
    }
}
