package jp.genkan.ips.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import jp.genkan.core.counter.CounterCollector;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.event.AnomalyEvent;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.FlowStates;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.ips.match.Moment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Intrusion prevention: rules are held against each packet, stream, transaction and file before the packet that completes them is forwarded.
 *
 * <pre>
 *   onPacket                    the flow's state
 *   onStream, onBody, onFile    octets are searched for literals as they come
 *   onTransaction, onAnomaly    noted
 *   onPacketEnd                 rules about the packet, then about its transactions; what matched is judged
 * </pre>
 *
 * <p>Thread rule: one worker.
 */
public final class IpsStage implements Stage {
    /** Octets of a stream that rules may look back: longer than the longest known distance in rules. */
    private static final int STREAM_KEPT = 4_096;

    /** Octets of a body or file that rules look at as one piece. */
    private static final int BODY_KEPT = 65_536;

    /** Octets of a stream that are searched in one piece. */
    private static final int PIECE = 16_384;

    /** Transactions of one flow that are open at a time: pipelining clients have a few, attackers many. */
    private static final int TRANSACTIONS_MAX = 512;

    /** Oddities that are kept of one packet or transaction. */
    private static final int EVENTS_MAX = 32;

    private static final Logger LOG = LoggerFactory.getLogger(IpsStage.class);

    private final IpsSettings settings;
    private final CounterSet<IpsCounter> counters = new CounterSet<>(IpsCounter.class);
    private final Moment moment = new Moment();
    private final Matcher matcher;
    private final FrameRules frames;
    private final Tagging tagging = new Tagging();
    private final Judge judge;
    private final FlowStates<FlowState> flows = new FlowStates<>(Integer.MAX_VALUE); // as many as the table has flows
    private final byte[] piece = new byte[PIECE];
    private final Packet noPacket = new Packet();
    private final PlanList found = new PlanList();
    /** The set that holds for the packet at hand: another one comes into force between packets only. */
    private RuleSet inForce = RuleSet.EMPTY;

    private long faults;

    /** A stage of one worker. */
    public IpsStage(IpsSettings settings) {
        this.settings = settings;
        this.matcher = new Matcher(moment, counters, !settings.acting());
        this.frames = new FrameRules(moment, matcher, counters);
        moment.handshakes(settings.handshakes());
        this.judge = new Judge(settings, moment, tagging, counters);
    }

    @Override
    public String name() {
        return "ips";
    }

    /** What was counted. */
    public CounterSet<IpsCounter> counters() {
        return counters;
    }

    @Override
    public void collect(CounterCollector to) {
        to.add(name(), counters);
    }

    /** What each rule of the set has cost this worker. */
    public RuleCosts costs() {
        return matcher.costs();
    }

    // ---- the flow's state

    private @Nullable FlowState state(Flow flow, StageContext context) {
        return flows.get(flow, context);
    }

    private FlowState begin(Flow flow, StageContext context, RuleSet rules) {
        FlowState made = new FlowState();
        made.rules = rules;
        flows.put(flow, context, made);
        return made;
    }

    private void release(Flow flow, StageContext context, FlowState state) {
        closeAll(state);
        flows.remove(flow, context);
    }

    private void closeAll(FlowState state) {
        for (Follower stream : state.streams) {
            close(stream);
        }
        for (TransactionState transaction : state.transactions) {
            close(transaction);
        }
        state.transactions.clear();
        frames.closeAll(state);
    }

    private void close(TransactionState transaction) {
        for (Follower body : transaction.bodies) {
            close(body);
        }
        for (TransactionState.FileState file : transaction.files) {
            file.follower.release(matcher.scanner());
        }
    }

    private void close(@Nullable Follower follower) {
        if (follower != null) {
            follower.release(matcher.scanner());
        }
    }

    /** The state of a flow under the set that holds now: numbers of another set mean nothing in it. */
    private FlowState current(Flow flow, StageContext context, RuleSet rules) {
        FlowState state = state(flow, context);
        if (state == null) {
            return begin(flow, context, rules);
        }
        if (state.rules != rules) {
            closeAll(state);
            Arrays.fill(state.packetPlans, null);
            Arrays.fill(state.streams, null);
            state.pending[0].clear();
            state.pending[1].clear();
            state.rules = rules;
            state.begins = true;
            state.everythingPassed = false; // by a rule that may be gone
        }
        return state;
    }

    // ---- hooks

    @Override
    public Verdict onPacket(Packet packet, Flow flow, StageContext context) {
        RuleSet rules = settings.rules().get();
        inForce = rules;
        FlowState known = state(flow, context);
        boolean passedByOthers = flow.isPassed() && (known == null || !known.passedByRule);
        if (rules.isEmpty() || passedByOthers) {
            flow.settle(context.stage());
            return Verdict.FORWARD;
        }
        FlowState state = current(flow, context, rules);
        if (settings.acting()) {
            state.streamsSeen(RuleSet.TO_SERVER);
            state.streamsSeen(RuleSet.TO_CLIENT);
        }
        if (state.begins && packet.ipProtocol == IpProtocol.TCP && rules.wantsStream()) {
            flow.requestStream(context.stage());
        }
        state.begins = false;
        return Verdict.FORWARD;
    }

    @Override
    public Verdict onFlowlessPacket(Packet packet, StageContext context) {
        inForce = settings.rules().get();
        return Verdict.FORWARD;
    }

    @Override
    public Verdict onStream(
            Flow flow,
            MemorySegment bytes,
            long offset,
            int length,
            int gapBytes,
            Packet packet,
            StageContext context) {
        FlowState state = state(flow, context);
        RuleSet rules = inForce;
        if (state == null || state.everythingPassed || state.rules != rules) {
            return Verdict.FORWARD;
        }
        int way = flow.toServer() ? RuleSet.TO_SERVER : RuleSet.TO_CLIENT;
        Follower stream = state.streams[way];
        if (stream == null) {
            stream = new Follower(STREAM_KEPT, matcher.rooms());
            state.streams[way] = stream;
        }
        if (gapBytes > 0) {
            stream.gap(gapBytes, matcher.scanner());
            state.pending[way].clear();
        }
        if (isBeyondDepth(stream)) {
            return Verdict.FORWARD;
        }
        for (int at = 0; at < length; at += PIECE) {
            int count = Math.min(PIECE, length - at);
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, offset + at, piece, 0, count);
            follow(state, stream, rules, way, count);
        }
        return Verdict.FORWARD;
    }

    private boolean isBeyondDepth(Follower stream) {
        return settings.streamDepth() > 0 && stream.window.total() >= settings.streamDepth();
    }

    private void follow(FlowState state, Follower stream, RuleSet rules, int way, int count) {
        PlanList pending = state.pending[way];
        if (pending.count() > 0 && stream.window.base() > state.pendingUntil[way]) {
            pending.clear(); // the literals have gone out of sight
        }
        stream.window.append(piece, 0, count);
        found.clear();
        stream.scan(rules.streams[way], piece, 0, count, matcher.scanner(), matcher.hits(), found);
        for (int i = 0; i < found.count(); i++) {
            if (!pending.contains(found.get(i))) {
                pending.add(found.get(i));
            }
        }
        if (found.count() > 0) {
            state.pendingUntil[way] = stream.window.total();
        }
        for (int plan : rules.payloadAlways[way]) {
            if (!pending.contains(plan)) {
                pending.add(plan);
            }
        }
        state.streamGrew[way] = true;
    }

    private @Nullable TransactionState transaction(Flow flow, Transaction transaction, StageContext context) {
        FlowState state = state(flow, context);
        if (state == null || state.everythingPassed || state.rules != inForce) {
            return null;
        }
        TransactionState known = state.find(transaction);
        if (known == null) {
            if (state.transactions.size() >= TRANSACTIONS_MAX) {
                counters.increment(IpsCounter.TRANSACTIONS_SHED);
                return null;
            }
            known = new TransactionState(transaction);
            if (state.memory.silenced) {
                transaction.silence();
            }
            state.transactions.add(known);
        }
        return known;
    }

    private static int index(Direction direction) {
        return direction.isToServer() ? RuleSet.TO_SERVER : RuleSet.TO_CLIENT;
    }

    @Override
    public Verdict onTransaction(
            Flow flow, Transaction transaction, Direction direction, Packet packet, StageContext context) {
        TransactionState state = transaction(flow, transaction, context);
        if (state != null) {
            state.dirty[index(direction)] = true;
        }
        return Verdict.FORWARD;
    }

    @Override
    public Verdict onBody(
            Flow flow,
            Transaction transaction,
            Direction direction,
            byte[] octets,
            int from,
            int to,
            Packet packet,
            StageContext context) {
        int way = index(direction);
        Group group = inForce.bodies[transaction.protocol().ordinal()][way];
        TransactionState state = transaction(flow, transaction, context);
        if (state == null || group == null && !inForce.looksAtBodies()) {
            return Verdict.FORWARD;
        }
        Follower body = state.bodies[way];
        if (body == null) {
            body = new Follower(BODY_KEPT, matcher.rooms());
            state.bodies[way] = body;
        }
        int end = settings.bodies().end(transaction.protocol(), direction, body.window.total(), from, to);
        body.window.append(octets, from, end);
        found.clear();
        body.scan(group, octets, from, end, matcher.scanner(), matcher.hits(), found);
        matcher.begin(inForce, found, state.candidates, direction.isToServer());
        state.dirty[way] = true;
        return Verdict.FORWARD;
    }

    @Override
    public Verdict onFile(
            Flow flow, TransferredFile file, byte[] octets, int from, int to, Packet packet, StageContext context) {
        RuleSet rules = inForce;
        int way = index(file.direction());
        TransactionState state = transaction(flow, file.transaction(), context);
        if (state == null || !rules.looksAtFiles()) {
            return Verdict.FORWARD;
        }
        TransactionState.FileState known = file(state, file);
        int end = settings.bodies().endOfFile(file.transaction().protocol(), known.follower.window.total(), from, to);
        if (end > from) {
            known.follower.window.append(octets, from, end);
            found.clear();
            known.follower.scan(rules.files[way], octets, from, end, matcher.scanner(), matcher.hits(), found);
            matcher.begin(rules, found, known.candidates, file.direction().isToServer());
        }
        known.dirty = true;
        state.dirty[way] = true;
        return Verdict.FORWARD;
    }

    private TransactionState.FileState file(TransactionState state, TransferredFile file) {
        for (TransactionState.FileState each : state.files) {
            if (each.file == file) {
                return each;
            }
        }
        TransactionState.FileState made =
                new TransactionState.FileState(file, new Follower(BODY_KEPT, matcher.rooms()));
        state.files.add(made);
        return made;
    }

    @Override
    public boolean wantsSha1() {
        return settings.rules().get().wantsSha1();
    }

    @Override
    public boolean wantsFrames() {
        return !settings.rules().get().frames.isEmpty();
    }

    @Override
    public Verdict onFrame(
            Flow flow,
            ProtocolFrame frame,
            byte[] octets,
            int from,
            int to,
            long missing,
            Packet packet,
            StageContext context) {
        FlowState state = state(flow, context);
        if (state != null && !state.everythingPassed && state.rules == inForce) {
            frames.add(state, inForce, frame, octets, from, to, missing);
        }
        return Verdict.FORWARD;
    }

    @Override
    public void onAnomaly(
            Flow flow,
            @Nullable String protocol,
            @Nullable Transaction transaction,
            Direction direction,
            String event,
            Packet packet,
            StageContext context) {
        String name = protocol == null || event.startsWith(AnomalyEvent.DETECTION) ? event : protocol + "." + event;
        FlowState known = state(flow, context);
        if (known != null && known.events.get(index(direction)).size() < EVENTS_MAX) {
            known.events.get(index(direction)).add(name);
        }
        Transaction in = transaction;
        if (in == null && protocol != null) {
            in = outside(known, protocol, context.application(flow));
        }
        TransactionState state = in == null ? null : transaction(flow, in, context);
        if (state != null && state.events.get(index(direction)).size() < EVENTS_MAX) {
            state.events.get(index(direction)).add(name);
            state.dirty[0] = true;
            state.dirty[1] = true;
        }
    }

    /** Where an oddity belongs that is in no transaction: to the latest one that is open, or to none. */
    private static @Nullable Transaction outside(
            @Nullable FlowState known, String protocol, @Nullable AppProtocol spoken) {
        if (known == null || spoken == null || !spoken.eveName().equals(protocol)) {
            return null;
        }
        return known.transactions.isEmpty() ? new NoTransaction(spoken) : known.transactions.getLast().transaction;
    }

    // ---- the last word

    @Override
    public Verdict onPacketEnd(Packet packet, @Nullable Flow flow, StageContext context) {
        RuleSet rules = inForce;
        if (rules.isEmpty()) {
            return Verdict.FORWARD;
        }
        FlowState state = flow == null ? null : current(flow, context, rules);
        if (state != null && (state.everythingPassed || flow != null && flow.isPassed() && !state.passedByRule)) {
            return Verdict.FORWARD;
        }
        try {
            if (packet.ipVersion != 0
                    && settings.alerts().has(AlertOptions.Part.TAGGED_PACKETS)
                    && tagging.isTagged(packet, state, context.nanos())) {
                context.emit(PacketEvent.of(packet, flow));
            }
            Verdict verdict = inspect(packet, flow, state, rules, context);
            if (settings.acting() && flow != null && state != null) {
                if (isDoneWith(state, flow, context)) {
                    flow.settle(context.stage());
                }
                if (flow.isFinished() && context.isReadToEnd(flow) && !state.isWanted()) {
                    release(flow, context, state); // flows that are closed and not forgotten yet are many
                }
            }
            return verdict;
        } catch (RuntimeException fault) {
            noteFault(fault);
            return Verdict.FORWARD;
        }
    }

    /**
     * True when no rule will find anything more in a connection: its application is encrypted or unknown, nothing is open, and its streams are too or were looked at
     * as far as is wanted. The kernel may forward the rest.
     */
    private boolean isDoneWith(FlowState state, Flow flow, StageContext context) {
        if (flow.protocol() != IpProtocol.TCP
                || !context.isReadToEnd(flow)
                || !state.transactions.isEmpty()
                || state.asksForMemory()
                || !flow.isEstablished()) {
            return false;
        }
        AppProtocol spoken = context.application(flow);
        boolean encrypted = spoken == AppProtocol.TLS || spoken == AppProtocol.SSH;
        return encrypted || isLookedAt(state.streams[0]) && isLookedAt(state.streams[1]);
    }

    private boolean isLookedAt(@Nullable Follower stream) {
        return stream != null && isBeyondDepth(stream);
    }

    private Verdict inspect(
            Packet packet, @Nullable Flow flow, @Nullable FlowState state, RuleSet rules, StageContext context) {
        moment.begin(
                packet,
                flow,
                state == null ? null : state.memory,
                flow == null ? null : context.application(flow),
                context);
        matcher.begin(rules);
        matcher.flow(state);
        if (packet.ipVersion == 0 && state != null) {
            matcher.streams(state);
        } else {
            moment.clearEvents();
            if (state != null) {
                noteEvents(state);
            }
            matcher.packet(state);
        }
        if (state != null) {
            transactions(state, packet.ipVersion == 0);
            frames.look(state, settings.acting(), packet.ipVersion == 0);
        }
        matcher.end();
        if (matcher.matches().isEmpty()) {
            return Verdict.FORWARD;
        }
        return judge.judge(matcher.matches(), rules, state);
    }

    /**
     * What only looks asks about a direction when a packet of that direction is there: octets are read when the other end acknowledges them, and an event is to name
     * the sender of what it is about.
     */
    private boolean isDue(int way, boolean flowIsOver) {
        return settings.acting() || flowIsOver || way == index(moment.packetDirection());
    }

    private void noteEvents(FlowState state) {
        for (int way = 0; way < 2; way++) {
            if (isDue(way, false)) {
                List<String> events = state.events.get(way);
                for (int i = 0; i < events.size(); i++) {
                    moment.note(events.get(i));
                }
                events.clear();
            }
        }
    }

    private void transactions(FlowState state, boolean flowIsOver) {
        for (int i = 0; i < state.transactions.size(); i++) {
            TransactionState transaction = state.transactions.get(i);
            for (int way = 0; way < 2; way++) {
                if (transaction.dirty[way] && isDue(way, flowIsOver)) {
                    transaction.dirty[way] = false;
                    matcher.transaction(transaction, Direction.of(way == RuleSet.TO_SERVER));
                    transaction.look(way);
                }
            }
            if (isOver(transaction) && !transaction.isDirty()) {
                close(transaction);
                state.transactions.remove(i--);
            }
        }
    }

    private static boolean isOver(TransactionState state) {
        Transaction transaction = state.transaction;
        if (transaction.progress(Direction.TO_SERVER) != Progress.COMPLETE
                || transaction.progress(Direction.TO_CLIENT) != Progress.COMPLETE) {
            return false;
        }
        for (int i = 0; i < state.files.size(); i++) {
            if (state.files.get(i).file.state() == FileState.OPEN) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void onFlowEnd(Flow flow, StageContext context) {
        FlowState state = state(flow, context);
        if (state == null) {
            return;
        }
        inForce = settings.rules().get();
        if (!state.everythingPassed && state.rules == inForce) {
            noPacket.wrap(MemorySegment.NULL, 0, 0);
            onPacketEnd(noPacket, flow, context);
        }
        RuleSet of = state.rules;
        FlowVariables variables = of == null || !settings.alerts().has(AlertOptions.Part.VARIABLES)
                ? null
                : FlowVariables.of(state.memory, of.names, List.of());
        if (variables != null) {
            context.noteFlow(variables);
        }
        release(flow, context, state);
    }

    private void noteFault(RuntimeException fault) {
        counters.increment(IpsCounter.FAULTS);
        if (Long.bitCount(++faults) == 1) { // the 1st, 2nd, 4th, 8th...: a fault a packet must not fill the log
            LOG.error("fault number {} of the rule matcher: the packet passes uninspected", faults, fault);
        }
    }

    @Override
    public void close() {
        flows.forEach(this::closeAll);
        matcher.close();
    }
}
