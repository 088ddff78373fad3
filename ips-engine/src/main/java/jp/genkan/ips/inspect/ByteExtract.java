package jp.genkan.ips.inspect;

/** Fills a variable of the rule from a number in the buffer, with a calculation where the rule asks for one: {@code byte_extract}, {@code byte_math}. */
public final class ByteExtract extends Step {
    private final ByteField field;
    private final int variable;
    private final Calculation calculation;

    /** What is done with the number. */
    public enum Operator {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        SHIFT_LEFT,
        SHIFT_RIGHT
    }

    /**
     * A calculation.
     *
     * @param right the right-hand side
     * @param alignment the result is rounded up to a multiple of this; 1 for none
     */
    public record Calculation(Operator operator, Operand right, int alignment) {}

    /** An extraction into this variable. */
    public ByteExtract(ByteField field, int variable, Calculation calculation) {
        this.field = field;
        this.variable = variable;
        this.calculation = calculation;
    }

    @Override
    public boolean isRelative() {
        return field.relative();
    }

    @Override
    protected boolean match(Inspection in, int index) {
        long number = field.read(in);
        if (number == ByteField.NONE) {
            return false;
        }
        long right = calculation.right().in(in);
        if (right == 0 && calculation.operator() == Operator.DIVIDE) {
            return false;
        }
        long result = switch (calculation.operator()) {
            case ADD -> number + right;
            case SUBTRACT -> number - right;
            case MULTIPLY -> number * right;
            case DIVIDE -> Long.divideUnsigned(number, right);
            case SHIFT_LEFT -> right < Long.SIZE ? number << right : 0;
            case SHIFT_RIGHT -> right < Long.SIZE ? number >>> right : 0;
        };
        long over = Long.remainderUnsigned(result, calculation.alignment());
        in.local(variable, over == 0 ? result : result + calculation.alignment() - over);
        int kept = in.at();
        in.at((int) (field.begin(in) + field.count().in(in)));
        if (in.rest(index)) {
            return true;
        }
        in.at(kept);
        return false;
    }
}
