package jp.genkan.av.harmless.form;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import jp.genkan.av.harmless.explain.Explanation;
import org.jspecify.annotations.Nullable;

/** A document that word processors open whatever its name says (RTF 1.9). Stateless. */
final class RtfForm {
    private static final String HEAD =
            "{\\rtf1\\ansi\\ansicpg932\\deff0{\\fonttbl{\\f0\\fnil\\fcharset128 MS Gothic;}}\\f0\\fs22\\uc1 ";

    private RtfForm() {}

    /** A document of this length; null when there is no room for one. */
    static byte @Nullable [] of(Explanation explanation, int length) {
        List<String> texts = explanation.texts();
        for (String text : texts) {
            byte[] document = (HEAD + escape(text)).getBytes(StandardCharsets.US_ASCII);
            if (document.length + 1 <= length) {
                byte[] all = Arrays.copyOf(document, length);
                // line ends mean nothing here
                Arrays.fill(all, document.length, length - 1, (byte) '\n');
                all[length - 1] = '}';
                return all;
            }
        }
        return null;
    }

    private static String escape(String text) {
        StringBuilder rtf = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || c == '{' || c == '}') {
                rtf.append('\\').append(c);
            } else if (c == '\n') {
                rtf.append("\\par\n");
            } else if (c >= 0x7f) {
                rtf.append("\\u").append((short) c).append('?');
            } else if (c >= ' ') {
                rtf.append(c);
            }
        }
        return rtf.toString();
    }
}
