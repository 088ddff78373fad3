package jp.genkan.ips.pcre;

/**
 * What becomes of one captured group.
 *
 * @param scope what remembers it
 * @param role what it is
 * @param name of the variable; {@code key} and {@code value} for the two halves of a pair
 * @param group of the expression, from 1
 */
public record CaptureVariable(Scope scope, Role role, String name, int group) {
    public CaptureVariable {
        if (name.isEmpty() || group < 1) {
            throw new IllegalArgumentException("variable '" + name + "' of group " + group);
        }
    }

    /** What remembers a captured group. */
    public enum Scope {
        /** The flow, for rules that look at its later packets. */
        FLOW("flow"),
        /** The packet. */
        PACKET("pkt"),
        /** The event of this rule. */
        ALERT("alert");

        private final String word;

        Scope(String word) {
            this.word = word;
        }

        /** As a rule spells it. */
        public String word() {
            return word;
        }
    }

    /** What a captured group is. */
    public enum Role {
        /** The value of the variable that the rule names. */
        NAMED,
        /** The name of a variable; the next group is its value. */
        KEY,
        /** The value of the variable that the group before has named. */
        VALUE
    }
}
