package jp.genkan.av.unpack.codec;

import java.io.IOException;
import java.util.Arrays;

/**
 * Plain LZSS over a ring whose places are named absolutely: LArc's lzs and lz5, Microsoft's SZDD and KWAJ.
 *
 * <p>Thread rule: one thread.
 */
public final class Lzss {
    private final byte[] ring;
    private final Window window;
    private int at;

    private Lzss(byte[] ring, int start, Window window) {
        this.ring = ring;
        this.at = start;
        this.window = window;
    }

    private void put(int octet) throws IOException {
        window.put(octet);
        ring[at] = (byte) octet;
        at = at + 1 & ring.length - 1;
    }

    private void copy(int from, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            put(ring[from + i & ring.length - 1] & 0xff);
        }
    }

    private static byte[] spaces(int size) {
        byte[] ring = new byte[size];
        Arrays.fill(ring, (byte) ' ');
        return ring;
    }

    /** SZDD and KWAJ's method 2: ends with its source when size is negative. */
    public static void szdd(Octets in, Window window, long size) throws IOException {
        new Lzss(spaces(4096), 4096 - 16, window).octets(in, size);
    }

    /** LArc's lz5. */
    public static void lz5(Octets in, Window window, long size) throws IOException {
        byte[] ring = new byte[4096];
        for (int i = 0; i < 256; i++) {
            Arrays.fill(ring, i * 13, i * 13 + 13, (byte) i);
            ring[3328 + i] = (byte) i;
            ring[3584 + i] = (byte) (255 - i);
        }
        Arrays.fill(ring, 3968, 4096, (byte) ' ');
        new Lzss(ring, 4096 - 18, window).octets(in, size);
    }

    private void octets(Octets in, long size) throws IOException {
        try {
            while (size < 0 || window.written() < size) {
                int flags = in.read();
                if (flags < 0) {
                    finish(size);
                    return;
                }
                for (int i = 0; i < 8 && (size < 0 || window.written() < size); i++) {
                    int first = in.read();
                    if (first < 0) {
                        finish(size);
                        return;
                    }
                    if ((flags >> i & 1) != 0) {
                        put(first);
                        continue;
                    }
                    int second = in.read();
                    if (second < 0) {
                        finish(size);
                        return;
                    }
                    copy(first | (second & 0xf0) << 4, (second & 0x0f) + 3);
                }
            }
        } finally {
            window.flush();
        }
    }

    private void finish(long size) throws IOException {
        if (size >= 0 && window.written() < size) {
            throw Octets.ended();
        }
    }

    /** LArc's lzs. */
    public static void lzs(Octets in, Window window, long size) throws IOException {
        BitsHigh bits = new BitsHigh(in);
        Lzss lzss = new Lzss(spaces(2048), 2048 - 17, window);
        try {
            while (window.written() < size) {
                if (bits.read(1) == 1) {
                    lzss.put(bits.read(8));
                } else {
                    int from = bits.read(11);
                    lzss.copy(from, (int) Math.min(bits.read(4) + 2, size - window.written()));
                }
            }
        } finally {
            window.flush();
        }
    }
}
