package jp.genkan.av.unpack.codec;

import java.io.IOException;
import java.util.Arrays;

/**
 * The literals of a zstd block, and the Huffman code that the next block may use again.
 *
 * <p>Thread rule: one thread.
 */
final class ZstdLiterals {
    private static final int LITERALS_MAX = 1 << 17;
    private static final int BITS_MAX = 11;

    private byte[] octets = new byte[0];
    private int count;
    private int treeLog;
    private byte[] treeSymbol = new byte[0];
    private byte[] treeBits = new byte[0];

    byte[] octets() {
        return octets;
    }

    int count() {
        return count;
    }

    /** Decodes the literals section; returns where it ends. */
    int read(byte[] block) throws IOException {
        if (block.length == 0) {
            throw Octets.broken("zstd block is empty");
        }
        int first = block[0] & 0xff;
        int type = first & 3;
        int form = first >> 2 & 3;
        return type < 2 ? plain(block, type, form) : coded(block, type, form);
    }

    private static long head(byte[] block, int length) throws IOException {
        if (block.length < length) {
            throw Octets.broken("zstd literals");
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (block[i] & 0xffL) << 8 * i;
        }
        return value;
    }

    private void size(long size) throws IOException {
        if (size > LITERALS_MAX) {
            throw Octets.broken("zstd literals");
        }
        count = (int) size;
        if (octets.length < count) {
            octets = new byte[count];
        }
    }

    private int plain(byte[] block, int type, int form) throws IOException {
        int length = (form & 1) == 0 ? 1 : form == 1 ? 2 : 3;
        size(head(block, length) >> (length == 1 ? 3 : 4));
        if (block.length - length < (type == 0 ? count : 1)) {
            throw Octets.broken("zstd literals");
        }
        if (type == 0) {
            System.arraycopy(block, length, octets, 0, count);
            return length + count;
        }
        Arrays.fill(octets, 0, count, block[length]);
        return length + 1;
    }

    private int coded(byte[] block, int type, int form) throws IOException {
        int length = form < 2 ? 3 : form + 2;
        int width = form < 2 ? 10 : form == 2 ? 14 : 18;
        long head = head(block, length) >> 4;
        long mask = (1L << width) - 1;
        size(head & mask);
        int packed = (int) (head >> width & mask);
        int end = length + packed;
        if (end > block.length) {
            throw Octets.broken("zstd literals");
        }
        int at = length;
        if (type == 2) {
            at = tree(block, at, end);
        } else if (treeLog == 0) {
            throw Octets.broken("zstd tree");
        }
        if (form == 0) {
            stream(block, at, end, 0, count);
            return end;
        }
        int quarter = (count + 3) / 4;
        if (end - at < 10 || quarter * 3 > count) {
            throw Octets.broken("zstd streams");
        }
        int from = at + 6;
        for (int i = 0; i < 4; i++) {
            int size = (block[at + 2 * i] & 0xff) | (block[at + 2 * i + 1] & 0xff) << 8;
            int to = i == 3 ? end : from + size;
            if (to > end) {
                throw Octets.broken("zstd streams");
            }
            stream(block, from, to, i * quarter, i == 3 ? count : (i + 1) * quarter);
            from = to;
        }
        return end;
    }

    private void stream(byte[] block, int from, int to, int first, int last) throws IOException {
        ZstdBits bits = new ZstdBits(block, from, to);
        for (int i = first; i < last; i++) {
            int look = bits.peek(treeLog);
            octets[i] = treeSymbol[look];
            bits.read(treeBits[look]);
        }
        if (bits.left() < 0) {
            throw Octets.broken("zstd literals");
        }
    }

    /** Reads the weights and makes the tree; returns where it ends. */
    private int tree(byte[] block, int at, int end) throws IOException {
        if (at >= end) {
            throw Octets.broken("zstd tree");
        }
        int head = block[at] & 0xff;
        byte[] weights = new byte[256];
        int symbols;
        int next;
        if (head >= 128) {
            symbols = head - 127;
            next = at + 1 + (symbols + 1) / 2;
            if (next > end) {
                throw Octets.broken("zstd tree");
            }
            for (int i = 0; i < symbols; i++) {
                int pair = block[at + 1 + i / 2] & 0xff;
                weights[i] = (byte) ((i & 1) == 0 ? pair >> 4 : pair & 15);
            }
        } else {
            next = at + 1 + head;
            if (next > end) {
                throw Octets.broken("zstd tree");
            }
            symbols = weights(Arrays.copyOfRange(block, at + 1, next), weights);
        }
        make(weights, symbols);
        return next;
    }

    private static int weights(byte[] described, byte[] weights) throws IOException {
        ZstdTable.Reader reader = new ZstdTable.Reader(described, 0);
        ZstdTable table = reader.described(6, 255);
        ZstdBits bits = new ZstdBits(described, reader.at(), described.length);
        int even = bits.read(table.log());
        int odd = bits.read(table.log());
        int at = 0;
        while (at < 254) {
            weights[at++] = (byte) table.symbol(even);
            if (bits.left() < table.bits(even)) {
                weights[at++] = (byte) table.symbol(odd);
                return at;
            }
            even = table.next(even, bits);
            weights[at++] = (byte) table.symbol(odd);
            if (bits.left() < table.bits(odd)) {
                weights[at++] = (byte) table.symbol(even);
                return at;
            }
            odd = table.next(odd, bits);
        }
        throw Octets.broken("zstd weights");
    }

    private void make(byte[] weights, int symbols) throws IOException {
        int sum = 0;
        for (int i = 0; i < symbols; i++) {
            if (weights[i] > BITS_MAX) {
                throw Octets.broken("zstd weight");
            }
            sum += weights[i] > 0 ? 1 << weights[i] - 1 : 0;
        }
        if (sum == 0) {
            throw Octets.broken("zstd weights");
        }
        int log = 32 - Integer.numberOfLeadingZeros(sum);
        int rest = (1 << log) - sum;
        if (log > BITS_MAX || Integer.bitCount(rest) != 1 || symbols > 255) {
            throw Octets.broken("zstd weights");
        }
        weights[symbols] = (byte) (32 - Integer.numberOfLeadingZeros(rest));
        treeLog = log;
        treeSymbol = new byte[1 << log];
        treeBits = new byte[1 << log];
        int at = 0;
        for (int weight = 1; weight <= log; weight++) {
            for (int symbol = 0; symbol <= symbols; symbol++) {
                if (weights[symbol] == weight) {
                    int entries = 1 << weight - 1;
                    Arrays.fill(treeSymbol, at, at + entries, (byte) symbol);
                    Arrays.fill(treeBits, at, at + entries, (byte) (log + 1 - weight));
                    at += entries;
                }
            }
        }
    }
}
