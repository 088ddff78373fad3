package jp.genkan.ips.keyword.dcerpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.genkan.ips.keyword.number.NumberTest;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import org.jspecify.annotations.Nullable;

/**
 * What {@code dcerpc.opnum} asks: {@code 15}, {@code 12,24,62}, {@code 12,18-24}, {@code >10}. Unlike elsewhere, ranges have their ends.
 *
 * @param ranges any of which has to hold
 * @param compared the comparison where one stands instead of ranges
 */
record OpnumTest(List<Range> ranges, @Nullable NumberTest compared) {
    private static final int OPNUM_MAX = 65_535;

    /** Operations, both ends included. */
    record Range(int first, int last) {}

    OpnumTest {
        ranges = List.copyOf(ranges);
    }

    static OpnumTest parse(RuleOption option) throws RuleException {
        String text = option.unquoted().strip();
        if (!text.isEmpty() && "<>=!".indexOf(text.charAt(0)) >= 0) {
            return new OpnumTest(List.of(), NumberTest.parse(text, Map.of(), option));
        }
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int dash = part.indexOf('-');
            int first = number(dash < 0 ? part : part.substring(0, dash), option);
            int last = dash < 0 ? first : number(part.substring(dash + 1), option);
            if (last < first) {
                throw option.badValue("the range " + part.strip() + " is empty");
            }
            ranges.add(new Range(first, last));
        }
        return new OpnumTest(ranges, null);
    }

    private static int number(String text, RuleOption option) throws RuleException {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= 0 && number <= OPNUM_MAX) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw option.badValue("\"" + text.strip() + "\" is no operation number");
    }

    boolean test(int opnum) {
        if (compared != null) {
            return compared.test(opnum);
        }
        for (Range range : ranges) {
            if (opnum >= range.first() && opnum <= range.last()) {
                return true;
            }
        }
        return false;
    }
}
