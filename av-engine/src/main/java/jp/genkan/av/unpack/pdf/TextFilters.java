package jp.genkan.av.unpack.pdf;

import java.io.IOException;
import java.io.OutputStream;

/** Filters that make octets of text, and the one for runs (ISO 32000-2 §7.4.2, §7.4.3, §7.4.5). */
final class TextFilters {
    private TextFilters() {}

    /** Hands each octet on when it is made, in pieces. */
    private abstract static class Filter extends OutputStream {
        private static final int PIECE = 4096;

        private final OutputStream out;
        private final byte[] plain = new byte[PIECE];
        private int filled;
        boolean over;

        Filter(OutputStream out) {
            this.out = out;
        }

        final void put(int octet) throws IOException {
            if (filled == PIECE) {
                out.write(plain, 0, filled);
                filled = 0;
            }
            plain[filled++] = (byte) octet;
        }

        @Override
        public void close() throws IOException {
            out.write(plain, 0, filled);
            out.close();
        }
    }

    /** Hexadecimal digits. */
    static final class Hex extends Filter {
        private int high = -1;

        Hex(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            int digit = Character.digit(octet & 0xff, 16);
            over |= octet == '>';
            if (over || digit < 0) {
                return;
            }
            if (high < 0) {
                high = digit;
            } else {
                put(high << 4 | digit);
                high = -1;
            }
        }

        @Override
        public void close() throws IOException {
            if (high >= 0) {
                put(high << 4);
            }
            super.close();
        }
    }

    /** Five digits of base 85 for four octets. */
    static final class Base85 extends Filter {
        private static final int GROUP = 5;

        private long value;
        private int count;

        Base85(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            over |= octet == '~';
            if (over) {
                return;
            }
            if (octet == 'z' && count == 0) {
                for (int i = 0; i < 4; i++) {
                    put(0);
                }
            } else if (octet >= '!' && octet <= 'u') {
                value = value * 85 + octet - '!';
                if (++count == GROUP) {
                    group(4);
                }
            }
        }

        private void group(int octets) throws IOException {
            for (int i = 0; i < octets; i++) {
                put((int) (value >> 24 - 8 * i));
            }
            value = 0;
            count = 0;
        }

        @Override
        public void close() throws IOException {
            if (count > 1) {
                int octets = count - 1;
                for (int i = count; i < GROUP; i++) {
                    value = value * 85 + 84;
                }
                group(octets);
            }
            super.close();
        }
    }

    /** Runs of octets. */
    static final class RunLength extends Filter {
        private static final int END = 128;

        private int literals;
        private int repeats;

        RunLength(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            int value = octet & 0xff;
            if (over) {
                return;
            }
            if (literals > 0) {
                put(value);
                literals--;
            } else if (repeats > 0) {
                for (int i = 0; i < repeats; i++) {
                    put(value);
                }
                repeats = 0;
            } else if (value == END) {
                over = true;
            } else if (value < END) {
                literals = value + 1;
            } else {
                repeats = 257 - value;
            }
        }
    }
}
