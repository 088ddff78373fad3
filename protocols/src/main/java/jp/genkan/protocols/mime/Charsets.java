package jp.genkan.protocols.mime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Text in the character sets that mails use. Stateless. */
final class Charsets {
    private static final int ESCAPE = 0x1b;

    /** For text whose character set nobody says, in this order: the stricter first, what fails is not it. */
    private static final List<Charset> UNDECLARED = known("UTF-8", "EUC-JP", "windows-31j");

    private Charsets() {}

    private static List<Charset> known(String... names) {
        return Arrays.stream(names)
                .filter(Charset::isSupported)
                .map(Charset::forName)
                .toList();
    }

    /**
     * The text of some octets.
     *
     * @param charset as the mail calls it; empty when it says none
     */
    static String decode(byte[] octets, String charset) {
        Charset named = named(charset.strip(), octets);
        if (named != null) {
            return new String(octets, named);
        }
        if (isJis(octets) && Charset.isSupported("ISO-2022-JP")) {
            return new String(octets, Charset.forName("ISO-2022-JP"));
        }
        for (Charset candidate : UNDECLARED) {
            String text = strict(octets, candidate);
            if (text != null) {
                return text;
            }
        }
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static @Nullable String strict(byte[] octets, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException notThisOne) {
            return null;
        }
    }

    /** The text of octets that are a character each. */
    static String decodeRaw(String octets) {
        for (int i = 0; i < octets.length(); i++) {
            if (octets.charAt(i) >= 0x80 || octets.charAt(i) == ESCAPE) {
                return decode(octets.getBytes(StandardCharsets.ISO_8859_1), "");
            }
        }
        return octets;
    }

    private static boolean isJis(byte[] octets) {
        for (int i = 0; i + 2 < octets.length; i++) {
            if (octets[i] == ESCAPE && (octets[i + 1] == '$' || octets[i + 1] == '(')) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Charset named(String charset, byte[] octets) {
        if (charset.isEmpty()) {
            return null;
        }
        String name = switch (charset.toLowerCase(Locale.ROOT)) {
            case "shift_jis", "shift-jis", "sjis", "x-sjis", "cp932", "ms932" -> "windows-31j";
            case "iso-2022-jp", "iso-2022-jp-ms", "cp50220", "cp50221" -> "x-windows-iso2022jp";
            case "ks_c_5601-1987", "euc-kr", "ksc5601" -> "x-windows-949";
            case "gb2312" -> "GBK";
            case "us-ascii", "ascii", "unknown-8bit", "x-unknown", "default" -> "";
            case "utf-16" -> isLittleEndian(octets) ? "UTF-16LE" : "UTF-16";
            default -> charset;
        };
        try {
            return name.isEmpty() ? null : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return name.equals("x-windows-iso2022jp") && Charset.isSupported("ISO-2022-JP")
                    ? Charset.forName("ISO-2022-JP")
                    : null;
        }
    }

    /** UTF-16 without a byte order mark is big-endian by rule, and little-endian where every second octet is zero. */
    private static boolean isLittleEndian(byte[] octets) {
        return octets.length > 1 && octets[0] != 0 && octets[1] == 0;
    }
}
