package jp.genkan.av.yara.syntax;

/** A rule file is wrong. */
public final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    public SyntaxException(int line, int column, String message) {
        super(message);
        this.line = line;
        this.column = column;
    }

    /** From 1. */
    public int line() {
        return line;
    }

    /** From 1, in octets. */
    public int column() {
        return column;
    }
}
