package jp.genkan.av.unpack.codec;

import java.io.IOException;
import java.io.OutputStream;

/**
 * bzip2: streams one behind the other, and NSIS's form without heads and checksums. Checksums are not looked at: what decodes is scanned.
 *
 * <p>Thread rule: one thread.
 */
public final class Bzip2 {
    private static final int BLOCK_MAX = 900_000;
    private static final int GROUP = 50;
    private static final int SELECTORS_MAX = 18_002;
    private static final long BLOCK_MARK = 0x314159265359L;
    private static final long END_MARK = 0x177245385090L;
    private static final int NSIS_BLOCK = 0x31;
    private static final int NSIS_END = 0x17;
    private static final int OUT = 1 << 14;

    private final BitsHigh bits;
    private final OutputStream out;
    private int[] chain = new int[1 << 12];
    private int length;
    private final byte[] buffer = new byte[OUT];
    private int buffered;
    private int blockMax = BLOCK_MAX;

    public Bzip2(Octets in, OutputStream out) {
        this.bits = new BitsHigh(in);
        this.out = out;
    }

    /** All streams; what follows them is let be. */
    public void decode() throws IOException {
        try {
            head();
            do {
                stream();
                bits.align();
            } while (another());
        } finally {
            flush();
        }
    }

    private void head() throws IOException {
        int magic = bits.read(24);
        int level = bits.read(8) - '0';
        if (magic != 0x425a68 || level < 1 || level > 9) {
            throw Octets.broken("bzip2 head");
        }
        blockMax = level * 100_000;
    }

    private boolean another() {
        try {
            if (bits.peek(24) != 0x425a68) {
                return false;
            }
            head();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void stream() throws IOException {
        while (true) {
            long mark = (long) bits.read(24) << 24 | bits.read(24);
            bits.read(32);
            if (mark == END_MARK) {
                return;
            }
            if (mark != BLOCK_MARK) {
                throw Octets.broken("bzip2 block");
            }
            block(bits.read(1));
        }
    }

    /** NSIS: a mark of one octet, no checksum, no randomisation. */
    public void decodeNsis() throws IOException {
        try {
            while (true) {
                int mark = bits.read(8);
                if (mark == NSIS_END) {
                    return;
                }
                if (mark != NSIS_BLOCK) {
                    throw Octets.broken("bzip2 block");
                }
                block(0);
            }
        } finally {
            flush();
        }
    }

    private void block(int randomised) throws IOException {
        if (randomised != 0) {
            throw Octets.unsupported("randomised bzip2 block");
        }
        int origin = bits.read(24);
        byte[] used = new byte[256];
        int symbols = used(used);
        int trees = bits.read(3);
        int selectors = bits.read(15);
        if (trees < 2 || trees > 6 || selectors < 1 || symbols == 0) {
            throw Octets.broken("bzip2 trees");
        }
        byte[] choice = choices(trees, selectors);
        Prefix[] codes = new Prefix[trees];
        for (int i = 0; i < trees; i++) {
            codes[i] = code(symbols + 2);
        }
        int[] counts = new int[256];
        symbols(used, symbols, choice, codes, counts);
        if (origin >= length) {
            throw Octets.broken("bzip2 origin");
        }
        write(counts, origin);
    }

    private int used(byte[] used) throws IOException {
        int ranges = bits.read(16);
        int symbols = 0;
        for (int i = 0; i < 16; i++) {
            if ((ranges >> 15 - i & 1) == 0) {
                continue;
            }
            int bitmap = bits.read(16);
            for (int k = 0; k < 16; k++) {
                if ((bitmap >> 15 - k & 1) != 0) {
                    used[symbols++] = (byte) (i * 16 + k);
                }
            }
        }
        return symbols;
    }

    private byte[] choices(int trees, int selectors) throws IOException {
        byte[] choice = new byte[Math.min(selectors, SELECTORS_MAX)];
        byte[] order = {0, 1, 2, 3, 4, 5};
        for (int i = 0; i < selectors; i++) {
            int rank = 0;
            while (bits.read(1) == 1) {
                if (++rank >= trees) {
                    throw Octets.broken("bzip2 selector");
                }
            }
            byte tree = order[rank];
            System.arraycopy(order, 0, order, 1, rank);
            order[0] = tree;
            if (i < choice.length) {
                choice[i] = tree;
            }
        }
        return choice;
    }

    private Prefix code(int size) throws IOException {
        byte[] lengths = new byte[size];
        int length = bits.read(5);
        for (int i = 0; i < size; i++) {
            while (true) {
                if (length < 1 || length > 20) {
                    throw Octets.broken("bzip2 code length");
                }
                if (bits.read(1) == 0) {
                    break;
                }
                length += bits.read(1) == 0 ? 1 : -1;
            }
            lengths[i] = (byte) length;
        }
        return Prefix.high(lengths, 0, size);
    }

    /** Reads the block's symbols: runs and move-to-front ranks. */
    private void symbols(byte[] order, int symbols, byte[] choice, Prefix[] codes, int[] counts) throws IOException {
        length = 0;
        int group = 0;
        int left = 0;
        Prefix code = codes[0];
        long run = 0;
        int weight = 0;
        while (true) {
            if (left == 0) {
                if (group == choice.length) {
                    throw Octets.broken("bzip2 selectors end");
                }
                code = codes[choice[group++]];
                left = GROUP;
            }
            left--;
            int symbol = code.read(bits);
            if (symbol < 2) {
                run += (long) (symbol + 1) << weight;
                if (++weight > 20) {
                    throw Octets.broken("bzip2 run");
                }
                continue;
            }
            if (run > 0) {
                repeat(order[0], run, counts);
                run = 0;
                weight = 0;
            }
            if (symbol == symbols + 1) {
                return;
            }
            byte octet = order[symbol - 1];
            System.arraycopy(order, 0, order, 1, symbol - 1);
            order[0] = octet;
            repeat(octet, 1, counts);
        }
    }

    private void repeat(byte octet, long times, int[] counts) throws IOException {
        if (times > blockMax - length) {
            throw Octets.broken("bzip2 block is too long");
        }
        if (length + times > chain.length) {
            chain = java.util.Arrays.copyOf(
                    chain, (int) Math.min(BLOCK_MAX, Math.max(length + times, chain.length * 2L)));
        }
        counts[octet & 0xff] += (int) times;
        for (int i = 0; i < times; i++) {
            chain[length++] = octet & 0xff;
        }
    }

    /** Turns the block back and undoes the runs of four. */
    private void write(int[] counts, int origin) throws IOException {
        int sum = 0;
        int[] next = new int[256];
        for (int i = 0; i < 256; i++) {
            next[i] = sum;
            sum += counts[i];
        }
        for (int i = 0; i < length; i++) {
            chain[next[chain[i] & 0xff]++] |= i << 8;
        }
        int at = chain[origin] >>> 8;
        int same = 0;
        int before = -1;
        for (int i = 0; i < length; i++) {
            int entry = chain[at];
            int octet = entry & 0xff;
            at = entry >>> 8;
            if (same == 4) {
                for (int k = 0; k < octet; k++) {
                    put(before);
                }
                same = 0;
                before = -1;
                continue;
            }
            same = octet == before ? same + 1 : 1;
            before = octet;
            put(octet);
        }
    }

    private void put(int octet) throws IOException {
        if (buffered == OUT) {
            flush();
        }
        buffer[buffered++] = (byte) octet;
    }

    private void flush() throws IOException {
        int count = buffered;
        buffered = 0;
        if (count > 0) {
            out.write(buffer, 0, count);
        }
    }
}
