package jp.genkan.av.unpack.codec;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Turns addresses of jumps in machine code back, which packers make absolute so that they compress better (BCJ), and undoes differences (delta).
 *
 * <p>Thread rule: one thread.
 */
public final class Branches extends OutputStream {
    /** Which machine. */
    public enum Kind {
        X86,
        PPC,
        IA64,
        ARM,
        ARMT,
        SPARC,
        ARM64
    }

    private static final int BUFFER = 1 << 12;
    private static final int[] IA64_SLOTS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 6, 6, 0, 0, 7, 7, 4, 4, 0, 0, 4, 4, 0, 0
    };
    private static final boolean[] X86_MASK_ALLOWED = {true, true, true, false, true, false, false, false};
    private static final int[] X86_MASK_BIT = {0, 1, 2, 2, 3, 3, 3, 3};

    private final Kind kind;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private int position;
    private int mask;
    private int lastCall = -5;

    /**
     * Makes one.
     *
     * @param start address of the first octet
     */
    public Branches(Kind kind, int start, OutputStream out) {
        this.kind = kind;
        this.position = start;
        this.out = out;
        if (kind == Kind.X86) {
            lastCall = start - 5;
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
        int left = length;
        while (left > 0) {
            int count = Math.min(left, BUFFER - filled);
            System.arraycopy(source, from + length - left, buffer, filled, count);
            filled += count;
            left -= count;
            int done = convert();
            out.write(buffer, 0, done);
            System.arraycopy(buffer, done, buffer, 0, filled - done);
            filled -= done;
            position += done;
        }
    }

    /** Sends on what is too short to be a jump: at the end only. */
    public void finish() throws IOException {
        int count = filled;
        filled = 0;
        out.write(buffer, 0, count);
    }

    private int convert() {
        return switch (kind) {
            case X86 -> x86();
            case PPC -> ppc();
            case IA64 -> ia64();
            case ARM -> arm();
            case ARMT -> armThumb();
            case SPARC -> sparc();
            case ARM64 -> arm64();
        };
    }

    private int le32(int at) {
        return (buffer[at] & 0xff)
                | (buffer[at + 1] & 0xff) << 8
                | (buffer[at + 2] & 0xff) << 16
                | buffer[at + 3] << 24;
    }

    private void le32(int at, int value) {
        for (int i = 0; i < 4; i++) {
            buffer[at + i] = (byte) (value >> 8 * i);
        }
    }

    private static boolean isSign(int octet) {
        return octet == 0 || octet == 0xff;
    }

    private int x86() {
        int end = filled - 5;
        int at = 0;
        for (; at <= end; at++) {
            if ((buffer[at] & 0xfe) != 0xe8) {
                continue;
            }
            int here = position + at;
            int gap = here - lastCall;
            lastCall = here;
            if (gap > 5) {
                mask = 0;
            } else {
                for (int i = 0; i < gap; i++) {
                    mask = (mask & 0x77) << 1;
                }
            }
            int top = buffer[at + 4] & 0xff;
            if (!isSign(top) || !X86_MASK_ALLOWED[mask >> 1 & 7] || mask >>> 1 >= 0x10) {
                mask |= isSign(top) ? 0x11 : 1;
                continue;
            }
            le32(at + 1, absoluteToRelative(le32(at + 1), here + 5));
            at += 4;
            mask = 0;
        }
        return Math.max(0, Math.min(at, filled));
    }

    private int absoluteToRelative(int source, int next) {
        int address = source;
        while (true) {
            int target = address - next;
            if (mask == 0) {
                return signed(target);
            }
            int bit = X86_MASK_BIT[mask >> 1 & 7];
            int octet = target >>> 24 - bit * 8 & 0xff;
            if (!isSign(octet)) {
                return signed(target);
            }
            address = target ^ (1 << 32 - bit * 8) - 1;
        }
    }

    private static int signed(int target) {
        return target << 7 >> 7;
    }

    private int ppc() {
        int at = 0;
        for (; at + 4 <= filled; at += 4) {
            int word = Integer.reverseBytes(le32(at));
            if ((word & 0xfc00_0003) == 0x4800_0001) {
                int target = (word & 0x03ff_fffc) - (position + at);
                le32(at, Integer.reverseBytes(0x4800_0001 | target & 0x03ff_fffc));
            }
        }
        return at;
    }

    private int arm() {
        int at = 0;
        for (; at + 4 <= filled; at += 4) {
            if (buffer[at + 3] == (byte) 0xeb) {
                int target = ((le32(at) & 0xff_ffff) << 2) - (position + at + 8) >>> 2;
                le32(at, 0xeb00_0000 | target & 0xff_ffff);
            }
        }
        return at;
    }

    private int armThumb() {
        int at = 0;
        for (; at + 4 <= filled; at += 2) {
            int first = (buffer[at] & 0xff) | (buffer[at + 1] & 0xff) << 8;
            int second = (buffer[at + 2] & 0xff) | (buffer[at + 3] & 0xff) << 8;
            if ((first & 0xf800) == 0xf000 && (second & 0xf800) == 0xf800) {
                int source = (first & 0x7ff) << 11 | second & 0x7ff;
                int target = (source << 1) - (position + at + 4) >>> 1;
                le32(at, (0xf000 | target >>> 11 & 0x7ff) | (0xf800 | target & 0x7ff) << 16);
                at += 2;
            }
        }
        return at;
    }

    private int sparc() {
        int at = 0;
        for (; at + 4 <= filled; at += 4) {
            int word = Integer.reverseBytes(le32(at));
            if (word >>> 22 == 0x100 || word >>> 22 == 0x1ff) {
                int target = (word << 2) - (position + at) >>> 2;
                int sign = -(target >>> 22 & 1) << 22 & 0x3fff_ffff;
                le32(at, Integer.reverseBytes(sign | target & 0x3f_ffff | 0x4000_0000));
            }
        }
        return at;
    }

    private int arm64() {
        int at = 0;
        for (; at + 4 <= filled; at += 4) {
            int word = le32(at);
            int here = position + at;
            if (word >>> 26 == 0x25) {
                le32(at, 0x9400_0000 | word - (here >>> 2) & 0x03ff_ffff);
            } else if ((word & 0x9f00_0000) == 0x9000_0000) {
                int address = word >>> 29 & 3 | word >>> 3 & 0x1f_fffc;
                if ((address + 0x2_0000 & 0x1c_0000) == 0) {
                    int target = address - (here >>> 12);
                    int restored = word & 0x9000_001f | (target & 3) << 29 | (target & 0x3_fffc) << 3;
                    le32(at, restored | -(target & 0x2_0000) & 0xe0_0000);
                }
            }
        }
        return at;
    }

    private int ia64() {
        int at = 0;
        for (; at + 16 <= filled; at += 16) {
            int slots = IA64_SLOTS[buffer[at] & 0x1f];
            for (int slot = 0; slot < 3; slot++) {
                if ((slots >>> slot & 1) != 0) {
                    ia64Slot(at, 5 + slot * 41);
                }
            }
        }
        return at;
    }

    private void ia64Slot(int at, int bit) {
        int octet = at + (bit >> 3);
        int shift = bit & 7;
        long word = 0;
        for (int i = 0; i < 6; i++) {
            word |= (buffer[octet + i] & 0xffL) << 8 * i;
        }
        long code = word >>> shift;
        if ((code >>> 37 & 0xf) != 5 || (code >>> 9 & 7) != 0) {
            return;
        }
        int source = (int) (code >>> 13 & 0xf_ffff) | (int) (code >>> 36 & 1) << 20;
        int target = (source << 4) - (position + at) >>> 4;
        code &= ~(0x8f_ffffL << 13);
        code |= (target & 0xf_ffffL) << 13;
        code |= (target & 0x10_0000L) << 36 - 20;
        word = word & (1L << shift) - 1 | code << shift;
        for (int i = 0; i < 6; i++) {
            buffer[octet + i] = (byte) (word >>> 8 * i);
        }
    }

    /** Undoes differences between octets that lie so far apart: 1 to 256. */
    public static OutputStream delta(int distance, OutputStream out) {
        byte[] history = new byte[256];
        return new OutputStream() {
            private int at;

            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] source, int from, int length) throws IOException {
                byte[] copy = new byte[length];
                for (int i = 0; i < length; i++) {
                    int value = source[from + i] + history[at - distance & 0xff];
                    history[at & 0xff] = (byte) value;
                    at++;
                    copy[i] = (byte) value;
                }
                out.write(copy, 0, length);
            }
        };
    }
}
