package jp.genkan.av.stage;

import java.util.List;
import java.util.Locale;
import jp.genkan.av.scan.ScanResult;
import jp.genkan.av.stage.FlowFiles.OpenFile;
import jp.genkan.av.unpack.Members.Reason;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.StageContext;
import org.jspecify.annotations.Nullable;

/**
 * Says in events and counters what became of files.
 *
 * <p>Thread rule: one worker.
 */
final class AvTelling {
    /** Why an infected file was let through. */
    private static final String LATE = "its password came with a later mail";

    private final boolean acting;
    private final CounterSet<AvCounter> counters;

    AvTelling(boolean acting, CounterSet<AvCounter> counters) {
        this.acting = acting;
        this.counters = counters;
    }

    /** Tells what was found, if it is worth telling; true when the transfer has to end. */
    boolean tell(OpenFile file, ScanResult result, Packet packet, Flow flow, StageContext context) {
        ScanResult.Finding infection = result.infection();
        if (infection != null) {
            AvEvent.Action action = acting ? AvEvent.Action.BLOCKED : AvEvent.Action.LOGGED;
            infected(file.file, file.memory.size(), infection, action, packet, flow, context);
            return acting;
        }
        for (ScanResult.Finding finding : result.findings()) {
            emit(
                    file.file,
                    file.memory.size(),
                    ScanResult.Verdict.CLEAN,
                    finding.detection().signature(),
                    finding.path(),
                    null,
                    AvEvent.Action.LOGGED,
                    packet,
                    flow,
                    context);
        }
        if (!result.blind().isEmpty() && file.file.state() == FileState.CLOSED && !file.cutOff) {
            ScanResult.Blind first = result.blind().getFirst();
            unseen(file, first.reason(), first.path(), packet, flow, context);
        }
        return false;
    }

    /** Tells of an infected file of a transfer that was held. */
    void infected(HeldTransfer.Infection of, AvEvent.Action action, Packet packet, Flow flow, StageContext context) {
        ScanResult.Finding infection = of.result().infection();
        if (infection != null) {
            infected(of.file(), of.size(), infection, action, packet, flow, context);
        }
    }

    private void infected(
            TransferredFile file,
            long size,
            ScanResult.Finding infection,
            AvEvent.Action action,
            Packet packet,
            Flow flow,
            StageContext context) {
        counters.increment(AvCounter.INFECTED);
        String signature = infection.detection().signature();
        emit(file, size, ScanResult.Verdict.INFECTED, signature, infection.path(), null, action, packet, flow, context);
        if (action == AvEvent.Action.BLOCKED) {
            counters.increment(AvCounter.BLOCKED);
            context.dropFor(new AvCause(signature));
        } else if (action == AvEvent.Action.NEUTRALISED) {
            counters.increment(AvCounter.NEUTRALISED);
        }
    }

    /** Tells that a file passes without a look. */
    void unseen(OpenFile file, Reason reason, Packet packet, Flow flow, StageContext context) {
        unseen(file, reason, List.of(), packet, flow, context);
    }

    private void unseen(
            OpenFile file, Reason reason, List<String> path, Packet packet, Flow flow, StageContext context) {
        counters.increment(AvCounter.UNINSPECTABLE);
        String words = reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        emit(
                file.file,
                file.memory.size(),
                ScanResult.Verdict.UNINSPECTABLE,
                null,
                path,
                words,
                AvEvent.Action.LOGGED,
                packet,
                flow,
                context);
    }

    /** Tells that a file was infected which nobody could look into when it passed. */
    void late(PastFile past, ScanResult.Finding infection, StageContext context) {
        counters.increment(AvCounter.INFECTED);
        AvEvent event = new AvEvent(
                context.epochNanos(),
                past.identity(),
                past.file(),
                past.size(),
                ScanResult.Verdict.INFECTED,
                infection.detection().signature(),
                infection.path(),
                LATE,
                past.transfer(),
                AvEvent.Action.LOGGED);
        if (!context.emit(event)) {
            counters.increment(AvCounter.EVENTS_SHED);
        }
    }

    /** The file as it will be told of later. */
    static PastFile past(OpenFile file, List<String> outer, Packet packet, Flow flow) {
        return new PastFile(
                fromSender(file.file.direction(), packet, flow),
                file.file,
                file.memory.size(),
                transfer(file.file, flow),
                outer);
    }

    /** From the file's sender to its receiver. */
    static FlowIdentity fromSender(Direction direction, Packet packet, Flow flow) {
        FlowIdentity identity = FlowIdentity.of(packet, flow);
        return flow.toServer() == direction.isToServer() ? identity : identity.reversed();
    }

    private void emit(
            TransferredFile file,
            long size,
            ScanResult.Verdict verdict,
            @Nullable String signature,
            List<String> path,
            @Nullable String reason,
            AvEvent.Action action,
            Packet packet,
            Flow flow,
            StageContext context) {
        AvEvent event = new AvEvent(
                context.epochNanos(),
                fromSender(file.direction(), packet, flow),
                file,
                size,
                verdict,
                signature,
                path,
                reason,
                transfer(file, flow),
                action);
        if (!context.emit(event)) {
            counters.increment(AvCounter.EVENTS_SHED);
        }
    }

    /** Seen from the LAN. */
    private static String transfer(TransferredFile file, Flow flow) {
        AppProtocol protocol = file.transaction().protocol();
        boolean mail = protocol == AppProtocol.SMTP || protocol == AppProtocol.POP3 || protocol == AppProtocol.IMAP;
        boolean clientInside = flow.clientSide() != Side.OUTSIDE;
        boolean inward = clientInside != file.direction().isToServer();
        if (mail) {
            return inward ? "mail-in" : "mail-out";
        }
        return inward ? "download" : "upload";
    }
}
