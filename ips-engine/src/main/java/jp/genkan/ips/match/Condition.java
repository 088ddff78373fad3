package jp.genkan.ips.match;

/** Something that has to hold at a moment for a rule to match. Immutable, allocates nothing. */
@FunctionalInterface
public interface Condition {
    /** Does it? */
    boolean holds(Moment moment);
}
