package jp.genkan.ips.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jp.genkan.ips.signature.Signature;

/**
 * What each rule of a set costs: how often it was asked, how often it matched, and how long that took. The clock is read for one check in
 * {@link #SAMPLE}, since reading it takes as long as most checks do; times are what those take, as many times over.
 *
 * <p>Thread rule: its worker writes; others read numbers that may be a moment old. A new set begins at zero.
 */
public final class RuleCosts {
    /** Checks for each one whose time is taken: two readings of the clock, some 50 ns, are then less than 1 ns a check. A power of two. */
    static final int SAMPLE = 64;

    private volatile Numbers numbers = new Numbers(RuleSet.EMPTY);
    private int clock;

    /** The numbers of one set, by the place of the rule in it. */
    private static final class Numbers {
        final RuleSet rules;
        final long[] checks;
        final long[] hits;
        final long[] sampledNanos;

        Numbers(RuleSet rules) {
            this.rules = rules;
            checks = new long[rules.size()];
            hits = new long[rules.size()];
            sampledNanos = new long[rules.size()];
        }
    }

    /**
     * The cost of a rule.
     *
     * @param checks how often it was asked, its literal having been found
     * @param hits how often it matched
     * @param nanos roughly how long that took
     */
    public record Cost(Signature signature, long checks, long hits, long nanos) {
        /** Together with what another worker's matcher has counted of the same rule. */
        public Cost plus(Cost other) {
            return new Cost(signature, checks + other.checks, hits + other.hits, nanos + other.nanos);
        }
    }

    /** Those that cost the most time first, then those that were asked most often. */
    public static final Comparator<Cost> DEAREST_FIRST = Comparator.comparingLong(Cost::nanos)
            .thenComparingLong(Cost::checks)
            .reversed();

    RuleCosts() {}

    /** The set that holds now. */
    void begin(RuleSet rules) {
        if (numbers.rules != rules) {
            numbers = new Numbers(rules);
        }
    }

    /** A rule is asked; returns what {@link #end} wants to know. */
    long check(int rule) {
        numbers.checks[rule]++;
        return (++clock & SAMPLE - 1) == 0 ? System.nanoTime() | 1 : 0;
    }

    /** It has been asked. */
    void end(int rule, long begun) {
        if (begun != 0) {
            numbers.sampledNanos[rule] += System.nanoTime() - begun;
        }
    }

    void hit(int rule) {
        numbers.hits[rule]++;
    }

    /** The rules that were asked at least once, in no order. */
    public List<Cost> all() {
        Numbers now = numbers;
        List<Cost> found = new ArrayList<>();
        for (int rule = 0; rule < now.checks.length; rule++) {
            if (now.checks[rule] > 0) {
                long nanos = now.sampledNanos[rule] * SAMPLE;
                found.add(new Cost(now.rules.signature(rule), now.checks[rule], now.hits[rule], nanos));
            }
        }
        return found;
    }
}
