package jp.genkan.av.unpack.codec;

import java.io.IOException;
import java.io.OutputStream;

/**
 * LZW: of {@code compress} (.Z), and PKZIP's shrink with its partial clearing.
 *
 * <p>Thread rule: one thread.
 */
public final class Lzw {
    private static final int WIDTH_MAX = 16;
    private static final int SHRINK_WIDTH_MAX = 13;
    private static final int CLEAR = 256;

    private final int[] prefix = new int[1 << WIDTH_MAX];
    private final byte[] suffix = new byte[1 << WIDTH_MAX];
    private final byte[] stack = new byte[1 << WIDTH_MAX];
    private final OutputStream out;
    private int firstOctet;

    private Lzw(OutputStream out) {
        this.out = out;
        for (int i = 0; i < 256; i++) {
            suffix[i] = (byte) i;
        }
    }

    /**
     * Writes a code's text.
     *
     * @param again true: with its own first octet once more behind it, for the code that is being made
     */
    private int write(int code, boolean again) throws IOException {
        int depth = stack.length;
        int entry = code;
        if (again) {
            depth--;
        }
        while (entry >= 256) {
            if (depth <= 1) {
                throw Octets.broken("LZW loop");
            }
            stack[--depth] = suffix[entry];
            entry = prefix[entry];
            if (entry < 0) {
                throw Octets.broken("LZW code");
            }
        }
        stack[--depth] = (byte) entry;
        firstOctet = entry;
        if (again) {
            stack[stack.length - 1] = (byte) entry;
        }
        out.write(stack, depth, stack.length - depth);
        return stack.length - depth;
    }

    /** A whole .Z file behind its magic. */
    public static void compress(Octets in, OutputStream out) throws IOException {
        int flags = in.u8();
        int widthMax = flags & 0x1f;
        if (widthMax < 9 || widthMax > WIDTH_MAX) {
            throw Octets.broken("LZW width");
        }
        new Lzw(out).compress(in, widthMax, (flags & 0x80) != 0);
    }

    private void compress(Octets in, int widthMax, boolean clears) throws IOException {
        int width = 9;
        int next = clears ? CLEAR + 1 : CLEAR;
        int previous = -1;
        long bits = 0;
        int count = 0;
        int inGroup = 0;
        while (true) {
            while (count < width) {
                int octet = in.read();
                if (octet < 0) {
                    return;
                }
                bits |= (long) octet << count;
                count += 8;
            }
            int code = (int) (bits & (1 << width) - 1);
            bits >>>= width;
            count -= width;
            inGroup = inGroup + 1 & 7;
            boolean clear = clears && code == CLEAR;
            if (!clear) {
                if (previous < 0 && code > 255 || code > next || code == next && next >= 1 << widthMax) {
                    throw Octets.broken("LZW code");
                }
                write(code == next ? previous : code, code == next);
                if (previous >= 0 && next < 1 << widthMax) {
                    prefix[next] = previous;
                    suffix[next] = (byte) firstOctet;
                    next++;
                }
                previous = code;
            }
            // Codes come in groups of eight; a change of width throws the rest of a group away.
            if (clear || next > (1 << width) - 1 && width < widthMax) {
                int skip = inGroup == 0 ? 0 : (8 - inGroup) * width;
                inGroup = 0;
                while (skip > count) {
                    skip -= count;
                    count = 0;
                    bits = 0;
                    int octet = in.read();
                    if (octet < 0) {
                        return;
                    }
                    bits = octet;
                    count = 8;
                }
                bits >>>= skip;
                count -= skip;
                if (clear) {
                    width = 9;
                    next = CLEAR + 1;
                    previous = -1;
                } else {
                    width++;
                }
            }
        }
    }

    /** PKZIP's shrink (method 1): so many octets. */
    public static void shrink(Octets in, OutputStream out, long size) throws IOException {
        new Lzw(out).shrink(new BitsLow(in), size);
    }

    private void shrink(BitsLow bits, long size) throws IOException {
        int width = 9;
        int next = CLEAR + 1;
        int previous = -1;
        long written = 0;
        java.util.Arrays.fill(prefix, -1);
        while (written < size) {
            int code = bits.read(width);
            if (code == CLEAR) {
                int order = bits.read(width);
                if (order == 1 && width < SHRINK_WIDTH_MAX) {
                    width++;
                } else if (order == 2) {
                    clearLeaves();
                    next = CLEAR + 1;
                }
                continue;
            }
            if (previous < 0) {
                if (code > 255) {
                    throw Octets.broken("LZW code");
                }
                written += write(code, false);
                previous = code;
                continue;
            }
            boolean unknown = code > CLEAR && prefix[code] < 0;
            written += write(unknown ? previous : code, unknown);
            while (next < 1 << SHRINK_WIDTH_MAX && prefix[next] >= 0) {
                next++;
            }
            if (next < 1 << SHRINK_WIDTH_MAX) {
                prefix[next] = previous;
                suffix[next] = (byte) firstOctet;
            }
            previous = code;
        }
    }

    private void clearLeaves() {
        boolean[] isPrefix = new boolean[1 << SHRINK_WIDTH_MAX];
        for (int i = CLEAR + 1; i < 1 << SHRINK_WIDTH_MAX; i++) {
            if (prefix[i] > CLEAR) {
                isPrefix[prefix[i]] = true;
            }
        }
        for (int i = CLEAR + 1; i < 1 << SHRINK_WIDTH_MAX; i++) {
            if (!isPrefix[i]) {
                prefix[i] = -1;
            }
        }
    }
}
