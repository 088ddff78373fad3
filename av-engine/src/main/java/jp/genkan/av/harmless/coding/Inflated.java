package jp.genkan.av.harmless.coding;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Inflates within a bound. Stateless. */
public final class Inflated {
    /** Plain octets of one stream, as many as an unpacked member of an archive may have. */
    public static final int OCTETS_MAX = 100 << 20;

    private static final int PIECE = 1 << 16;

    private Inflated() {}

    /** A stream of DEFLATE that fills its octets; null when it is none, is larger, or something stands behind it. */
    public static byte @Nullable [] raw(byte[] packed) {
        return inflate(packed, 0, packed.length, true, true);
    }

    /** What comes out of a stream as far as it is whole; null when nothing does. */
    public static byte @Nullable [] loose(byte[] packed, int from, boolean isRaw) {
        return inflate(packed, from, packed.length - from, isRaw, false);
    }

    private static byte @Nullable [] inflate(byte[] packed, int from, int length, boolean isRaw, boolean strict) {
        Inflater inflater = new Inflater(isRaw);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        try {
            inflater.setInput(packed, from, length);
            int made = inflater.inflate(piece);
            while (made > 0 && out.size() + made <= OCTETS_MAX) {
                out.write(piece, 0, made);
                made = inflater.inflate(piece);
            }
            boolean isWhole = inflater.finished() && inflater.getRemaining() == 0;
            return strict && !isWhole || !strict && out.size() == 0 || made > 0 ? null : out.toByteArray();
        } catch (DataFormatException broken) {
            return strict || out.size() == 0 ? null : out.toByteArray();
        } finally {
            inflater.end();
        }
    }
}
