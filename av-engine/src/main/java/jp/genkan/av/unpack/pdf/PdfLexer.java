package jp.genkan.av.unpack.pdf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import org.jspecify.annotations.Nullable;

/**
 * Reads values. What is broken is read as far as it goes.
 *
 * <p>Thread rule: the thread that scans.
 */
final class PdfLexer {
    /** Values inside each other: readers stop earlier. */
    private static final int DEPTH_MAX = 64;

    /** Octets that may be read again for each octet that there is: objects that lie in strings of others are read twice. */
    private static final int WORK_EACH = 8;

    private static final int WORK_MIN = 1 << 20;
    private static final int WORD_MAX = 256;

    /** Octets by their place, -1 behind the end. */
    interface Octets {
        int at(long place);
    }

    private final Octets octets;
    private long workLeft;
    private long at;

    PdfLexer(Octets octets, long size) {
        this.octets = octets;
        workLeft = size * WORK_EACH + WORK_MIN;
    }

    long at() {
        return at;
    }

    void go(long place) {
        at = place;
    }

    private int next() throws UnpackException {
        int octet = peek();
        at++;
        return octet;
    }

    private int peek() throws UnpackException {
        if (--workLeft < 0) {
            throw new UnpackException(Members.Reason.BROKEN, "objects inside each other");
        }
        return octets.at(at);
    }

    /** Passes over white space and remarks. */
    void blanks() throws UnpackException {
        while (true) {
            int octet = peek();
            if (octet == '%') {
                while (octet >= 0 && octet != '\n' && octet != '\r') {
                    at++;
                    octet = peek();
                }
            } else if (octet >= 0 && octet <= ' ') {
                at++;
            } else {
                return;
            }
        }
    }

    /** True when this word stands here; then it is passed over. */
    boolean word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (octets.at(at + i) != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    /** The value that stands here; null when none does. */
    @Nullable
    PdfValue value() throws UnpackException {
        return value(0);
    }

    private @Nullable PdfValue value(int depth) throws UnpackException {
        blanks();
        int octet = peek();
        if (octet < 0 || depth > DEPTH_MAX) {
            return null;
        }
        switch (octet) {
            case '/' -> {
                at++;
                return new PdfValue.Name(name());
            }
            case '(' -> {
                at++;
                return text();
            }
            case '[' -> {
                at++;
                return array(depth);
            }
            case '<' -> {
                at++;
                if (peek() == '<') {
                    at++;
                    return dictionary(depth);
                }
                return hex();
            }
            case ')', ']', '>', '{', '}' -> {
                return null;
            }
            default -> {
                return isDigit(octet) || octet == '-' || octet == '+' || octet == '.' ? number() : word();
            }
        }
    }

    private static boolean isDigit(int octet) {
        return octet >= '0' && octet <= '9';
    }

    private static boolean isRegular(int octet) {
        return octet > ' ' && "()<>[]{}/%".indexOf(octet) < 0;
    }

    private String name() throws UnpackException {
        StringBuilder name = new StringBuilder();
        while (isRegular(peek())) {
            int octet = next();
            int high = octet == '#' ? Character.digit(octets.at(at), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(octets.at(at + 1), 16);
            if (low >= 0) {
                octet = high << 4 | low;
                at += 2;
            }
            if (name.length() < WORD_MAX) {
                name.append((char) octet);
            }
        }
        return name.toString();
    }

    private PdfValue word() throws UnpackException {
        StringBuilder word = new StringBuilder();
        while (isRegular(peek())) {
            char letter = (char) next();
            if (word.length() < WORD_MAX) {
                word.append(letter);
            }
        }
        return new PdfValue.Word(word.toString());
    }

    private PdfValue number() throws UnpackException {
        long value = integer();
        long behind = at;
        if (value >= 0 && value <= Integer.MAX_VALUE) {
            blanks();
            if (isDigit(peek())) {
                long generation = integer();
                blanks();
                if (peek() == 'R' && !isRegular(octets.at(at + 1))) {
                    at++;
                    return new PdfValue.Reference((int) value, (int) Math.min(generation, Integer.MAX_VALUE));
                }
            }
            at = behind;
        }
        return new PdfValue.Numeral(value);
    }

    /** The whole part of a number. */
    private long integer() throws UnpackException {
        boolean negative = false;
        long value = 0;
        boolean fraction = false;
        while (isRegular(peek())) {
            int octet = next();
            negative |= octet == '-';
            fraction |= octet == '.';
            if (isDigit(octet) && !fraction && value < Long.MAX_VALUE / 16) {
                value = value * 10 + octet - '0';
            }
        }
        return negative ? -value : value;
    }

    private PdfValue array(int depth) throws UnpackException {
        List<PdfValue> values = new ArrayList<>();
        while (true) {
            PdfValue value = value(depth + 1);
            if (value != null) {
                values.add(value);
                continue;
            }
            int octet = peek();
            if (octet < 0 || octet == ']' || octet == '>') {
                at += octet == ']' ? 1 : 0;
                return new PdfValue.Array(values);
            }
            at++;
        }
    }

    private PdfValue dictionary(int depth) throws UnpackException {
        Map<String, PdfValue> entries = new HashMap<>();
        String key = null;
        while (true) {
            PdfValue value = value(depth + 1);
            if (value == null) {
                int octet = peek();
                if (octet == '>' || octet < 0) {
                    at += octet == '>' && octets.at(at + 1) == '>' ? 2 : octet == '>' ? 1 : 0;
                    return new PdfValue.Dictionary(entries);
                }
                at++;
            } else if (key == null) {
                if (value instanceof PdfValue.Word(String word) && (word.equals("endobj") || word.equals("stream"))) {
                    at -= word.length();
                    return new PdfValue.Dictionary(entries);
                }
                key = value instanceof PdfValue.Name(String name) ? name : null;
            } else {
                entries.put(key, value);
                key = null;
            }
        }
    }

    private PdfValue hex() throws UnpackException {
        StringBuilder text = new StringBuilder();
        int high = -1;
        int octet = next();
        while (octet >= 0 && octet != '>') {
            int digit = Character.digit(octet, 16);
            if (digit >= 0 && high >= 0) {
                text.append((char) (high << 4 | digit));
                high = -1;
            } else if (digit >= 0) {
                high = digit;
            }
            octet = next();
        }
        if (high >= 0) {
            text.append((char) (high << 4));
        }
        return new PdfValue.Text(text.toString());
    }

    private PdfValue text() throws UnpackException {
        StringBuilder text = new StringBuilder();
        int open = 1;
        int octet = next();
        while (octet >= 0) {
            if (octet == '\\') {
                escape(text);
            } else {
                open += octet == '(' ? 1 : octet == ')' ? -1 : 0;
                if (open == 0) {
                    break;
                }
                text.append((char) octet);
            }
            octet = next();
        }
        return new PdfValue.Text(text.toString());
    }

    private void escape(StringBuilder text) throws UnpackException {
        int octet = next();
        switch (octet) {
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case '\n' -> {}
            case '\r' -> at += peek() == '\n' ? 1 : 0;
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                int value = octet - '0';
                for (int i = 0; i < 2 && peek() >= '0' && peek() <= '7'; i++) {
                    value = value << 3 | next() - '0';
                }
                text.append((char) (value & 0xff));
            }
            default -> {
                if (octet >= 0) {
                    text.append((char) octet);
                }
            }
        }
    }
}
