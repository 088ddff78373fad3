package jp.genkan.ips.keyword.packet;

import org.jspecify.annotations.Nullable;

/**
 * What a rule asks of a set of flags.
 *
 * @param wanted the flags that the rule names
 * @param seen the flags that are looked at
 */
record BitTest(Mode mode, int wanted, int seen) {
    /** How the flags are compared. */
    enum Mode {
        /** These and no others. */
        EXACT,
        /** These, and maybe others: {@code +}. */
        ALL,
        /** One of these at least: {@code *}. */
        ANY,
        /** Not all of these: {@code !}. */
        NOT;

        /** What a sign stands for; null when it is none. */
        static @Nullable Mode of(char sign) {
            return switch (sign) {
                case '+' -> ALL;
                case '*' -> ANY;
                case '!' -> NOT;
                case '=' -> EXACT;
                default -> null;
            };
        }
    }

    /** Do these flags pass? */
    boolean test(int flags) {
        int bits = flags & seen;
        return switch (mode) {
            case EXACT -> bits == wanted;
            case ALL -> (bits & wanted) == wanted;
            case ANY -> (bits & wanted) != 0;
            case NOT -> (bits & wanted) != wanted;
        };
    }
}
