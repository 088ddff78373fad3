package jp.genkan.ips.keyword.field;

import java.util.Locale;
import java.util.Map;
import jp.genkan.ips.keyword.number.NumberTest;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import org.jspecify.annotations.Nullable;

/**
 * What a rule asks of an octet of flags: {@code retain,!dup}, or a number test.
 *
 * @param mask the flags that matter
 * @param wanted those of them that have to be set
 * @param number the number test where one stands; the other two do not count then
 */
public record FlagsTest(long mask, long wanted, @Nullable NumberTest number) {
    /**
     * Reads the value of an option.
     *
     * @param names of the flags, in lower case
     */
    public static FlagsTest parse(RuleOption option, Map<String, Long> names) throws RuleException {
        String text = option.unquoted().strip();
        if (!hasName(text, names)) {
            return new FlagsTest(0, 0, NumberTest.parse(text, Map.of(), option));
        }
        long mask = 0;
        long wanted = 0;
        for (String each : text.split(",", -1)) {
            String word = each.strip();
            boolean not = word.startsWith("!");
            Long bit = names.get((not ? word.substring(1).strip() : word).toLowerCase(Locale.ROOT));
            if (bit == null) {
                throw option.badValue("\"" + word + "\" is no flag; there are " + String.join(", ", names.keySet()));
            }
            if ((mask & bit) != 0) {
                throw option.badValue("\"" + word + "\" stands there twice");
            }
            mask |= bit;
            wanted |= not ? 0 : bit;
        }
        return new FlagsTest(mask, wanted, null);
    }

    private static boolean hasName(String text, Map<String, Long> names) {
        int at = 0;
        while (at < text.length() && (text.charAt(at) == '!' || text.charAt(at) == ' ')) {
            at++;
        }
        return at < text.length() && (Character.isLetter(text.charAt(at)) || names.containsKey(text));
    }

    /** Do the flags pass? */
    public boolean test(long flags) {
        return number != null ? number.test(flags) : (flags & mask) == wanted;
    }
}
