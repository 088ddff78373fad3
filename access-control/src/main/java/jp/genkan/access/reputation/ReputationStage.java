package jp.genkan.access.reputation;

import jp.genkan.access.address.MachineAddress;
import jp.genkan.access.tunnel.TunnelFlow;
import jp.genkan.core.counter.CounterCollector;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.core.pipeline.Verdict;

/**
 * Cuts off flows that have an end on an address list.
 *
 * <p>Both ends of a flow are looked up on its first packet, and again when other lists have come into force; in between one comparison
 * is all that a packet costs. A packet inside a tunnel whose ends are not the flow's is looked up by itself, and its drop leaves the
 * tunnel alone.
 *
 * <p>Who is told: a flow begun from inside is rejected, so that the program there fails at once and does not hang. A flow begun from
 * outside is dropped without a word, so that a scanner learns nothing; only a TCP connection that existed already when the list came
 * is rejected.
 *
 * <p>One object a worker.
 */
public final class ReputationStage implements Stage {
    // The flow's slot: generation of the lists that judged it in the low 32 bits, and these flags.
    private static final long GENERATION = 0xffff_ffffL;
    private static final long BLOCKED = 1L << 32;
    private static final long TOLD = 1L << 33;

    private static final int TCP = 6;
    private static final int UDP = 17;

    private final ReputationLists lists;
    private final CounterSet<ReputationCounter> counters = new CounterSet<>(ReputationCounter.class);

    /** A stage for one worker. */
    public ReputationStage(ReputationLists lists) {
        this.lists = lists;
    }

    @Override
    public String name() {
        return "reputation";
    }

    /** What this worker's stage has counted. */
    public CounterSet<ReputationCounter> counters() {
        return counters;
    }

    @Override
    public void collect(CounterCollector to) {
        to.add(name(), counters);
    }

    @Override
    public Verdict onPacket(Packet packet, Flow flow, StageContext context) {
        ReputationSet set = lists.current();
        if (!isOfFlow(packet, flow)) {
            return set.isEmpty() ? Verdict.FORWARD : judgeInner(set, packet, flow, context);
        }
        long slot = flow.slot(context.stage());
        if ((slot & GENERATION) != set.generation()) {
            return judge(set, packet, flow, context, slot);
        }
        if ((slot & BLOCKED) != 0) {
            return drop(packet);
        }
        return Verdict.FORWARD;
    }

    private static boolean isOfFlow(Packet packet, Flow flow) {
        return flow.toServer()
                ? packet.sourceLow == flow.clientLow()
                        && packet.destinationLow == flow.serverLow()
                        && packet.sourceHigh == flow.clientHigh()
                        && packet.destinationHigh == flow.serverHigh()
                : packet.sourceLow == flow.serverLow()
                        && packet.destinationLow == flow.clientLow()
                        && packet.sourceHigh == flow.serverHigh()
                        && packet.destinationHigh == flow.clientHigh();
    }

    private static Verdict drop(Packet packet) {
        packet.dropReason = DropReason.REPUTATION.ordinal();
        return Verdict.DROP;
    }

    private Verdict judge(ReputationSet set, Packet packet, Flow flow, StageContext context, long slot) {
        counters.increment(ReputationCounter.JUDGED);
        boolean begunInside = flow.clientSide() != Side.OUTSIDE;
        RangeTable table = set.table(begunInside);
        long farHigh = begunInside ? flow.serverHigh() : flow.clientHigh();
        long farLow = begunInside ? flow.serverLow() : flow.clientLow();
        long nearHigh = begunInside ? flow.clientHigh() : flow.serverHigh();
        long nearLow = begunInside ? flow.clientLow() : flow.serverLow();
        int far = find(set, table, farHigh, farLow, context);
        int near = find(set, table, nearHigh, nearLow, context);
        int match = weightier(set, table, far, near);
        long judged = set.generation() & GENERATION | slot & TOLD;
        if (match == RangeTable.NOT_LISTED) {
            flow.slot(context.stage(), judged);
            settle(packet, flow, context);
            return Verdict.FORWARD;
        }
        boolean blocks = set.list(table.list(match)).action() == ListAction.BLOCK;
        if ((slot & TOLD) == 0 || (blocks && (slot & BLOCKED) == 0)) {
            boolean isFar = match == far;
            boolean taken = tell(
                    set,
                    table,
                    match,
                    isFar ? farHigh : nearHigh,
                    isFar ? farLow : nearLow,
                    begunInside,
                    packet,
                    flow,
                    context);
            judged |= taken ? TOLD : 0;
            counters.increment(blocks ? ReputationCounter.FLOWS_BLOCKED : ReputationCounter.FLOWS_LOGGED);
        }
        if (!blocks) {
            flow.slot(context.stage(), judged);
            settle(packet, flow, context);
            return Verdict.FORWARD;
        }
        flow.slot(context.stage(), judged | BLOCKED);
        flow.dropRest(DropReason.REPUTATION);
        packet.dropReason = DropReason.REPUTATION.ordinal();
        return answer(packet, flow, begunInside);
    }

    private static Verdict answer(Packet packet, Flow flow, boolean begunInside) {
        boolean unsolicited = !begunInside && flow.isNew() && !flow.isMidstream();
        boolean answerable = packet.ipProtocol == TCP || (packet.ipProtocol == UDP && begunInside);
        return answerable && !unsolicited ? Verdict.REJECT : Verdict.DROP;
    }

    /** Judges a packet inside a tunnel by its own addresses. */
    private Verdict judgeInner(ReputationSet set, Packet packet, Flow flow, StageContext context) {
        if (packet.ipVersion == 0) {
            return Verdict.FORWARD;
        }
        counters.increment(ReputationCounter.JUDGED);
        boolean begunInside = flow.clientSide() != Side.OUTSIDE;
        RangeTable table = set.table(begunInside);
        int source = find(set, table, packet.sourceHigh, packet.sourceLow, context);
        int destination = find(set, table, packet.destinationHigh, packet.destinationLow, context);
        int match = weightier(set, table, destination, source);
        if (match == RangeTable.NOT_LISTED) {
            return Verdict.FORWARD;
        }
        boolean blocks = set.list(table.list(match)).action() == ListAction.BLOCK;
        long slot = flow.slot(context.stage());
        if ((slot & TOLD) == 0) {
            boolean isDestination = match == destination;
            boolean taken = tell(
                    set,
                    table,
                    match,
                    isDestination ? packet.destinationHigh : packet.sourceHigh,
                    isDestination ? packet.destinationLow : packet.sourceLow,
                    begunInside,
                    packet,
                    flow,
                    context);
            flow.slot(context.stage(), taken ? slot | TOLD : slot);
        }
        if (!blocks) {
            return Verdict.FORWARD;
        }
        counters.increment(ReputationCounter.INNER_PACKETS_BLOCKED);
        return drop(packet);
    }

    private int find(ReputationSet set, RangeTable table, long high, long low, StageContext context) {
        int match = table.find(high, low);
        if (match == RangeTable.NOT_LISTED) {
            return match;
        }
        if (!MachineAddress.isOneMachine(high, low)
                || lists.ownAddresses().contains(high, low)
                || set.isExcepted(high, low, context.epochNanos())) {
            counters.increment(ReputationCounter.EXCEPTED);
            return RangeTable.NOT_LISTED;
        }
        return match;
    }

    private static int weightier(ReputationSet set, RangeTable table, int first, int second) {
        if (first == RangeTable.NOT_LISTED || second == RangeTable.NOT_LISTED) {
            return first == RangeTable.NOT_LISTED ? second : first;
        }
        boolean firstBlocks = set.list(table.list(first)).action() == ListAction.BLOCK;
        boolean secondBlocks = set.list(table.list(second)).action() == ListAction.BLOCK;
        return secondBlocks && !firstBlocks ? second : first;
    }

    private boolean tell(
            ReputationSet set,
            RangeTable table,
            int match,
            long high,
            long low,
            boolean begunInside,
            Packet packet,
            Flow flow,
            StageContext context) {
        boolean taken = context.emit(new ReputationEvent(
                context.epochNanos(),
                FlowIdentity.of(packet, flow),
                flow.toServer(),
                set.list(table.list(match)),
                table.entry(match),
                new Address(high, low),
                begunInside ? ListDirection.TO_OUTSIDE : ListDirection.FROM_OUTSIDE));
        if (!taken) {
            counters.increment(ReputationCounter.EVENTS_SHED);
        }
        return taken;
    }

    /** Says that the flow need not be seen again, unless it is a tunnel. */
    private static void settle(Packet packet, Flow flow, StageContext context) {
        if (!TunnelFlow.mayCarryPackets(packet, flow)) {
            flow.settle(context.stage());
        }
    }
}
