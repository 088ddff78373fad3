package jp.genkan.ips.keyword.transform;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import jp.genkan.ips.match.Transform;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import org.jspecify.annotations.Nullable;

/** {@code from_base64: bytes 12, offset 6, mode rfc2045}. What comes out is never longer than what goes in. */
final class Base64Transform {
    private static final int PLACE_MAX = 65_535; // Suricata's bound on offset and bytes
    private static final Set<String> WORDS = new TreeSet<>(Set.of("bytes", "offset", "mode"));
    private static final int ALPHABET = 256;
    private static final byte[] DIGITS = new byte[ALPHABET];

    static {
        Arrays.fill(DIGITS, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            DIGITS[alphabet.charAt(i)] = (byte) i;
        }
    }

    /** What becomes of octets that are no Base64. */
    enum Mode {
        /** They end it; what came before counts. */
        RFC4648,
        /** They are passed over. */
        RFC2045,
        /** There is no result. */
        STRICT
    }

    private Base64Transform() {}

    static Transform parse(RuleOption option) throws RuleException {
        Words words = Words.read(option, WORDS);
        int bytes = (int) words.number("bytes", 0, 1, PLACE_MAX);
        int offset = (int) words.number("offset", 0, 0, PLACE_MAX);
        Mode mode = mode(words.text("mode"), option);
        String spelling = "from_base64:bytes " + bytes + ",offset " + offset + ",mode " + mode;
        return new NamedTransform(spelling, (octets, from, to) -> {
            if (from + offset >= to) {
                return null;
            }
            int begin = from + offset;
            return decode(octets, begin, bytes == 0 ? to : Math.min(to, begin + bytes), mode);
        });
    }

    private static Mode mode(@Nullable String text, RuleOption option) throws RuleException {
        if (text == null) {
            return Mode.RFC4648;
        }
        for (Mode mode : Mode.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(text)) {
                return mode;
            }
        }
        throw option.badValue("mode has to be rfc4648, rfc2045 or strict");
    }

    static byte @Nullable [] decode(byte[] octets, int from, int to, Mode mode) {
        byte[] out = new byte[(to - from) / 4 * 3 + 3];
        int length = 0;
        int bits = 0;
        int held = 0;
        int digits = 0;
        int end = mode == Mode.STRICT ? withoutPadding(octets, from, to) : to;
        for (int at = from; at < end; at++) {
            int digit = DIGITS[octets[at] & 0xff];
            if (digit < 0) {
                if (mode == Mode.RFC2045) {
                    continue;
                }
                if (mode == Mode.STRICT) {
                    return null;
                }
                break;
            }
            digits++;
            held = held << 6 | digit;
            bits += 6;
            if (bits >= 8) {
                bits -= 8;
                out[length++] = (byte) (held >>> bits);
            }
        }
        boolean broken = mode == Mode.STRICT && digits % 4 == 1;
        return length == 0 || broken ? null : Arrays.copyOf(out, length);
    }

    private static int withoutPadding(byte[] octets, int from, int to) {
        int end = to;
        while (end > from && to - end < 2 && octets[end - 1] == '=') {
            end--;
        }
        return end;
    }
}
