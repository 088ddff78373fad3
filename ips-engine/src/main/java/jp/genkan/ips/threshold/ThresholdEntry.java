package jp.genkan.ips.threshold;

import jp.genkan.ips.network.AddressSpec;
import jp.genkan.ips.rule.RuleAction;
import org.jspecify.annotations.Nullable;

/** One line of a {@code threshold.config}. */
public sealed interface ThresholdEntry {
    /** The rules that it is about. */
    Subject subject();

    /** Where it stands, from 1. */
    int line();

    /**
     * Rules by their numbers.
     *
     * @param gid 0 for any; then {@code sid} is 0 too
     * @param sid 0 for any of the group
     */
    record Subject(long gid, long sid) {
        public Subject {
            if (gid < 0 || sid < 0 || gid == 0 && sid != 0) {
                throw new IllegalArgumentException("no rules have these numbers: " + gid + ":" + sid);
            }
        }

        /** True when this rule is meant. */
        public boolean covers(long ruleGid, long ruleSid) {
            return (gid == 0 || gid == ruleGid) && (sid == 0 || sid == ruleSid);
        }
    }

    /** By what events are counted. */
    enum Track {
        SOURCE("by_src"),
        DESTINATION("by_dst"),
        /** A pair of addresses, in either order. */
        BOTH("by_both"),
        RULE("by_rule"),
        FLOW("by_flow");

        private final String word;

        Track(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** What is done with the events that are counted. */
    enum Type {
        /** The first ones of a period are told. */
        LIMIT("limit"),
        /** Every n-th one is told. */
        THRESHOLD("threshold"),
        /** The n-th one of a period is told, and no other. */
        BOTH("both");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** Which end of a packet a suppression looks at. */
    enum End {
        SOURCE("by_src"),
        DESTINATION("by_dst"),
        EITHER("by_either");

        private final String word;

        End(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * No event of these rules: {@code suppress}.
     *
     * @param end which address has to be among {@code addresses}
     * @param addresses null for every packet
     */
    record Suppression(Subject subject, End end, @Nullable AddressSpec addresses, int line) implements ThresholdEntry {}

    /** Fewer events of these rules: {@code threshold} and {@code event_filter}. */
    record EventFilter(Subject subject, Type type, Track track, long count, long seconds, int line)
            implements ThresholdEntry {
        public EventFilter {
            positive(count);
        }
    }

    /**
     * Another action when a rule matches too often: {@code rate_filter}.
     *
     * @param seconds within which so many are too many
     * @param action the new one: alert, drop, pass or reject
     * @param timeoutSeconds how long it holds
     */
    record RateFilter(
            Subject subject, Track track, long count, long seconds, RuleAction action, long timeoutSeconds, int line)
            implements ThresholdEntry {
        public RateFilter {
            positive(count);
        }
    }

    private static void positive(long count) {
        if (count < 1) {
            throw new IllegalArgumentException("a count from 1, not " + count);
        }
    }
}
