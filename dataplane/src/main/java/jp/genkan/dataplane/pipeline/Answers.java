package jp.genkan.dataplane.pipeline;

import static jp.genkan.dataplane.flow.TcpTracker.after;
import static jp.genkan.dataplane.flow.TcpTracker.before;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.Answer;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.dataplane.flow.FlowView;
import jp.genkan.dataplane.flow.TcpTracker;
import jp.genkan.dataplane.port.PortQueue;
import jp.genkan.dataplane.reject.AnswerWriter;
import jp.genkan.dataplane.reject.RejectWriter;
import org.jspecify.annotations.Nullable;

/**
 * Answers a flow's client in its server's place. A datagram is answered with one. Of a TCP connection the box plays the server to the end: what is to be said,
 * FIN, and no RST as long as the client has not read it, since some systems throw away what lies unread when one comes.
 *
 * <pre>
 *   ask        a stage wants the client of the packet's flow to get this
 *   conclude   the packet was dropped: the answer is sent, the server reset
 *              ─ a later packet of the client: acknowledged; if it shows that something was lost, that is sent again
 *              ─ both ends done, or too long, or too much: RST from then on, as in every refused flow
 * </pre>
 *
 * <p>Thread rule: one worker. Allocates for answers only.
 */
final class Answers {
    /** Connections that are played to their end at a time; the one that began the longest ago is left to RST. */
    static final int CONNECTIONS_MAX = 256;

    /** Frames that fit in one batch: a dozen pages. */
    static final int FRAMES_MAX = 64;

    /** How long a connection is played: a page is read in a second, and what is lost is asked for again within three. */
    static final long PLAYED_NANOS = 10_000_000_000L;

    /** Packets of the client that are answered: an upload that goes on sends as many in the time. */
    static final int PACKETS_MAX = 4_096;

    private static final int SLOT = (PortQueue.VNET_HEADER_LENGTH + AnswerWriter.FRAME_MAX + 7) & -8;
    private static final byte[] NOTHING = {};

    private final AnswerWriter writer;
    private final Refusals refusals;
    private final FrameOutput output;
    private final CounterSet<PipelineCounter> counters;
    private final MemorySegment frames = Arena.ofAuto().allocate((long) FRAMES_MAX * SLOT, 8);
    private final Map<Long, Played> played = new LinkedHashMap<>();
    private int framesInBatch;
    private @Nullable Answer asked;
    private long askedFlow;

    /** A connection whose server the box plays. */
    private static final class Played {
        final byte[] octets;
        /** Where they begin in the server's stream. */
        final int first;
        /** Up to where the client's stream is acknowledged. */
        int received;

        final long until;
        int packets;
        int lastAcknowledgment;
        boolean clientEnded;

        Played(byte[] octets, int first, int received, long until) {
            this.octets = octets;
            this.first = first;
            this.received = received;
            this.until = until;
            this.lastAcknowledgment = first - 1;
        }

        /** Behind the octets and the FIN. */
        int end() {
            return first + octets.length + 1;
        }
    }

    Answers(AnswerWriter writer, Refusals refusals, FrameOutput output, CounterSet<PipelineCounter> counters) {
        this.writer = writer;
        this.refusals = refusals;
        this.output = output;
        this.counters = counters;
    }

    /** A new frame: nothing is asked for it. */
    void begin() {
        asked = null;
    }

    /** The output has been flushed: the memory of injected frames may be used again. */
    void batchEnded() {
        framesInBatch = 0;
    }

    /** A stage wants this said about the packet at hand; of several the first counts. */
    void ask(Flow flow, Answer answer) {
        if (asked == null) {
            asked = answer;
            askedFlow = flow.id();
        }
    }

    /**
     * A frame was dropped: says what is to be said.
     *
     * @param flow of the frame's own packet; null when it has none
     * @return true when its ends have heard what they need to
     */
    boolean conclude(Packet frame, @Nullable FlowView flow, long nanos) {
        if (flow == null || !RejectWriter.canAnswer(frame)) {
            return false;
        }
        if (asked != null) {
            return askedFlow == flow.id() && answer(frame, flow, asked, nanos);
        }
        boolean later = flow.isAnswered() && flow.toServer() && !flow.isRefused(true);
        if (!later || frame.dropReason != DropReason.FLOW_DROPPED.ordinal()) {
            return false;
        }
        Played connection = played.get(flow.id());
        if (connection == null) {
            reset(frame, flow);
        } else {
            goOn(frame, flow, connection, nanos);
        }
        return true;
    }

    private boolean answer(Packet frame, FlowView flow, Answer answer, long nanos) {
        if (frame.ipProtocol == IpProtocol.UDP) {
            return flow.toServer() && datagram(frame, answer.octets());
        }
        if (frame.ipProtocol != IpProtocol.TCP || !frame.hasFlags(Packet.ACK)) {
            return false;
        }
        Played connection = new Played(
                answer.octets(), sentToClient(frame, flow), receivedFromClient(frame, flow), nanos + PLAYED_NANOS);
        if (played.size() >= CONNECTIONS_MAX) {
            played.remove(played.keySet().iterator().next());
            counters.increment(PipelineCounter.ANSWERS_SHED);
        }
        played.put(flow.id(), connection);
        flow.markAnswered();
        say(frame, flow, connection, connection.first);
        flow.markRefused(false);
        refusals.send(frame, flow, !flow.toServer());
        counters.increment(PipelineCounter.ANSWERS);
        return true;
    }

    private int sentToClient(Packet frame, FlowView flow) {
        return flow.toServer() ? Refusals.heldBySender(frame, flow) : refusals.expectedByReceiver(frame);
    }

    private static int receivedFromClient(Packet frame, FlowView flow) {
        int known = flow.toServer() ? endOf(frame) : frame.tcpAcknowledgment;
        if (!TcpTracker.isHeard(flow, true)) {
            return known;
        }
        int sent = TcpTracker.sent(flow, true); // what has passed already is not asked for again
        return after(sent, known) ? sent : known;
    }

    private static int endOf(Packet frame) {
        return frame.tcpSequence + frame.payloadLength + (frame.hasFlags(Packet.FIN) ? 1 : 0);
    }

    private boolean datagram(Packet frame, byte[] octets) {
        if (octets.length > AnswerWriter.DATAGRAM_MAX || framesInBatch == FRAMES_MAX) {
            counters.increment(PipelineCounter.ANSWERS_SHED);
            return false;
        }
        long offset = nextFrame();
        output.inject(frame, true, frames, offset, writer.datagram(frame, octets, frames, offset));
        counters.increment(PipelineCounter.ANSWERS);
        return true;
    }

    /** A packet of a client that has its answer, or part of it. */
    private void goOn(Packet frame, FlowView flow, Played connection, long nanos) {
        if (frame.hasFlags(Packet.RST)) {
            leave(flow);
            return;
        }
        if (nanos - connection.until > 0 || ++connection.packets > PACKETS_MAX) {
            reset(frame, flow);
            return;
        }
        int end = endOf(frame);
        boolean brings = after(end, connection.received);
        if (brings) {
            connection.received = end;
        }
        connection.clientEnded |= frame.hasFlags(Packet.FIN);
        boolean speaks = frame.payloadLength > 0 || frame.hasFlags(Packet.FIN);
        int acknowledged = frame.tcpAcknowledgment;
        boolean again = speaks ? !brings : acknowledged == connection.lastAcknowledgment;
        connection.lastAcknowledgment = acknowledged;
        if (again && before(acknowledged, connection.end()) && !before(acknowledged, connection.first)) {
            say(frame, flow, connection, acknowledged);
        } else if (speaks) {
            send(frame, flow, connection, connection.end(), Packet.ACK, 0, 0);
        }
        if (connection.clientEnded && acknowledged == connection.end()) {
            leave(flow);
        }
    }

    private void reset(Packet frame, FlowView flow) {
        leave(flow);
        refusals.send(frame, flow, true);
    }

    /** Whoever still speaks in this connection gets an RST. */
    private void leave(FlowView flow) {
        played.remove(flow.id());
        flow.markRefused(true);
    }

    /** Sends the answer from this place of the stream on, and FIN; all or nothing. */
    private void say(Packet frame, FlowView flow, Played connection, int from) {
        int at = Math.min(from - connection.first, connection.octets.length);
        int left = connection.octets.length - at;
        if (framesInBatch + left / AnswerWriter.SEGMENT_MAX + 1 > FRAMES_MAX) {
            counters.increment(PipelineCounter.ANSWERS_SHED); // the client asks again
            return;
        }
        do {
            int to = Math.min(at + AnswerWriter.SEGMENT_MAX, connection.octets.length);
            boolean last = to == connection.octets.length;
            int flags = last ? Packet.ACK | Packet.PSH | Packet.FIN : Packet.ACK;
            send(frame, flow, connection, connection.first + at, flags, at, to);
            at = to;
        } while (at < connection.octets.length);
    }

    private void send(Packet frame, FlowView flow, Played connection, int sequence, int flags, int from, int to) {
        if (framesInBatch == FRAMES_MAX) {
            counters.increment(PipelineCounter.ANSWERS_SHED);
            return;
        }
        long offset = nextFrame();
        byte[] octets = from == to ? NOTHING : connection.octets;
        boolean back = flow.toServer();
        int length = writer.segment(
                frame,
                back,
                sequence,
                connection.received,
                flags,
                octets,
                from == to ? 0 : from,
                from == to ? 0 : to,
                frames,
                offset);
        output.inject(frame, back, frames, offset, length);
    }

    private long nextFrame() {
        long slot = (long) framesInBatch++ * SLOT;
        frames.asSlice(slot, PortQueue.VNET_HEADER_LENGTH).fill((byte) 0);
        return slot + PortQueue.VNET_HEADER_LENGTH;
    }
}
