package jp.genkan.ips.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.ips.inspect.Inspection;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.BufferSink;
import jp.genkan.ips.match.Effect;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.pcre.PcreMatcher;
import jp.genkan.literals.LiteralHits;
import jp.genkan.literals.LiteralScanner;
import org.jspecify.annotations.Nullable;

/**
 * Holds the rules of a set against a packet and the transactions that it has brought further, and lists those that match.
 *
 * <pre>
 *   packet       plans by port ─ literals in the payload ─ literals found in the stream ─ each once, in the order of the set
 *   transaction  literals in the fields that are complete ─ each candidate's parts, as far as they can be answered yet
 *   file         literals found in its octets ─ each candidate's parts, those about the transaction included
 * </pre>
 *
 * <p>Thread rule: one worker.
 */
final class Matcher implements AutoCloseable {
    private final Moment moment;
    private final CounterSet<IpsCounter> counters;
    private final LiteralScanner scanner = new LiteralScanner();
    private final LiteralHits hits = new LiteralHits();
    private final Rooms rooms = new Rooms();
    private final PcreMatcher expressions = new PcreMatcher();
    private final Inspection inspection = new Inspection(expressions);
    private final FieldCache fields = new FieldCache();
    private final PlanList found = new PlanList();
    private final PlanList once = new PlanList();
    private final List<Match> pool = new ArrayList<>();
    private final List<Match> matches = new ArrayList<>();
    private byte[] payload = new byte[2048];
    private final RuleCosts costs = new RuleCosts();
    private RuleSet rules = RuleSet.EMPTY;
    private long limitsTold;
    private final Questions questions;

    /**
     * A matcher of one worker.
     *
     * @param patient true when traffic is only looked at: nothing is lost when rules wait for more of a file
     */
    Matcher(Moment moment, CounterSet<IpsCounter> counters, boolean patient) {
        this.moment = moment;
        this.counters = counters;
        this.questions = new Questions(moment, inspection, fields, patient);
    }

    /** A new packet, with the set that holds for it. */
    void begin(RuleSet set) {
        rules = set;
        costs.begin(set);
        matches.clear();
    }

    /** What the rules of the set have cost here. */
    RuleCosts costs() {
        return costs;
    }

    /** What has matched, unsorted. */
    List<Match> matches() {
        return matches;
    }

    LiteralHits hits() {
        return hits;
    }

    LiteralScanner scanner() {
        return scanner;
    }

    /** What windows of this worker take their memory from. */
    Rooms rooms() {
        return rooms;
    }

    /** The packet is over: what the expressions have counted is told with the rest. */
    void end() {
        counters.add(IpsCounter.EXPRESSION_LIMITS, expressions.limitHits() - limitsTold);
        limitsTold = expressions.limitHits();
    }

    private void report(Plan plan, @Nullable Transaction transaction, @Nullable TransferredFile file, boolean ofFlow) {
        if (matches.size() == pool.size()) {
            pool.add(new Match());
        }
        matches.add(pool.get(matches.size())
                .set(plan.index, transaction, file, moment.direction().isToServer(), ofFlow));
        matches.getLast().keep(moment);
        counters.increment(IpsCounter.MATCHES);
        costs.hit(plan.index);
        moment.keepTexts();
        for (Effect effect : plan.effects) {
            effect.apply(moment);
        }
    }

    // ---- packets

    /** Holds the rules about packets, payloads and streams against the packet at hand. */
    void packet(@Nullable FlowState flow) {
        Packet packet = moment.packet();
        Direction direction = moment.direction();
        fields.turn();
        ask(flow, packet, direction);
        if (flow != null) {
            flow.streamsSeen(index(direction));
        }
    }

    /** Holds the rules about streams against what is left of them: the flow is over. */
    void streams(FlowState flow) {
        for (Direction direction : Direction.values()) {
            int way = index(direction);
            if (flow.streamGrew[way]) {
                moment.turnTo(null, direction);
                found.clear();
                addPending(flow, direction);
                found.sort();
                for (int i = 0; i < found.count(); i++) {
                    tryStream(rules.plans[found.get(i)], flow, way);
                }
                flow.streamGrew[way] = false;
            }
        }
    }

    private void ask(@Nullable FlowState flow, Packet packet, Direction direction) {
        int way = index(direction);
        found.clear();
        addPacketPlans(flow, way);
        int length = packet.payloadOffset == Packet.NONE ? 0 : packet.payloadLength;
        if (length > 0) {
            search(packet, length, way);
        }
        if (flow != null && flow.streamGrew[way]) {
            addPending(flow, direction);
        }
        found.sort();
        boolean copied = false;
        for (int i = 0; i < found.count(); i++) {
            Plan plan = rules.plans[found.get(i)];
            if (plan.payload != null && !copied) {
                copy(packet, length);
                copied = true;
            }
            long begun = costs.check(plan.index);
            tryPacket(plan, flow, packet, length, way);
            costs.end(plan.index, begun);
        }
    }

    private static int index(Direction direction) {
        return direction.isToServer() ? RuleSet.TO_SERVER : RuleSet.TO_CLIENT;
    }

    private void addPacketPlans(@Nullable FlowState flow, int way) {
        if (flow == null) {
            once.clear();
            rules.packetPlans.find(moment, found, found);
            return;
        }
        int[] known = flow.packetPlans[way];
        if (known == null) {
            once.clear();
            rules.packetPlans.find(moment, found, once);
            known = found.count() == 0 ? FlowState.NOT_FOUND : found.toArray();
            flow.packetPlans[way] = known;
            for (int i = 0; i < once.count(); i++) {
                found.add(once.get(i));
            }
        } else {
            found.addAll(known);
        }
    }

    private void search(Packet packet, int length, int way) {
        Group group = switch (packet.ipProtocol) {
            case IpProtocol.TCP -> rules.tcpPackets[way];
            case IpProtocol.UDP -> rules.udpPackets[way];
            default -> rules.otherPackets[way];
        };
        if (group != null && length >= group.shortest()) {
            hits.clear();
            scanner.scan(group.database(), packet.segment(), packet.payloadOffset, length, hits);
            group.collect(hits, found);
        }
        Group ofStream = isRefused(packet) ? rules.streams[way] : null;
        if (ofStream != null) {
            hits.clear();
            scanner.scan(ofStream.database(), packet.segment(), packet.payloadOffset, length, hits);
            ofStream.collect(hits, found);
        }
        found.addAll(rules.payloadAlways[way]);
    }

    private void addPending(FlowState flow, Direction direction) {
        PlanList pending = flow.pending[index(direction)];
        for (int i = 0; i < pending.count(); i++) {
            found.add(pending.get(i));
        }
    }

    private void copy(Packet packet, int length) {
        if (payload.length < length) {
            payload = new byte[Math.max(length, payload.length * 2)];
        }
        if (length > 0) {
            MemorySegment.copy(packet.segment(), ValueLayout.JAVA_BYTE, packet.payloadOffset, payload, 0, length);
        }
    }

    private void tryPacket(Plan plan, @Nullable FlowState flow, Packet packet, int length, int way) {
        if (plan.payload == null) {
            if (plan.fits(moment) && holds(plan)) {
                report(plan, null, null, plan.ofConversation || plan.isAboutApplication());
            }
            return;
        }
        if (tryStream(plan, flow, way)) {
            return;
        }
        boolean here = packet.ipProtocol != IpProtocol.TCP || plan.inPacket || flow == null;
        here = (here || !plan.onlyStream && isRefused(packet))
                && packet.dropReason != DropReason.STREAM_OVERLAP.ordinal();
        if (here && length > 0 && plan.fits(moment) && holds(plan)) {
            inspection.begin(moment);
            if (inspection.inspect(plan.payload, payload, 0, length, 0, true)) {
                report(plan, null, null, false);
            }
        }
    }

    /** True when the stream has refused the packet or is not followed: its octets are in no stream, and rules about streams look at it alone. */
    private static boolean isRefused(Packet packet) {
        return packet.ipProtocol == IpProtocol.TCP && (packet.dropReason != 0 || packet.outsideStream);
    }

    /** Conditions and headers of the packet. */
    private boolean holds(Plan plan) {
        counters.increment(IpsCounter.RULES_ASKED);
        moment.clearEnrichments();
        if (!plan.conditionsHold(moment)) {
            return false;
        }
        for (Plan.Part part : plan.packetParts) {
            if (!holdsInHeader(part)) {
                return false;
            }
        }
        return true;
    }

    private boolean holdsInHeader(Plan.Part part) {
        BufferSink instances = fields.get(rules.keys[part.key], part.key, moment);
        return questions.ofInstances(part, instances) == Answer.YES;
    }

    private boolean tryStream(Plan plan, @Nullable FlowState flow, int way) {
        if (flow == null || plan.payload == null || !plan.inStream || !flow.streamGrew[way]) {
            return false;
        }
        Follower stream = flow.streams[way];
        if (stream == null || !plan.fits(moment) || !holds(plan)) {
            return false;
        }
        inspection.begin(moment);
        OctetWindow window = stream.window;
        if (!inspection.inspect(plan.payload, window.octets(), 0, window.length(), window.base(), true)) {
            return false;
        }
        flow.pending[way].forget(plan.index);
        // what a SYN brings is not the connection's before the other end has answered
        report(plan, null, null, !moment.packet().hasFlags(Packet.SYN));
        return true;
    }

    // ---- transactions

    /** Holds rules against a direction of a transaction, as far as it has been read. */
    void transaction(TransactionState state, Direction direction) {
        Transaction transaction = state.transaction;
        moment.turnTo(transaction, direction);
        moment.clearEvents();
        fields.turn();
        int way = index(direction);
        note(state.events.get(way));
        note(state.events.get(1 - way)); // an oddity is the transaction's, whichever way it came
        int protocol = transaction.protocol().ordinal();
        begin(state, protocol, way);
        beginEvents(state, protocol, way, direction.isToServer());
        RuleSet.FieldGroup[] groups = rules.fields[protocol][way];
        Progress progress = transaction.progress(direction);
        for (int i = 0; rules.growing[protocol][way] && i < state.searched[way]; i++) {
            if (groups[i].buffer().isGrowing()) {
                search(state, groups[i], direction.isToServer());
            }
        }
        while (state.searched[way] < groups.length
                && groups[state.searched[way]].at().compareTo(progress) <= 0) {
            search(state, groups[state.searched[way]++], direction.isToServer());
        }
        Candidates candidates = state.candidates;
        for (int i = 0; i < candidates.count(); i++) {
            Plan plan = rules.plans[Candidates.plan(candidates.key(i))];
            if ((plan.spans || Candidates.isToServer(candidates.key(i)) == direction.isToServer())
                    && tryTransaction(plan, state, null, candidates, i)) {
                i--;
            }
        }
        files(state, direction);
    }

    private void note(List<String> events) {
        for (int i = 0; i < events.size(); i++) {
            moment.note(events.get(i));
        }
    }

    /** Rules about oddities are asked in the direction of the oddity, those about the other direction alone in theirs. */
    private void beginEvents(TransactionState state, int protocol, int way, boolean toServer) {
        boolean own = !state.events.get(way).isEmpty() && !state.askedForEvents[way];
        boolean across = !state.events.get(1 - way).isEmpty() && !state.askedAcross[way];
        state.askedForEvents[way] |= own;
        state.askedAcross[way] |= across;
        for (int plan : own || across ? rules.onEvent[protocol][way] : NONE) {
            if (own || rules.plans[plan].signature.ways() != Buffer.Ways.BOTH) {
                state.candidates.add(Candidates.key(rules.plans[plan], toServer));
            }
        }
    }

    private static final int[] NONE = {};

    private void begin(TransactionState state, int protocol, int way) {
        if (!state.begun[way]) {
            state.begun[way] = true;
            for (int plan : rules.always[protocol][way]) {
                state.candidates.add(Candidates.key(rules.plans[plan], way == RuleSet.TO_SERVER));
            }
        }
    }

    private void search(TransactionState state, RuleSet.FieldGroup field, boolean toServer) {
        BufferSink instances = fields.get(rules.keys[field.key()], field.key(), moment);
        for (int i = 0; i < instances.count(); i++) {
            if (instances.to(i) - instances.from(i) < field.group().shortest()) {
                continue;
            }
            hits.clear();
            scanner.scan(field.group().database(), instances.octets(i), instances.from(i), instances.to(i), hits);
            addHits(field.group(), state.candidates, toServer);
        }
    }

    private void addHits(Group group, Candidates to, boolean toServer) {
        found.clear();
        group.collect(hits, found);
        add(found, to, toServer);
    }

    /** Plans whose literals were found in octets that came in become candidates. */
    void begin(RuleSet set, PlanList list, Candidates to, boolean toServer) {
        rules = set;
        add(list, to, toServer);
    }

    private void add(PlanList list, Candidates to, boolean toServer) {
        for (int i = 0; i < list.count(); i++) {
            to.add(Candidates.key(rules.plans[list.get(i)], toServer));
        }
    }

    private void files(TransactionState state, Direction direction) {
        int way = index(direction);
        for (TransactionState.FileState file : state.files) {
            if (file.file.direction() != direction || !file.dirty) {
                continue;
            }
            file.dirty = false;
            moment.turnTo(file.file);
            fields.turn();
            if (!file.begun) {
                file.begun = true;
                for (int plan : rules.filesAlways[state.transaction.protocol().ordinal()][way]) {
                    file.candidates.add(Candidates.key(rules.plans[plan], direction.isToServer()));
                }
            }
            for (int i = 0; i < file.candidates.count(); i++) {
                Plan plan = rules.plans[Candidates.plan(file.candidates.key(i))];
                if (tryTransaction(plan, state, file, file.candidates, i)) {
                    i--;
                }
            }
        }
    }

    /** Tries a candidate; true when it was taken out of the list. */
    private boolean tryTransaction(
            Plan plan,
            TransactionState state,
            TransactionState.@Nullable FileState file,
            Candidates candidates,
            int at) {
        long begun = costs.check(plan.index);
        boolean taken = tryParts(plan, state, file, candidates, at);
        costs.end(plan.index, begun);
        return taken;
    }

    private boolean tryParts(
            Plan plan,
            TransactionState state,
            TransactionState.@Nullable FileState file,
            Candidates candidates,
            int at) {
        if (!plan.fits(moment, state.transaction.protocol())) {
            if (!plan.spans) {
                candidates.finish(at);
                return true;
            }
            return false;
        }
        counters.increment(IpsCounter.RULES_ASKED);
        moment.clearEnrichments();
        if (!plan.conditionsHold(moment)) {
            if (!plan.always && !plan.spans) {
                candidates.finish(at);
                return true;
            }
            return false;
        }
        inspection.begin(moment);
        long held = candidates.held(at);
        for (int i = 0; i < plan.parts.length; i++) {
            if ((held & 1L << i) != 0) {
                continue;
            }
            Answer answer = plan.spans
                    ? askEitherWay(plan.parts[i], state, file)
                    : questions.ask(rules, plan.parts[i], state, file);
            if (answer == Answer.NO) {
                candidates.finish(at);
                return true;
            }
            if (answer == Answer.YES) {
                held |= 1L << i;
            }
        }
        candidates.held(at, held);
        if (held != plan.allParts || !payloadHolds(plan)) {
            return false;
        }
        candidates.finish(at);
        report(plan, state.transaction, file == null ? null : file.file, true);
        return true;
    }

    /** A rule about both directions may have a candidate in one of them: what it asks of the other one is looked up there. */
    private Answer askEitherWay(Plan.Part part, TransactionState state, TransactionState.@Nullable FileState file) {
        Direction direction = moment.direction();
        if (part.ofFile || part.ways.include(direction.isToServer())) {
            return questions.ask(rules, part, state, file);
        }
        moment.turnTo(state.transaction, direction.opposite());
        fields.turn();
        Answer answer = questions.ask(rules, part, state, null);
        if (file == null) {
            moment.turnTo(state.transaction, direction);
        } else {
            moment.turnTo(file.file);
        }
        fields.turn();
        return answer;
    }

    /** A rule about a transaction may ask for octets of the payload as well: of the packet that is there now. */
    private boolean payloadHolds(Plan plan) {
        if (plan.payload == null && plan.packetParts.length == 0) {
            return true;
        }
        for (Plan.Part part : plan.packetParts) {
            if (!holdsInHeader(part)) {
                return false;
            }
        }
        if (plan.payload == null) {
            return true;
        }
        FlowState flow = current;
        Follower stream = flow == null ? null : flow.streams[index(moment.direction())];
        if (stream != null) {
            OctetWindow window = stream.window;
            return inspection.inspect(plan.payload, window.octets(), 0, window.length(), window.base(), true);
        }
        Packet packet = moment.packet();
        int length = packet.payloadOffset == Packet.NONE ? 0 : packet.payloadLength;
        copy(packet, length);
        return inspection.inspect(plan.payload, payload, 0, length, 0, true);
    }

    private @Nullable FlowState current;

    void flow(@Nullable FlowState flow) {
        current = flow;
        if (flow != null) {
            flow.noteOnly(index(moment.packetDirection()));
        }
    }

    // ---- frames

    /** Holds rules against a piece of a protocol's framing, as far as it has come. */
    void frame(FrameState state, boolean complete) {
        ProtocolFrame frame = state.frame;
        moment.turnTo(frame.transaction(), frame.direction());
        moment.clearEvents();
        fields.turn();
        boolean toServer = frame.direction().isToServer();
        if (!state.begun) {
            state.begun = true;
            for (int plan : state.group.always(toServer)) {
                state.candidates.add(Candidates.key(rules.plans[plan], toServer));
            }
        }
        for (int i = 0; i < state.candidates.count(); i++) {
            Plan plan = rules.plans[Candidates.plan(state.candidates.key(i))];
            long begun = costs.check(plan.index);
            Answer answer = ofFrame(plan, state, complete);
            costs.end(plan.index, begun);
            if (answer != Answer.LATER) {
                state.candidates.finish(i--);
            }
        }
    }

    private Answer ofFrame(Plan plan, FrameState state, boolean complete) {
        if (!plan.fits(moment, state.frame.protocol())) {
            return Answer.NO;
        }
        counters.increment(IpsCounter.RULES_ASKED);
        moment.clearEnrichments();
        if (!plan.conditionsHold(moment)) {
            return Answer.LATER;
        }
        inspection.begin(moment);
        for (Plan.Part part : plan.parts) {
            Answer answer = questions.ofFollower(rules, part, state.follower, complete);
            if (answer != Answer.YES) {
                return answer;
            }
        }
        report(plan, state.frame.transaction(), null, true);
        matches.getLast().frame = state.frame;
        return Answer.YES;
    }

    @Override
    public void close() {
        expressions.close();
        scanner.close();
    }
}
