package jp.genkan.av.pattern;

/**
 * One way to write a unit, and how a place where one of its literals was found is verified.
 *
 * <p>Thread rule: immutable.
 */
sealed interface Form {
    /** Whether no letter or digit may stand around it, each followed by a zero if wide. */
    Words words();

    /** What may stand around a match. */
    enum Words {
        ANYTHING,
        NO_WORD,
        NO_WIDE_WORD
    }

    /** The literal is all of it. */
    record Exact(Words words) implements Form {}

    /**
     * A set for each octet.
     *
     * @param before octets before the literal
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, never handed out of the package
    record Masked(OctetSet[] sets, int before, Words words) implements Form {}

    /**
     * Expressions.
     *
     * @param forward from the literal's first octet on
     * @param backward what stands before it, read backwards; it has one instruction when nothing does
     */
    record Expressed(Program forward, Program backward, Words words) implements Form {}
}
