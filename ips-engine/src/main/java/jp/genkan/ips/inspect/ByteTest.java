package jp.genkan.ips.inspect;

/** Compares a number in the buffer: {@code byte_test}. The place of the last match stays. */
public final class ByteTest extends Step {
    private final ByteField field;
    private final Comparison comparison;
    private final boolean negated;
    private final Operand value;

    /** How it is compared; numbers are unsigned. */
    public enum Comparison {
        LESS,
        LESS_OR_EQUAL,
        EQUAL,
        GREATER_OR_EQUAL,
        GREATER,
        /** A bit of the value is set. */
        AND,
        /** A bit differs. */
        XOR
    }

    /** A comparison. */
    public ByteTest(ByteField field, Comparison comparison, boolean negated, Operand value) {
        this.field = field;
        this.comparison = comparison;
        this.negated = negated;
        this.value = value;
    }

    @Override
    public boolean isRelative() {
        return field.relative();
    }

    @Override
    protected boolean match(Inspection in, int index) {
        long number = field.read(in);
        return number != ByteField.NONE && holds(number, value.in(in)) != negated && in.rest(index);
    }

    private boolean holds(long number, long other) {
        return switch (comparison) {
            case LESS -> Long.compareUnsigned(number, other) < 0;
            case LESS_OR_EQUAL -> Long.compareUnsigned(number, other) <= 0;
            case EQUAL -> number == other;
            case GREATER_OR_EQUAL -> Long.compareUnsigned(number, other) >= 0;
            case GREATER -> Long.compareUnsigned(number, other) > 0;
            case AND -> (number & other) != 0;
            case XOR -> (number ^ other) != 0;
        };
    }
}
