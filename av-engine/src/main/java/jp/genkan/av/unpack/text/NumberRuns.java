package jp.genkan.av.unpack.text;

import java.io.IOException;
import java.io.OutputStream;
import jp.genkan.av.content.Content;

/**
 * Finds lists of numbers in a text that are octets: {@code 77, 90, 144}, {@code 0x4d,0x5a}, {@code &H4D,&H5A}, with or without a sign.
 *
 * <p>Thread rule: the thread that scans.
 */
final class NumberRuns {
    /** Numbers of a list: shorter ones are coordinates, versions and dates. */
    private static final int NUMBERS_MIN = 128;

    /** White space between two numbers: the end of a line and its indentation. */
    private static final int BLANKS_MAX = 64;

    private enum State {
        BETWEEN,
        NUMBER,
        HEX_MARK,
        HEX,
        BEHIND
    }

    private final Content content;
    private final Findings findings;
    private State state = State.BETWEEN;
    private long begin = -1;
    private long behind;
    private int count;
    private int value;
    private int digits;
    private boolean minus;

    NumberRuns(Content content, Findings findings) {
        this.content = content;
        this.findings = findings;
    }

    /** True when no list is open. */
    boolean isIdle() {
        return begin < 0 && state == State.BETWEEN;
    }

    void octet(int octet, long at) throws IOException {
        boolean blank = octet == ' ' || octet == '\n' || octet == '\r' || octet == '\t';
        switch (state) {
            case BETWEEN -> between(octet, at, blank);
            case HEX_MARK -> {
                state = State.HEX;
                digits = 0;
                if (octet != 'H' && octet != 'h') {
                    end(at);
                }
            }
            case NUMBER, HEX -> inNumber(octet, at, blank);
            case BEHIND -> {
                if (octet == ',') {
                    state = State.BETWEEN;
                } else if (!blank || at - behind > BLANKS_MAX) {
                    end(at);
                }
            }
        }
    }

    private void between(int octet, long at, boolean blank) throws IOException {
        if (octet >= '0' && octet <= '9') {
            first(at);
            value = octet - '0';
            digits = 1;
            state = State.NUMBER;
        } else if (octet == '&') {
            first(at);
            value = 0;
            state = State.HEX_MARK;
        } else if (octet == '-' && !minus) {
            first(at);
            minus = true;
        } else if (begin >= 0 && (!blank || at - behind > BLANKS_MAX)) {
            end(at);
        }
    }

    private void first(long at) {
        if (begin < 0) {
            begin = at;
            behind = at;
        }
    }

    private void inNumber(int octet, long at, boolean blank) throws IOException {
        int radix = state == State.HEX ? 16 : 10;
        int digit = Character.digit(octet, radix);
        if (digit >= 0 && digits < 3) {
            value = value * radix + digit;
            digits++;
        } else if (octet == 'x' && state == State.NUMBER && digits == 1 && value == 0) {
            state = State.HEX;
            digits = 0;
        } else if (digits > 0 && value <= (minus ? 128 : 255) && (octet == ',' || blank)) {
            taken(at);
            state = octet == ',' ? State.BETWEEN : State.BEHIND;
        } else {
            if (digits > 0 && value <= (minus ? 128 : 255)) {
                taken(at);
            }
            end(at);
        }
    }

    private void taken(long at) {
        count++;
        behind = at;
        minus = false;
        digits = 0;
    }

    /** The list is over. */
    void end(long at) throws IOException {
        if ((state == State.NUMBER || state == State.HEX) && digits > 0 && value <= (minus ? 128 : 255)) {
            taken(at);
        }
        if (count >= NUMBERS_MIN) {
            write();
        }
        begin = -1;
        count = 0;
        minus = false;
        state = State.BETWEEN;
        digits = 0;
    }

    private void write() throws IOException {
        byte[] plain = new byte[8192];
        int filled = 0;
        try (OutputStream out = findings.begin("numbers", begin)) {
            int number = 0;
            boolean open = false;
            boolean negative = false;
            int radix = 10;
            for (long at = begin; at <= behind; at++) {
                int octet = at < behind ? content.u8(at) : ',';
                int digit = Character.digit(octet, radix);
                if (octet == 'x' || octet == 'H' || octet == 'h') {
                    radix = 16;
                    number = 0;
                } else if (octet == '-') {
                    negative = true;
                } else if (digit >= 0) {
                    number = number * radix + digit;
                    open = true;
                } else if (open) {
                    plain[filled++] = (byte) (negative ? -number : number);
                    open = false;
                    negative = false;
                    number = 0;
                    radix = 10;
                }
                if (filled == plain.length) {
                    out.write(plain);
                    filled = 0;
                }
            }
            out.write(plain, 0, filled);
        }
    }
}
