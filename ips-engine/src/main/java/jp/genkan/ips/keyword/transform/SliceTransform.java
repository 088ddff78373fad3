package jp.genkan.ips.keyword.transform;

import java.util.Arrays;
import jp.genkan.ips.match.Transform;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;

/** {@code subslice:offset[,nbytes][,truncate]}: a part of the buffer; negative numbers count from its end. An empty part where the numbers lie outside. */
final class SliceTransform {
    private static final long PLACE_MAX = 65_535;

    private SliceTransform() {}

    static Transform parse(RuleOption option) throws RuleException {
        String[] words = option.unquoted().split(",", -1);
        boolean truncate = words.length > 1 && words[words.length - 1].strip().equals("truncate");
        int numbers = truncate ? words.length - 1 : words.length;
        if (numbers < 1 || numbers > 2) {
            throw option.badValue("offset, then nbytes and truncate where they are needed");
        }
        long offset = number(words[0], option);
        boolean limited = numbers == 2;
        long count = limited ? number(words[1], option) : 0;
        String spelling = "subslice:" + offset + (limited ? "," + count : "") + (truncate ? ",truncate" : "");
        return new NamedTransform(spelling, (octets, from, to) -> {
            long length = (long) to - from;
            long begin = offset < 0 ? length + offset : offset;
            long end = !limited ? length : count < 0 ? length + count : begin + count;
            if (truncate) {
                begin = Math.clamp(begin, 0, length);
                end = Math.clamp(end, 0, length);
            }
            boolean inside = begin >= 0 && end <= length && begin < end;
            return inside ? Arrays.copyOfRange(octets, from + (int) begin, from + (int) end) : new byte[0];
        });
    }

    private static long number(String word, RuleOption option) throws RuleException {
        String text = word.strip();
        int space = text.lastIndexOf(' ');
        try {
            long number = Long.decode(space < 0 ? text : text.substring(space + 1));
            if (Math.abs(number) <= PLACE_MAX) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw option.badValue("\"" + text + "\" is no number up to " + PLACE_MAX);
    }
}
