package jp.genkan.ips.signature;

import java.util.List;
import java.util.Map;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.Condition;
import jp.genkan.ips.match.Effect;
import jp.genkan.ips.rule.Rule;
import jp.genkan.ips.rule.RuleAction;
import org.jspecify.annotations.Nullable;

/**
 * A compiled rule.
 *
 * <p>Thread rule: immutable, shared.
 *
 * @param rule what it was compiled from
 * @param id numbers and texts
 * @param header which packets
 * @param ends addresses and ports
 * @param ways which directions of a flow, by {@code flow} and its buffers
 * @param conditions all have to hold; cheap ones first
 * @param checks of transactions, files and payloads
 * @param effects what else happens when it matches
 * @param traits what kind of rule it is
 * @param memory what it keeps and asks between packets
 * @param grade how grave the box's policy takes a match for: 3 is the worst; 0 where no policy was asked
 */
public record Signature(
        Rule rule,
        Identity id,
        Header header,
        Ends ends,
        Buffer.Ways ways,
        List<Condition> conditions,
        List<Check> checks,
        List<Effect> effects,
        Traits traits,
        Memory memory,
        int grade) {
    /** The worst. */
    public static final int GRADE_MAX = 3;

    public Signature {
        if (grade < 0 || grade > GRADE_MAX) {
            throw new IllegalArgumentException("a grade of " + grade);
        }
        conditions = List.copyOf(conditions);
        checks = List.copyOf(checks);
        effects = List.copyOf(effects);
    }

    /** A signature as it is written, without a policy's grade. */
    public Signature(
            Rule rule,
            Identity id,
            Header header,
            Ends ends,
            Buffer.Ways ways,
            List<Condition> conditions,
            List<Check> checks,
            List<Effect> effects,
            Traits traits,
            Memory memory) {
        this(rule, id, header, ends, ways, conditions, checks, effects, traits, memory, 0);
    }

    /** A signature that keeps nothing between packets. */
    public Signature(
            Rule rule,
            Identity id,
            Header header,
            Ends ends,
            Buffer.Ways ways,
            List<Condition> conditions,
            List<Check> checks,
            List<Effect> effects,
            Traits traits) {
        this(rule, id, header, ends, ways, conditions, checks, effects, traits, Memory.NONE);
    }

    /**
     * What events say of it.
     *
     * @param sid number of the rule, unique with {@code gid}
     * @param gid generator, 1 for rules
     * @param revision of the rule
     * @param message what it is called
     * @param category description of its class, empty when it has none
     * @param severity priority of its class or its own: 1 is the worst
     * @param metadata key to values
     */
    public record Identity(
            long sid,
            long gid,
            int revision,
            String message,
            @Nullable String classtype,
            String category,
            int severity,
            List<Reference> references,
            Map<String, List<String>> metadata,
            Target target) {
        public Identity {
            references = List.copyOf(references);
            metadata = Map.copyOf(metadata);
        }

        /** Both numbers in one: no other rule of the set has it. */
        public long number() {
            return gid << Integer.SIZE | sid;
        }
    }

    /** What kind of rule it is. */
    public enum Trait {
        /** No event is written. */
        NO_ALERT,
        /** An event is written though {@code noalert} would be implied. */
        ALERT,
        /** Looks at packets one by one: {@code dsize}, a depth in the payload, {@code tcp-pkt}. */
        NEEDS_PACKET,
        /** Looks at the stream only: {@code flow:only_stream}. */
        NEEDS_STREAM,
        /** Ends inspection of the flow when it matches. */
        BYPASS,
        /** Asks for the SHA-1 of files: {@code filesha1}. */
        NEEDS_SHA1
    }

    /** Traits as a set of bits, so that asking costs nothing. */
    public record Traits(int bits) {
        /** Has it? */
        public boolean has(Trait trait) {
            return (bits & 1 << trait.ordinal()) != 0;
        }

        /** The same and this one. */
        public Traits with(Trait trait) {
            return new Traits(bits | 1 << trait.ordinal());
        }
    }

    /** The same without the rule's text. */
    public Signature withoutText() {
        return new Signature(
                rule.withoutText(), id, header, ends, ways, conditions, checks, effects, traits, memory, grade);
    }

    /** The same with other filters. */
    public Signature withFilters(List<EventFilter> filters) {
        Memory other = new Memory(memory.uses(), filters, memory.tags());
        return new Signature(rule, id, header, ends, ways, conditions, checks, effects, traits, other, grade);
    }

    /** The same with what a policy makes of it; its text stays as it is written. */
    public Signature treated(RuleAction action, Traits otherTraits, int otherGrade) {
        return new Signature(
                rule.withAction(action),
                id,
                header,
                ends,
                ways,
                conditions,
                checks,
                effects,
                otherTraits,
                memory,
                otherGrade);
    }

    /** True when its matches change what other rules see. */
    public boolean leavesTraces() {
        return !effects.isEmpty() || memory.uses().stream().anyMatch(Memory.Use::writes);
    }

    /** What it does. */
    public RuleAction action() {
        return rule.action();
    }

    /** Addresses and ports at both ends. */
    public interface Ends {
        /** True when the ends of a packet are the rule's, as written or, for {@code <>}, exchanged. */
        boolean fit(jp.genkan.ips.match.Moment moment);

        /** True when every address and port fits. */
        boolean isAny();

        /** True when every port fits. */
        boolean isAnyPort();
    }
}
