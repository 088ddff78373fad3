package jp.genkan.ips.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.event.VerdictFields;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.Direction;
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
    private final Tagging tagging;
    private final CounterSet<IpsCounter> counters;
    private final List<AlertEvent> told = new ArrayList<>();

    Judge(IpsSettings settings, Moment moment, Tagging tagging, CounterSet<IpsCounter> counters) {
        this.settings = settings;
        this.moment = moment;
        this.tagging = tagging;
        this.counters = counters;
    }

    Verdict judge(List<Match> matches, RuleSet rules, @Nullable FlowState state) {
        Collections.sort(matches);
        told.clear();
        Verdict verdict = Verdict.FORWARD;
        boolean passed = false;
        for (int i = 0; i < matches.size() && !passed; i++) {
            Match match = matches.get(i);
            Signature signature = rules.plans[match.plan].signature;
            turn(match);
            Decision decision = settings.thresholds().decide(signature, moment);
            if (decision.outcome() == Decision.Outcome.NO_MATCH) {
                continue;
            }
            if (!signature.memory().tags().isEmpty()) {
                tagging.begin(signature.id().number(), signature.memory().tags(), moment, state);
            }
            RuleAction changed = decision.newAction();
            RuleAction action = changed == null ? signature.action() : changed;
            if (action == RuleAction.CONFIG) {
                continue; // its effect is all
            }
            passed = action == RuleAction.PASS;
            if (passed || signature.traits().has(Signature.Trait.BYPASS)) {
                pass(match, state);
            }
            boolean drops = action.isDrop() && settings.acting();
            if (drops) {
                verdict =
                        verdict.and(drop(match, action, changed == null ? DropReason.RULE : DropReason.RULE_THRESHOLD));
            }
            // as Suricata says it: what is refused counts as blocked though the traffic is only looked at
            boolean blocked = drops || action.isReject();
            boolean speaks = isTold(signature, action, decision) && !isShed();
            if (speaks || drops) {
                AlertEvent event = event(match, signature, blocked, state);
                if (drops) {
                    moment.context().dropFor(event);
                }
                if (speaks) {
                    told.add(event);
                }
            }
        }
        tell(passed && verdict == Verdict.FORWARD, verdict);
        return verdict;
    }

    private static boolean isTold(Signature signature, RuleAction action, Decision decision) {
        boolean silent = signature.traits().has(Signature.Trait.NO_ALERT)
                || action == RuleAction.PASS && !signature.traits().has(Signature.Trait.ALERT);
        return decision.outcome() == Decision.Outcome.ALERT && !silent;
    }

    private boolean isShed() {
        boolean shed = told.size() >= settings.alertsPerPacketMax();
        if (shed) {
            counters.increment(IpsCounter.ALERTS_SHED);
        }
        return shed;
    }

    /** The alerts of the packet, all with what became of it in the end. */
    private void tell(boolean passed, Verdict verdict) {
        VerdictFields fields = passed
                ? VerdictFields.PASS
                : switch (verdict) {
                    case FORWARD -> VerdictFields.ALERT;
                    case DROP -> VerdictFields.DROP;
                    case REJECT -> VerdictFields.refused(moment.packet());
                };
        for (int i = 0; i < told.size(); i++) {
            counters.increment(IpsCounter.ALERTS);
            Flow flow = moment.flow();
            if (flow != null) {
                flow.markAlerted();
            }
            moment.context().emit(told.get(i).settle(fields));
        }
        told.clear();
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
            state.passedByRule = true;
            counters.increment(IpsCounter.FLOWS_PASSED);
            Flow flow = moment.flow();
            if (flow != null) {
                flow.markPassed();
                flow.settle(moment.context().stage());
            }
        }
    }

    private Verdict drop(Match match, RuleAction action, DropReason reason) {
        counters.increment(IpsCounter.DROPPED);
        moment.packet().dropReason = reason.ordinal();
        Flow flow = moment.flow();
        if (flow != null && match.ofFlow) {
            flow.dropRest(DropReason.RULE);
        }
        // a connection that is cut in its middle would leave both ends waiting: they are told at once
        boolean cut = match.ofFlow && moment.packet().ipProtocol == IpProtocol.TCP;
        int told = told(action, cut);
        moment.packet().refusalTo |= told;
        return told == 0 ? Verdict.DROP : Verdict.REJECT;
    }

    private static int told(RuleAction action, boolean cut) {
        return switch (action) {
            case REJECT, REJECT_SOURCE -> Packet.TELL_SENDER;
            case REJECT_DESTINATION -> Packet.TELL_RECEIVER;
            case REJECT_BOTH -> Packet.TELL_SENDER | Packet.TELL_RECEIVER;
            case DROP -> cut ? Packet.TELL_SENDER | Packet.TELL_RECEIVER : 0;
            case PASS, ALERT, CONFIG -> 0;
        };
    }

    private AlertEvent event(Match match, Signature signature, boolean blocked, @Nullable FlowState state) {
        match.recall(moment);
        return AlertEvent.of(moment, signature, blocked, match, state, settings.alerts());
    }
}
