package jp.genkan.ips.keyword.payload;

import jp.genkan.ips.inspect.Content;
import jp.genkan.ips.inspect.Operand;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.StepMaker;
import org.jspecify.annotations.Nullable;

/** A content that its modifiers still change. Thread rule: the thread that loads rules. */
public final class ContentMaker implements StepMaker {
    private final byte[] octets;
    private final boolean negated;
    private boolean caseless;
    private boolean inCaselessBuffer;
    private @Nullable Operand offset;
    private @Nullable Operand depth;
    private @Nullable Operand distance;
    private @Nullable Operand within;
    private boolean starts;
    private boolean ends;
    private Content.FastPattern fastPattern = Content.FastPattern.UNSAID;

    ContentMaker(byte[] octets, boolean negated) {
        this.octets = octets;
        this.negated = negated;
    }

    /** Its octets as written. Not to be changed. */
    public byte[] octets() {
        return octets.clone();
    }

    public boolean isNegated() {
        return negated;
    }

    public boolean isCaseless() {
        return caseless;
    }

    /** Letter case does not matter. */
    public void caseless() {
        caseless = true;
    }

    /** It looks at a buffer in which letter case never matters. */
    void inCaselessBuffer() {
        inCaselessBuffer = true;
    }

    /** True when it counts from the last match. */
    public boolean isRelative() {
        return distance != null || within != null;
    }

    /** True when its place in the buffer is limited from the buffer's beginning. */
    public boolean isAnchored() {
        return offset != null || depth != null || starts;
    }

    void offset(Operand value, RuleOption by) throws RuleException {
        once(offset, by);
        refuseRelative(by);
        offset = value;
    }

    void depth(Operand value, RuleOption by) throws RuleException {
        once(depth, by);
        refuseRelative(by);
        refuseStarts(by);
        if (value.variable() == Operand.NONE && value.constant() < octets.length) {
            throw by.badValue("smaller than the content, which has " + octets.length + " octets");
        }
        depth = value;
    }

    void distance(Operand value, RuleOption by) throws RuleException {
        once(distance, by);
        refuseAnchored(by);
        distance = value;
    }

    void within(Operand value, RuleOption by) throws RuleException {
        once(within, by);
        refuseAnchored(by);
        if (value.variable() == Operand.NONE && value.constant() < octets.length) {
            throw by.badValue("smaller than the content, which has " + octets.length + " octets");
        }
        within = value;
    }

    void starts(RuleOption by) throws RuleException {
        if (starts || isAnchored() || isRelative()) {
            throw conflict(by, "has a place already");
        }
        starts = true;
    }

    void ends(RuleOption by) throws RuleException {
        if (ends) {
            throw conflict(by, "stands there twice");
        }
        ends = true;
    }

    void fastPattern(Content.FastPattern how, RuleOption by) throws RuleException {
        if (fastPattern != Content.FastPattern.UNSAID) {
            throw conflict(by, "stands there twice");
        }
        if (negated && (isRelative() || isAnchored())) {
            throw conflict(by, "a negated content with a place cannot be searched for by the prefilter");
        }
        fastPattern = how;
    }

    private static void once(@Nullable Operand value, RuleOption by) throws RuleException {
        if (value != null) {
            throw conflict(by, "stands there twice");
        }
    }

    private void refuseRelative(RuleOption by) throws RuleException {
        if (isRelative()) {
            throw conflict(by, "the content counts from the last match already");
        }
    }

    private void refuseStarts(RuleOption by) throws RuleException {
        if (starts) {
            throw conflict(by, "the content has startswith already");
        }
    }

    private void refuseAnchored(RuleOption by) throws RuleException {
        if (isAnchored()) {
            throw conflict(by, "the content counts from the beginning already");
        }
    }

    private static RuleException conflict(RuleOption by, String why) {
        return new RuleException(RuleCode.CONFLICT, by.column(), by.name() + ": " + why);
    }

    @Override
    public Content make() {
        return new Content(octets, caseless || inCaselessBuffer, negated, place(), fastPattern);
    }

    private Content.Place place() {
        if (isRelative()) {
            Operand from = distance == null ? Operand.ZERO : distance;
            Operand length = within == null ? Operand.ZERO : within;
            return new Content.Place(true, from, within != null, length, false, ends);
        }
        if (starts) {
            return new Content.Place(false, Operand.ZERO, true, Operand.of(octets.length), true, ends);
        }
        Operand from = offset == null ? Operand.ZERO : offset;
        Operand length = depth == null ? Operand.ZERO : depth;
        return new Content.Place(false, from, depth != null, length, false, ends);
    }
}
