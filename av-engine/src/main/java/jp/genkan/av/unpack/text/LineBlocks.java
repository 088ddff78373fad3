package jp.genkan.av.unpack.text;

import java.io.IOException;
import java.io.OutputStream;
import jp.genkan.av.content.Content;
import org.jspecify.annotations.Nullable;

/**
 * Finds codings that have a beginning and an end of their own: uuencode, yEnc, BinHex, encoded scripts; and quoted-printable, which a whole text is in.
 *
 * <p>Thread rule: the thread that scans.
 */
final class LineBlocks {
    private static final String BINHEX = "(This file must be converted with BinHex";
    private static final int NAME_MAX = 255;
    private static final int MODE_DIGITS_MAX = 5;

    /** Escapes of a text in quoted-printable, and octets of the text for each. */
    private static final int QUOTED_MIN = 16;

    private static final int QUOTED_EACH = 64;

    private final Content content;
    private final Findings findings;
    private int quoted;
    private int softEnds;
    private int last = '\n';

    LineBlocks(Content content, Findings findings) {
        this.content = content;
        this.findings = findings;
    }

    /** The octet before the next one. */
    int last() {
        return last;
    }

    /** A place was passed over in which no block begins, and this octet is its last. */
    void passed(int octet) {
        last = octet;
    }

    /** Looks whether a block begins here; the index behind it, or the index given when none does. */
    long octet(int octet, long at, long end) throws IOException {
        boolean lineBegins = last == '\n' || last == '\r';
        last = octet;
        return switch (octet) {
            case 'b' -> lineBegins && content.startsWith(at, "begin ") ? uuencoded(at, end) : at;
            case '(' -> lineBegins && content.startsWith(at, BINHEX) ? binhex(at, end) : at;
            case '#' -> content.startsWith(at, ScriptDecoder.BEGIN) ? script(at, end) : at;
            case '=' -> lineBegins && content.startsWith(at, "=ybegin ") ? yenc(at, end) : equalsSign(at);
            default -> at;
        };
    }

    private long equalsSign(long at) {
        int next = content.u8(at + 1);
        if (next == '\r' || next == '\n') {
            softEnds++;
        } else if (Character.digit(next, 16) >= 0 && Character.digit(content.u8(at + 2), 16) >= 0) {
            quoted++;
        }
        return at;
    }

    /** The text is over. */
    void end(long end) throws IOException {
        if (quoted >= QUOTED_MIN && softEnds > 0 && (long) quoted * QUOTED_EACH > end) {
            findings.coded("quoted", null, "quoted-printable", 0, end);
        }
    }

    private long uuencoded(long at, long end) throws IOException {
        long name = at + 6;
        while (name < at + 6 + MODE_DIGITS_MAX && content.u8(name) >= '0' && content.u8(name) <= '7') {
            name++;
        }
        if (name < at + 9 || content.u8(name) != ' ') {
            return at;
        }
        long behind = find("\nend", name, end);
        last = '\n';
        findings.coded("uu", line(name + 1), "x-uuencode", at, behind);
        return behind;
    }

    private @Nullable String line(long at) {
        String text = content.latin(at, NAME_MAX);
        int stop = text.indexOf('\n');
        String name = (stop < 0 ? text : text.substring(0, stop)).strip();
        return name.isEmpty() ? null : name;
    }

    private long yenc(long at, long end) throws IOException {
        long behind = find("\n=yend", at, end);
        String head = content.latin(at, NAME_MAX * 2);
        int name = head.indexOf(" name=");
        last = '\n';
        findings.coded("yenc", name < 0 ? null : line(at + name + 6), "x-yenc", at, behind);
        return behind;
    }

    private long binhex(long at, long end) throws IOException {
        long begin = find(":", at + BINHEX.length(), end);
        long behind = begin >= end ? end : find(":", begin, end);
        if (behind <= begin) {
            return at;
        }
        findings.coded("binhex", null, "binhex", begin - 1, behind);
        last = '\n';
        return behind;
    }

    private long script(long at, long end) throws IOException {
        long behind = find(ScriptDecoder.END, at, end);
        try (OutputStream out = findings.begin("script", at)) {
            ScriptDecoder.decode(content, at, behind, out);
        }
        last = '\n';
        return behind;
    }

    /** Index behind the next occurrence, or of the end. */
    private long find(String what, long from, long end) {
        for (long at = from; at < end; at++) {
            if (content.u8(at) == what.charAt(0) && content.startsWith(at, what)) {
                return Math.min(end, at + what.length());
            }
        }
        return end;
    }
}
