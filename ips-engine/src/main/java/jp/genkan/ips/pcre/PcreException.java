package jp.genkan.ips.pcre;

/** An expression of a rule, or the option that carries it, cannot be used. */
public final class PcreException extends Exception {
    private static final long serialVersionUID = 1;

    private final int offset;

    /**
     * A refusal.
     *
     * @param message what is wrong
     * @param offset index of the character where it was noticed, in the text that was given
     */
    public PcreException(String message, int offset) {
        super(message);
        this.offset = offset;
    }

    /** Index of the character where it was noticed, from 0, in the text that was given. */
    public int offset() {
        return offset;
    }

    /** What is wrong. */
    public String reason() {
        String message = getMessage();
        return message == null ? "the expression cannot be used" : message;
    }
}
