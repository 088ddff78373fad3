package jp.genkan.ips.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.ips.inspect.Content;
import jp.genkan.literals.Literal;
import jp.genkan.literals.LiteralCompiler;
import jp.genkan.literals.LiteralDatabase;
import jp.genkan.literals.LiteralHits;
import jp.genkan.literals.Mode;
import org.jspecify.annotations.Nullable;

/**
 * Literals that are searched for together in one kind of buffer, and the plans that ask for each. Immutable.
 *
 * <p>Thread rule: shared.
 */
final class Group {
    private final LiteralDatabase database;
    private final int[][] plans;
    private final int shortest;

    private Group(LiteralDatabase database, int[][] plans, int shortest) {
        this.database = database;
        this.plans = plans;
        this.shortest = shortest;
    }

    LiteralDatabase database() {
        return database;
    }

    int literals() {
        return plans.length;
    }

    /** Octets of the shortest literal: fewer need not be searched. */
    int shortest() {
        return shortest;
    }

    /** Adds the plans of the literals that were hit. */
    void collect(LiteralHits hits, PlanList out) {
        for (int i = 0; i < hits.count(); i++) {
            out.addAll(plans[hits.id(i)]);
        }
    }

    /** Collects literals. Thread rule: the thread that loads rules. */
    static final class Builder {
        private final Map<Literal, List<Integer>> literals = new LinkedHashMap<>();
        private @Nullable Group built;

        void add(Content content, int plan) {
            byte[] octets = content.octets();
            byte[] searched = octets.length > Literal.OCTETS_MAX ? Arrays.copyOf(octets, Literal.OCTETS_MAX) : octets;
            literals.computeIfAbsent(new Literal(searched, content.isCaseless()), ignored -> new ArrayList<>())
                    .add(plan);
        }

        int literals() {
            return literals.size();
        }

        /** Compiles them; a second time it gives back what it made. */
        Group build(LiteralCompiler compiler, Mode mode) {
            Group made = built;
            if (made == null) {
                made = compile(compiler, mode);
                built = made;
            }
            return made;
        }

        private Group compile(LiteralCompiler compiler, Mode mode) {
            int[][] plans = new int[literals.size()][];
            int at = 0;
            for (List<Integer> of : literals.values()) {
                plans[at++] = of.stream().mapToInt(Integer::intValue).distinct().toArray();
            }
            int shortest = literals.keySet().stream()
                    .mapToInt(literal -> literal.octets().length)
                    .min()
                    .orElse(0);
            return new Group(compiler.compile(List.copyOf(literals.keySet()), mode), plans, shortest);
        }
    }
}
