package jp.genkan.av.unpack.codec;

import java.io.IOException;

/**
 * Deflate and its relatives that zlib does not read: deflate64, blocks that share a window (MSZIP), NSIS's form.
 *
 * <p>Thread rule: one thread.
 */
public final class Inflate {
    /** Which deflate. */
    public enum Form {
        /** RFC 1951. */
        DEFLATE(1 << 15),
        /** A window of 64 KiB and lengths up to 65,538. */
        DEFLATE64(1 << 16),
        /** Stored blocks have no complement of their length. */
        NSIS(1 << 15);

        private final int window;

        Form(int window) {
            this.window = window;
        }

        /** How far back copies reach. */
        public int window() {
            return window;
        }
    }

    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    private static final int[] LENGTH_BASE = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258
    };
    private static final int END_OF_BLOCK = 256;

    private final BitsLow bits;
    private final Window window;
    private final Form form;

    public Inflate(Octets in, Window window, Form form) {
        this.bits = new BitsLow(in);
        this.window = window;
        this.form = form;
    }

    /** Decodes up to the last block's end, and sends on what came even when that is never reached. */
    public void decode() throws IOException {
        try {
            boolean last = false;
            while (!last) {
                last = bits.read(1) == 1;
                block(bits.read(2));
            }
        } finally {
            window.flush();
        }
    }

    private void block(int type) throws IOException {
        switch (type) {
            case 0 -> stored();
            case 1 -> fixed();
            case 2 -> dynamic();
            default -> throw Octets.broken("block type 3");
        }
    }

    private void stored() throws IOException {
        bits.align();
        int length = bits.read(16);
        if (form != Form.NSIS && bits.read(16) != (length ^ 0xffff)) {
            throw Octets.broken("stored length");
        }
        for (int i = 0; i < length; i++) {
            window.put(bits.read(8));
        }
    }

    private void fixed() throws IOException {
        byte[] lengths = new byte[288];
        for (int i = 0; i < 288; i++) {
            lengths[i] = (byte) (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
        }
        byte[] distances = new byte[32];
        java.util.Arrays.fill(distances, (byte) 5);
        codes(Prefix.low(lengths, 0, 288), Prefix.low(distances, 0, 32));
    }

    private void dynamic() throws IOException {
        int literals = bits.read(5) + 257;
        int distances = bits.read(5) + 1;
        int meta = bits.read(4) + 4;
        byte[] metaLengths = new byte[19];
        for (int i = 0; i < meta; i++) {
            metaLengths[ORDER[i]] = (byte) bits.read(3);
        }
        Prefix code = Prefix.low(metaLengths, 0, 19);
        byte[] lengths = new byte[literals + distances];
        int at = 0;
        while (at < lengths.length) {
            int symbol = code.read(bits);
            if (symbol < 16) {
                lengths[at++] = (byte) symbol;
                continue;
            }
            if (symbol == 16 && at == 0) {
                throw Octets.broken("nothing to repeat");
            }
            byte value = symbol == 16 ? lengths[at - 1] : 0;
            int times = symbol == 16 ? 3 + bits.read(2) : symbol == 17 ? 3 + bits.read(3) : 11 + bits.read(7);
            if (times > lengths.length - at) {
                throw Octets.broken("too many code lengths");
            }
            for (int i = 0; i < times; i++) {
                lengths[at++] = value;
            }
        }
        codes(Prefix.low(lengths, 0, literals), Prefix.low(lengths, literals, distances));
    }

    private void codes(Prefix literals, Prefix distances) throws IOException {
        while (true) {
            int symbol = literals.read(bits);
            if (symbol < END_OF_BLOCK) {
                window.put(symbol);
            } else if (symbol == END_OF_BLOCK) {
                return;
            } else {
                int length = length(symbol - 257);
                window.copy(distance(distances.read(bits)), length);
            }
        }
    }

    private int length(int symbol) throws IOException {
        if (symbol > 28) {
            throw Octets.broken("length");
        }
        if (symbol == 28) {
            return form == Form.DEFLATE64 ? 3 + bits.read(16) : 258;
        }
        return LENGTH_BASE[symbol] + (symbol < 8 ? 0 : bits.read((symbol >> 2) - 1));
    }

    private int distance(int symbol) throws IOException {
        if (symbol > 31 || symbol > 29 && form != Form.DEFLATE64) {
            throw Octets.broken("distance");
        }
        if (symbol < 4) {
            return symbol + 1;
        }
        int extra = (symbol >> 1) - 1;
        return ((2 + (symbol & 1)) << extra) + 1 + bits.read(extra);
    }

    /** Where the source goes on behind the last block. */
    public long position() throws IOException {
        bits.align();
        return bits.position();
    }
}
