package jp.genkan.ips.match;

/** What a rule does besides its action when it has matched: sets a flowbit, adds to a dataset. */
@FunctionalInterface
public interface Effect {
    /** Does it. */
    void apply(Moment moment);
}
