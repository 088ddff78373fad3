package jp.genkan.ips.engine;

import java.util.Collections;
import java.util.List;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.rule.RuleAction;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.threshold.Decision;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a packet in which rules have matched: in the order of the set, a pass ends it, a drop stops the packet and, where the rule looked at more than the packet, the flow.
 *
 * <p>Thread rule: one worker.
 */
final class Judge {
    private final IpsSettings settings;
    private final Moment moment;
    private final CounterSet<IpsCounter> counters;

    Judge(IpsSettings settings, Moment moment, CounterSet<IpsCounter> counters) {
        this.settings = settings;
        this.moment = moment;
        this.counters = counters;
    }

    Verdict judge(List<Match> matches, RuleSet rules, @Nullable FlowState state) {
        Collections.sort(matches);
        Verdict verdict = Verdict.FORWARD;
        int told = 0;
        for (Match match : matches) {
            Signature signature = rules.plans[match.plan].signature;
            turn(match);
            Decision decision = settings.thresholds().decide(signature, moment);
            if (decision.outcome() == Decision.Outcome.NO_MATCH) {
                continue;
            }
            RuleAction changed = decision.newAction();
            RuleAction action = changed == null ? signature.action() : changed;
            if (action == RuleAction.PASS || action == RuleAction.CONFIG) {
                if (action == RuleAction.PASS) {
                    pass(match, state);
                    break;
                }
                continue;
            }
            if (signature.traits().has(Signature.Trait.BYPASS)) {
                pass(match, state);
            }
            boolean blocked = action.isDrop() && settings.acting();
            if (blocked) {
                verdict = verdict.and(drop(match, action));
            }
            if (decision.outcome() == Decision.Outcome.ALERT && !signature.traits().has(Signature.Trait.NO_ALERT)) {
                if (told++ < settings.alertsPerPacketMax()) {
                    tell(match, signature, blocked);
                } else {
                    counters.increment(IpsCounter.ALERTS_SHED);
                }
            }
        }
        return verdict;
    }

    private void turn(Match match) {
        if (match.file != null) {
            moment.turnTo(match.file);
        } else {
            moment.turnTo(match.transaction, Direction.of(match.toServer));
        }
    }

    private void pass(Match match, @Nullable FlowState state) {
        if (match.ofFlow && state != null) {
            state.everythingPassed = true;
            counters.increment(IpsCounter.FLOWS_PASSED);
            Flow flow = moment.flow();
            if (flow != null) {
                flow.settle(moment.context().stage());
            }
        }
    }

    private Verdict drop(Match match, RuleAction action) {
        counters.increment(IpsCounter.DROPPED);
        moment.packet().dropReason = DropReason.RULE.ordinal();
        Flow flow = moment.flow();
        if (flow != null && match.ofFlow) {
            flow.dropRest(DropReason.RULE);
        }
        // a connection that is cut in its middle would leave both ends waiting: they are told at once
        boolean cut = match.ofFlow && moment.packet().ipProtocol == IpProtocol.TCP;
        return action.isReject() || cut ? Verdict.REJECT : Verdict.DROP;
    }

    private void tell(Match match, Signature signature, boolean blocked) {
        counters.increment(IpsCounter.ALERTS);
        Flow flow = moment.flow();
        if (flow != null) {
            flow.markAlerted();
        }
        match.recall(moment);
        TransferredFile file = match.file;
        moment.context()
                .emit(AlertEvent.of(moment, signature, blocked, file == null ? List.of() : List.of(file)));
    }
}
