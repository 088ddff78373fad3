package jp.genkan.ips.inspect;

/**
 * A literal that has to be in the buffer, or must not be.
 *
 * <p>Where it is looked for: from {@code offset} on, within {@code depth} octets of that, counted from the buffer's beginning; or, when it is relative, from
 * {@code distance} octets behind the last match on, within {@code within} octets of that.
 */
public final class Content extends Step {
    private static final int ALPHABET = 256;
    /** The furthest that a literal moves on at once: what an octet holds. Longer ones move on in several steps. */
    private static final int SKIP_MAX = 0xff;

    /** Places of a table: what tells letters of one case apart. */
    private static final int SKIPS = 64;

    private static final byte[] LOWER = new byte[ALPHABET];

    static {
        for (int i = 0; i < ALPHABET; i++) {
            LOWER[i] = (byte) (i >= 'A' && i <= 'Z' ? i + ('a' - 'A') : i);
        }
    }

    private final byte[] octets;
    private final boolean caseless;
    private final boolean negated;
    private final Place place;
    private final FastPattern fastPattern;
    /** Horspool's table, by the lower bits of an octet; one octet each, since a set of rules has tens of thousands of literals. */
    private final byte[] skip;

    /**
     * Where a literal may stand.
     *
     * @param relative true when distance and within hold, false when offset and depth do
     * @param offset or distance; may be negative as a distance
     * @param limited true when {@code length} holds
     * @param length depth or within: octets from there on in which the whole literal has to lie
     * @param starts true when it has to be at the very beginning ({@code startswith})
     * @param ends true when the buffer has to end with it ({@code endswith})
     */
    public record Place(
            boolean relative, Operand offset, boolean limited, Operand length, boolean starts, boolean ends) {
        /** Anywhere. */
        public static final Place ANYWHERE = new Place(false, Operand.ZERO, false, Operand.ZERO, false, false);
    }

    /** What the rule says of the prefilter. */
    public enum FastPattern {
        /** Nothing. */
        UNSAID,
        /** This literal is to be the prefilter's. */
        YES,
        /** And it need not be looked at again. */
        ONLY
    }

    /**
     * A literal.
     *
     * @param octets one at least; not copied
     * @param caseless true when letter case of ASCII letters does not matter
     */
    public Content(byte[] octets, boolean caseless, boolean negated, Place place, FastPattern fastPattern) {
        if (octets.length == 0) {
            throw new IllegalArgumentException("empty literal");
        }
        this.octets = octets.clone();
        this.caseless = caseless;
        this.negated = negated;
        this.place = place;
        this.fastPattern = fastPattern;
        if (caseless) {
            for (int i = 0; i < this.octets.length; i++) {
                this.octets[i] = LOWER[this.octets[i] & 0xff];
            }
        }
        this.skip = skipTable(this.octets);
    }

    /** Horspool's table: how far the literal may move on by the octet under its last one. Of octets that share a place the shortest way holds. */
    private static byte[] skipTable(byte[] literal) {
        byte[] table = new byte[SKIPS];
        java.util.Arrays.fill(table, (byte) Math.min(literal.length, SKIP_MAX));
        for (int i = 0; i < literal.length - 1; i++) {
            table[literal[i] & SKIPS - 1] = (byte) Math.min(literal.length - 1 - i, SKIP_MAX);
        }
        return table;
    }

    /** The literal, in lower case when it is caseless. Not to be changed. */
    public byte[] octets() {
        return octets.clone();
    }

    public int length() {
        return octets.length;
    }

    public boolean isCaseless() {
        return caseless;
    }

    public boolean isNegated() {
        return negated;
    }

    public Place place() {
        return place;
    }

    public FastPattern fastPattern() {
        return fastPattern;
    }

    @Override
    public boolean isRelative() {
        return place.relative();
    }

    @Override
    public boolean needsWhole() {
        return negated || place.ends();
    }

    @Override
    protected boolean match(Inspection in, int index) {
        long begin = begin(in);
        long end = end(in, begin);
        int first = (int) Math.max(begin, in.from());
        int last = (int) Math.min(end, in.to());
        if (place.ends()) {
            return matchAtEnd(in, index, first, last);
        }
        if (negated) {
            return find(in.octets(), first, last) < 0 && in.rest(index);
        }
        int kept = in.at();
        boolean retry = in.isNextRelative(index);
        int found = find(in.octets(), first, last);
        while (found >= 0) {
            in.at(found + octets.length);
            if (in.rest(index)) {
                return true;
            }
            if (!retry || in.isExhausted()) {
                break;
            }
            found = find(in.octets(), found + 1, last);
        }
        in.at(kept);
        return false;
    }

    /** Index of the first octet at which the literal may begin. */
    private long begin(Inspection in) {
        long offset = place.offset().in(in);
        if (place.relative()) {
            return Math.max(in.from(), in.at() + offset);
        }
        return in.from() - in.base() + offset;
    }

    private long end(Inspection in, long begin) {
        if (!place.limited()) {
            return in.to();
        }
        // a negative distance does not lengthen what is searched: within counts from the distance's own place
        long from = place.relative() ? in.at() + place.offset().in(in) : begin;
        return from + place.length().in(in);
    }

    private boolean matchAtEnd(Inspection in, int index, int first, int last) {
        int at = in.to() - octets.length;
        boolean there = in.isWhole() && last == in.to() && at >= first && isAt(in.octets(), at);
        if (place.starts()) {
            there = there && at == in.from() - in.base();
        }
        if (negated) {
            return !there && in.isWhole() && in.rest(index);
        }
        if (!there) {
            return false;
        }
        int kept = in.at();
        in.at(in.to());
        if (in.rest(index)) {
            return true;
        }
        in.at(kept);
        return false;
    }

    /** Index of the literal in [from, to), -1 when it is not there. */
    int find(byte[] in, int from, int to) {
        int last = octets.length - 1;
        int at = from;
        while (at + last < to) {
            int tail = in[at + last];
            if (caseless) {
                tail = LOWER[tail & 0xff];
            }
            if (tail == octets[last] && isAt(in, at)) {
                return at;
            }
            at += skip[tail & SKIPS - 1] & 0xff;
        }
        return -1;
    }

    private boolean isAt(byte[] in, int at) {
        if (caseless) {
            for (int i = 0; i < octets.length; i++) {
                if (LOWER[in[at + i] & 0xff] != octets[i]) {
                    return false;
                }
            }
            return true;
        }
        return java.util.Arrays.equals(in, at, at + octets.length, octets, 0, octets.length);
    }
}
