package jp.genkan.ips.rule;

import org.jspecify.annotations.Nullable;

/**
 * One option of a rule: {@code name:value;} or {@code name;}.
 *
 * @param name as written, in lower case
 * @param value as written, without outer white space, quotes and backslashes kept; null when there is none
 * @param column of the name's first character in its line, from 1
 * @param valueColumn of the value's first character; {@code column} when there is none
 */
public record RuleOption(String name, @Nullable String value, int column, int valueColumn) {
    /** The value of an option that has to have one. */
    public String needValue() throws RuleException {
        if (value == null || value.isEmpty()) {
            throw new RuleException(RuleCode.MISSING_VALUE, column, name + " needs a value");
        }
        return value;
    }

    /** Refuses a value where none belongs. */
    public void refuseValue() throws RuleException {
        if (value != null && !value.isEmpty()) {
            throw new RuleException(RuleCode.UNEXPECTED_VALUE, valueColumn, name + " takes no value");
        }
    }

    /** The value without surrounding quotes, where it has them. */
    public String unquoted() throws RuleException {
        String text = needValue();
        boolean quoted = text.length() >= 2 && text.charAt(0) == '"' && text.charAt(text.length() - 1) == '"';
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** A problem with the value. */
    public RuleException badValue(String reason) {
        return new RuleException(RuleCode.BAD_VALUE, valueColumn, name + ": " + reason);
    }
}
