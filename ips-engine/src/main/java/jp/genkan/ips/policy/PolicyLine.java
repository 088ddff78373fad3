package jp.genkan.ips.policy;

import java.util.List;
import jp.genkan.ips.signature.Signature;

/**
 * One line of a policy: an answer for the rules that meet all of its conditions.
 *
 * @param line where it stands, from 1
 * @param answer what becomes of these rules
 * @param grade how grave their matches are, 1 to 3; 0 where {@code answer} is {@link Answer#OFF}
 * @param everySeconds most one event of a rule in so many seconds for each source; 0 for no bound
 * @param conditions all of which have to hold
 */
record PolicyLine(int line, Answer answer, int grade, int everySeconds, List<Condition> conditions) {
    PolicyLine {
        conditions = List.copyOf(conditions);
        if (line < 1 || everySeconds < 0 || grade < 0 || grade > Signature.GRADE_MAX) {
            throw new IllegalArgumentException("line " + line + ", grade " + grade + ", every " + everySeconds);
        }
        if ((answer == Answer.OFF) != (grade == 0)) {
            throw new IllegalArgumentException(answer + " with the grade " + grade);
        }
    }

    /** Something that a rule is or is not. */
    @FunctionalInterface
    interface Condition {
        /** Does it hold for this rule? */
        boolean holds(Signature signature);
    }

    boolean covers(Signature signature) {
        for (Condition condition : conditions) {
            if (!condition.holds(signature)) {
                return false;
            }
        }
        return true;
    }
}
