package jp.genkan.av.unpack.rar;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import jp.genkan.av.unpack.codec.BitsHigh;
import jp.genkan.av.unpack.codec.Octets;
import jp.genkan.av.unpack.codec.Prefix;
import jp.genkan.av.unpack.codec.Window;

/**
 * The method of RAR 2, without its mode for sound.
 *
 * <p>Thread rule: one thread.
 */
final class Rar20 implements RarDecoder {
    private static final int WINDOW = 1 << 20;
    private static final int MAIN = 298;
    private static final int DISTANCES = 48;
    private static final int LENGTHS = 28;
    private static final int NEW_TABLES = 269;

    private Window window = new Window(WINDOW, OutputStream.nullOutputStream());
    private final byte[] table = new byte[MAIN + DISTANCES + LENGTHS];
    private final int[] recent = new int[4];
    private int recentAt;
    private int lastDistance;
    private int lastLength;
    private boolean ready;
    private Prefix main;
    private Prefix distances;
    private Prefix lengths;

    Rar20() throws IOException {
        main = Prefix.high(table, 0, 1);
        distances = main;
        lengths = main;
    }

    @Override
    public void decode(Octets in, long size, Continuity solid, OutputStream out) throws IOException {
        if (solid == Continuity.FRESH) {
            window = new Window(WINDOW, out);
            Arrays.fill(table, (byte) 0);
            Arrays.fill(recent, 0);
            recentAt = 0;
            lastDistance = 0;
            lastLength = 0;
            ready = false;
        }
        window.redirect(out);
        BitsHigh bits = new BitsHigh(in);
        long end = window.written() + size;
        try {
            if (!ready) {
                tables(bits);
            }
            while (window.written() < end) {
                step(bits, end);
            }
            lastTables(bits);
        } finally {
            window.flush();
        }
    }

    /** The next member's tables may stand behind this one's last symbol. */
    private void lastTables(BitsHigh bits) {
        try {
            if (main.read(bits) == NEW_TABLES) {
                tables(bits);
            }
        } catch (IOException none) {
            // Most members end with their last symbol: there is nothing more to read.
            lastLength = lastLength & 0xffff;
        }
    }

    private void tables(BitsHigh bits) throws IOException {
        ready = false;
        if (bits.read(1) != 0) {
            throw Octets.unsupported("RAR 2 sound");
        }
        if (bits.read(1) == 0) {
            Arrays.fill(table, (byte) 0);
        }
        byte[] meta = new byte[19];
        for (int i = 0; i < 19; i++) {
            meta[i] = (byte) bits.read(4);
        }
        Prefix code = Prefix.high(meta, 0, 19);
        int at = 0;
        while (at < table.length) {
            int symbol = code.read(bits);
            if (symbol < 16) {
                table[at] = (byte) (symbol + table[at] & 15);
                at++;
                continue;
            }
            if (symbol == 16 && at == 0) {
                throw Octets.broken("nothing to repeat");
            }
            int times = symbol == 16 ? bits.read(2) + 3 : symbol == 17 ? bits.read(3) + 3 : bits.read(7) + 11;
            byte value = symbol == 16 ? table[at - 1] : 0;
            for (; times > 0 && at < table.length; times--) {
                table[at++] = value;
            }
        }
        main = Prefix.high(table, 0, MAIN);
        distances = Prefix.high(table, MAIN, DISTANCES);
        lengths = Prefix.high(table, MAIN + DISTANCES, LENGTHS);
        ready = true;
    }

    private void step(BitsHigh bits, long end) throws IOException {
        int symbol = main.read(bits);
        if (symbol < 256) {
            window.put(symbol);
        } else if (symbol > NEW_TABLES) {
            int slot = symbol - 270;
            int length = RarTables.LENGTH[slot] + 3 + bits.read(RarTables.LENGTH_BITS[slot]);
            int far = distances.read(bits);
            int distance = RarTables.DISTANCE[far] + 1 + bits.read(RarTables.DISTANCE_BITS[far]);
            length += (distance >= 0x2000 ? 1 : 0) + (distance >= 0x40000 ? 1 : 0);
            copy(distance, length, end);
        } else if (symbol == NEW_TABLES) {
            tables(bits);
        } else if (symbol == 256) {
            copy(lastDistance, lastLength, end);
        } else if (symbol < 261) {
            int distance = recent[recentAt - (symbol - 256) & 3];
            int slot = lengths.read(bits);
            int length = RarTables.LENGTH[slot] + 2 + bits.read(RarTables.LENGTH_BITS[slot]);
            length += (distance >= 0x101 ? 1 : 0) + (distance >= 0x2000 ? 1 : 0) + (distance >= 0x40000 ? 1 : 0);
            copy(distance, length, end);
        } else {
            int slot = symbol - 261;
            copy(RarTables.SHORT[slot] + 1 + bits.read(RarTables.SHORT_BITS[slot]), 2, end);
        }
    }

    private void copy(int distance, int length, long end) throws IOException {
        recent[recentAt++ & 3] = distance;
        lastDistance = distance;
        lastLength = length;
        if (length == 0) {
            throw Octets.broken("nothing to repeat");
        }
        window.copy(distance, (int) Math.min(length, end - window.written()));
    }
}
