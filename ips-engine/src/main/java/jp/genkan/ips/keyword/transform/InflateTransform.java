package jp.genkan.ips.keyword.transform;

import java.util.Arrays;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import jp.genkan.ips.match.Transform;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import org.jspecify.annotations.Nullable;

/** {@code gunzip} and {@code zlib_deflate}: unpacks up to {@code max-size} octets. What is broken counts as far as it could be unpacked. */
final class InflateTransform {
    /** Most that a rule may ask for: Suricata's bound. */
    private static final int SIZE_MAX = 16 << 20;

    private static final int SIZE_DEFAULT = 1024;
    private static final int GZIP_HEADER = 10; // RFC 1952 §2.3
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final String[] UNITS = {"kib", "kb", "mib", "mb"};

    private InflateTransform() {}

    static Transform parse(RuleOption option, boolean gzip) throws RuleException {
        Words words = Words.read(option, Set.of("max-size"));
        String text = words.text("max-size");
        int size = text == null ? SIZE_DEFAULT : size(text, words);
        return new NamedTransform(
                (gzip ? "gunzip:" : "zlib_deflate:") + size,
                (octets, from, to) -> inflate(octets, from, to, size, gzip));
    }

    private static int size(String text, Words words) throws RuleException {
        String lower = new String(
                TextChanges.lower(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), 0, text.length()),
                java.nio.charset.StandardCharsets.ISO_8859_1);
        for (int i = 0; i < UNITS.length; i++) {
            if (lower.endsWith(UNITS[i])) {
                int shift = i < 2 ? 10 : 20;
                String digits =
                        lower.substring(0, lower.length() - UNITS[i].length()).strip();
                return (int) words.number("max-size", digits, 1, SIZE_MAX >> shift) << shift;
            }
        }
        return (int) words.number("max-size", lower, 1, SIZE_MAX);
    }

    private static byte @Nullable [] inflate(byte[] octets, int from, int to, int size, boolean gzip) {
        int begin = gzip ? behindGzipHeader(octets, from, to) : from;
        if (begin < 0 || begin >= to) {
            return null;
        }
        byte[] out = new byte[Math.min(size, Math.max(SIZE_DEFAULT, (to - from) * 4))];
        int length = 0;
        try (Inflater inflater = new Inflater(gzip)) {
            inflater.setInput(octets, begin, to - begin);
            while (length < size) {
                if (length == out.length) {
                    out = Arrays.copyOf(out, Math.min(size, out.length * 2));
                }
                int step = inflater.inflate(out, length, out.length - length);
                if (step == 0) {
                    break; // the end, too little input, or a dictionary that is not there
                }
                length += step;
            }
        } catch (DataFormatException broken) {
            // what came out before counts
        }
        return length == 0 ? null : Arrays.copyOf(out, length);
    }

    private static int behindGzipHeader(byte[] octets, int from, int to) {
        if (to - from < GZIP_HEADER
                || octets[from] != 0x1f
                || octets[from + 1] != (byte) 0x8b
                || octets[from + 2] != 8) {
            return -1;
        }
        int flags = octets[from + 3];
        int at = from + GZIP_HEADER;
        if ((flags & EXTRA) != 0) {
            if (at + 2 > to) {
                return -1;
            }
            at += 2 + (octets[at] & 0xff | (octets[at + 1] & 0xff) << 8);
        }
        if ((flags & NAME) != 0) {
            at = behindZero(octets, at, to);
        }
        if ((flags & COMMENT) != 0) {
            at = behindZero(octets, at, to);
        }
        return (flags & HEADER_CRC) != 0 ? at + HEADER_CRC : at;
    }

    private static int behindZero(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && octets[at] != 0) {
            at++;
        }
        return at + 1;
    }
}
