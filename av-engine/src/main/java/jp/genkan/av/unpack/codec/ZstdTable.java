package jp.genkan.av.unpack.codec;

import java.io.IOException;
import java.util.Arrays;

/**
 * A table of a finite state entropy coder.
 *
 * <p>Thread rule: immutable.
 */
final class ZstdTable {
    private final int log;
    private final short[] symbols;
    private final byte[] bits;
    private final int[] base;

    private ZstdTable(int log) {
        this.log = log;
        this.symbols = new short[1 << log];
        this.bits = new byte[1 << log];
        this.base = new int[1 << log];
    }

    static ZstdTable one(int symbol) {
        ZstdTable table = new ZstdTable(0);
        table.symbols[0] = (short) symbol;
        return table;
    }

    /** By the weights of the symbols; -1 is less than one. */
    static ZstdTable of(short[] weights, int log) throws IOException {
        ZstdTable table = new ZstdTable(log);
        int size = 1 << log;
        int high = size;
        int[] next = new int[weights.length];
        for (int symbol = 0; symbol < weights.length; symbol++) {
            next[symbol] = Math.max(1, weights[symbol]);
            if (weights[symbol] == -1) {
                if (high == 0) {
                    throw Octets.broken("zstd weights");
                }
                table.symbols[--high] = (short) symbol;
            }
        }
        int step = (size >> 1) + (size >> 3) + 3;
        int at = 0;
        for (int symbol = 0; symbol < weights.length; symbol++) {
            for (int i = 0; i < weights[symbol]; i++) {
                table.symbols[at] = (short) symbol;
                do {
                    at = at + step & size - 1;
                } while (at >= high);
            }
        }
        for (int i = 0; i < size; i++) {
            int state = next[table.symbols[i]]++;
            table.bits[i] = (byte) (log - (31 - Integer.numberOfLeadingZeros(state)));
            table.base[i] = (state << table.bits[i]) - size;
        }
        return table;
    }

    int log() {
        return log;
    }

    int symbol(int state) {
        return symbols[state];
    }

    int next(int state, ZstdBits source) throws IOException {
        return base[state] + source.read(bits[state]);
    }

    int bits(int state) {
        return bits[state];
    }

    /** Reads tables from a block. */
    static final class Reader {
        private final byte[] block;
        private int at;

        Reader(byte[] block, int at) {
            this.block = block;
            this.at = at;
        }

        int at() {
            return at;
        }

        /** A table by its mode: default, one symbol, described, the one before. */
        ZstdTable table(int mode, ZstdTable before, short[] standard, int standardLog, int logMax, int symbolMax)
                throws IOException {
            return switch (mode) {
                case 0 -> of(standard, standardLog);
                case 1 -> {
                    if (at >= block.length || (block[at] & 0xff) > symbolMax) {
                        throw Octets.broken("zstd symbol");
                    }
                    yield one(block[at++] & 0xff);
                }
                case 2 -> described(logMax, symbolMax);
                default -> before;
            };
        }

        ZstdTable described(int logMax, int symbolMax) throws IOException {
            BitsLow source = new BitsLow(new Octets(new java.io.ByteArrayInputStream(block, at, block.length - at)));
            int log = source.read(4) + 5;
            if (log > logMax) {
                throw Octets.broken("zstd table size");
            }
            short[] weights = new short[symbolMax + 1];
            int left = 1 << log;
            int symbol = 0;
            int used = 4;
            while (left > 0) {
                if (symbol > symbolMax) {
                    throw Octets.broken("zstd symbols");
                }
                int width = 32 - Integer.numberOfLeadingZeros(left + 1);
                int value = source.peek(width);
                int lower = value & (1 << width - 1) - 1;
                int threshold = (1 << width) - 2 - left;
                if (lower < threshold) {
                    value = lower;
                    width--;
                } else if (value > (1 << width - 1) - 1) {
                    value -= threshold;
                }
                source.skip(width);
                used += width;
                int weight = value - 1;
                left -= Math.abs(weight);
                weights[symbol++] = (short) weight;
                while (weight == 0) {
                    int zeros = source.read(2);
                    used += 2;
                    symbol += zeros;
                    if (symbol > symbolMax + 1) {
                        throw Octets.broken("zstd symbols");
                    }
                    if (zeros < 3) {
                        break;
                    }
                }
            }
            if (left < 0) {
                throw Octets.broken("zstd weights");
            }
            at += used + 7 >> 3;
            return of(Arrays.copyOf(weights, symbol), log);
        }
    }
}
