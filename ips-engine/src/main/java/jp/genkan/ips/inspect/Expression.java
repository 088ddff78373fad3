package jp.genkan.ips.inspect;

import java.nio.charset.StandardCharsets;
import java.util.List;
import jp.genkan.ips.match.Finding;
import jp.genkan.ips.match.FlowMemory;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.pcre.CaptureVariable;
import jp.genkan.ips.pcre.PcreExpression;
import jp.genkan.ips.pcre.PcreMatcher;

/** A regular expression over the buffer: {@code pcre}. */
public final class Expression extends Step {
    private final PcreExpression expression;
    private final boolean relative;
    private final boolean negated;
    private final List<CaptureVariable> captures;

    /** An expression; a relative one begins where the last match ended. */
    public Expression(PcreExpression expression, boolean relative, boolean negated) {
        this(expression, relative, negated, List.of());
    }

    /** An expression of which captured groups are kept. */
    public Expression(PcreExpression expression, boolean relative, boolean negated, List<CaptureVariable> captures) {
        this.expression = expression;
        this.relative = relative;
        this.negated = negated;
        this.captures = List.copyOf(captures);
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
            int known = captures.isEmpty() ? 0 : capture(in, matcher);
            if (in.rest(index)) {
                return true;
            }
            if (!captures.isEmpty()) {
                in.moment().forgetFindings(known);
            }
            if (!retry || in.isExhausted() || start + 1 > in.to()) {
                break;
            }
            found = matcher.match(expression, in.octets(), begin, in.to(), start + 1);
        }
        in.at(kept);
        return false;
    }

    /** Notes what the groups hold, before another expression is tried; returns how many findings there were before. */
    private int capture(Inspection in, PcreMatcher matcher) {
        Moment moment = in.moment();
        int known = moment.findings().size();
        String key = "";
        for (CaptureVariable capture : captures) {
            int from = matcher.start(capture.group());
            int to = Math.min(matcher.end(capture.group()), from + FlowMemory.TEXT_LENGTH_MAX);
            if (from < 0 || to < from) {
                continue;
            }
            String text = new String(in.octets(), from, to - from, StandardCharsets.ISO_8859_1);
            boolean ofPacket = capture.scope() != CaptureVariable.Scope.FLOW;
            if (ofPacket && capture.role() == CaptureVariable.Role.KEY) {
                key = text;
                continue;
            }
            boolean ofPair = ofPacket && capture.role() == CaptureVariable.Role.VALUE;
            moment.found(Finding.text(
                    ofPacket ? Finding.Kind.PACKET_TEXT : Finding.Kind.FLOW_TEXT, ofPair ? key : capture.name(), text));
        }
        return known;
    }
}
