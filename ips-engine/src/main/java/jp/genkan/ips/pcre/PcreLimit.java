package jp.genkan.ips.pcre;

/** How often a match may go back before it is given up. */
public enum PcreLimit {
    /**
     * Six times Suricata's default, so that whatever matches there has the steps for it here. Where each step is short, reaching it takes 0.04 to 0.2 ms; with
     * Suricata's 3,500 some 2 % of the expressions of a free rule set reach it on a page of ordinary text, and miss what follows.
     */
    USUAL(20_000),
    /** For the flag O, which lifts the limit in Suricata: reaching it takes about 1 ms, and the bound on time still holds. */
    RAISED(100_000);

    /** Suricata's default: for expressions with back-references on long subjects. */
    static final int STEPS_REFERRING = 3_500;

    private final int steps;

    PcreLimit(int steps) {
        this.steps = steps;
    }

    /** What PCRE2 calls the match limit: it counts the places from which a match may try again. */
    int steps() {
        return steps;
    }
}
