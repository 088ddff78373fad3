package jp.genkan.protocols.imap;

import java.util.List;
import java.util.Locale;
import jp.genkan.protocols.mime.ObservedMail;
import org.jspecify.annotations.Nullable;

/**
 * What a literal of a FETCH response holds (RFC 3501 §7.4.2, 3516).
 *
 * @param section of the mail, in upper case; empty for the whole of it
 * @param offset of the first octet in the section, -1 when the section is given whole
 * @param content how it is to be read; null for what is no mail and no body
 */
record FetchItem(String section, long offset, ObservedMail.@Nullable Content content) {
    private static final List<String> WHOLE = List.of("RFC822", "RFC822.PEEK");
    private static final int DIGITS_MAX = 12;

    /** The item before a literal's mark: the end of {@code text}. */
    static FetchItem before(String text) {
        String item = text.stripTrailing().toUpperCase(Locale.ROOT);
        if (item.endsWith("~")) {
            item = item.substring(0, item.length() - 1).stripTrailing();
        }
        long offset = -1;
        int angle = item.lastIndexOf('<');
        if (item.endsWith(">") && angle >= 0) {
            offset = number(item, angle + 1);
            item = item.substring(0, angle);
        }
        if (item.endsWith("]")) {
            int body = Math.max(item.lastIndexOf("BODY["), item.lastIndexOf("BINARY["));
            String section = body < 0
                    ? "HEADER"
                    : item.substring(item.indexOf('[', body) + 1, item.length() - 1)
                            .strip();
            return new FetchItem(section, offset, content(section));
        }
        String word = item.substring(Math.max(item.lastIndexOf(' '), item.lastIndexOf('(')) + 1);
        if (WHOLE.contains(word)) {
            return new FetchItem("", offset, ObservedMail.Content.WHOLE);
        }
        return new FetchItem(word, offset, word.equals("RFC822.TEXT") ? ObservedMail.Content.PART : null);
    }

    /** The number that begins at an index; -1 when none does. */
    static long number(String text, int from) {
        long number = -1;
        for (int i = from; i < text.length() && i < from + DIGITS_MAX; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            number = Math.max(number, 0) * 10 + digit;
        }
        return number;
    }

    private static ObservedMail.@Nullable Content content(String section) {
        if (section.isEmpty()) {
            return ObservedMail.Content.WHOLE;
        }
        return section.contains("HEADER") || section.endsWith("MIME") ? null : ObservedMail.Content.PART;
    }
}
