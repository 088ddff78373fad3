package jp.genkan.av.unpack.pdf;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Undoes LZW as PDF has it (ISO 32000-2 §7.4.4): codes of 9 to 12 bits, the high bit first.
 *
 * <p>Thread rule: one owner.
 */
final class LzwFilter extends OutputStream {
    private static final int CODES_MAX = 4096;
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int WIDTH_MIN = 9;
    private static final int WIDTH_MAX = 12;

    private final OutputStream out;
    private final int early;
    private final int[] prefix = new int[CODES_MAX];
    private final byte[] last = new byte[CODES_MAX];
    private final byte[] text = new byte[CODES_MAX];
    private int next = END + 1;
    private int width = WIDTH_MIN;
    private int previous = -1;
    private int bits;
    private int have;
    private boolean over;

    LzwFilter(OutputStream out, boolean early) {
        this.out = out;
        this.early = early ? 1 : 0;
    }

    @Override
    public void write(int octet) throws IOException {
        bits = bits << 8 | octet & 0xff;
        have += 8;
        if (have >= width && !over) {
            have -= width;
            code(bits >>> have & (1 << width) - 1);
            bits &= (1 << have) - 1;
        }
    }

    private void code(int code) throws IOException {
        if (code == END) {
            over = true;
        } else if (code == CLEAR) {
            next = END + 1;
            width = WIDTH_MIN;
            previous = -1;
        } else if (code > next || code == next && previous < 0) {
            over = true; // no such code
        } else {
            put(code);
        }
    }

    private void put(int code) throws IOException {
        int at = CODES_MAX;
        int walk = code == next ? previous : code;
        if (code == next) {
            at--; // its last octet is its first, which is known below
        }
        while (walk > END && at > 0) {
            text[--at] = last[walk];
            walk = prefix[walk];
        }
        if (at == 0) {
            over = true;
            return;
        }
        text[--at] = (byte) walk;
        byte first = text[at];
        if (code == next) {
            text[CODES_MAX - 1] = first;
        }
        out.write(text, at, CODES_MAX - at);
        if (previous >= 0 && next < CODES_MAX) {
            prefix[next] = previous;
            last[next] = first;
            next++;
        }
        previous = code;
        while (width < WIDTH_MAX && next + early >= 1 << width) {
            width++;
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
