package jp.genkan.av.unpack.rar;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import jp.genkan.av.unpack.codec.BitsHigh;
import jp.genkan.av.unpack.codec.Octets;
import jp.genkan.av.unpack.codec.Prefix;
import jp.genkan.av.unpack.codec.Window;

/**
 * The method of RAR 5, and of RAR 7 with its larger dictionaries.
 *
 * <p>Thread rule: one thread.
 */
final class Rar50 implements RarDecoder {
    private static final int MAIN = 306;
    private static final int LOW = 16;
    private static final int LENGTHS = 44;

    private final int distanceCount;
    private final long dictionary;
    private Window window;
    private final byte[] table;
    private final long[] recent = new long[4];
    private int lastLength;
    private boolean ready;
    private Prefix main;
    private Prefix distances;
    private Prefix low;
    private Prefix lengths;
    private long memberStart;
    private RarFilters filters = new RarFilters(OutputStream.nullOutputStream());
    private Octets in;
    private BitsHigh bits;
    private long blockEnd;
    private int blockBits;
    private boolean lastBlock;

    /**
     * Makes one.
     *
     * @param version 0: RAR 5, 1: RAR 7
     * @param dictionary octets that copies may reach back
     */
    Rar50(int version, long dictionary) throws IOException {
        this.distanceCount = version == 0 ? 64 : 80;
        this.dictionary = dictionary;
        this.window = new Window(Window.sizeFor(dictionary, -1), OutputStream.nullOutputStream());
        this.table = new byte[MAIN + distanceCount + LOW + LENGTHS];
        main = Prefix.high(table, 0, 1);
        distances = main;
        low = main;
        lengths = main;
        in = new Octets(java.io.InputStream.nullInputStream());
        bits = new BitsHigh(in);
    }

    @Override
    public void decode(Octets source, long size, Continuity solid, OutputStream out) throws IOException {
        filters = new RarFilters(out);
        if (solid == Continuity.FRESH) {
            window = new Window(Window.sizeFor(dictionary, -1), filters);
            Arrays.fill(recent, 0);
            lastLength = 0;
            ready = false;
        }
        window.redirect(filters);
        memberStart = window.written();
        in = source;
        bits = new BitsHigh(source);
        long end = size < 0 ? Long.MAX_VALUE : memberStart + size;
        try {
            block();
            while (window.written() < end) {
                while (isBlockEnd()) {
                    if (lastBlock) {
                        if (size < 0) {
                            return;
                        }
                        throw Octets.ended();
                    }
                    block();
                }
                step(end);
            }
        } finally {
            window.flush();
            filters.finish();
        }
    }

    private boolean isBlockEnd() {
        long here = bits.bitPosition();
        return here >= (blockEnd - 1) * 8 + blockBits;
    }

    private void block() throws IOException {
        // What is left of a block's last octet, and octets that were read ahead.
        bits.align();
        int flags = bits.read(8);
        bits.read(8);
        int size = 0;
        int count = (flags >> 3 & 3) + 1;
        if (count > 3) {
            throw Octets.broken("RAR block");
        }
        for (int i = 0; i < count; i++) {
            size |= bits.read(8) << 8 * i;
        }
        blockBits = (flags & 7) + 1;
        blockEnd = bits.bitPosition() / 8 + size;
        lastBlock = (flags & 0x40) != 0;
        if ((flags & 0x80) != 0) {
            RarDecoder.lengths(bits, table, 0);
            main = Prefix.high(table, 0, MAIN);
            distances = Prefix.high(table, MAIN, distanceCount);
            low = Prefix.high(table, MAIN + distanceCount, LOW);
            lengths = Prefix.high(table, MAIN + distanceCount + LOW, LENGTHS);
            ready = true;
        }
        if (!ready) {
            throw Octets.broken("RAR block without tables");
        }
    }

    private void step(long end) throws IOException {
        int symbol = main.read(bits);
        if (symbol < 256) {
            window.put(symbol);
        } else if (symbol == 256) {
            filter();
        } else if (symbol == 257) {
            if (lastLength > 0) {
                copy(recent[0], lastLength, end);
            }
        } else if (symbol < 262) {
            int which = symbol - 258;
            long distance = recent[which];
            System.arraycopy(recent, 0, recent, 1, which);
            recent[0] = distance;
            copy(distance, length(lengths.read(bits)), end);
        } else {
            int length = length(symbol - 262);
            long distance = distance();
            length += (distance > 0x100 ? 1 : 0) + (distance > 0x2000 ? 1 : 0) + (distance > 0x40000 ? 1 : 0);
            System.arraycopy(recent, 0, recent, 1, 3);
            recent[0] = distance;
            copy(distance, length, end);
        }
    }

    private void copy(long distance, int length, long end) throws IOException {
        lastLength = length;
        window.copy(distance, (int) Math.min(length, end - window.written()));
    }

    private int length(int slot) throws IOException {
        if (slot < 8) {
            return 2 + slot;
        }
        int extra = slot / 4 - 1;
        return 2 + ((4 | slot & 3) << extra) + bits.read(extra);
    }

    private long distance() throws IOException {
        int slot = distances.read(bits);
        if (slot < 4) {
            return 1L + slot;
        }
        int extra = slot / 2 - 1;
        long distance = 1 + ((2L | slot & 1) << extra);
        if (extra < 4) {
            return distance + bits.read(extra);
        }
        if (extra > 36) {
            throw Octets.broken("RAR distance");
        }
        distance += (bits.read(extra - 4) & 0xffff_ffffL) << 4;
        return distance + low.read(bits);
    }

    private void filter() throws IOException {
        long start = window.written() - memberStart + number();
        long length = number();
        int kind = bits.read(3);
        int channels = kind == 0 ? bits.read(5) + 1 : 0;
        if (kind > 3) {
            throw Octets.unsupported("RAR filter " + kind);
        }
        RarFilters.Kind[] kinds = {RarFilters.Kind.DELTA, RarFilters.Kind.E8, RarFilters.Kind.E8E9, RarFilters.Kind.ARM
        };
        filters.add(new RarFilters.Filter(kinds[kind], start, (int) Math.min(length, Integer.MAX_VALUE), channels, 0));
    }

    private long number() throws IOException {
        int count = bits.read(2) + 1;
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (long) bits.read(8) << 8 * i;
        }
        return value;
    }
}
