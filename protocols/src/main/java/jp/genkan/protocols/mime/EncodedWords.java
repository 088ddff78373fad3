package jp.genkan.protocols.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Encoded words in header fields (RFC 2047), read wherever they stand, quotes or not. Stateless. */
public final class EncodedWords {
    /** Most characters that are decoded: what follows stays as it is. */
    public static final int CHARS_MAX = 4096;

    private EncodedWords() {}

    /** Readable text of a field's value, which has a character for each octet. */
    public static String decode(String value) {
        int next = value.indexOf("=?");
        if (next < 0) {
            return Charsets.decodeRaw(value);
        }
        StringBuilder text = new StringBuilder();
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        String charset = "";
        int at = 0;
        while (next >= 0 && next < CHARS_MAX) {
            int charsetEnd = value.indexOf('?', next + 2);
            int codingEnd = charsetEnd < 0 ? -1 : value.indexOf('?', charsetEnd + 1);
            int end = codingEnd < 0 || codingEnd != charsetEnd + 2 ? -1 : value.indexOf("?=", codingEnd + 1);
            if (end < 0) {
                break;
            }
            String between = value.substring(at, next);
            String named = language(value.substring(next + 2, charsetEnd));
            if (at == 0 || !between.isBlank() || !named.equalsIgnoreCase(charset)) {
                text.append(Charsets.decode(octets.toByteArray(), charset));
                octets.reset();
                if (at == 0 || !between.isBlank()) {
                    text.append(Charsets.decodeRaw(between));
                }
            }
            charset = named;
            word(value.charAt(charsetEnd + 1), value.substring(codingEnd + 1, end), octets);
            at = end + 2;
            next = value.indexOf("=?", at);
        }
        text.append(Charsets.decode(octets.toByteArray(), charset));
        text.append(Charsets.decodeRaw(value.substring(at)));
        return text.toString();
    }

    /** RFC 2231 §5 lets a language stand behind the character set. */
    private static String language(String charset) {
        int star = charset.indexOf('*');
        return star < 0 ? charset : charset.substring(0, star);
    }

    private static void word(char coding, String text, ByteArrayOutputStream out) {
        if (coding == 'b' || coding == 'B') {
            byte[] encoded = text.getBytes(StandardCharsets.ISO_8859_1);
            Base64Decoder decoder = new Base64Decoder();
            BodyDecoder.Sink sink = (octets, from, to) -> out.write(octets, from, to - from);
            decoder.decode(encoded, 0, encoded.length, sink);
            decoder.end(sink);
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '=' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(c == '_' ? ' ' : c);
            }
        }
    }
}
