package jp.genkan.av.clamav;

import java.util.List;
import jp.genkan.av.scan.FileFacts;

/**
 * A signature.
 *
 * @param name that is told
 * @param conditions what the file has to be
 * @param logic what has to match
 * @param parts what may match
 */
record ClamSignature(String name, Conditions conditions, Logic logic, List<Subsignature> parts) {
    ClamSignature {
        parts = List.copyOf(parts);
    }

    boolean matches(Subsignature.Match match, FileFacts facts) {
        if (!conditions.holds(match.program(), facts)) {
            return false;
        }
        int[] counts = new int[parts.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = parts.get(i).count(match, part -> counts[part]);
        }
        return logic.evaluate(part -> counts[part]).isTrue();
    }

    /** True when it may match although none of its patterns does: a signature that asks for something that is missing. */
    boolean matchesWithoutPatterns() {
        return logic.evaluate(part -> parts.get(part).pattern() < 0 ? 1 : 0).isTrue();
    }
}
