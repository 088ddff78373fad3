package jp.genkan.av.yara.condition;

import java.util.List;

/**
 * The conditions of all rules as code.
 *
 * <p>Thread rule: immutable.
 *
 * @param conditions by rule
 * @param slots of the rule whose loops have the most variables
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never handed out of the package but for evaluations
public record CompiledConditions(Code.OfInteger[] conditions, int slots) {
    /** Compiles all. */
    public static CompiledConditions of(List<Rule> rules) {
        Code.OfInteger[] conditions = new Code.OfInteger[rules.size()];
        int slots = 0;
        for (int i = 0; i < conditions.length; i++) {
            conditions[i] = CodeCompiler.condition(rules.get(i).condition());
            slots = Math.max(slots, rules.get(i).slots());
        }
        return new CompiledConditions(conditions, slots);
    }
}
