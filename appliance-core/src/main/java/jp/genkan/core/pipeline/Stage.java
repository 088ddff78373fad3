package jp.genkan.core.pipeline;

import java.lang.foreign.MemorySegment;
import jp.genkan.core.counter.CounterCollector;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import org.jspecify.annotations.Nullable;

/**
 * One engine on the path of the frame. Adding an engine is one class and one line in the composition root's list.
 *
 * <p>Runs on the worker's thread for every packet: allocates nothing, waits for nothing, logs nothing. What it notices it hands to
 * the {@link StageContext}.
 */
public interface Stage extends AutoCloseable {
    /** Name in status, counters and configuration. */
    String name();

    /**
     * Looks at one packet, before it is forwarded.
     *
     * @param packet the packet; when it has a tunnel inside, each layer comes in a call of its own
     * @param flow the flow that it belongs to
     * @param context where events go, and what time it is
     * @return the verdict; for anything but {@link Verdict#FORWARD} the stage has set {@link Packet#dropReason}
     */
    Verdict onPacket(Packet packet, Flow flow, StageContext context);

    /**
     * Looks at a packet that has no flow: ARP, unknown EtherTypes, what could not be decoded.
     *
     * @return the verdict
     */
    default Verdict onFlowlessPacket(Packet packet, StageContext context) {
        return Verdict.FORWARD;
    }

    /**
     * Looks at bytes of a TCP stream, in order, each byte once, before the packet that completes them is forwarded. Only called for flows
     * whose stream the stage asked for.
     *
     * @param flow the flow; {@link Flow#toServer()} is the direction
     * @param bytes where they are
     * @param offset of the first
     * @param length how many; 0 when only a gap is told
     * @param gapBytes octets that are missing before the first, 0 mostly
     * @return the verdict on the packet that brought the last of them
     */
    default Verdict onStream(
            Flow flow,
            MemorySegment bytes,
            long offset,
            int length,
            int gapBytes,
            Packet packet,
            StageContext context) {
        return Verdict.FORWARD;
    }

    /**
     * A direction of a transaction has been read further; {@link Transaction#progress} says how far. Told before the packet that brought it is
     * forwarded: a verdict holds it back.
     *
     * @param flow the flow
     * @param transaction of its protocol's type
     * @param direction that has been read further
     * @param packet the packet that brought it
     * @return the verdict on the packet
     */
    default Verdict onTransaction(
            Flow flow, Transaction transaction, Direction direction, Packet packet, StageContext context) {
        return Verdict.FORWARD;
    }

    /**
     * Octets of a file, decoded, in order, before the packet that brought the last of them is forwarded; or its end, when its state is no longer open
     * and there are no octets.
     *
     * @param octets where they are, only good during the call
     * @param from index of the first
     * @param to index behind the last
     * @return the verdict on the packet
     */
    default Verdict onFile(
            Flow flow, TransferredFile file, byte[] octets, int from, int to, Packet packet, StageContext context) {
        return Verdict.FORWARD;
    }

    /**
     * A mail begins in a direction or goes on, or is over or waits: more of it comes only when the receiver has had what has come so far. Its octets on the wire are among those at
     * hand, and follow.
     *
     * @param begins false when it is over or waits
     * @return the verdict on the packet
     */
    default Verdict onMail(
            Flow flow,
            Transaction transaction,
            Direction direction,
            boolean begins,
            Packet packet,
            StageContext context) {
        return Verdict.FORWARD;
    }

    /**
     * Time passes while octets of a flow are held: called every few milliseconds, whether packets come or not.
     *
     * @param packet stands for a segment of the held direction without octets
     * @return anything but {@link Verdict#FORWARD} ends the connection on both sides
     */
    default Verdict onHeld(Packet packet, Flow flow, StageContext context) {
        return Verdict.FORWARD;
    }

    /**
     * Octets of a transaction's body as its receiver will use them: put together from chunks, decompressed, but not taken apart any further. In order, before
     * the packet that brought the last of them is forwarded; what is missing is not told. A body that is a file is told to {@link #onFile} as well.
     *
     * @param octets where they are, only good during the call
     * @param from index of the first
     * @param to index behind the last
     * @return the verdict on the packet
     */
    default Verdict onBody(
            Flow flow,
            Transaction transaction,
            Direction direction,
            byte[] octets,
            int from,
            int to,
            Packet packet,
            StageContext context) {
        return Verdict.FORWARD;
    }

    /** True when the stage asks for the SHA-1 of files ({@link TransferredFile#sha1}), which is made only where somebody does. Asked for each file. */
    default boolean wantsSha1() {
        return false;
    }

    /** True when the stage wants to be told of frames ({@link #onFrame}): parsers take the trouble only then. Asked for each packet. */
    default boolean wantsFrames() {
        return false;
    }

    /**
     * Octets of a piece of a protocol's framing, in order, before the packet that brought the last of them is forwarded; or its end, when it is over and there are
     * no octets.
     *
     * @param octets where they are, only good during the call
     * @param from index of the first
     * @param to index behind the last
     * @param missing octets that are missing before the first, 0 mostly
     * @return the verdict on the packet
     */
    default Verdict onFrame(
            Flow flow,
            ProtocolFrame frame,
            byte[] octets,
            int from,
            int to,
            long missing,
            Packet packet,
            StageContext context) {
        return Verdict.FORWARD;
    }

    /**
     * Something odd was noticed in a stream or by a parser. What the decoder noticed stands in the packet.
     *
     * @param protocol EVE's name of the application protocol; null for what TCP tracking noticed
     * @param transaction in which; null when in none
     * @param event its name, a constant: {@code stream.pkt_invalid_ack}, {@code INVALID_HOST}
     */
    default void onAnomaly(
            Flow flow,
            @Nullable String protocol,
            @Nullable Transaction transaction,
            Direction direction,
            String event,
            Packet packet,
            StageContext context) {}

    /**
     * Everything that the packet has brought was told: the last word before it is forwarded. Called for each packet that {@link #onPacket} or {@link
     * #onFlowlessPacket} has seen, unless it is dropped already.
     *
     * @param flow null for a packet without flow
     * @return the verdict
     */
    default Verdict onPacketEnd(Packet packet, @Nullable Flow flow, StageContext context) {
        return Verdict.FORWARD;
    }

    /** Hands over what the stage has counted, under its name. */
    default void collect(CounterCollector to) {}

    /** Gives back what is not garbage collected; nothing is asked of the stage afterwards. */
    @Override
    default void close() {}

    /** The flow has ended or timed out; the slot may be released. */
    default void onFlowEnd(Flow flow, StageContext context) {}
}
