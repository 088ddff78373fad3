package jp.genkan.av.pattern;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A regular expression over a text, as YARA's operator {@code matches} and the functions of modules use it.
 *
 * <p>Thread rule: immutable, any thread.
 */
public final class Regex {
    private final Expression expression;
    private final Program program;

    /**
     * Compiles one; caseless and dot-all were settled when it was parsed.
     *
     * @throws IllegalArgumentException when it is too large
     */
    public Regex(Expression expression) {
        this.expression = expression;
        Expression anywhere = new Expression.Repeat(new Expression.OneOf(OctetSet.ANY), 0, Expression.UNBOUNDED, true);
        program = ProgramCompiler.compile(List.of(anywhere, expression), false, false);
    }

    /** True when it matches anywhere in a text whose characters are octets. */
    public boolean matches(String latin) {
        Machine machine = new Machine();
        machine.begin(MemorySegment.ofArray(latin.getBytes(StandardCharsets.ISO_8859_1)));
        return machine.forward(program, 0, latin.length()) >= 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Regex regex && expression.equals(regex.expression);
    }

    @Override
    public int hashCode() {
        return expression.hashCode();
    }
}
