package jp.genkan.av.unpack.codec;

import java.io.IOException;

/**
 * Quantum, the arithmetic coder of old cabinets.
 *
 * <p>Thread rule: one thread.
 */
public final class Quantum {
    private static final int RESCALE = 3800;
    private static final int RESCALES_FIRST = 4;
    private static final int RESCALES = 50;
    private static final int STEP = 8;

    private static final int[] LENGTH_BASE = {
        0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 18, 22, 26, 30, 38, 46, 54, 62, 78, 94, 110, 126, 158, 190, 222, 254
    };
    private static final int[] LENGTH_BITS = {
        0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };

    private final BitsHigh bits;
    private final Window window;
    private final Model[] literals = new Model[4];
    private final Model match4;
    private final Model match5;
    private final Model match6;
    private final Model lengths = new Model(0, 27);
    private final Model selector = new Model(0, 7);
    private int high;
    private int low;
    private int code;
    private int pendingLength;
    private long pendingDistance;

    public Quantum(Octets in, int windowBits, Window window) throws IOException {
        if (windowBits < 10 || windowBits > 21) {
            throw Octets.broken("Quantum window");
        }
        this.bits = new BitsHigh(in);
        this.window = window;
        for (int i = 0; i < 4; i++) {
            literals[i] = new Model(64 * i, 64);
        }
        match4 = new Model(0, Math.min(24, windowBits * 2));
        match5 = new Model(0, Math.min(36, windowBits * 2));
        match6 = new Model(0, windowBits * 2);
    }

    /** Symbols with their cumulative frequencies, the likelier first. */
    private static final class Model {
        private final int[] symbols;
        private final int[] sums;
        private final int size;
        private int rescales = RESCALES_FIRST;

        private Model(int first, int size) {
            this.size = size;
            symbols = new int[size + 1];
            sums = new int[size + 1];
            for (int i = 0; i <= size; i++) {
                symbols[i] = first + i;
                sums[i] = size - i;
            }
        }

        private void rescale() {
            if (--rescales > 0) {
                for (int i = size - 1; i >= 0; i--) {
                    sums[i] >>= 1;
                    if (sums[i] <= sums[i + 1]) {
                        sums[i] = sums[i + 1] + 1;
                    }
                }
                return;
            }
            rescales = RESCALES;
            for (int i = 0; i < size; i++) {
                sums[i] = sums[i] - sums[i + 1] + 1 >> 1;
            }
            for (int i = 0; i < size - 1; i++) {
                for (int k = i + 1; k < size; k++) {
                    if (sums[i] < sums[k]) {
                        int sum = sums[i];
                        sums[i] = sums[k];
                        sums[k] = sum;
                        int symbol = symbols[i];
                        symbols[i] = symbols[k];
                        symbols[k] = symbol;
                    }
                }
            }
            for (int i = size - 1; i >= 0; i--) {
                sums[i] += sums[i + 1];
            }
        }
    }

    private int symbol(Model model) throws IOException {
        int range = (high - low & 0xffff) + 1;
        int total = model.sums[0];
        int wanted = ((code - low + 1) * total - 1) / range & 0xffff;
        int i = 1;
        while (i < model.size && model.sums[i] > wanted) {
            i++;
        }
        int symbol = model.symbols[i - 1];
        range = high - low + 1;
        high = low + model.sums[i - 1] * range / total - 1;
        low = low + model.sums[i] * range / total;
        for (int k = i - 1; k >= 0; k--) {
            model.sums[k] += STEP;
        }
        if (model.sums[0] > RESCALE) {
            model.rescale();
        }
        shift();
        return symbol;
    }

    private void shift() throws IOException {
        while (true) {
            if ((low & 0x8000) != (high & 0x8000)) {
                if ((low & 0x4000) == 0 || (high & 0x4000) != 0) {
                    return;
                }
                code ^= 0x4000;
                low &= 0x3fff;
                high |= 0x4000;
            }
            low = low << 1 & 0xffff;
            high = (high << 1 | 1) & 0xffff;
            code = (code << 1 | bits.read(1)) & 0xffff;
        }
    }

    /** Decodes one frame of so many octets, which has a coder of its own. */
    public void frame(int size) throws IOException {
        long end = window.written() + size;
        try {
            high = 0xffff;
            low = 0;
            code = bits.read(16);
            while (window.written() < end) {
                if (pendingLength > 0) {
                    int count = (int) Math.min(pendingLength, end - window.written());
                    window.copy(pendingDistance, count);
                    pendingLength -= count;
                    continue;
                }
                int kind = symbol(selector);
                if (kind < 4) {
                    window.put(symbol(literals[kind]));
                } else {
                    match(kind);
                }
            }
            // Every frame ends on a whole octet, and those of 32 KiB with an octet of 0xff.
            bits.align();
            if (size == Lzx.FRAME) {
                boolean ended = false;
                for (int guard = 0; guard < 8 && !ended; guard++) {
                    ended = bits.read(8) == 0xff;
                }
            }
        } finally {
            window.flush();
        }
    }

    private void match(int kind) throws IOException {
        pendingLength = kind - 1;
        if (kind == 6) {
            int index = symbol(lengths);
            pendingLength = LENGTH_BASE[index] + bits.read(LENGTH_BITS[index]) + 5;
        }
        int slot = symbol(kind == 4 ? match4 : kind == 5 ? match5 : match6);
        int extra = slot < 4 ? 0 : (slot >> 1) - 1;
        long base = slot < 4 ? slot : (2L | slot & 1) << extra;
        pendingDistance = base + bits.read(extra) + 1;
    }
}
