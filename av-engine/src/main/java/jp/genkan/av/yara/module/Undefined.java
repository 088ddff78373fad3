package jp.genkan.av.yara.module;

/**
 * What is not there, as a value of each type: a condition goes on with it as YARA does. An undefined text is null.
 */
public final class Undefined {
    /** As an integer: the number that YARA itself uses, which no file is likely to have. */
    public static final long INTEGER = 0xfffa_bada_faba_daffL;

    /** As a floating point number. */
    public static final double FLOAT = Double.NaN;

    private Undefined() {}

    /** A number that is -1 when it is not there, as {@code Content} tells it. */
    public static long ifNegative(long value) {
        return value < 0 ? INTEGER : value;
    }
}
