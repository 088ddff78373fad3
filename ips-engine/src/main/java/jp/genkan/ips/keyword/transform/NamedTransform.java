package jp.genkan.ips.keyword.transform;

import jp.genkan.ips.match.Moment;
import jp.genkan.ips.match.Transform;
import org.jspecify.annotations.Nullable;

/** A transform that needs nothing but the octets. Two of the same spelling are equal, whatever lambda they hold: equal buffers are made once. */
final class NamedTransform implements Transform {
    private final String spelling;
    private final Change change;

    /** Changes octets. */
    @FunctionalInterface
    interface Change {
        /** The changed octets in an array of their own; null when there is no result. */
        byte @Nullable [] apply(byte[] octets, int from, int to);
    }

    NamedTransform(String spelling, Change change) {
        this.spelling = spelling;
        this.change = change;
    }

    @Override
    public String spelling() {
        return spelling;
    }

    @Override
    public byte @Nullable [] apply(byte[] octets, int from, int to, Moment moment) {
        return change.apply(octets, from, to);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamedTransform named && named.spelling.equals(spelling);
    }

    @Override
    public int hashCode() {
        return spelling.hashCode();
    }

    @Override
    public String toString() {
        return spelling;
    }
}
