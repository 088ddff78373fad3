package jp.genkan.dataplane.application;

import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.flow.FlowView;
import org.jspecify.annotations.Nullable;

/** Is told what parsers have read, before the packet that brought it is forwarded. Runs on the worker. */
public interface ApplicationObserver {
    /**
     * A direction of a transaction has been read further, see {@link Transaction#progress}.
     *
     * @return the verdict on the packet
     */
    Verdict onTransaction(FlowView flow, Transaction transaction, Direction direction, Packet packet);

    /**
     * Octets of a file, or its end: then there are none, and its state is no longer open.
     *
     * @return the verdict on the packet
     */
    Verdict onFile(FlowView flow, TransferredFile file, byte[] octets, int from, int to, Packet packet);

    /**
     * Octets of a transaction's body, see {@link jp.genkan.core.pipeline.Stage#onBody}.
     *
     * @return the verdict on the packet
     */
    Verdict onBody(
            FlowView flow,
            Transaction transaction,
            Direction direction,
            byte[] octets,
            int from,
            int to,
            Packet packet);

    /** A mail begins or is over, see {@link jp.genkan.core.pipeline.Stage#onMail}. */
    default Verdict onMail(FlowView flow, Transaction transaction, Direction direction, boolean begins, Packet packet) {
        return Verdict.FORWARD;
    }

    /** True when somebody asks for the SHA-1 of files. */
    default boolean wantsSha1() {
        return false;
    }

    /** True when somebody asks for frames. */
    default boolean wantsFrames() {
        return false;
    }

    /**
     * Octets of a frame, see {@link jp.genkan.core.pipeline.Stage#onFrame}; told for the last time when the frame is over, without any octets.
     *
     * @return the verdict on the packet
     */
    default Verdict onFrame(
            FlowView flow, ProtocolFrame frame, byte[] octets, int from, int to, long missing, Packet packet) {
        return Verdict.FORWARD;
    }

    /** A transaction is complete and never changes any more: its event is due. */
    void onComplete(FlowView flow, Transaction transaction, long epochNanos, Packet packet);

    /** A file is closed and never changes any more: its event is due. */
    void onFileComplete(FlowView flow, TransferredFile file, long epochNanos, Packet packet);

    /** A parser found something that breaks its protocol's rules. */
    void onAnomaly(
            FlowView flow,
            String protocol,
            @Nullable Transaction transaction,
            Direction direction,
            String event,
            Packet packet);
}
