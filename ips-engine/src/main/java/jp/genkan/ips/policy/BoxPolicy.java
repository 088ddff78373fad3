package jp.genkan.ips.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.ips.engine.RuleLoader;
import jp.genkan.ips.rule.RuleAction;
import jp.genkan.ips.signature.EventFilter;
import jp.genkan.ips.signature.Signature;
import org.jspecify.annotations.Nullable;

/**
 * What a box makes of the rules that it loads: the policy's answer and grade, and exceptions. A rule that is written with an action of its own keeps that; a rule that others build on is never
 * taken away from them, it only falls silent.
 *
 * <p>Thread rule: the thread that loads rules; one object for one set.
 */
public final class BoxPolicy implements RuleLoader.Treatment {
    private final RulePolicy policy;
    private final Map<Long, List<RuleExemption>> exemptions = new HashMap<>();
    private final List<RuleExemption> unused = new ArrayList<>();

    /**
     * A policy for the set that is loaded now.
     *
     * @param exemptions in any order; those that have ended are passed over
     * @param now to tell which have ended
     */
    public BoxPolicy(RulePolicy policy, List<RuleExemption> exemptions, Instant now) {
        this.policy = policy;
        for (RuleExemption exemption : exemptions) {
            if (exemption.holdsAt(now)) {
                this.exemptions
                        .computeIfAbsent(key(exemption.gid(), exemption.sid()), ignored -> new ArrayList<>())
                        .add(exemption);
                unused.add(exemption);
            }
        }
    }

    private static long key(long gid, long sid) {
        return gid << Integer.SIZE | sid;
    }

    /** Exceptions for rules that have not been met. */
    public List<RuleExemption> unused() {
        return List.copyOf(unused);
    }

    @Override
    public @Nullable Signature treat(Signature signature) {
        List<RuleExemption> excepted =
                exemptions.getOrDefault(key(signature.id().gid(), signature.id().sid()), List.of());
        unused.removeAll(excepted);
        Signature treated = answered(signature);
        if (treated == null || excepted.isEmpty()) {
            return treated;
        }
        List<EventFilter> filters =
                new ArrayList<>(excepted.stream().map(RuleExemption::filter).toList());
        filters.addAll(treated.memory().filters());
        return treated.withFilters(filters);
    }

    private @Nullable Signature answered(Signature signature) {
        RulePolicy.Standing standing = policy.of(signature);
        RuleAction own = signature.action();
        Signature.Traits traits = signature.traits();
        boolean builtOn = signature.leavesTraces();
        if (standing.answer() == Answer.OFF) {
            if (own != RuleAction.ALERT) {
                return signature;
            }
            return builtOn ? signature.treated(own, traits.with(Signature.Trait.NO_ALERT), 0) : null;
        }
        // a rule without an event of its own only prepares others: it must not block by itself
        boolean blocks =
                standing.answer() == Answer.BLOCK && own == RuleAction.ALERT && !traits.has(Signature.Trait.NO_ALERT);
        Signature graded = signature.treated(blocks ? RuleAction.DROP : own, traits, standing.grade());
        if (standing.everySeconds() == 0) {
            return graded;
        }
        List<EventFilter> filters = new ArrayList<>(graded.memory().filters());
        filters.add(
                EventFilter.window(EventFilter.Type.LIMIT, EventFilter.Track.BY_SOURCE, 1, standing.everySeconds()));
        return graded.withFilters(filters);
    }
}
