package jp.genkan.av.unpack.text;

import java.io.IOException;
import java.io.OutputStream;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.av.unpack.mail.MailUnpacker;

/**
 * Any text.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class TextUnpacker implements Unpacker {
    /** Octets that are searched: a thousand times a long web page. What is beyond is looked at by signatures only. */
    static final long OCTETS_MAX = 64L << 20;

    /** Octets by which texts are told from other files: the first line of many a script is longer than a hundred. */
    private static final int SAMPLE = 512;

    /** Shorter texts hold no file. */
    private static final int OCTETS_MIN = 32;

    /** A mail's parts are looked at once they are decoded: as a text it would be decoded twice. */
    private static final MailUnpacker MAIL = new MailUnpacker();

    private static final int PIECE = 32_768;
    private static final int TIME_EVERY = 0xffff;

    private enum Width {
        NONE,
        ONE,
        LOW_FIRST,
        HIGH_FIRST
    }

    @Override
    public String format() {
        return "text";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return content.size() >= OCTETS_MIN
                && !isPlainPage(content, facts)
                && width(content) != Width.NONE
                && !MAIL.recognises(content, facts);
    }

    /**
     * A text that a browser fetched, without anything that looks like data: nearly all pages and scripts are, and they come by the thousand. Samples suffice: data
     * come in lines of 76 digits or more, so that one octet in {@link #STRIDE} has as many digits behind it.
     */
    private static boolean isPlainPage(Content content, FileFacts facts) {
        boolean browsed = facts.depth() == 1
                && facts.formats().getFirst().startsWith("http")
                && facts.type() != null
                && facts.type().startsWith("text/");
        if (!browsed || content.u8(0) >= 0xfe || content.u8(1) == 0) {
            return false;
        }
        long end = Math.min(OCTETS_MAX, content.size()) - STRIDE;
        for (long at = 0; at < end; at += STRIDE) {
            if (isData(content, at)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isData(Content content, long from) {
        int marks = 0;
        for (int i = 0; i < STRIDE; i++) {
            int octet = content.u8(from + i);
            boolean mark = octet == '\\' || octet == '%' || octet == ',';
            boolean digit = octet >= '0' && octet <= '9'
                    || octet >= 'A' && octet <= 'Z'
                    || octet >= 'a' && octet <= 'z'
                    || octet == '+'
                    || octet == '/';
            if (!mark && !digit && !(octet == ' ' && marks > 0)) {
                return false;
            }
            marks += mark ? 1 : 0;
        }
        return marks == 0 || marks >= STRIDE / 6;
    }

    private static final int STRIDE = 36;

    private static Width width(Content content) {
        int there = (int) Math.min(SAMPLE, content.size()) & ~1;
        int zeroFirst = 0;
        int zeroSecond = 0;
        int controls = 0;
        for (int i = 0; i < there; i++) {
            int octet = content.u8(i);
            if (octet == 0) {
                zeroFirst += 1 - (i & 1);
                zeroSecond += i & 1;
            } else if (octet < ' '
                    && octet != '\t'
                    && octet != '\n'
                    && octet != '\r'
                    && octet != '\f'
                    && octet != 0x1b) {
                controls++;
            }
        }
        if (controls > 0) {
            return Width.NONE;
        }
        boolean lowMark = content.u16(0) == 0xfeff;
        boolean highMark = content.u16(0) == 0xfffe;
        if (zeroFirst + zeroSecond == 0 && !lowMark && !highMark) {
            return Width.ONE;
        }
        if (zeroFirst == 0 && (lowMark || zeroSecond > there / 4)) {
            return Width.LOW_FIRST;
        }
        return zeroSecond == 0 && (highMark || zeroFirst > there / 4) ? Width.HIGH_FIRST : Width.NONE;
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        Width width = width(content);
        if (width == Width.LOW_FIRST || width == Width.HIGH_FIRST) {
            narrow(content, width == Width.LOW_FIRST ? 0 : 1, members);
            return;
        }
        search(content, members);
    }

    /** The text with an octet a character, as signatures and searches want it. */
    private static void narrow(Content content, int low, Members members) throws IOException {
        long begin = content.u16(0) == 0xfeff || content.u16(0) == 0xfffe ? 2 : 0;
        try (OutputStream out = members.begin("narrow text")) {
            for (long at = begin; at < Math.min(OCTETS_MAX, content.size()); at += PIECE) {
                byte[] wide = content.bytes(at, PIECE);
                byte[] narrow = new byte[wide.length / 2];
                for (int i = 0; i < narrow.length; i++) {
                    narrow[i] = wide[2 * i + 1 - low] == 0 ? wide[2 * i + low] : (byte) '?';
                }
                out.write(narrow);
            }
        }
    }

    private static void search(Content content, Members members) throws IOException {
        Findings findings = new Findings(content, members);
        DigitRuns digits = new DigitRuns(content, findings);
        EscapeRuns escapes = new EscapeRuns(content, findings);
        NumberRuns numbers = new NumberRuns(content, findings);
        LineBlocks blocks = new LineBlocks(content, findings);
        PlainText plain = new PlainText(content);
        long end = Math.min(OCTETS_MAX, content.size());
        long at = 0;
        while (at < end) {
            if (digits.isIdle(at) && escapes.isIdle(at) && numbers.isIdle()) {
                long next = plain.next(at, blocks.last());
                if (next > at) {
                    digits.passed(plain.hadWords());
                    blocks.passed(plain.last());
                    if (at / PIECE != next / PIECE) {
                        members.checkTime();
                    }
                    at = Math.min(next, end);
                    continue;
                }
            }
            int octet = plain.octet(at);
            long behind = blocks.octet(octet, at, end);
            if (behind > at) {
                digits.end(at);
                escapes.end(at);
                numbers.end(at);
                at = behind;
                members.checkTime();
                continue;
            }
            digits.octet(octet, at);
            escapes.octet(octet, at);
            numbers.octet(octet, at);
            at++;
            if ((at & TIME_EVERY) == 0) {
                members.checkTime();
            }
        }
        digits.end(end);
        escapes.end(end);
        numbers.end(end);
        blocks.end(end);
    }
}
