package jp.genkan.av.pattern;

import java.util.List;

/**
 * The units of a pattern, one after the other, and the long gaps between them.
 *
 * @param first index of the first unit
 * @param gaps one less than there are units
 */
record Chain(int first, List<Expression.Gap> gaps) {
    Chain {
        gaps = List.copyOf(gaps);
    }

    int units() {
        return gaps.size() + 1;
    }
}
