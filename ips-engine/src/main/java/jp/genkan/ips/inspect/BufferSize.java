package jp.genkan.ips.inspect;

import java.util.function.LongPredicate;

/** The buffer has so many octets: {@code bsize}. */
public final class BufferSize extends Step {
    private final LongPredicate test;

    /** A test of the size. */
    public BufferSize(LongPredicate test) {
        this.test = test;
    }

    @Override
    public boolean needsWhole() {
        return true;
    }

    @Override
    protected boolean match(Inspection in, int index) {
        return in.isWhole() && test.test(in.base() + in.to() - in.from()) && in.rest(index);
    }
}
