package jp.genkan.av.unpack.text;

import java.io.IOException;
import java.io.OutputStream;
import jp.genkan.av.content.Content;

/**
 * Finds escaped characters in a text: {@code %41}, {@code %u4141}, {@code \x41}, {@code \u0041}, with others between them. Texts of other scripts than Latin
 * are escaped too, in addresses and in JSON; they are no data.
 *
 * <p>Thread rule: the thread that scans.
 */
final class EscapeRuns {
    /** Escapes of a run: an address has fewer that stand for ASCII. */
    private static final int ESCAPES_MIN = 32;

    /** Other characters between two escapes of a run: a script that is escaped leaves its words as they are. */
    private static final int PLAIN_MAX = 48;

    private final Content content;
    private final Findings findings;
    private long begin = -1;
    private long last;
    private int count;
    private int plainly;
    private int wide;
    private long skip;

    EscapeRuns(Content content, Findings findings) {
        this.content = content;
        this.findings = findings;
    }

    /** True when no run is open. */
    boolean isIdle(long at) {
        return begin < 0 && at >= skip;
    }

    void octet(int octet, long at) throws IOException {
        if (at < skip) {
            return;
        }
        if (octet == '%' || octet == '\\') {
            int length = length(at);
            if (length > 0) {
                if (begin < 0) {
                    begin = at;
                }
                count++;
                int value = value(at, length);
                plainly += value < 0x80 ? 1 : 0;
                wide += octet == '%' && length == 6 ? 1 : 0;
                last = at + length;
                skip = last;
                return;
            }
        }
        if (begin >= 0 && (octet == '"' || octet == '\'' || octet == '\n' || at - last >= PLAIN_MAX)) {
            end(at);
        }
    }

    /** The run is over. */
    void end(long at) throws IOException {
        if (begin >= 0 && count >= ESCAPES_MIN && (plainly > count / 2 || wide > count / 2)) {
            write();
        }
        begin = -1;
        count = 0;
        plainly = 0;
        wide = 0;
    }

    /** Octets of an escape, 0 when none begins. */
    private int length(long at) {
        int kind = content.u8(at + 1);
        boolean percent = content.u8(at) == '%';
        if (kind == 'u') {
            return areDigits(at + 2, 4) ? 6 : 0;
        }
        if (percent) {
            return areDigits(at + 1, 2) ? 3 : 0;
        }
        return kind == 'x' && areDigits(at + 2, 2) ? 4 : 0;
    }

    private boolean areDigits(long at, int count) {
        for (int i = 0; i < count; i++) {
            if (Character.digit(content.u8(at + i), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private int value(long at, int length) {
        int digits = length == 6 ? 4 : 2;
        int value = 0;
        for (int i = 0; i < digits; i++) {
            value = value << 4 | Character.digit(content.u8(at + length - digits + i), 16);
        }
        return value;
    }

    private void write() throws IOException {
        byte[] plain = new byte[8192];
        int filled = 0;
        try (OutputStream out = findings.begin("unescaped", begin)) {
            long at = begin;
            while (at < last) {
                int octet = content.u8(at);
                int length = octet == '%' || octet == '\\' ? length(at) : 0;
                int value = length > 0 ? value(at, length) : octet;
                plain[filled++] = (byte) value;
                if (value > 0xff || length == 6 && octet == '%') {
                    plain[filled++] = (byte) (value >> 8);
                }
                at += Math.max(1, length);
                if (filled > plain.length - 2) {
                    out.write(plain, 0, filled);
                    filled = 0;
                }
            }
            out.write(plain, 0, filled);
        }
    }
}
