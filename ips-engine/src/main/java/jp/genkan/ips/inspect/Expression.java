package jp.genkan.ips.inspect;

import jp.genkan.ips.pcre.PcreExpression;
import jp.genkan.ips.pcre.PcreMatcher;

/** A regular expression over the buffer: {@code pcre}. */
public final class Expression extends Step {
    private final PcreExpression expression;
    private final boolean relative;
    private final boolean negated;

    /** An expression; a relative one begins where the last match ended. */
    public Expression(PcreExpression expression, boolean relative, boolean negated) {
        this.expression = expression;
        this.relative = relative;
        this.negated = negated;
    }

    @Override
    public boolean isRelative() {
        return relative;
    }

    @Override
    public boolean needsWhole() {
        return negated;
    }

    @Override
    protected boolean match(Inspection in, int index) {
        PcreMatcher matcher = in.matcher();
        int begin = relative ? in.at() : in.from();
        if (begin > in.to()) {
            return negated && in.rest(index);
        }
        int found = matcher.match(expression, in.octets(), begin, in.to(), begin);
        if (negated) {
            return found == PcreMatcher.NO_MATCH && in.rest(index);
        }
        int kept = in.at();
        boolean retry = in.isNextRelative(index);
        while (found >= PcreMatcher.MATCH) {
            int start = matcher.start(0);
            in.at(matcher.end(0));
            if (in.rest(index)) {
                return true;
            }
            if (!retry || in.isExhausted() || start + 1 > in.to()) {
                break;
            }
            found = matcher.match(expression, in.octets(), begin, in.to(), start + 1);
        }
        in.at(kept);
        return false;
    }
}
