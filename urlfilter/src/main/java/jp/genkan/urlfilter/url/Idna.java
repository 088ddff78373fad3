package jp.genkan.urlfilter.url;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * Internationalised names in ASCII, close to UTS 46 as browsers use it (non-transitional, without the rules of STD 3): compatibility forms and
 * case are folded by the JDK's tables, the dots of Chinese and Japanese are dots, what cannot be seen is left out, and a label that then is
 * not ASCII becomes {@code xn--} and Punycode. {@link java.net.IDN} knows only the rules of 2003, which write {@code ß} otherwise.
 *
 * <p>Functions of their arguments alone.
 */
final class Idna {
    private static final String PREFIX = "xn--";

    private Idna() {}

    /** The name in ASCII, or null when it can be none. */
    static @Nullable String toAscii(String name) {
        if (name.length() > 2 * HostText.LENGTH_MAX) {
            return null;
        }
        String mapped = map(name);
        if (mapped == null) {
            return null;
        }
        StringBuilder out = new StringBuilder(mapped.length() + 16);
        int begin = 0;
        while (begin <= mapped.length()) {
            int dot = mapped.indexOf('.', begin);
            int end = dot < 0 ? mapped.length() : dot;
            String label = mapped.substring(begin, end);
            if (label.chars().anyMatch(letter -> letter >= 0x80)) {
                out.append(PREFIX).append(Punycode.encode(label.codePoints().toArray()));
            } else {
                out.append(label);
            }
            if (dot >= 0) {
                out.append('.');
            }
            begin = end + 1;
        }
        return out.toString();
    }

    /** The name with its {@code xn--} labels decoded, for people and for words in it. */
    static String toUnicode(String name) {
        if (!name.contains(PREFIX)) {
            return name;
        }
        StringBuilder out = new StringBuilder(name.length());
        for (String label : name.split("\\.", -1)) {
            String decoded = label.startsWith(PREFIX) ? Punycode.decode(label.substring(PREFIX.length())) : null;
            out.append(out.isEmpty() ? "" : ".").append(decoded == null ? label : decoded);
        }
        return out.toString();
    }

    private static @Nullable String map(String name) {
        String folded = fold(name);
        if (folded == null) {
            return null;
        }
        String again = fold(Normalizer.normalize(folded, Normalizer.Form.NFKC));
        return again == null ? null : Normalizer.normalize(again, Normalizer.Form.NFKC);
    }

    private static @Nullable String fold(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (isNoLetter(point)) {
                return null;
            }
            if (point == 0x3002 || point == 0xff0e || point == 0xff61) {
                out.append('.');
            } else if (point == 0x130) {
                out.append("i\u0307");
            } else if (!isIgnored(point)) {
                out.appendCodePoint(Character.toLowerCase(point));
            }
        }
        return out.toString();
    }

    private static boolean isNoLetter(int point) {
        int type = Character.getType(point);
        return point == 0xfffd
                || point > 0x7f && type == Character.CONTROL
                || type == Character.SURROGATE
                || type == Character.PRIVATE_USE;
    }

    /** What UTS 46 maps to nothing. */
    private static boolean isIgnored(int point) {
        return point == 0xad
                || point == 0x34f
                || point >= 0x180b && point <= 0x180f
                || point == 0x200b
                || point == 0x2060
                || point == 0x2064
                || point >= 0xfe00 && point <= 0xfe0f
                || point == 0xfeff
                || point >= 0xe0100 && point <= 0xe01ef;
    }
}
