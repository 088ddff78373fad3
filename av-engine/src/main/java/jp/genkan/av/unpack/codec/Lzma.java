package jp.genkan.av.unpack.codec;

import java.io.IOException;
import java.util.Arrays;

/**
 * LZMA as 7-Zip's specification describes it: a range coder over adaptive bits.
 *
 * <p>Thread rule: one thread.
 */
public final class Lzma {
    private static final int STATES = 12;
    private static final int POSITION_BITS_MAX = 4;
    private static final int MATCH_LENGTH_MIN = 2;
    private static final int DISTANCE_CONTEXTS = 4;
    private static final int ALIGN_BITS = 4;
    private static final int END_POSITION_MODEL = 14;
    private static final int FULL_DISTANCES = 1 << (END_POSITION_MODEL >> 1);
    private static final short HALF = 1 << 10;

    private final Octets in;
    private final Window window;
    private final Range range = new Range();

    private int contextBits;
    private int literalMask;
    private int positionMask;
    private short[] literals = new short[0];
    private final short[] isMatch = new short[STATES << POSITION_BITS_MAX];
    private final short[] isRep = new short[STATES];
    private final short[] isRepG0 = new short[STATES];
    private final short[] isRepG1 = new short[STATES];
    private final short[] isRepG2 = new short[STATES];
    private final short[] isRep0Long = new short[STATES << POSITION_BITS_MAX];
    private final short[] slots = new short[DISTANCE_CONTEXTS << 6];
    private final short[] distances = new short[1 + FULL_DISTANCES - END_POSITION_MODEL];
    private final short[] align = new short[1 << ALIGN_BITS];
    private final Length matchLength = new Length();
    private final Length repLength = new Length();
    private int state;
    private final long[] rep = new long[4];
    private int pendingLength;
    private long total;

    public Lzma(Octets in, Window window) {
        this.in = in;
        this.window = window;
    }

    /** Takes the octet that says lc, lp and pb, and forgets what was learnt. */
    public void properties(int octet) throws IOException {
        if (octet >= 9 * 5 * 5) {
            throw Octets.broken("LZMA properties");
        }
        contextBits = octet % 9;
        int rest = octet / 9;
        int literalBits = rest % 5;
        literalMask = (1 << literalBits) - 1;
        positionMask = (1 << rest / 5) - 1;
        int size = 0x300 << contextBits + literalBits;
        if (literals.length != size) {
            literals = new short[size];
        }
        reset();
    }

    /** Forgets what was learnt. */
    public void reset() {
        for (short[] model :
                new short[][] {literals, isMatch, isRep, isRepG0, isRepG1, isRepG2, isRep0Long, slots, distances, align
                }) {
            Arrays.fill(model, HALF);
        }
        matchLength.reset();
        repLength.reset();
        state = 0;
        Arrays.fill(rep, 0);
        pendingLength = 0;
    }

    /** The dictionary starts anew: positions count from here. */
    public void restart() {
        total = 0;
    }

    /** What was put beside the coder counts as a position too. */
    public void count(long octets) {
        total += octets;
    }

    /** Reads the range coder's first octets. */
    public void begin() throws IOException {
        range.begin();
    }

    /** True when the range coder has used up all that was meant for it. */
    public boolean isFinished() {
        return range.code == 0;
    }

    /**
     * Decodes.
     *
     * @param size how many octets; negative: up to the end mark
     * @return true when the end mark came
     */
    public boolean decode(long size) throws IOException {
        long goal = size < 0 ? Long.MAX_VALUE : window.written() + size;
        while (window.written() < goal) {
            if (pendingLength > 0) {
                int length = (int) Math.min(pendingLength, goal - window.written());
                window.copy(rep[0] + 1, length);
                pendingLength -= length;
                total += length;
                continue;
            }
            int position = (int) total & positionMask;
            if (range.bit(isMatch, (state << POSITION_BITS_MAX) + position) == 0) {
                literal();
            } else if (match(position)) {
                return true;
            }
        }
        return false;
    }

    private void literal() throws IOException {
        int before = total > 0 && window.reach() > 0 ? window.octet(1) : 0;
        int base = 0x300 * ((((int) total & literalMask) << contextBits) + (before >> 8 - contextBits));
        int symbol = 1;
        if (state >= 7) {
            if (rep[0] + 1 > window.reach()) {
                throw Octets.broken("copy from before the start");
            }
            int match = window.octet((int) rep[0] + 1);
            do {
                int matchBit = match >> 7 & 1;
                match <<= 1;
                int bit = range.bit(literals, base + ((1 + matchBit) << 8) + symbol);
                symbol = symbol << 1 | bit;
                if (matchBit != bit) {
                    break;
                }
            } while (symbol < 0x100);
        }
        while (symbol < 0x100) {
            symbol = symbol << 1 | range.bit(literals, base + symbol);
        }
        window.put(symbol & 0xff);
        total++;
        state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
    }

    /** True when it was the end mark. */
    private boolean match(int position) throws IOException {
        if (range.bit(isRep, state) == 0) {
            rep[3] = rep[2];
            rep[2] = rep[1];
            rep[1] = rep[0];
            pendingLength = matchLength.read(position);
            state = state < 7 ? 7 : 10;
            rep[0] = distance(pendingLength);
            pendingLength += MATCH_LENGTH_MIN;
            if (rep[0] == 0xffff_ffffL) {
                pendingLength = 0;
                return true;
            }
            return false;
        }
        if (window.reach() == 0) {
            throw Octets.broken("copy from before the start");
        }
        if (range.bit(isRepG0, state) == 0) {
            if (range.bit(isRep0Long, (state << POSITION_BITS_MAX) + position) == 0) {
                state = state < 7 ? 9 : 11;
                pendingLength = 1;
                return false;
            }
        } else {
            long distance;
            if (range.bit(isRepG1, state) == 0) {
                distance = rep[1];
            } else {
                if (range.bit(isRepG2, state) == 0) {
                    distance = rep[2];
                } else {
                    distance = rep[3];
                    rep[3] = rep[2];
                }
                rep[2] = rep[1];
            }
            rep[1] = rep[0];
            rep[0] = distance;
        }
        pendingLength = repLength.read(position) + MATCH_LENGTH_MIN;
        state = state < 7 ? 8 : 11;
        return false;
    }

    private long distance(int length) throws IOException {
        int slot = range.tree(slots, Math.min(length, DISTANCE_CONTEXTS - 1) << 6, 6);
        if (slot < 4) {
            return slot;
        }
        int direct = (slot >> 1) - 1;
        long distance = (2L | slot & 1) << direct;
        if (slot < END_POSITION_MODEL) {
            return distance + range.reverse(distances, (int) distance - slot, direct);
        }
        distance += (long) range.direct(direct - ALIGN_BITS) << ALIGN_BITS;
        return distance + range.reverse(align, 0, ALIGN_BITS) & 0xffff_ffffL;
    }

    /** Lengths have three ranges, each with trees of its own. */
    private final class Length {
        private final short[] choice = new short[2];
        private final short[] low = new short[8 << POSITION_BITS_MAX];
        private final short[] mid = new short[8 << POSITION_BITS_MAX];
        private final short[] high = new short[256];

        private void reset() {
            Arrays.fill(choice, HALF);
            Arrays.fill(low, HALF);
            Arrays.fill(mid, HALF);
            Arrays.fill(high, HALF);
        }

        private int read(int position) throws IOException {
            if (range.bit(choice, 0) == 0) {
                return range.tree(low, position << 3, 3);
            }
            if (range.bit(choice, 1) == 0) {
                return 8 + range.tree(mid, position << 3, 3);
            }
            return 16 + range.tree(high, 0, 8);
        }
    }

    /** The range decoder. */
    private final class Range {
        private int range;
        private int code;

        private void begin() throws IOException {
            int first = in.u8();
            range = -1;
            code = (int) in.u32be();
            if (first != 0) {
                throw Octets.broken("LZMA start");
            }
        }

        private void normalise() throws IOException {
            if ((range & 0xff00_0000) == 0) {
                range <<= 8;
                code = code << 8 | in.u8();
            }
        }

        private int bit(short[] models, int index) throws IOException {
            normalise();
            int bound = (range >>> 11) * models[index];
            if (Integer.compareUnsigned(code, bound) < 0) {
                range = bound;
                models[index] += (short) ((1 << 11) - models[index] >> 5);
                return 0;
            }
            range -= bound;
            code -= bound;
            models[index] -= (short) (models[index] >> 5);
            return 1;
        }

        private int tree(short[] models, int base, int bits) throws IOException {
            int symbol = 1;
            for (int i = 0; i < bits; i++) {
                symbol = symbol << 1 | bit(models, base + symbol);
            }
            return symbol - (1 << bits);
        }

        private int reverse(short[] models, int base, int bits) throws IOException {
            int symbol = 1;
            int value = 0;
            for (int i = 0; i < bits; i++) {
                int bit = bit(models, base + symbol);
                symbol = symbol << 1 | bit;
                value |= bit << i;
            }
            return value;
        }

        private int direct(int bits) throws IOException {
            int value = 0;
            for (int i = 0; i < bits; i++) {
                normalise();
                range >>>= 1;
                int bit = Integer.compareUnsigned(code, range) < 0 ? 0 : 1;
                code -= bit == 0 ? 0 : range;
                value = value << 1 | bit;
            }
            return value;
        }
    }
}
