package jp.genkan.ips.keyword.transform;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import org.jspecify.annotations.Nullable;

/** The value of an option that lists names with values: {@code offset 6, mode strict}. Thread rule: one rule's compilation. */
final class Words {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final RuleOption option;

    private Words(RuleOption option) {
        this.option = option;
    }

    /** Reads the list; each name may stand there once. */
    static Words read(RuleOption option, Set<String> known) throws RuleException {
        Words words = new Words(option);
        String value = option.value();
        if (value == null || value.isBlank()) {
            return words;
        }
        for (String part : option.unquoted().split(",", -1)) {
            String text = part.strip();
            int end = 0;
            while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && text.charAt(end) != ':') {
                end++;
            }
            String name = text.substring(0, end);
            String rest = end == text.length() ? "" : text.substring(end + 1).strip();
            if (!known.contains(name)) {
                throw option.badValue("\"" + name + "\" is not known: " + String.join(", ", known));
            }
            if (words.values.putIfAbsent(name, rest) != null) {
                throw option.badValue(name + " stands there twice");
            }
        }
        return words;
    }

    /** The value of a name, null when it is not there. */
    @Nullable
    String text(String name) {
        return values.get(name);
    }

    /** The number behind a name, within bounds; the alternative when it is not there. */
    long number(String name, long alternative, long least, long most) throws RuleException {
        String text = values.get(name);
        return text == null ? alternative : number(name, text, least, most);
    }

    long number(String name, String text, long least, long most) throws RuleException {
        try {
            long number = Long.decode(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw option.badValue(name + " has to be a number from " + least + " to " + most);
    }
}
