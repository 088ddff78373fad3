package jp.genkan.dataplane.pipeline;

import java.lang.foreign.MemorySegment;
import java.util.List;
import jp.genkan.core.counter.CounterCollector;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.decode.FrameDecoder;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.event.AnomalyEvent;
import jp.genkan.core.event.DropCause;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.EventNote;
import jp.genkan.core.event.EventSink;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.event.PacketSource;
import jp.genkan.core.fragment.IpReassembler;
import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.pipeline.Answer;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.Hold;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.application.ApplicationLayer;
import jp.genkan.dataplane.application.Blindness;
import jp.genkan.dataplane.application.Disagreement;
import jp.genkan.dataplane.flow.ExceptionPolicy;
import jp.genkan.dataplane.flow.FlowEndListener;
import jp.genkan.dataplane.flow.FlowTable;
import jp.genkan.dataplane.flow.FlowView;
import jp.genkan.dataplane.flow.StreamAnomaly;
import jp.genkan.dataplane.hold.Holding;
import jp.genkan.dataplane.host.HostObserver;
import jp.genkan.dataplane.reject.AnswerWriter;
import jp.genkan.dataplane.reject.RejectWriter;
import jp.genkan.dataplane.stream.StreamAction;
import jp.genkan.dataplane.stream.StreamConsumer;
import jp.genkan.dataplane.stream.StreamReassembler;
import jp.genkan.protocols.dns.ResolvedNames;
import org.jspecify.annotations.Nullable;

/**
 * Takes one frame at a time through everything that happens between arrival and sending, in this order:
 *
 * <pre>
 *   process     decode ─ host table ─ each layer of the frame, outermost first: judge ─ verdict
 *   judge       anomalies ─ fragment? put together and judge the whole ─ flow ─ stages ─ follow
 *   follow      TCP state ─ bytes in order to the stages that asked, and to the application layer ─ what contradicts itself is dropped
 *   read        the application layer: parsers tell transactions and files, which each stage sees
 * </pre>
 *
 * <p>Thread rule: one worker, or the one thread of a replay. Nothing allocates but events.
 */
public final class PipelineRunner implements StageContext, StreamConsumer, AutoCloseable {
    private final FrameDecoder decoder;
    private final IpReassembler fragments;
    private final FlowTable flows;
    private final StreamReassembler streams;
    private final @Nullable HostObserver hosts;
    private final Stages stages;
    private final @Nullable ApplicationLayer application;
    private final EventSink events;
    private final Refusals refusals;
    private final Answers answers;
    private final AnomalyTeller anomalies;
    private final ApplicationTeller teller;
    private final Holding holding;
    private final Midstream midstream;
    private final FlowEndListener flowEnds;
    private final FlowEndListener onFlowEnd = this::flowEnded;
    private final Holding.Listener onHeld;
    private final boolean tellsFlows;
    private final boolean acting;
    private final DropTeller dropTeller;
    private final ResolvedNames names;

    private final CounterSet<PipelineCounter> counters = new CounterSet<>(PipelineCounter.class);
    private final CounterSet<DropReason> drops = new CounterSet<>(DropReason.class);

    private final Packet noPacket = new Packet();

    private long nanos;
    private long epochNanos;
    private int outermostVersion;
    /** The packet at hand is part of a stream, and nothing speaks against it. */
    private boolean followed;

    private @Nullable FlowView lastFlow;
    private @Nullable EventNote flowNote;
    /** While octets of a stream are handed over: the packet that brought them. */
    private @Nullable Packet packetAtHand;

    /**
     * A runner.
     *
     * @param parts what it runs with
     * @param output where frames go that leave otherwise than by {@link #process}
     */
    public PipelineRunner(PipelineParts parts, FrameOutput output) {
        this.decoder = parts.decoder();
        this.fragments = parts.fragments();
        this.flows = parts.flows();
        this.streams = parts.streams();
        this.hosts = parts.hosts();
        this.stages = new Stages(parts.stages(), this);
        this.onHeld = stages::onHeld;
        this.events = parts.events();
        this.anomalies = new AnomalyTeller(events, parts.anomalyEventsPerSecond(), counters);
        this.teller = new ApplicationTeller(parts, stages, anomalies);
        this.midstream = new Midstream(parts.midstream(), parts.acting());
        this.acting = parts.acting();
        this.dropTeller = new DropTeller(events, parts.drops(), parts.anomalyEventsPerSecond());
        this.flowEnds = parts.flowEnds();
        this.names = parts.names();
        this.tellsFlows = parts.tellsFlows();
        this.holding = parts.holding().make(streams.places(), flows, output::inject, parts.ethernet());
        this.refusals = new Refusals(new RejectWriter(parts.ethernet()), streams, output, counters);
        this.answers = new Answers(new AnswerWriter(parts.ethernet()), refusals, output, counters);
        this.application =
                parts.application() == null ? null : new ApplicationLayer(stages.size(), parts.application(), teller);
    }

    /**
     * Takes a frame that is not decoded yet through the pipeline.
     *
     * @param now monotonic time in nanoseconds
     * @return true when it is to be forwarded; false when it was dropped
     */
    public boolean process(Packet frame, LinkType link, long now) {
        decode(frame, link);
        return inspect(frame, now);
    }

    /** The first half of {@link #process}: finds the layers. */
    public void decode(Packet frame, LinkType link) {
        decoder.decode(frame, link);
    }

    /** The second half of {@link #process}: judges a frame that is decoded. */
    public boolean inspect(Packet frame, long now) {
        nanos = now;
        epochNanos = frame.epochNanos;
        lastFlow = null;
        outermostVersion = frame.ipVersion;
        teller.begin(frame, now);
        streams.expectation().clear();
        answers.begin();
        counters.increment(PipelineCounter.FRAMES);
        counters.add(PipelineCounter.BYTES, frame.frameLength);
        if (hosts != null) {
            hosts.observe(frame, now);
        }
        Verdict verdict = judgeLayers(frame);
        boolean goesOn = conclude(frame, verdict);
        holding.after(now);
        return goesOn;
    }

    private Verdict judgeLayers(Packet outermost) {
        Verdict verdict = Verdict.FORWARD;
        for (Packet layer = outermost; layer != null; layer = layer.inner()) {
            verdict = verdict.and(judge(layer));
        }
        return verdict;
    }

    private Verdict judge(Packet packet) {
        dropTeller.begin();
        boolean fragment = packet.ipVersion != 0 && packet.isFragment();
        Packet whole = fragment ? fragments.offer(packet, nanos) : null;
        if ((packet.anomalies | packet.moreAnomalies) != 0) {
            anomalies.note(packet, nanos);
        }
        if (packet.ipVersion == 0) {
            return tellingDrop(packet, null, judgeWithoutFlow(packet));
        }
        if (fragment) {
            return judgeFragment(packet, whole);
        }
        FlowView flow = flows.find(packet, nanos);
        if (flow == null) {
            counters.increment(PipelineCounter.FLOWLESS);
            return tellingDrop(packet, null, judgeWithoutFlow(packet));
        }
        lastFlow = packet.isOutermost() ? flow : null;
        return tellingDrop(packet, flow, judgeInFlow(packet, flow));
    }

    private Verdict tellingDrop(Packet packet, @Nullable FlowView flow, Verdict verdict) {
        if (verdict != Verdict.FORWARD && acting && packet.dropReason != DropReason.HELD.ordinal()) {
            String protocol = flow == null || application == null ? null : application.eveProtocol(flow);
            dropTeller.tell(packet, flow, verdict, protocol, PacketSource.of(packet, outermostVersion), nanos);
        }
        return verdict;
    }

    private Verdict judgeWithoutFlow(Packet packet) {
        Verdict verdict = stages.onFlowlessPacket(packet);
        return verdict == Verdict.FORWARD ? stages.onPacketEnd(packet, null) : verdict;
    }

    /** Each fragment goes on as it came; only the one that completes the datagram waits for the verdict on the whole. */
    private Verdict judgeFragment(Packet fragment, @Nullable Packet whole) {
        Verdict verdict = judgeWithoutFlow(fragment);
        if (whole != null) {
            verdict = verdict.and(judgeLayers(whole));
            if (whole.dropReason != 0) {
                fragment.dropReason = whole.dropReason;
            }
        }
        return verdict;
    }

    private Verdict judgeInFlow(Packet packet, FlowView flow) {
        if (flow.dropReason() != DropReason.NONE) {
            packet.dropReason = DropReason.FLOW_DROPPED.ordinal();
            return refusals.isToldAgain(packet, flow) ? Verdict.REJECT : Verdict.DROP;
        }
        if (flow.isExempt()) {
            return Verdict.FORWARD;
        }
        Verdict verdict = stages.onPacket(packet, flow);
        if (verdict != Verdict.FORWARD) {
            return verdict;
        }
        boolean toServer = flow.toServer();
        followed = false;
        verdict = switch (packet.ipProtocol) {
            case IpProtocol.TCP -> follow(packet, flow);
            case IpProtocol.UDP -> read(packet, flow);
            default -> Verdict.FORWARD;
        };
        flow.turn(toServer);
        verdict = verdict.and(stages.onPacketEnd(packet, flow));
        if (verdict == Verdict.FORWARD && followed && flow.isHeld()) {
            verdict = take(packet, flow);
        }
        teller.tellTransactions(flow);
        return verdict;
    }

    private boolean conclude(Packet frame, Verdict verdict) {
        if (verdict == Verdict.FORWARD || !acting) {
            counters.increment(PipelineCounter.FORWARDED);
            return true;
        }
        if (frame.dropReason == DropReason.HELD.ordinal() && verdict == Verdict.DROP) {
            counters.increment(PipelineCounter.HELD);
            return false;
        }
        counters.increment(PipelineCounter.DROPPED);
        drops.increment(DropReason.of(DropTeller.reasonOf(frame)));
        if (frame.dropReason == DropReason.NONE.ordinal() && frame.inner() != null) {
            frame.dropReason = DropReason.TUNNEL.ordinal();
            dropTeller.begin();
            tellingDrop(frame, lastFlow, Verdict.DROP);
        }
        if (isCutWhileHeld(verdict)) {
            return false;
        }
        if (!answers.conclude(frame, lastFlow, nanos) && verdict == Verdict.REJECT) {
            refusals.refuse(frame, lastFlow);
        }
        return false;
    }

    /** A connection that is refused while octets of it are held: they never arrive. */
    private boolean isCutWhileHeld(Verdict verdict) {
        FlowView flow = lastFlow;
        if (flow == null || !flow.isHeld()) {
            return false;
        }
        boolean refused = verdict == Verdict.REJECT || flow.dropReason() != DropReason.NONE;
        if (refused) {
            streams.expectation().set(holding.place(flow));
        }
        return refused && holding.cut(flow);
    }

    /** Follows the TCP connection, and has the stages read its stream where they want to. */
    private Verdict follow(Packet packet, FlowView flow) {
        Verdict met = midstream.meet(flow, packet);
        if (met != Verdict.FORWARD || !midstream.isFollowed(flow, packet)) {
            packet.outsideStream = true;
            return met;
        }
        if (application != null) {
            application.onTcpPacket(flow, nanos);
        }
        if (flow.isHeld()) {
            holding.arrives(packet, flow);
        }
        StreamAction action = streams.accept(flow, packet, this);
        noteStreamAnomalies(packet, flow);
        return switch (action) {
            case FORWARD -> {
                followed = true;
                yield noteEnds(packet, flow);
            }
            case DROP -> Verdict.DROP;
            case REJECT -> Verdict.REJECT;
        };
    }

    private Verdict take(Packet packet, FlowView flow) {
        if (!holding.takes(packet, flow, nanos)) {
            return Verdict.FORWARD;
        }
        packet.dropReason = DropReason.HELD.ordinal();
        return Verdict.DROP;
    }

    private Verdict noteEnds(Packet packet, FlowView flow) {
        Verdict verdict = Verdict.FORWARD;
        if (application != null && flow.wantedStreamMask() != 0) {
            if (streams.isEnded(flow, true)) {
                verdict = verdict.and(application.onStreamEnd(flow, true, packet));
            }
            if (streams.isEnded(flow, false)) {
                verdict = verdict.and(application.onStreamEnd(flow, false, packet));
            }
        }
        return verdict;
    }

    /** A receiver ignores what has a wrong checksum; what only looks reads it all the same. */
    private Verdict read(Packet packet, FlowView flow) {
        boolean ignored = acting && packet.hasBadChecksum();
        return application == null || ignored ? Verdict.FORWARD : application.onDatagram(flow, packet);
    }

    @Override
    public Verdict onBytes(FlowView flow, MemorySegment bytes, long offset, int length, int gapBytes, Packet packet) {
        packetAtHand = gapBytes == 0 ? packet : null;
        long wanting = flow.wantedStreamMask();
        Verdict verdict = stages.onStream(wanting, flow, bytes, offset, length, gapBytes, packet);
        if (application != null && (wanting & 1L << stages.size()) != 0) {
            verdict = verdict.and(application.onStream(flow, bytes, offset, length, gapBytes, packet));
        }
        if (flow.isHeld()) {
            holding.octets(flow, bytes, offset, length, gapBytes);
        }
        packetAtHand = null;
        return verdict;
    }

    // ---- refusals

    /** The output is about to be flushed. */
    public void beforeFlush() {
        holding.beforeFlush();
    }

    /** The output has been flushed: the memory of injected frames may be used again. */
    public void batchEnded() {
        refusals.batchEnded();
        answers.batchEnded();
        holding.batchEnded();
    }

    // ---- anomalies

    private void noteStreamAnomalies(Packet packet, FlowView flow) {
        for (long left = streams.tracker().anomalies(); left != 0; left &= left - 1) {
            StreamAnomaly anomaly = StreamAnomaly.of(Long.numberOfTrailingZeros(left));
            stages.onAnomaly(flow, null, null, Direction.of(flow.toServer()), anomaly.eveName(), packet);
            if (anomaly.isReported() && anomalies.mayTell(nanos)) {
                PacketSource from = PacketSource.of(packet, outermostVersion);
                events.emit(AnomalyEvent.ofStream(
                        epochNanos, FlowIdentity.of(packet, flow).from(from), anomaly.eveName()));
            }
        }
    }

    // ---- time

    /**
     * Ends what has timed out, a bounded part of it; to be called often, also when no frame comes.
     *
     * @param now monotonic time in nanoseconds
     * @param maxFlows most flows to look at
     * @return how much was done; 0 when nothing was due
     */
    public int expire(long now, int maxFlows) {
        nanos = now;
        fragments.expire(now);
        holding.poll(now, onHeld);
        return flows.expire(now, onFlowEnd, maxFlows);
    }

    /** Ends every flow. */
    public void endAll() {
        flows.endAll(onFlowEnd);
    }

    /** Gives the memory of flows and streams back; nothing may be asked of this runner afterwards. */
    @Override
    public void close() {
        holding.close();
        flows.close();
        streams.close();
        stages.close();
    }

    private void flowEnded(FlowView flow) {
        flowNote = null;
        streams.finish(flow, this);
        if (application != null) {
            application.onFlowEnd(flow, noPacket);
        }
        flowEnds.onFlowEnd(flow); // before the stages: they count what the kernel has forwarded, too
        stages.onFlowEnd(flow);
        holding.flowEnded(flow);
        teller.tellTransactions(flow);
        streams.release(flow);
        if (tellsFlows) {
            events.emit(Disagreement.event(application, flow, flowNote));
        }
    }

    // ---- StageContext

    @Override
    public void noteFlow(EventNote note) {
        flowNote = flowNote == null ? note : flowNote.and(note);
    }

    @Override
    public void answer(Flow flow, Answer answer) {
        answers.ask(flow, answer);
    }

    @Override
    public void dropFor(DropCause cause) {
        dropTeller.cause(cause);
    }

    @Override
    public @Nullable Hold hold(Flow flow, Direction direction) {
        boolean own = flow instanceof FlowView && flow.toServer() == direction.isToServer() && acting;
        Packet packet = packetAtHand;
        return own && packet != null ? holding.begin((FlowView) flow, packet) : null;
    }

    @Override
    public @Nullable Hold held(Flow flow, Direction direction) {
        return flow instanceof FlowView view && view.isHeld() ? holding.of(view, direction.isToServer()) : null;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long epochNanos() {
        return epochNanos;
    }

    @Override
    public @Nullable AppProtocol application(Flow flow, @Nullable Direction direction) {
        return application == null || !(flow instanceof FlowView view) ? null : application.protocol(view, direction);
    }

    @Override
    public @Nullable String resolvedName(Flow flow) {
        return names.find(flow, nanos);
    }

    @Override
    public boolean isLookedUp(String name) {
        return names.isLookedUp(name, nanos);
    }

    @Override
    public boolean isReadToEnd(Flow flow) {
        return application == null || flow instanceof FlowView view && application.isDone(view);
    }

    @Override
    public boolean isUnrecognisable(Flow flow) {
        return application != null && flow instanceof FlowView view && application.isUnrecognisable(view);
    }

    @Override
    public int stage() {
        return stages.current();
    }

    @Override
    public boolean emit(Event event) {
        return events.emit(event);
    }

    // ---- what others read

    /** The flow of the frame that was processed last, when it had one of its own and no tunnel in it; good until the next frame. */
    public @Nullable FlowView lastFlow() {
        return lastFlow;
    }

    /** The directions that are held. */
    public Holding holding() {
        return holding;
    }

    /** The flow table. */
    public FlowTable flows() {
        return flows;
    }

    /** What could be seen of each machine's traffic; null without an application layer. */
    public @Nullable Blindness blindness() {
        return application == null ? null : application.blindness();
    }

    /** Hands over every set of counters of this pipeline, each with the prefix under which it is told. */
    public void collect(CounterCollector to) {
        to.add("pipeline", counters);
        to.add("drop", drops);
        to.add("decoder", anomalies.oddities());
        to.add("exception_policy.midstream", midstream.counters());
        to.add("flow", flows.counters());
        to.add("tcp", streams.tracker().counters());
        to.add("stream", streams.counters());
        to.add("fragment", fragments.counters());
        to.add("hold", holding.counters());
        if (application != null) {
            to.add("application", application.counters());
        }
        stages.collect(to);
    }

    /** What was counted. */
    public CounterSet<PipelineCounter> counters() {
        return counters;
    }

    /** Why frames died. */
    public CounterSet<DropReason> drops() {
        return drops;
    }

    /** What the decoder found odd. */
    public CounterSet<DecodeAnomaly> oddities() {
        return anomalies.oddities();
    }

    /** How many packets of connections whose beginning was not seen met which policy. */
    public CounterSet<ExceptionPolicy> midstreamPolicies() {
        return midstream.counters();
    }

    /** How many segments had which anomaly. */
    public CounterSet<StreamAnomaly> streamAnomalies() {
        return streams.tracker().counters();
    }

    /** The stages, in their order. */
    public List<Stage> stages() {
        return stages.list();
    }
}
