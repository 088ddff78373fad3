package jp.genkan.ips.inspect;

/**
 * A number of a rule: given, or taken from a variable that an earlier step has filled.
 *
 * @param constant the number, where there is no variable
 * @param variable number of the variable, or {@link #NONE}
 */
public record Operand(long constant, int variable) {
    /** There is no variable. */
    public static final int NONE = -1;

    /** Zero. */
    public static final Operand ZERO = new Operand(0, NONE);

    /** A given number. */
    public static Operand of(long constant) {
        return new Operand(constant, NONE);
    }

    /** A variable of the rule. */
    public static Operand ofVariable(int variable) {
        return new Operand(0, variable);
    }

    /** Its value now. */
    public long in(Inspection inspection) {
        return variable == NONE ? constant : inspection.local(variable);
    }
}
