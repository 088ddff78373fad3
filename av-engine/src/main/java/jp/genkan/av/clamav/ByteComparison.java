package jp.genkan.av.clamav;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.genkan.av.content.Content;

/**
 * Reads a number and compares it (docs.clamav.net, "Byte Compare Subsignatures"): {@code (offset#options#comparisons)}.
 *
 * @param offset from the match that it belongs to
 * @param kind {@code h} hexadecimal digits, {@code d} decimal digits, {@code a} either, {@code i} octets
 * @param isBig whether the octets have the highest first
 * @param isExact whether all digits have to be there
 * @param length octets that are read
 * @param comparisons all of which have to hold
 */
record ByteComparison(
        long offset, char kind, boolean isBig, boolean isExact, int length, List<Comparison> comparisons) {
    private static final Pattern FORM = Pattern.compile(
            "(<<|>>)?(0x[0-9a-fA-F]{1,8}|\\d{1,9})#([hdai])([lb]?)(e?)(\\d{1,2})#([<>=](?:0x[0-9a-fA-F]{1,15}|\\d{1,18}))(,[<>=](?:0x[0-9a-fA-F]{1,15}|\\d{1,18}))?");

    private static final int DIGITS_MAX = 18;

    /** {@code <}, {@code >} or {@code =} and what is compared with. */
    record Comparison(char sign, long value) {
        boolean holds(long number) {
            return sign == '<' ? number < value : sign == '>' ? number > value : number == value;
        }
    }

    ByteComparison {
        comparisons = List.copyOf(comparisons);
    }

    static ByteComparison parse(String text) throws SignatureException {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new SignatureException("'" + text + "' is no byte comparison");
        }
        long offset = Long.decode(unpadded(form.group(2)));
        int length = Integer.parseInt(form.group(6));
        char kind = form.group(3).charAt(0);
        boolean octets = kind == 'i';
        if (length == 0 || octets && length != 1 && length != 2 && length != 4 && length != 8 || length > DIGITS_MAX) {
            throw new SignatureException("a byte comparison of " + length + " octets");
        }
        List<Comparison> comparisons = new ArrayList<>();
        for (int group = 7; group <= 8; group++) {
            String one = form.group(group);
            if (one != null) {
                String plain = one.startsWith(",") ? one.substring(1) : one;
                comparisons.add(new Comparison(plain.charAt(0), Long.decode(unpadded(plain.substring(1)))));
            }
        }
        return new ByteComparison(
                "<<".equals(form.group(1)) ? -offset : offset,
                kind,
                form.group(4).equals("b"),
                !form.group(5).isEmpty(),
                length,
                comparisons);
    }

    /** Without zeros before it, which would make it octal. */
    private static String unpadded(String number) {
        return number.startsWith("0x") ? number : number.replaceFirst("^0+(?=.)", "");
    }

    boolean holds(Content content, long match) {
        long at = match + offset;
        if (!content.has(at, isExact || kind == 'i' ? length : 1)) {
            return false;
        }
        if (kind == 'i') {
            return comparisons.stream().allMatch(comparison -> comparison.holds(octets(content, at)));
        }
        String text = content.latin(at, length).strip();
        int radix = kind == 'h' || kind == 'a' && text.startsWith("0x") ? 16 : 10;
        String digits = text.startsWith("0x") ? text.substring(2) : text;
        if (kind == 'h' && !isBig) {
            digits = swapped(digits);
        }
        int end = 0;
        while (end < digits.length() && digits.charAt(end) < 0x80 && Character.digit(digits.charAt(end), radix) >= 0) {
            end++;
        }
        if (end == 0 || radix == 16 && end > 15 || isExact && end < digits.length()) {
            return false;
        }
        long number = Long.parseLong(digits, 0, end, radix);
        return comparisons.stream().allMatch(comparison -> comparison.holds(number));
    }

    /** Pairs of digits, the last first. */
    private static String swapped(String digits) {
        StringBuilder swapped = new StringBuilder();
        for (int i = digits.length(); i > 0; i -= 2) {
            swapped.append(digits, Math.max(0, i - 2), i);
        }
        return swapped.toString();
    }

    private long octets(Content content, long at) {
        long number = 0;
        for (int i = 0; i < length; i++) {
            number = number << 8 | content.u8(at + (isBig ? i : length - 1 - i));
        }
        return number;
    }
}
