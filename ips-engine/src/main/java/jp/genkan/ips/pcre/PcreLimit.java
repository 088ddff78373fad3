package jp.genkan.ips.pcre;

/** How often a match may go back before it is given up. */
public enum PcreLimit {
    /** Suricata's default, so that an expression that matches there has as many steps here. */
    USUAL(3_500),
    /** For the flag O, which lifts the limit in Suricata: thirty times as much, and the bound on time still holds. */
    RAISED(100_000);

    private final int steps;

    PcreLimit(int steps) {
        this.steps = steps;
    }

    /** What PCRE2 calls the match limit: it counts the places from which a match may try again. */
    int steps() {
        return steps;
    }
}
