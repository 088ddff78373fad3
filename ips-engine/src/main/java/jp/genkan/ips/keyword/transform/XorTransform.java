package jp.genkan.ips.keyword.transform;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import jp.genkan.ips.match.Transform;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;

/**
 * {@code xor:"0d0ac8ff"} with a key in the rule; {@code xor:offset 4, extract 4 0} with a key of so many octets that lies at a place of the buffer itself. What lies
 * before the offset stays as it is.
 */
final class XorTransform {
    private static final int KEY_MAX = 255; // Suricata's bound
    private static final int PLACE_MAX = 65_535;
    private static final Set<String> WORDS = new TreeSet<>(Set.of("offset", "extract"));

    private XorTransform() {}

    static Transform parse(RuleOption option) throws RuleException {
        String text = option.unquoted().strip();
        return text.startsWith("offset") || text.startsWith("extract") ? extracted(option) : given(text, option);
    }

    private static Transform given(String text, RuleOption option) throws RuleException {
        byte[] key;
        try {
            key = HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException notHexadecimal) {
            throw option.badValue("the key has to be hexadecimal, two digits an octet");
        }
        if (key.length == 0 || key.length > KEY_MAX) {
            throw option.badValue("the key has to have 1 to " + KEY_MAX + " octets");
        }
        return new NamedTransform(
                "xor:" + HexFormat.of().formatHex(key), (octets, from, to) -> apply(octets, from, to, 0, key));
    }

    private static Transform extracted(RuleOption option) throws RuleException {
        Words words = Words.read(option, WORDS);
        int offset = (int) words.number("offset", 0, 0, PLACE_MAX);
        String extract = words.text("extract");
        String[] numbers = extract == null ? new String[0] : extract.split("\\s+");
        if (numbers.length != 2) {
            throw option.badValue("extract has to say how many octets and where: extract 4 0");
        }
        int length = (int) words.number("extract", numbers[0], 1, KEY_MAX);
        int place = (int) words.number("extract", numbers[1], 0, PLACE_MAX);
        String spelling = "xor:offset " + offset + ",extract " + length + " " + place;
        return new NamedTransform(spelling, (octets, from, to) -> {
            if (place + length > to - from) {
                return null;
            }
            byte[] key = Arrays.copyOfRange(octets, from + place, from + place + length);
            return apply(octets, from, to, offset, key);
        });
    }

    private static byte[] apply(byte[] octets, int from, int to, int offset, byte[] key) {
        byte[] out = Arrays.copyOfRange(octets, from, to);
        int next = 0;
        for (int i = offset; i < out.length; i++) {
            out[i] ^= key[next];
            next = next + 1 == key.length ? 0 : next + 1;
        }
        return out;
    }
}
