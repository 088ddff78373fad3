package jp.genkan.ips.threshold;

import java.util.EnumMap;
import java.util.Map;
import jp.genkan.ips.rule.RuleAction;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a match. One object for each possibility, so that deciding allocates nothing.
 *
 * @param outcome event, action, or nothing
 * @param newAction what is done instead of the rule's own action; null where that stands
 */
public record Decision(Outcome outcome, @Nullable RuleAction newAction) {
    /** The event is written, and the action is done. */
    public static final Decision ALERT = new Decision(Outcome.ALERT, null);

    /** The action is done without an event. */
    public static final Decision SILENT = new Decision(Outcome.SILENT, null);

    /** Nothing happens. */
    public static final Decision NO_MATCH = new Decision(Outcome.NO_MATCH, null);

    private static final Map<RuleAction, Decision> CHANGED = new EnumMap<>(RuleAction.class);

    static {
        for (RuleAction action : RuleAction.values()) {
            CHANGED.put(action, new Decision(Outcome.ALERT, action));
        }
    }

    /** What happens. */
    public enum Outcome {
        /** Event and action. */
        ALERT,
        /** The action only. */
        SILENT,
        /** Neither. */
        NO_MATCH
    }

    /** An event, with another action than the rule's. */
    public static Decision changed(RuleAction newAction) {
        Decision decision = CHANGED.get(newAction);
        return decision == null ? ALERT : decision;
    }
}
