package jp.genkan.dataplane.pipeline;

import java.lang.foreign.MemorySegment;
import java.util.List;
import jp.genkan.core.counter.CounterCollector;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.flow.FlowView;
import org.jspecify.annotations.Nullable;

/**
 * The stages in their order: calls those that have not settled the flow, and joins what they say. A stage is called even when one before
 * it has dropped the packet: what it keeps of the flow has to be whole.
 *
 * <p>Thread rule: as {@link PipelineRunner}, which owns it.
 */
final class Stages {
    private final Stage[] stages;
    private final StageContext context;
    private int current;

    Stages(List<Stage> stages, StageContext context) {
        this.stages = stages.toArray(Stage[]::new);
        this.context = context;
    }

    int size() {
        return stages.length;
    }

    /** Number of the stage that was called last: the one that speaks to the context. */
    int current() {
        return current;
    }

    List<Stage> list() {
        return List.of(stages);
    }

    Verdict onFlowlessPacket(Packet packet) {
        Verdict verdict = Verdict.FORWARD;
        for (int i = 0; i < stages.length; i++) {
            current = i;
            verdict = verdict.and(stages[i].onFlowlessPacket(packet, context));
        }
        return verdict;
    }

    Verdict onPacket(Packet packet, FlowView flow) {
        Verdict verdict = Verdict.FORWARD;
        long settled = flow.settledMask();
        for (int i = 0; i < stages.length; i++) {
            if (enters(i, settled)) {
                verdict = verdict.and(stages[i].onPacket(packet, flow, context));
            }
        }
        return verdict;
    }

    Verdict onPacketEnd(Packet packet, @Nullable FlowView flow) {
        Verdict verdict = Verdict.FORWARD;
        long settled = flow == null ? 0 : flow.settledMask();
        for (int i = 0; i < stages.length; i++) {
            if (enters(i, settled)) {
                verdict = verdict.and(stages[i].onPacketEnd(packet, flow, context));
            }
        }
        return verdict;
    }

    /** Octets of a stream, for the stages whose bit is set in {@code wanting}. */
    Verdict onStream(
            long wanting, FlowView flow, MemorySegment bytes, long offset, int length, int gapBytes, Packet packet) {
        Verdict verdict = Verdict.FORWARD;
        for (int i = 0; i < stages.length; i++) {
            if (enters(i, ~wanting)) {
                verdict = verdict.and(stages[i].onStream(flow, bytes, offset, length, gapBytes, packet, context));
            }
        }
        return verdict;
    }

    Verdict onTransaction(FlowView flow, Transaction transaction, Direction direction, Packet packet) {
        Verdict verdict = Verdict.FORWARD;
        long settled = flow.settledMask();
        for (int i = 0; i < stages.length; i++) {
            if (enters(i, settled)) {
                verdict = verdict.and(stages[i].onTransaction(flow, transaction, direction, packet, context));
            }
        }
        return verdict;
    }

    Verdict onBody(
            FlowView flow,
            Transaction transaction,
            Direction direction,
            byte[] octets,
            int from,
            int to,
            Packet packet) {
        Verdict verdict = Verdict.FORWARD;
        long settled = flow.settledMask();
        for (int i = 0; i < stages.length; i++) {
            if (enters(i, settled)) {
                verdict =
                        verdict.and(stages[i].onBody(flow, transaction, direction, octets, from, to, packet, context));
            }
        }
        return verdict;
    }

    Verdict onFile(FlowView flow, TransferredFile file, byte[] octets, int from, int to, Packet packet) {
        Verdict verdict = Verdict.FORWARD;
        long settled = flow.settledMask();
        for (int i = 0; i < stages.length; i++) {
            if (enters(i, settled)) {
                verdict = verdict.and(stages[i].onFile(flow, file, octets, from, to, packet, context));
            }
        }
        return verdict;
    }

    Verdict onMail(FlowView flow, Transaction transaction, Direction direction, boolean begins, Packet packet) {
        Verdict verdict = Verdict.FORWARD;
        long settled = flow.settledMask();
        for (int i = 0; i < stages.length; i++) {
            if (enters(i, settled)) {
                verdict = verdict.and(stages[i].onMail(flow, transaction, direction, begins, packet, context));
            }
        }
        return verdict;
    }

    Verdict onHeld(Packet packet, FlowView flow) {
        Verdict verdict = Verdict.FORWARD;
        for (int i = 0; i < stages.length; i++) {
            current = i;
            verdict = verdict.and(stages[i].onHeld(packet, flow, context));
        }
        return verdict;
    }

    /** True when some stage asks for the SHA-1 of files. */
    boolean wantsSha1() {
        for (Stage each : stages) {
            if (each.wantsSha1()) {
                return true;
            }
        }
        return false;
    }

    /** True when some stage asks for frames. */
    boolean wantsFrames() {
        for (Stage each : stages) {
            if (each.wantsFrames()) {
                return true;
            }
        }
        return false;
    }

    Verdict onFrame(FlowView flow, ProtocolFrame frame, byte[] octets, int from, int to, long missing, Packet packet) {
        Verdict verdict = Verdict.FORWARD;
        long settled = flow.settledMask();
        for (int i = 0; i < stages.length; i++) {
            if (enters(i, settled)) {
                verdict = verdict.and(stages[i].onFrame(flow, frame, octets, from, to, missing, packet, context));
            }
        }
        return verdict;
    }

    void onAnomaly(
            FlowView flow,
            @Nullable String protocol,
            @Nullable Transaction transaction,
            Direction direction,
            String event,
            Packet packet) {
        long settled = flow.settledMask();
        for (int i = 0; i < stages.length; i++) {
            if (enters(i, settled)) {
                stages[i].onAnomaly(flow, protocol, transaction, direction, event, packet, context);
            }
        }
    }

    void onFlowEnd(FlowView flow) {
        for (int i = 0; i < stages.length; i++) {
            current = i;
            stages[i].onFlowEnd(flow, context);
        }
    }

    void collect(CounterCollector to) {
        for (Stage each : stages) {
            each.collect(to);
        }
    }

    void close() {
        for (Stage each : stages) {
            each.close();
        }
    }

    /** Makes a stage the one that speaks, unless its bit is set in {@code skipped}. */
    private boolean enters(int stage, long skipped) {
        if ((skipped & 1L << stage) != 0) {
            return false;
        }
        current = stage;
        return true;
    }
}
