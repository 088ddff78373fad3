package jp.genkan.ips.inspect;

/** There is data at a place, or there is none: {@code isdataat}. */
public final class DataAt extends Step {
    private final Operand place;
    private final boolean relative;
    private final boolean negated;

    /** A question for data. */
    public DataAt(Operand place, boolean relative, boolean negated) {
        this.place = place;
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
        long octets = place.in(in);
        boolean there = relative ? in.at() + octets <= in.to() : in.from() - in.base() + octets < in.to();
        return there != negated && in.rest(index);
    }
}
