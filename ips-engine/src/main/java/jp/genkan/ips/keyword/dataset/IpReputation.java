package jp.genkan.ips.keyword.dataset;

import java.util.Map;
import jp.genkan.ips.keyword.number.NumberTest;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.reputation.HostReputation;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.SignatureBuilder;
import org.jspecify.annotations.Nullable;

/** {@code iprep:src,category,>,30}, {@code iprep:any,category,isset}. An address without a score passes no comparison. */
final class IpReputation {
    private IpReputation() {}

    private enum End {
        SOURCE,
        DESTINATION,
        ANY,
        BOTH
    }

    /**
     * What is asked.
     *
     * @param test null where only is asked whether there is a score
     * @param wanted false for {@code isnotset}
     */
    private record Question(
            HostReputation lists, int category, @Nullable NumberTest test, boolean wanted) {
        boolean holds(long high, long low) {
            int score = lists.score(high, low, category);
            if (test == null) {
                return score != HostReputation.NONE == wanted;
            }
            return score != HostReputation.NONE && test.test(score);
        }
    }

    static void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        String[] parts = option.unquoted().split(",", -1);
        if (parts.length < 3 || parts.length > 4) {
            throw option.badValue("an end, a category, a comparison and a number with commas between them are wanted");
        }
        End end = switch (parts[0].strip()) {
            case "src" -> End.SOURCE;
            case "dst" -> End.DESTINATION;
            case "any" -> End.ANY;
            case "both" -> End.BOTH;
            default -> throw option.badValue("the end is src, dst, any or both");
        };
        HostReputation lists = rule.environment().shared(HostReputation.class, () -> HostReputation.EMPTY);
        Integer category = lists.category(parts[1].strip());
        if (category == null) {
            throw option.badValue("there is no category " + parts[1].strip());
        }
        Question question = question(parts, lists, category, option);
        rule.condition(moment -> hasEnds(moment) && holds(end, question, moment));
    }

    private static Question question(String[] parts, HostReputation lists, int category, RuleOption option)
            throws RuleException {
        String operator = parts[2].strip();
        if (parts.length == 3) {
            if (!operator.equals("isset") && !operator.equals("isnotset")) {
                throw option.badValue("a number is missing");
            }
            return new Question(lists, category, null, operator.equals("isset"));
        }
        switch (operator) {
            case "<", ">", "=", "<=", ">=", "!=" -> {}
            default -> throw option.badValue("the comparison is <, >, =, <=, >= or !=");
        }
        NumberTest test = NumberTest.parse(operator + parts[3].strip(), Map.of(), option);
        if (test.first() < 0 || test.first() > HostReputation.SCORE_MAX) {
            throw option.badValue("a score is at most " + HostReputation.SCORE_MAX);
        }
        return new Question(lists, category, test, true);
    }

    private static boolean holds(End end, Question question, Moment moment) {
        return switch (end) {
            case SOURCE -> source(question, moment);
            case DESTINATION -> destination(question, moment);
            case ANY -> source(question, moment) || destination(question, moment);
            case BOTH -> source(question, moment) && destination(question, moment);
        };
    }

    private static boolean source(Question question, Moment moment) {
        return question.holds(moment.sourceHigh(), moment.sourceLow());
    }

    private static boolean destination(Question question, Moment moment) {
        return question.holds(moment.destinationHigh(), moment.destinationLow());
    }

    private static boolean hasEnds(Moment moment) {
        return moment.flow() != null || moment.packet().ipVersion != 0;
    }
}
