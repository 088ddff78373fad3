package jp.genkan.av.unpack.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * LZX as cabinets and compiled help have it: LZ77 with four Huffman codes, in frames of 32 KiB.
 *
 * <p>Thread rule: one thread.
 */
public final class Lzx {
    /** Octets of a frame. */
    public static final int FRAME = 1 << 15;

    private static final int CHARACTERS = 256;
    private static final int LENGTHS = 249;
    private static final int PRE = 20;

    private final int slots;
    private final Window window;
    private final BitsHigh bits;
    private int pending = -1;
    private final byte[] mainLengths;
    private final byte[] lengthLengths = new byte[LENGTHS];
    private final long[] rep = {1, 1, 1};
    private Prefix main;
    private Prefix length;
    private Prefix aligned;
    private int blockType;
    private int blockLeft;
    private int blockSize;
    private boolean started;
    private int translateSize;
    private boolean translates;
    private long frames;
    private final byte[] frame = new byte[FRAME];
    private final OutputStream out;

    /**
     * Makes one.
     *
     * @param windowBits 15 to 21
     */
    public Lzx(Octets in, int windowBits, OutputStream out) throws IOException {
        if (windowBits < 15 || windowBits > 21) {
            throw Octets.broken("LZX window");
        }
        this.slots = windowBits == 21 ? 50 : windowBits == 20 ? 42 : 2 * windowBits;
        this.window = new Window(1 << windowBits, OutputStream.nullOutputStream());
        this.bits = BitsHigh.words(in);
        this.out = out;
        this.mainLengths = new byte[CHARACTERS + 8 * slots];
        this.main = Prefix.high(mainLengths, 0, 1);
        this.length = main;
        this.aligned = main;
    }

    /** Forgets everything but what was written: compiled help does so at intervals. */
    public void reset() {
        Arrays.fill(rep, 1);
        Arrays.fill(mainLengths, (byte) 0);
        Arrays.fill(lengthLengths, (byte) 0);
        blockLeft = 0;
        blockSize = 0;
        blockType = 0;
        started = false;
        pending = -1;
    }

    /**
     * Decodes one frame.
     *
     * @param size its octets, 1 to 32,768
     */
    public void frame(int size) throws IOException {
        long before = window.written();
        try {
            if (!started) {
                started = true;
                translates = bits.read(1) == 1;
                translateSize = translates ? bits.read(16) << 16 | bits.read(16) : 0;
            }
            long end = before + size;
            while (window.written() < end) {
                if (blockLeft == 0) {
                    block();
                }
                long goal = Math.min(end, window.written() + blockLeft);
                long start = window.written();
                if (blockType == 3) {
                    stored(goal);
                } else {
                    coded(goal);
                }
                blockLeft -= (int) (window.written() - start);
                if (blockLeft < 0) {
                    throw Octets.broken("LZX match crosses its block");
                }
            }
            if (window.written() > end) {
                throw Octets.broken("LZX match crosses its frame");
            }
            if (blockType != 3) {
                bits.alignWord();
            }
        } finally {
            int from = (int) Math.min(FRAME, window.written() - before);
            for (int i = 0; i < from; i++) {
                frame[i] = (byte) window.octet(from - i);
            }
            if (translates && frames < 32_768 && from > 10) {
                untranslate(from, (int) before);
            }
            frames++;
            out.write(frame, 0, from);
        }
    }

    private void block() throws IOException {
        if (blockType == 3 && (blockSize & 1) != 0) {
            storedOctet();
        }
        blockType = bits.read(3);
        blockSize = bits.read(16) << 8 | bits.read(8);
        blockLeft = blockSize;
        switch (blockType) {
            case 1, 2 -> {
                if (blockType == 2) {
                    byte[] lengths = new byte[8];
                    for (int i = 0; i < 8; i++) {
                        lengths[i] = (byte) bits.read(3);
                    }
                    aligned = Prefix.high(lengths, 0, 8);
                }
                lengths(mainLengths, 0, CHARACTERS);
                lengths(mainLengths, CHARACTERS, mainLengths.length);
                main = Prefix.high(mainLengths, 0, mainLengths.length);
                lengths(lengthLengths, 0, LENGTHS);
                length = Prefix.high(lengthLengths, 0, LENGTHS);
            }
            case 3 -> {
                // One to sixteen bits: a whole word when nothing else waits.
                if (bits.alignWord() == 0) {
                    bits.read(16);
                }
                for (int i = 0; i < 3; i++) {
                    rep[i] = storedOctet() | storedOctet() << 8 | storedOctet() << 16 | (long) storedOctet() << 24;
                }
            }
            default -> throw Octets.broken("LZX block type");
        }
        if (blockSize == 0) {
            throw Octets.broken("LZX block is empty");
        }
    }

    private void lengths(byte[] lengths, int from, int to) throws IOException {
        byte[] pre = new byte[PRE];
        for (int i = 0; i < PRE; i++) {
            pre[i] = (byte) bits.read(4);
        }
        Prefix code = Prefix.high(pre, 0, PRE);
        int at = from;
        while (at < to) {
            int symbol = code.read(bits);
            int times = 1;
            int value = 0;
            switch (symbol) {
                case 17 -> times = bits.read(4) + 4;
                case 18 -> times = bits.read(5) + 20;
                case 19 -> {
                    times = bits.read(1) + 4;
                    value = (lengths[at] + 17 - code.read(bits)) % 17;
                }
                default -> value = (lengths[at] + 17 - symbol) % 17;
            }
            if (times > to - at || value < 0) {
                throw Octets.broken("LZX code lengths");
            }
            Arrays.fill(lengths, at, at + times, (byte) value);
            at += times;
        }
    }

    private void stored(long goal) throws IOException {
        while (window.written() < goal) {
            window.put(storedOctet());
        }
    }

    private int storedOctet() throws IOException {
        if (pending >= 0) {
            int octet = pending;
            pending = -1;
            return octet;
        }
        int word = bits.read(16);
        pending = word >> 8;
        return word & 0xff;
    }

    private void coded(long goal) throws IOException {
        while (window.written() < goal) {
            int symbol = main.read(bits);
            if (symbol < CHARACTERS) {
                window.put(symbol);
                continue;
            }
            symbol -= CHARACTERS;
            int count = symbol & 7;
            if (count == 7) {
                count += length.read(bits);
            }
            window.copy(distance(symbol >> 3), count + 2);
        }
    }

    private long distance(int slot) throws IOException {
        if (slot < 3) {
            long distance = rep[slot];
            rep[slot] = rep[0];
            rep[0] = distance;
            return distance;
        }
        int extra = slot < 4 ? 0 : Math.min(17, (slot >> 1) - 1);
        long base = slot < 36 ? slot < 4 ? slot : (2L | slot & 1) << extra : (1L << 18) + (slot - 36L << 17);
        long offset;
        if (blockType == 2 && extra >= 3) {
            offset = (long) bits.read(extra - 3) << 3;
            offset += aligned.read(bits);
        } else {
            offset = bits.read(extra);
        }
        long distance = base + offset - 2;
        rep[2] = rep[1];
        rep[1] = rep[0];
        rep[0] = distance;
        return distance;
    }

    /** Calls of x86 were written with absolute targets; they become relative again. */
    private void untranslate(int size, int position) {
        int at = 0;
        while (at < size - 10) {
            if ((frame[at] & 0xff) != 0xe8) {
                at++;
                continue;
            }
            int here = position + at;
            int target = (frame[at + 1] & 0xff)
                    | (frame[at + 2] & 0xff) << 8
                    | (frame[at + 3] & 0xff) << 16
                    | frame[at + 4] << 24;
            if (target >= -here && target < translateSize) {
                int relative = target >= 0 ? target - here : target + translateSize;
                for (int i = 0; i < 4; i++) {
                    frame[at + 1 + i] = (byte) (relative >> 8 * i);
                }
            }
            at += 5;
        }
    }
}
