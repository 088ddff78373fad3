package jp.genkan.av.unpack.text;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import jp.genkan.av.content.Content;

/**
 * Finds base64 and hexadecimal digits in a text: long runs, shorter ones where the words before say what they are, and runs that a script has in pieces.
 *
 * <p>Thread rule: the thread that scans.
 */
final class DigitRuns {
    /** Digits of a run of base64 that nothing announces: hashes and signatures of package lists have up to 88. */
    private static final int BASE64_MIN = 256;

    /** Digits of a run of hexadecimal digits: the longest hash has 128. */
    private static final int HEX_MIN = 160;

    /** Digits of a run that is announced, or that is all of the file. */
    private static final int ANNOUNCED_MIN = 16;

    /** Fewer than these mean nothing in whatever run, unless they go on behind a gap. */
    static final int MEANT_MIN = 16;

    /** Digits before a line's end that make the next line belong to the same run: shorter lines are words. */
    private static final int LINE_MIN = 16;

    /** Octets between two pieces that a script joins: two quotes, an operator, the end of a line and its indentation. */
    private static final int GAP_MAX = 96;

    /** Most pieces of a run: with lines of 64 digits more than may be searched. What follows is a run of its own. */
    private static final int PIECES_MAX = 1 << 20;

    /** Octets before a run in which it may be announced. */
    private static final int LOOK_BEHIND = 32;

    private static final String[] WORDS = {"base64,", "frombase64string(", "atob(", "base64_decode(", "b64decode("};
    private static final byte[] VALUES = new byte[256];

    static {
        Arrays.fill(VALUES, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            VALUES[alphabet.charAt(i)] = (byte) i;
        }
    }

    private static final int UPPER = 1;
    private static final int LOWER = 2;
    private static final int DIGIT = 4;
    private static final int NO_HEX = 8;

    private final Content content;
    private final Findings findings;
    private long[] pieces = new long[16];
    private int ends;
    private long pieceBegin = -1;
    private long gapBegin = -1;
    private boolean gapLine;
    private int gapQuotes;
    private long digits;
    private long lineDigits;
    private boolean gapEndsLine;
    private int kinds;
    private long skip;
    private boolean blankBefore = true;

    DigitRuns(Content content, Findings findings) {
        this.content = content;
        this.findings = findings;
    }

    /** True when no run is open. */
    boolean isIdle(long at) {
        return pieceBegin < 0 && gapBegin < 0 && at >= skip;
    }

    /** A place without data was passed over while no run was open. */
    void passed(boolean hadWords) {
        blankBefore &= !hadWords;
    }

    void octet(int octet, long at) throws IOException {
        if (at < skip) {
            return;
        }
        boolean digit = VALUES[octet] >= 0;
        if (pieceBegin >= 0) {
            if (digit) {
                count(octet);
            } else {
                pieceEnds(octet, at);
            }
        } else if (gapBegin >= 0) {
            gap(octet, at, digit);
        } else if (digit) {
            begin(octet, at);
        } else {
            blankBefore &= octet <= ' ';
        }
    }

    private void begin(int octet, long at) {
        pieceBegin = at;
        count(octet);
    }

    private void count(int octet) {
        digits++;
        if (octet >= 'a') {
            kinds |= octet <= 'f' ? LOWER : LOWER | NO_HEX;
        } else if (octet >= 'A') {
            kinds |= octet <= 'F' ? UPPER : UPPER | NO_HEX;
        } else if (octet >= '0') {
            kinds |= DIGIT;
        } else {
            kinds |= NO_HEX;
        }
    }

    private void pieceEnds(int octet, long at) throws IOException {
        lineDigits += at - pieceBegin;
        if (ends + 2 > pieces.length) {
            pieces = Arrays.copyOf(pieces, pieces.length * 2);
        }
        pieces[ends] = pieceBegin;
        pieces[ends + 1] = at;
        ends += 2;
        pieceBegin = -1;
        gapLine = false;
        gapQuotes = 0;
        gapEndsLine = false;
        boolean line = octet == '\r' || octet == '\n' || octet == ' ' || octet == '\t' || octet == '\\';
        boolean slash = octet == '\\' && content.u8(at + 1) == '/';
        boolean joined = octet == '"' || octet == '\'' || slash;
        if (ends >= 2 * PIECES_MAX || !(line && lineDigits >= LINE_MIN || joined)) {
            end(at);
            return;
        }
        gapBegin = at;
        gap(octet, at, false);
    }

    private void gap(int octet, long at, boolean digit) throws IOException {
        boolean between = gapQuotes == 1;
        if (digit && !(between && octet == '+')) {
            if (gapLine && gapQuotes == 0 || gapQuotes == 2) {
                gapBegin = -1;
                lineDigits = gapEndsLine || gapQuotes > 0 ? 0 : lineDigits;
                begin(octet, at);
            } else {
                end(gapBegin);
                octet(octet, at);
            }
            return;
        }
        boolean fits = at - gapBegin < GAP_MAX;
        switch (octet) {
            case '\n' -> {
                gapLine = true;
                gapEndsLine = true;
            }
            case '\r', ' ', '\t' -> {}
            case '"', '\'' -> fits &= ++gapQuotes <= 2;
            case '+', '&', '_', '.', '`', '^', ',' -> fits &= between;
            case '\\' -> {
                int next = content.u8(at + 1);
                boolean slash = next == '/';
                fits &= next == 'n' || next == 'r' || next == 't' || slash || next == '\n' || next == '\r';
                gapLine = true;
                gapEndsLine |= !slash;
                skip = slash ? at + 1 : at + 2;
            }
            default -> fits = false;
        }
        if (!fits) {
            long begun = gapBegin;
            end(begun);
            blankBefore &= octet <= ' ';
        }
    }

    /** The run is over, whatever follows. */
    void end(long at) throws IOException {
        if (pieceBegin >= 0) {
            long begun = pieceBegin;
            pieceBegin = -1;
            if (ends + 2 > pieces.length) {
                pieces = Arrays.copyOf(pieces, pieces.length * 2);
            }
            pieces[ends] = begun;
            pieces[ends + 1] = at;
            ends += 2;
        }
        if (ends > 0) {
            decide();
            blankBefore = false;
        }
        ends = 0;
        digits = 0;
        lineDigits = 0;
        kinds = 0;
        gapBegin = -1;
    }

    private void decide() throws IOException {
        if (digits < ANNOUNCED_MIN) {
            return;
        }
        boolean hex = (kinds & NO_HEX) == 0;
        if (hex && digits >= HEX_MIN) {
            write("hex", 4);
        } else if (digits >= BASE64_MIN && kinds == (UPPER | LOWER | DIGIT | NO_HEX)
                || isAnnounced(pieces[0])
                || isAll()) {
            write("base64-", 6);
        }
    }

    private boolean isAnnounced(long begin) {
        long from = Math.max(0, begin - LOOK_BEHIND);
        String before = content.latin(from, (int) (begin - from))
                .toLowerCase(Locale.ROOT)
                .stripTrailing();
        String bare = before.endsWith("\"") || before.endsWith("'") ? before.substring(0, before.length() - 1) : before;
        for (String word : WORDS) {
            if (bare.endsWith(word)) {
                return true;
            }
        }
        int option = Math.max(bare.lastIndexOf(" -e"), bare.lastIndexOf(" /e"));
        return option >= 0
                && "encodedcommand".startsWith(bare.substring(option + 2).strip());
    }

    private boolean isAll() {
        if (!blankBefore) {
            return false;
        }
        long at = pieces[ends - 1];
        while (content.u8(at) == '=' || content.u8(at) >= 0 && content.u8(at) <= ' ') {
            at++;
        }
        return content.u8(at) < 0;
    }

    private void write(String kind, int bitsEach) throws IOException {
        byte[] plain = new byte[8192];
        int filled = 0;
        int bits = 0;
        int have = 0;
        try (OutputStream out = findings.begin(kind, pieces[0])) {
            for (int piece = 0; piece < ends; piece += 2) {
                for (long at = pieces[piece]; at < pieces[piece + 1]; at++) {
                    int octet = content.u8(at);
                    int value = bitsEach == 4 ? Character.digit(octet, 16) : VALUES[octet];
                    bits = bits << bitsEach | value & (1 << bitsEach) - 1;
                    have += bitsEach;
                    if (have >= 8) {
                        have -= 8;
                        plain[filled++] = (byte) (bits >> have);
                    }
                    if (filled == plain.length) {
                        out.write(plain);
                        filled = 0;
                    }
                }
            }
            out.write(plain, 0, filled);
        }
    }
}
