package jp.genkan.ips.rule;

import org.jspecify.annotations.Nullable;

/** A rule cannot be used. */
public final class RuleException extends Exception {
    private static final long serialVersionUID = 1;

    private final RuleCode code;
    private final int column;
    private final @Nullable String hint;

    /**
     * A refusal.
     *
     * @param column where in the rule's line, from 1; 0 when it concerns the whole rule
     * @param reason what is wrong
     */
    public RuleException(RuleCode code, int column, String reason) {
        this(code, column, reason, null);
    }

    /**
     * A refusal with a suggestion.
     *
     * @param hint the nearest right spelling; null when there is none
     */
    public RuleException(RuleCode code, int column, String reason, @Nullable String hint) {
        super(reason);
        this.code = code;
        this.column = column;
        this.hint = hint;
    }

    public RuleCode code() {
        return code;
    }

    public int column() {
        return column;
    }

    public @Nullable String hint() {
        return hint;
    }

    /** What is wrong. */
    public String reason() {
        String message = getMessage();
        return message == null ? code.name() : message;
    }
}
