package jp.genkan.av.unpack.codec;

import java.io.IOException;

/**
 * LZSS with blocks of Huffman codes as LHA's methods 4 to 7 and ARJ's 1 to 3 have it.
 *
 * <p>Thread rule: one thread.
 */
public final class Lzhuf {
    private static final int CHARACTERS = 510;
    private static final int META = 19;
    private static final int LENGTH_MIN = 3;

    private final BitsHigh bits;
    private final Window window;
    private final int distances;
    private final int distanceBits;
    private int left;
    private int onlyCharacter = -1;
    private int onlyDistance = -1;
    private Prefix characterCode;
    private Prefix distanceCode;

    /**
     * Makes one.
     *
     * @param distances how many classes of distance there are: bits of the dictionary + 1
     * @param distanceBits width of their number: 4 for small dictionaries, 5 for large
     */
    public Lzhuf(Octets in, Window window, int distances, int distanceBits) throws IOException {
        this.bits = new BitsHigh(in);
        this.window = window;
        this.distances = distances;
        this.distanceBits = distanceBits;
        this.characterCode = Prefix.high(new byte[1], 0, 1);
        this.distanceCode = characterCode;
    }

    /** Decodes so many octets. */
    public void decode(long size) throws IOException {
        try {
            while (window.written() < size) {
                if (left == 0) {
                    left = bits.read(16);
                    if (left == 0) {
                        throw Octets.broken("empty block");
                    }
                    tables();
                }
                left--;
                int symbol = onlyCharacter >= 0 ? onlyCharacter : characterCode.read(bits);
                if (symbol < 256) {
                    window.put(symbol);
                    if (onlyCharacter >= 0 && onlyDistance >= 0) {
                        bits.peek(0);
                    }
                } else {
                    int length = (int) Math.min(symbol - 256 + LENGTH_MIN, size - window.written());
                    window.copy(distance(), length);
                }
            }
        } finally {
            window.flush();
        }
    }

    private long distance() throws IOException {
        int kind = onlyDistance >= 0 ? onlyDistance : distanceCode.read(bits);
        return kind == 0 ? 1 : (1L << kind - 1) + bits.read(kind - 1) + 1;
    }

    private void tables() throws IOException {
        byte[] meta = new byte[META];
        int onlyMeta = lengths(meta, META, 5, 3);
        characters(onlyMeta, Prefix.high(meta, 0, META));
        byte[] lengths = new byte[distances];
        onlyDistance = lengths(lengths, distances, distanceBits, -1);
        if (onlyDistance >= distances) {
            throw Octets.broken("distance");
        }
        distanceCode = Prefix.high(lengths, 0, distances);
    }

    /** Lengths of code words; returns the only symbol, or -1 when there are more. */
    private int lengths(byte[] lengths, int size, int width, int gapAfter) throws IOException {
        int count = bits.read(width);
        if (count == 0) {
            return bits.read(width);
        }
        int at = 0;
        while (at < Math.min(count, size)) {
            int length = bits.read(3);
            if (length == 7) {
                while (bits.read(1) == 1) {
                    if (++length > 16) {
                        throw Octets.broken("code length");
                    }
                }
            }
            lengths[at++] = (byte) length;
            if (at == gapAfter) {
                at += bits.read(2);
            }
        }
        return -1;
    }

    private void characters(int onlyMeta, Prefix meta) throws IOException {
        int count = bits.read(9);
        byte[] lengths = new byte[CHARACTERS];
        onlyCharacter = -1;
        if (count == 0) {
            onlyCharacter = bits.read(9);
            if (onlyCharacter >= CHARACTERS) {
                throw Octets.broken("character");
            }
        }
        int at = 0;
        while (at < Math.min(count, CHARACTERS)) {
            int symbol = onlyMeta >= 0 ? onlyMeta : meta.read(bits);
            switch (symbol) {
                case 0 -> at++;
                case 1 -> at += bits.read(4) + 3;
                case 2 -> at += bits.read(9) + 20;
                default -> lengths[at++] = (byte) (symbol - 2);
            }
        }
        characterCode = Prefix.high(lengths, 0, CHARACTERS);
    }
}
