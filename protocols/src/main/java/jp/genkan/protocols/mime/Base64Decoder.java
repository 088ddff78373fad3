package jp.genkan.protocols.mime;

import java.util.Arrays;

/**
 * Base64 (RFC 2045 §6.8) as mail programs read it: characters outside the alphabet do not count, padding may be missing, several encodings may follow each
 * other.
 *
 * <p>An equals sign after two characters of four, where another character follows, is read in the way that the octets behind it make likely: when
 * the next group of two is padded too, each group stands for itself; otherwise the sign is junk.
 */
final class Base64Decoder extends BodyDecoder {
    private static final int QUAD = 4;
    private static final byte[] VALUES = new byte[256];

    static {
        Arrays.fill(VALUES, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            VALUES[alphabet.charAt(i)] = (byte) i;
        }
    }

    private final int[] behind = new int[QUAD];
    private int behindCount;
    private boolean padded;
    private boolean junkSigns;
    private int bits;
    private int have;
    private int lineLength;
    private boolean skipLine;
    private boolean first = true;
    private boolean probing;

    /** Six bits that a character stands for, -1 when it is none of the alphabet. */
    static int value(byte octet) {
        return VALUES[octet & 0xff];
    }

    @Override
    void decode(byte[] octets, int from, int to, Sink sink) {
        for (int i = from; i < to; i++) {
            byte octet = octets[i];
            if (octet == '\n') {
                lineEnd(sink);
            } else if (octet != '\r' && !skipLine) {
                character(octet, sink);
            }
        }
        flush(sink);
    }

    private void character(byte octet, Sink sink) {
        int value = value(octet);
        lineLength++;
        if (value >= 0) {
            six(value, sink);
        } else if (octet == '=') {
            equalsSign(sink);
        } else if (octet == '-' && lineLength == 1 || octet == '#' && have == 0) {
            skipLine = true; // a delimiter that nobody declared, or a remark: never data
        } else if (octet > ' ' || octet < 0) {
            markBroken();
        }
    }

    private void six(int value, Sink sink) {
        if (probing) {
            behind[behindCount++] = value;
            if (behindCount == QUAD) {
                have = 0; // a whole group on the line after the empty one: what came before was junk
                bits = 0;
                markBroken();
                probed(sink);
            }
        } else if (padded) {
            behind[behindCount++] = value;
            if (behindCount == QUAD - 1) {
                padded = false;
                junkSigns = true;
                markBroken();
                probed(sink);
            }
        } else {
            push(value, sink);
        }
    }

    private void probed(Sink sink) {
        probing = false;
        int count = behindCount;
        behindCount = 0;
        for (int i = 0; i < count; i++) {
            push(behind[i], sink);
        }
    }

    private void push(int value, Sink sink) {
        bits = bits << 6 | value;
        if (++have == QUAD) {
            put(bits >> 16, sink);
            put(bits >> 8, sink);
            put(bits, sink);
            have = 0;
            bits = 0;
        }
    }

    private void equalsSign(Sink sink) {
        if (probing) {
            probed(sink);
        }
        if (padded && behindCount == 0) {
            padded = false;
            partial(sink);
        } else if (padded && behindCount == 2) {
            markBroken();
            partial(sink);
            have = 2;
            bits = behind[0] << 6 | behind[1];
            behindCount = 0;
        } else if (have == QUAD - 1) {
            partial(sink);
        } else if (have == 2) {
            padded = true;
        } else {
            markBroken();
        }
    }

    /** What an incomplete group stands for. */
    private void partial(Sink sink) {
        if (have == QUAD - 1) {
            put(bits >> 10, sink);
            put(bits >> 2, sink);
        } else if (have == 2) {
            put(bits >> 4, sink);
        }
        have = 0;
        bits = 0;
    }

    private void lineEnd(Sink sink) {
        if (probing && behindCount > 0) {
            probed(sink);
        } else if (first && lineLength == 0 && have > 0 && !padded) {
            probing = true; // an incomplete group alone, and an empty line: junk, unless the next line is as short
        }
        if (lineLength > QUAD - 1 || lineLength > 0 && have == 0) {
            first = false;
        }
        if (lineLength == 0 && !probing) {
            first = false;
        }
        lineLength = 0;
        skipLine = false;
    }

    @Override
    void gap(Sink sink) {
        have = 0;
        bits = 0;
        padded = false;
        probing = false;
        behindCount = 0;
        skipLine = true; // in the middle of a line no group's beginning is known
        super.gap(sink);
    }

    @Override
    void end(Sink sink) {
        if (probing || padded && junkSigns) {
            padded = false;
            probed(sink);
        }
        partial(sink);
        if (padded && behindCount == 2) {
            have = 2;
            bits = behind[0] << 6 | behind[1];
            partial(sink);
        }
        super.end(sink);
    }
}
