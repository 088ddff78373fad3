package jp.genkan.av.unpack.codec;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Zstandard (RFC 8878): frames and skippable frames one behind the other, without dictionaries. Checksums are not looked at: what decodes is scanned.
 *
 * <p>Thread rule: one thread.
 */
public final class Zstd {
    /** The magic of a frame. */
    public static final long MAGIC = 0xfd2fb528L;

    private static final long SKIPPABLE = 0x184d2a50L;
    private static final int BLOCK_MAX = 1 << 17;

    private static final int[] LITERAL_BASE = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512,
        1024, 2048, 4096, 8192, 16384, 32768, 65536
    };
    private static final int[] LITERAL_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16
    };
    private static final int[] MATCH_BASE = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32,
        33, 34, 35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387, 32771, 65539
    };
    private static final int[] MATCH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2,
        2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
    };
    private static final short[] LITERAL_DEFAULT = {
        4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1
    };
    private static final short[] MATCH_DEFAULT = {
        1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1
    };
    private static final short[] OFFSET_DEFAULT = {
        1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1
    };

    private final Octets in;
    private final OutputStream out;
    private final ZstdLiterals literals = new ZstdLiterals();
    private final int[] rep = new int[3];
    private ZstdTable literalTable = ZstdTable.of(LITERAL_DEFAULT, 6);
    private ZstdTable matchTable = ZstdTable.of(MATCH_DEFAULT, 6);
    private ZstdTable offsetTable = ZstdTable.of(OFFSET_DEFAULT, 5);

    private Zstd(Octets in, OutputStream out) throws IOException {
        this.in = in;
        this.out = out;
    }

    /** All frames; what follows them is let be. */
    public static void decode(Octets in, OutputStream out) throws IOException {
        boolean first = true;
        while (true) {
            byte[] head = in.readNBytes(4);
            long magic = head.length < 4 ? 0 : magic(head);
            if (magic == MAGIC) {
                new Zstd(in, out).frame();
            } else if ((magic & 0xffff_fff0L) == SKIPPABLE) {
                in.skipNBytes(in.u32());
            } else if (first) {
                throw Octets.broken("zstd magic");
            } else {
                return;
            }
            first = false;
        }
    }

    static long magic(byte[] head) {
        return head[0] & 0xffL | (head[1] & 0xffL) << 8 | (head[2] & 0xffL) << 16 | (head[3] & 0xffL) << 24;
    }

    private void frame() throws IOException {
        int descriptor = in.u8();
        boolean single = (descriptor & 0x20) != 0;
        long windowSize = 0;
        if (!single) {
            int octet = in.u8();
            long base = 1L << 10 + (octet >> 3);
            windowSize = base + base / 8 * (octet & 7);
        }
        int dictionary = descriptor & 3;
        long id = 0;
        for (int i = 0; i < (dictionary == 3 ? 4 : dictionary); i++) {
            id |= (long) in.u8() << 8 * i;
        }
        int sizeCode = descriptor >> 6;
        int sizeLength = sizeCode == 0 ? single ? 1 : 0 : 1 << sizeCode;
        long size = 0;
        for (int i = 0; i < sizeLength; i++) {
            size |= (long) in.u8() << 8 * i;
        }
        size += sizeLength == 2 ? 256 : 0;
        if (id != 0) {
            throw Octets.unsupported("zstd dictionary");
        }
        blocks(new Window(Window.sizeFor(single ? size : windowSize, -1), out));
        in.skipNBytes((descriptor & 4) != 0 ? 4 : 0);
    }

    private void blocks(Window window) throws IOException {
        rep[0] = 1;
        rep[1] = 4;
        rep[2] = 8;
        try {
            boolean last = false;
            while (!last) {
                int head = in.u16() | in.u8() << 16;
                last = (head & 1) != 0;
                int size = head >> 3;
                switch (head >> 1 & 3) {
                    case 0 -> window.put(block(size), 0, size);
                    case 1 -> repeat(window, in.u8(), size);
                    case 2 -> compressed(block(size), window);
                    default -> throw Octets.broken("zstd block type");
                }
            }
        } finally {
            window.flush();
        }
    }

    private byte[] block(int size) throws IOException {
        if (size > BLOCK_MAX) {
            throw Octets.broken("zstd block size");
        }
        return in.exactly(size);
    }

    private static void repeat(Window window, int octet, int size) throws IOException {
        for (int i = 0; i < size; i++) {
            window.put(octet);
        }
    }

    private void compressed(byte[] block, Window window) throws IOException {
        int at = literals.read(block);
        if (at >= block.length) {
            throw Octets.broken("zstd sequences");
        }
        int count = block[at++] & 0xff;
        if (count >= 128) {
            count = count < 255
                    ? (count - 128 << 8) + u8(block, at++)
                    : u8(block, at++) + (u8(block, at++) << 8) + 0x7f00;
        }
        if (count == 0) {
            window.put(literals.octets(), 0, literals.count());
            return;
        }
        int modes = u8(block, at++);
        ZstdTable.Reader reader = new ZstdTable.Reader(block, at);
        literalTable = reader.table(modes >> 6, literalTable, LITERAL_DEFAULT, 6, 9, 35);
        offsetTable = reader.table(modes >> 4 & 3, offsetTable, OFFSET_DEFAULT, 5, 8, 31);
        matchTable = reader.table(modes >> 2 & 3, matchTable, MATCH_DEFAULT, 6, 9, 52);
        sequences(new ZstdBits(block, reader.at(), block.length), count, window);
    }

    private static int u8(byte[] block, int at) throws IOException {
        if (at >= block.length) {
            throw Octets.broken("zstd block ends early");
        }
        return block[at] & 0xff;
    }

    private void sequences(ZstdBits bits, int count, Window window) throws IOException {
        int literalState = bits.read(literalTable.log());
        int offsetState = bits.read(offsetTable.log());
        int matchState = bits.read(matchTable.log());
        int used = 0;
        for (int i = 0; i < count; i++) {
            int offsetCode = offsetTable.symbol(offsetState);
            int matchCode = matchTable.symbol(matchState);
            int literalCode = literalTable.symbol(literalState);
            long offset = (1L << offsetCode) + (bits.read(offsetCode) & 0xffff_ffffL);
            int match = MATCH_BASE[matchCode] + bits.read(MATCH_BITS[matchCode]);
            int literal = LITERAL_BASE[literalCode] + bits.read(LITERAL_BITS[literalCode]);
            if (literal > literals.count() - used) {
                throw Octets.broken("zstd literals end");
            }
            window.put(literals.octets(), used, literal);
            used += literal;
            window.copy(distance(offset, literal), match);
            if (i < count - 1) {
                literalState = literalTable.next(literalState, bits);
                matchState = matchTable.next(matchState, bits);
                offsetState = offsetTable.next(offsetState, bits);
            }
        }
        window.put(literals.octets(), used, literals.count() - used);
    }

    private int distance(long offset, int literal) throws IOException {
        if (offset > 3) {
            if (offset - 3 > Integer.MAX_VALUE) {
                throw Octets.broken("zstd offset");
            }
            rep[2] = rep[1];
            rep[1] = rep[0];
            rep[0] = (int) (offset - 3);
            return rep[0];
        }
        int which = (int) offset - 1 + (literal == 0 ? 1 : 0);
        if (which == 0) {
            return rep[0];
        }
        int distance = which == 3 ? rep[0] - 1 : rep[which];
        if (distance <= 0) {
            throw Octets.broken("zstd offset");
        }
        if (which != 1) {
            rep[2] = rep[1];
        }
        rep[1] = rep[0];
        rep[0] = distance;
        return distance;
    }
}
