package jp.genkan.av.unpack.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Names of members. Archives seldom say how names are coded: what is UTF-8 is read as UTF-8, what else is Shift_JIS as Windows in Japan writes it
 * as that, and all else as Latin-1, which loses nothing.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class Names {
    private static final Charset WINDOWS_31J = Charset.forName("windows-31j");

    /** Longer names are cut: no file system has them. */
    public static final int LENGTH_MAX = 4096;

    private Names() {}

    /** Decodes a name; null when it is empty. It ends at its first zero octet. */
    public static @Nullable String decode(byte[] octets) {
        int length = 0;
        while (length < octets.length && length < LENGTH_MAX && octets[length] != 0) {
            length++;
        }
        if (length == 0) {
            return null;
        }
        ByteBuffer name = ByteBuffer.wrap(octets, 0, length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(name.duplicate()).toString();
        } catch (CharacterCodingException notUtf8) {
            try {
                return WINDOWS_31J.newDecoder().decode(name.duplicate()).toString();
            } catch (CharacterCodingException notShiftJis) {
                return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
            }
        }
    }

    /** UTF-16, lower octet first; null when it is empty. */
    public static @Nullable String utf16(byte[] octets) {
        String name = new String(octets, 0, Math.min(octets.length, LENGTH_MAX) & ~1, StandardCharsets.UTF_16LE);
        int end = name.indexOf(0);
        name = end < 0 ? name : name.substring(0, end);
        return name.isEmpty() ? null : name;
    }

    /** A packed file's name without its ending; null when it has no name. */
    public static @Nullable String without(@Nullable String name, String... endings) {
        if (name == null) {
            return null;
        }
        for (String ending : endings) {
            if (name.length() > ending.length()
                    && name.regionMatches(true, name.length() - ending.length(), ending, 0, ending.length())) {
                return name.substring(0, name.length() - ending.length());
            }
        }
        return name;
    }
}
