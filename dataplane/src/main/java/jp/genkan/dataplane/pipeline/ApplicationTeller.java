package jp.genkan.dataplane.pipeline;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.event.AnomalyEvent;
import jp.genkan.core.event.EventSink;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.event.PacketSource;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileEvent;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.FrameEvent;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransactionEvent;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.application.ApplicationObserver;
import jp.genkan.dataplane.flow.FlowEvent;
import jp.genkan.dataplane.flow.FlowView;
import jp.genkan.protocols.dns.ResolvedNames;
import org.jspecify.annotations.Nullable;

/**
 * What parsers have read, told to the stages in order, and then to everybody as events.
 *
 * <p>Thread rule: the runner's.
 */
final class ApplicationTeller implements ApplicationObserver {
    private final Stages stages;
    private final ResolvedNames names;
    private final EventSink events;
    private final AnomalyTeller anomalies;
    private final boolean acting;
    private final boolean tellsFrames;
    private final List<TransactionEvent> told = new ArrayList<>();

    // the frame at hand
    private long nanos;
    private long epochNanos;
    private int outermostVersion;

    ApplicationTeller(PipelineParts parts, Stages stages, AnomalyTeller anomalies) {
        this.stages = stages;
        this.names = parts.names();
        this.events = parts.events();
        this.anomalies = anomalies;
        this.acting = parts.acting();
        this.tellsFrames = parts.application() != null && parts.application().tellsFrames();
    }

    /** A frame comes. */
    void begin(Packet frame, long now) {
        nanos = now;
        epochNanos = frame.epochNanos;
        outermostVersion = frame.ipVersion;
    }

    @Override
    public Verdict onTransaction(FlowView flow, Transaction transaction, Direction direction, Packet packet) {
        Verdict verdict = stages.onTransaction(flow, transaction, direction, packet);
        if (verdict == Verdict.FORWARD) {
            names.learn(transaction, direction, flow, nanos);
        }
        return verdict;
    }

    @Override
    public Verdict onFile(FlowView flow, TransferredFile file, byte[] octets, int from, int to, Packet packet) {
        return stages.onFile(flow, file, octets, from, to, packet);
    }

    @Override
    public Verdict onBody(
            FlowView flow,
            Transaction transaction,
            Direction direction,
            byte[] octets,
            int from,
            int to,
            Packet packet) {
        return stages.onBody(flow, transaction, direction, octets, from, to, packet);
    }

    @Override
    public Verdict onMail(FlowView flow, Transaction transaction, Direction direction, boolean begins, Packet packet) {
        return stages.onMail(flow, transaction, direction, begins, packet);
    }

    @Override
    public boolean wantsSha1() {
        return stages.wantsSha1();
    }

    @Override
    public boolean wantsFrames() {
        return tellsFrames || stages.wantsFrames();
    }

    @Override
    public Verdict onFrame(
            FlowView flow, ProtocolFrame frame, byte[] octets, int from, int to, long missing, Packet packet) {
        if (tellsFrames && frame.isOver() && from == to && missing == 0) {
            events.emit(new FrameEvent(identityOf(flow, frame.direction().isToServer(), packet), epochNanos, frame));
        }
        return stages.onFrame(flow, frame, octets, from, to, missing, packet);
    }

    @Override
    public void onComplete(FlowView flow, Transaction transaction, long atEpochNanos, Packet packet) {
        if (transaction.isTold()) {
            told.add(new TransactionEvent(
                    identityOf(flow, transaction.eventDirection().isToServer(), packet), atEpochNanos, transaction));
        }
    }

    /** Events of transactions that this packet has completed: after the last word on it, which may silence them, or cut what they tell about. */
    void tellTransactions(FlowView flow) {
        if (told.isEmpty()) {
            return;
        }
        boolean cut = acting && flow.dropReason() != DropReason.NONE;
        for (TransactionEvent event : told) {
            if (!cut && !event.transaction().isSilenced()) {
                events.emit(event);
            }
        }
        told.clear();
    }

    @Override
    public void onFileComplete(FlowView flow, TransferredFile file, long atEpochNanos, Packet packet) {
        if (!acting || flow.dropReason() == DropReason.NONE || file.state() == FileState.CLOSED) {
            events.emit(new FileEvent(identityOf(flow, file.direction().isToServer(), packet), atEpochNanos, file));
        }
    }

    @Override
    public void onAnomaly(
            FlowView flow,
            String protocol,
            @Nullable Transaction transaction,
            Direction direction,
            String event,
            Packet packet) {
        stages.onAnomaly(flow, protocol, transaction, direction, event, packet);
        if (anomalies.mayTell(nanos)) {
            events.emit(AnomalyEvent.ofApplayer(epochNanos, identityOf(flow, true, packet), protocol, event));
        }
    }

    private FlowIdentity identityOf(FlowView flow, boolean toServer, Packet packet) {
        PacketSource from = PacketSource.of(packet, outermostVersion);
        FlowIdentity identity = FlowEvent.identityOf(flow, packet.captureNumber).from(from);
        return toServer ? identity : identity.reversed();
    }
}
