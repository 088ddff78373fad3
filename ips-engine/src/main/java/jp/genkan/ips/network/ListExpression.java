package jp.genkan.ips.network;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.ips.rule.Rule.Expression;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;

/**
 * The grammar that addresses and ports share: a term, {@code !} before it, lists in brackets, {@code $NAME}, {@code any}.
 *
 * <p>A list is the union of its terms without the union of its negated terms; a list of negated terms only is everything without them.
 *
 * @param <S> sets of what the terms name
 */
final class ListExpression<S> {
    /** Brackets within brackets; Suricata's own bound on nesting is of this order. */
    static final int DEPTH_MAX = 32;

    /** Terms of one expression: far beyond what a rule of 64 Ki characters says with sense. */
    static final int TERMS_MAX = 16_384;

    /** The sets that an expression is computed with. */
    interface Algebra<S> {
        /** What {@code any} names. */
        S everything();

        /** What a term without brackets, sign and white space names. */
        S term(String text, int column) throws RuleException;

        /** What a variable names. */
        S variable(String name, int column) throws RuleException;

        S union(List<S> sets);

        S without(S from, S taken);

        boolean isEmpty(S set);

        boolean isEverything(S set);

        /** The code of problems. */
        RuleCode code();
    }

    private final Algebra<S> algebra;
    private final String text;
    private final int column;
    private int at;
    private int terms;

    private ListExpression(Algebra<S> algebra, Expression expression) {
        this.algebra = algebra;
        this.text = expression.text();
        this.column = expression.column();
    }

    /** The set that an expression names; never empty. */
    static <S> S evaluate(Algebra<S> algebra, Expression expression) throws RuleException {
        return new ListExpression<>(algebra, expression).whole();
    }

    private S whole() throws RuleException {
        S set = list(0);
        if (at < text.length()) {
            throw problem(at, "\"]\" without its \"[\"");
        }
        return set;
    }

    /** Terms up to the bracket that closes the list, or to the end. */
    private S list(int depth) throws RuleException {
        int from = at;
        List<S> positive = new ArrayList<>();
        List<S> negative = new ArrayList<>();
        while (true) {
            term(depth, positive, negative);
            skipBlanks();
            if (at == text.length() || text.charAt(at) != ',') {
                break;
            }
            at++;
        }
        S set = positive.isEmpty() ? algebra.everything() : algebra.union(positive);
        if (!negative.isEmpty()) {
            set = algebra.without(set, algebra.union(negative));
        }
        if (algebra.isEmpty(set)) {
            throw problem(from, "nothing is left of \"" + brief(text.substring(from, at)) + "\" after its negations");
        }
        return set;
    }

    private void term(int depth, List<S> positive, List<S> negative) throws RuleException {
        skipBlanks();
        int from = at;
        boolean negated = at < text.length() && text.charAt(at) == '!';
        if (negated) {
            at++;
            skipBlanks();
        }
        if (++terms > TERMS_MAX) {
            throw new RuleException(RuleCode.TOO_LARGE, column + from, "more than " + TERMS_MAX + " terms");
        }
        S set = at < text.length() && text.charAt(at) == '[' ? nested(depth) : plain();
        if (negated && algebra.isEverything(set)) {
            throw problem(from, "\"" + brief(text.substring(from, at)) + "\" excludes everything");
        }
        (negated ? negative : positive).add(set);
    }

    private S nested(int depth) throws RuleException {
        int open = at;
        if (depth == DEPTH_MAX) {
            throw new RuleException(
                    RuleCode.TOO_LARGE, column + open, "more than " + DEPTH_MAX + " brackets within brackets");
        }
        at++;
        S set = list(depth + 1);
        if (at == text.length()) {
            throw problem(open, "\"[\" without its \"]\"");
        }
        if (text.charAt(at) != ']') {
            throw problem(at, "\",\" or \"]\" was expected");
        }
        at++;
        return set;
    }

    private S plain() throws RuleException {
        int from = at;
        while (at < text.length() && ",[]!".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(from, at).strip();
        if (word.isEmpty()) {
            throw problem(from, "a term is missing");
        }
        if (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != ']') {
            throw problem(at, "\",\" was expected");
        }
        if (word.equalsIgnoreCase("any")) {
            return algebra.everything();
        }
        if (word.charAt(0) == '$') {
            return algebra.variable(word.substring(1), column + from);
        }
        return algebra.term(word, column + from);
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private RuleException problem(int index, String reason) {
        return new RuleException(algebra.code(), column + index, reason);
    }

    /** A text cut to what fits a message, without characters that steer a terminal. */
    static String brief(String text) {
        StringBuilder shown = new StringBuilder();
        int length = Math.min(text.length(), 40);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) ? '?' : c);
        }
        return text.length() > length ? shown + "..." : shown.toString();
    }
}
