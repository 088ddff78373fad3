package jp.genkan.ips.keyword.payload;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;

/** Literals as rules spell them: {@code abc|0d 0a|def}, with backslashes before {@code " ; : \}. */
public final class ContentText {
    private static final int HEXADECIMAL = 16;

    private ContentText() {}

    /** The octets of a literal without its quotes. */
    public static byte[] octets(String text, RuleOption option) throws RuleException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        boolean hex = false;
        int high = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '|') {
                if (high >= 0) {
                    throw option.badValue("a hexadecimal octet between | has only one digit");
                }
                hex = !hex;
            } else if (hex) {
                high = hexadecimal(c, high, out, option);
            } else if (c == '\\') {
                i++;
                escaped(text, i, out, option);
            } else if (c == '"') {
                throw option.badValue("a quote inside has to be written \\\"");
            } else {
                i += literal(text, i, out);
            }
        }
        if (hex) {
            throw option.badValue("a | is missing behind the hexadecimal octets");
        }
        return out.toByteArray();
    }

    private static int hexadecimal(char c, int high, ByteArrayOutputStream out, RuleOption option)
            throws RuleException {
        if (c == ' ') {
            return high;
        }
        int digit = Character.digit(c, HEXADECIMAL);
        if (digit < 0) {
            throw option.badValue("'" + c + "' is no hexadecimal digit");
        }
        if (high < 0) {
            return digit;
        }
        out.write(high << 4 | digit);
        return -1;
    }

    private static void escaped(String text, int at, ByteArrayOutputStream out, RuleOption option)
            throws RuleException {
        if (at == text.length() || "\\\";:|".indexOf(text.charAt(at)) < 0) {
            throw option.badValue("a backslash stands only before one of \\ \" ; :");
        }
        out.write(text.charAt(at));
    }

    /** Writes the character at this place; returns how many further ones belong to it. */
    private static int literal(String text, int at, ByteArrayOutputStream out) {
        int point = text.codePointAt(at);
        out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
        return Character.charCount(point) - 1;
    }
}
