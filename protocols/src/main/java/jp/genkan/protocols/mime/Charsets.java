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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Text in the character sets that mails use.
 *
 * <p>Thread rule: any thread; the only state remembers what was looked up.
 */
public final class Charsets {
    private static final int ESCAPE = 0x1b;

    /**
     * The names that are looked up. Looking for any other takes the JDK milliseconds, as it searches the whole class path for providers each time: a mail
     * with a thousand made-up names would stop its worker for seconds.
     */
    private static final Set<String> NAMES = Set.of(
            ("utf-8 utf8 unicode-1-1-utf-8 utf-16 utf-16be utf-16le utf-32 utf-32be utf-32le unicode ucs-2 iso-10646-ucs-2 iso-8859-1 iso8859-1"
                            + " iso_8859-1 iso-8859-2 iso8859-2 iso-8859-3 iso-8859-4 iso-8859-5 iso8859-5 iso-8859-6 iso-8859-7 iso8859-7"
                            + " iso-8859-8 iso-8859-8-i iso-8859-9 iso8859-9 iso-8859-13 iso-8859-15 iso8859-15 iso-8859-16 latin1 latin2 latin9 l1"
                            + " windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258"
                            + " windows-874 cp874 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp437 cp850 cp852 cp855 cp858 cp862"
                            + " cp866 ibm437 ibm850 ibm852 ibm855 ibm862 ibm866 koi8-r koi8-u koi8_r tis-620 x-macroman x-maccyrillic macintosh"
                            + " windows-31j x-windows-iso2022jp iso-2022-jp iso-2022-jp-1 iso-2022-jp-2 euc-jp eucjp x-euc-jp euc_jp x-windows-949"
                            + " ms949 cp949 iso-2022-kr johab big5 big5-hkscs x-big5 cp950 ms950 gbk cp936 ms936 gb18030 euc-cn x-euc-cn euc-tw"
                            + " x-euc-tw iso-2022-cn")
                    .split(" "));

    /** What was found, at most an entry a name. */
    private static final Map<String, Optional<Charset>> FOUND = new ConcurrentHashMap<>();

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
    public static String decode(byte[] octets, String charset) {
        Charset named = named(charset.strip(), octets);
        if (named != null) {
            return new String(octets, named);
        }
        Charset jis = isJis(octets) ? found("iso-2022-jp") : null;
        if (jis != null) {
            return new String(octets, jis);
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
        String lower = charset.toLowerCase(Locale.ROOT);
        String name = switch (lower) {
            case "shift_jis", "shift-jis", "sjis", "x-sjis", "cp932", "ms932" -> "windows-31j";
            case "iso-2022-jp", "iso-2022-jp-ms", "cp50220", "cp50221" -> "x-windows-iso2022jp";
            case "ks_c_5601-1987", "euc-kr", "ksc5601" -> "x-windows-949";
            case "gb2312" -> "gbk";
            case "us-ascii", "ascii", "unknown-8bit", "x-unknown", "default" -> "";
            case "utf-16" -> isLittleEndian(octets) ? "utf-16le" : "utf-16";
            default -> lower;
        };
        Charset found = found(name);
        return found == null && name.equals("x-windows-iso2022jp") ? found("iso-2022-jp") : found;
    }

    private static @Nullable Charset found(String name) {
        return NAMES.contains(name)
                ? FOUND.computeIfAbsent(name, Charsets::lookUp).orElse(null)
                : null;
    }

    private static Optional<Charset> lookUp(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    /** UTF-16 without a byte order mark is big-endian by rule, and little-endian where every second octet is zero. */
    private static boolean isLittleEndian(byte[] octets) {
        return octets.length > 1 && octets[0] != 0 && octets[1] == 0;
    }
}
