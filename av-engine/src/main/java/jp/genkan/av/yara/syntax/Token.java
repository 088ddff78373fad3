package jp.genkan.av.yara.syntax;

/**
 * One token.
 *
 * @param text of a name, of a symbol; the octets of a text, Latin-1; of a regular expression what stands between the slashes
 * @param number of an integer; of a regular expression its flags
 */
record Token(Kind kind, String text, long number, double real, int line, int column) {
    /** The flag i of a regular expression. */
    static final int CASELESS = 1;

    /** The flag s. */
    static final int DOT_ALL = 2;

    enum Kind {
        /** A name or keyword. */
        NAME,
        /** {@code $a}, {@code $a*}, {@code $}. */
        STRING_NAME,
        /** {@code #a}. */
        COUNT,
        /** {@code @a}. */
        OFFSET,
        /** {@code !a}. */
        LENGTH,
        INTEGER,
        REAL,
        TEXT,
        REGEX,
        /** An operator or bracket. */
        SYMBOL,
        END
    }

    boolean is(String symbolOrKeyword) {
        return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbolOrKeyword);
    }

    /** As an error message names it. */
    String describe() {
        return kind == Kind.END ? "end of file" : kind == Kind.TEXT ? "a text" : "\"" + text + "\"";
    }
}
