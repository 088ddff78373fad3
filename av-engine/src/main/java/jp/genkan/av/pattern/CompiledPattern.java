package jp.genkan.av.pattern;

import java.util.List;

/**
 * A pattern as it was compiled, before it is known which database looks for it.
 *
 * @param parts what stands between long gaps
 * @param gaps one less than there are parts
 */
record CompiledPattern(List<Part> parts, List<Expression.Gap> gaps) {
    private static final int NONE = -1;

    /**
     * What is looked for as a whole.
     *
     * @param literals of each form of the unit
     */
    record Part(Unit unit, List<Literals> literals) {
        Part {
            literals = List.copyOf(literals);
        }
    }

    /**
     * By which one form is looked for.
     *
     * @param texts Latin-1; none when it has to be searched for
     * @param caseless whether letters of both cases count
     */
    record Literals(List<String> texts, boolean caseless) {}

    CompiledPattern {
        parts = List.copyOf(parts);
        gaps = List.copyOf(gaps);
    }

    /** The rarest of the parts that have literals only: the pattern becomes a candidate with it; -1 when there is none. */
    int leader() {
        int leader = NONE;
        for (int i = 0; i < parts.size(); i++) {
            Unit unit = parts.get(i).unit();
            if (!unit.direct()
                    && (leader < 0 || unit.rarity() > parts.get(leader).unit().rarity())) {
                leader = i;
            }
        }
        return leader;
    }

    /** How rare a candidate it is; 0 when it has no leader. */
    int rarity() {
        int leader = leader();
        return leader < 0 ? 0 : parts.get(leader).unit().rarity();
    }

    /** How many literals. */
    int literals() {
        return parts.stream()
                .flatMap(part -> part.literals().stream())
                .mapToInt(of -> of.texts().size())
                .sum();
    }
}
