package jp.genkan.av.yara.condition;

import jp.genkan.av.yara.module.Undefined;

/**
 * Operators of numbers.
 *
 * <p>Thread rule: no state.
 */
final class Integers {
    /** Two floating point numbers closer than this are equal, as in YARA. */
    private static final double EPSILON = Math.ulp(1.0);

    private Integers() {}

    static long apply(Term.BinaryOperator operator, long a, long b) {
        return switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> b == 0 || b == -1 && a == Long.MIN_VALUE ? Undefined.INTEGER : a / b;
            case MODULO -> b == 0 || b == -1 && a == Long.MIN_VALUE ? Undefined.INTEGER : a % b;
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case SHIFT_LEFT -> b < 0 ? Undefined.INTEGER : b > 63 ? 0 : a << b;
            case SHIFT_RIGHT -> b < 0 ? Undefined.INTEGER : b > 63 ? 0 : a >> b;
            case EQUAL -> a == b ? 1 : 0;
            case NOT_EQUAL -> a != b ? 1 : 0;
            case LESS -> a < b ? 1 : 0;
            case LESS_OR_EQUAL -> a <= b ? 1 : 0;
            case GREATER -> a > b ? 1 : 0;
            case GREATER_OR_EQUAL -> a >= b ? 1 : 0;
            default -> throw new IllegalStateException("no operator of integers: " + operator);
        };
    }

    static boolean compare(Term.BinaryOperator operator, double a, double b) {
        return switch (operator) {
            case EQUAL -> Math.abs(a - b) < EPSILON;
            case NOT_EQUAL -> Math.abs(a - b) >= EPSILON;
            case LESS -> a < b;
            case LESS_OR_EQUAL -> a <= b;
            case GREATER -> a > b;
            case GREATER_OR_EQUAL -> a >= b;
            default -> throw new IllegalStateException("no comparison of floats: " + operator);
        };
    }
}
