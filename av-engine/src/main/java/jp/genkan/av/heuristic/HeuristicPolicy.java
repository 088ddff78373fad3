package jp.genkan.av.heuristic;

import java.util.EnumMap;
import java.util.Map;

/**
 * Which grade each heuristic has.
 *
 * <p>Thread rule: immutable.
 *
 * @param grades all of them
 */
public record HeuristicPolicy(Map<Heuristic, Heuristic.Grade> grades) {
    public HeuristicPolicy {
        Map<Heuristic, Heuristic.Grade> all = new EnumMap<>(Heuristic.class);
        for (Heuristic heuristic : Heuristic.values()) {
            all.put(heuristic, grades.getOrDefault(heuristic, heuristic.grade()));
        }
        grades = Map.copyOf(all);
    }

    /** Every heuristic with its own grade. */
    public static HeuristicPolicy defaults() {
        return new HeuristicPolicy(Map.of());
    }

    /** The grade of one. */
    public Heuristic.Grade grade(Heuristic heuristic) {
        return grades.getOrDefault(heuristic, heuristic.grade());
    }
}
