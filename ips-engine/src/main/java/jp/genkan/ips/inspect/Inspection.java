package jp.genkan.ips.inspect;

import java.util.Arrays;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.pcre.PcreMatcher;

/**
 * A buffer that is being looked at, and how far. One a worker, used again for each buffer and rule.
 *
 * <p>Thread rule: one worker.
 */
public final class Inspection {
    /** Most steps that one rule may take in one buffer, places tried again included: Suricata's inspection-recursion-limit. */
    static final int STEPS_MAX = 3_000;

    /** Most variables of one rule (byte_extract, byte_math): more than any known rule has, four times over. */
    public static final int LOCALS_MAX = 32;

    @SuppressWarnings("NullAway.Init") // looked at only after begin
    private Moment moment;

    private byte[] octets = {};
    private int from;
    private int to;
    private long base;
    private boolean whole;
    private int at;
    private Step[] steps = {};
    private int stepsTaken;
    private final long[] locals = new long[LOCALS_MAX];
    private final PcreMatcher matcher;

    /** An inspection whose expressions are matched by this matcher. */
    public Inspection(PcreMatcher matcher) {
        this.matcher = matcher;
    }

    /** What matches expressions. */
    public PcreMatcher matcher() {
        return matcher;
    }

    /** A new rule is tried: what it extracts is forgotten. */
    public void begin(Moment ofMoment) {
        moment = ofMoment;
        Arrays.fill(locals, 0);
    }

    /**
     * Do all steps hold for this buffer?
     *
     * @param list the steps
     * @param in the array
     * @param begin index of the buffer's first octet that is here
     * @param end index behind its last
     * @param octetsBefore how many octets of the buffer came before those
     * @param complete true when nothing more will be added to the buffer
     */
    public boolean inspect(Step[] list, byte[] in, int begin, int end, long octetsBefore, boolean complete) {
        octets = in;
        from = begin;
        to = end;
        base = octetsBefore;
        whole = complete;
        at = begin;
        steps = list;
        stepsTaken = 0;
        return list.length == 0 || list[0].match(this, 0);
    }

    /** Tries the steps behind this one. */
    public boolean rest(int index) {
        int next = index + 1;
        if (next == steps.length) {
            return true;
        }
        if (++stepsTaken > STEPS_MAX) {
            return false;
        }
        return steps[next].match(this, next);
    }

    /** True when the step behind this one counts from where this one ends: only then another place may change the answer. */
    public boolean isNextRelative(int index) {
        int next = index + 1;
        return next < steps.length && steps[next].isRelative();
    }

    /** True when no step may be tried any more. */
    public boolean isExhausted() {
        return stepsTaken > STEPS_MAX;
    }

    /**
     * Looks at another buffer with other steps, then comes back to this one: what {@code base64_data} does.
     *
     * @return true when all of them hold
     */
    public boolean nested(Step[] list, byte[] in, int begin, int end) {
        byte[] keptOctets = octets;
        int keptFrom = from;
        int keptTo = to;
        long keptBase = base;
        boolean keptWhole = whole;
        int keptAt = at;
        Step[] keptSteps = steps;
        octets = in;
        from = begin;
        to = end;
        base = 0;
        whole = true;
        at = begin;
        steps = list;
        boolean holds = list.length == 0 || list[0].match(this, 0);
        octets = keptOctets;
        from = keptFrom;
        to = keptTo;
        base = keptBase;
        whole = keptWhole;
        at = keptAt;
        steps = keptSteps;
        return holds;
    }

    /** What the rule is held against. */
    public Moment moment() {
        return moment;
    }

    /** The array in which the buffer lies. */
    public byte[] octets() {
        return octets;
    }

    /** Index of the buffer's first octet. */
    public int from() {
        return from;
    }

    /** Index behind the buffer's last octet. */
    public int to() {
        return to;
    }

    /** Octets of the buffer that came before {@link #from} and are not here any more. */
    public long base() {
        return base;
    }

    /** True when nothing more will be added to the buffer. */
    public boolean isWhole() {
        return whole;
    }

    /** Index at which the last match ended; {@link #from} before the first one. */
    public int at() {
        return at;
    }

    /** Notes where a match ended. */
    public void at(int end) {
        at = end;
    }

    /** The value of a variable of the rule. */
    public long local(int variable) {
        return locals[variable];
    }

    /** Gives a variable a value. */
    public void local(int variable, long value) {
        locals[variable] = value;
    }
}
