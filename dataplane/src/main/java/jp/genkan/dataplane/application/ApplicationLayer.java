package jp.genkan.dataplane.application;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.flow.FlowView;
import jp.genkan.protocols.Protocols;
import jp.genkan.protocols.Protocols.OverTcp;
import jp.genkan.protocols.Protocols.OverUdp;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.StreamParser;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what applications say to each other. The way of a flow's octets:
 *
 * <pre>
 *   begin       a new flow: expected by another? else its protocol is to be found out
 *   onStream    ─ recognise, by the first octets of both directions ─ parser ─ hand over? the next parser ─ settle? nothing more to read
 *   onDatagram  ─ the same for UDP
 *   onFlowEnd   ─ the parser completes what is open
 * </pre>
 *
 * What parsers tell goes through {@link Telling} to the {@link ApplicationObserver}.
 *
 * <p>A flow that is unknown, encrypted, or done with is settled and costs nothing from then on; its protocol's name stays in the flow's slot.
 *
 * <p>Thread rule: one worker. Allocates for flows and transactions, never for a frame of a settled flow.
 */
public final class ApplicationLayer {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicationLayer.class);

    /** Longest piece that is copied at once: a super-frame. */
    private static final int PIECE = 1 << 16;

    // The slot of a flow: index of its conversation + 1, its protocol's ordinal + 1, what was decided.
    private static final long INDEX_MASK = 0xffff_ffffL;
    private static final int PROTOCOL_SHIFT = 32;
    private static final long PROTOCOL_MASK = 0xff;
    private static final long DONE = 1L << 40;
    private static final long UNKNOWN = 1L << 41;
    private static final long NAMED = 1L << 42;
    private static final int OTHER_SHIFT = 43; // as the protocol
    private static final long OTHER_TO_CLIENT = 1L << 51;

    private static final AppProtocol[] PROTOCOLS = AppProtocol.values();

    private final OverTcp[] overTcp;
    private final OverUdp[] overUdp;
    private final int stage;
    private final int flowsMax;
    private final Telling telling;
    private final Expectations expectations = new Expectations();
    private final Blindness blindness = new Blindness();
    private final List<FlowConversation> conversations = new ArrayList<>();
    private int[] free = new int[64];
    private int freeCount;
    private final byte[] piece = new byte[PIECE];
    private final FirstOctets datagramOpening = new FirstOctets(0, 0);
    private final Disagreement disagreement;
    private final CounterSet<ApplicationCounter> counters = new CounterSet<>(ApplicationCounter.class);
    private long faults;

    /**
     * A layer that knows every protocol of {@link Protocols}.
     *
     * @param stage number of its slot in flows and of its bit among the settled
     * @param settings how to read
     * @param observer is told what is read
     */
    public ApplicationLayer(int stage, ApplicationSettings settings, ApplicationObserver observer) {
        this.overTcp = Protocols.overTcp().stream()
                .filter(protocol -> !settings.passedOver().contains(protocol.protocol()))
                .toArray(OverTcp[]::new);
        this.overUdp = Protocols.overUdp().stream()
                .filter(protocol -> !settings.passedOver().contains(protocol.protocol()))
                .toArray(OverUdp[]::new);
        this.stage = stage;
        this.flowsMax = settings.flowsMax();
        this.disagreement = new Disagreement(overTcp);
        this.telling = new Telling(observer, expectations, counters, settings);
    }

    /** What was counted. */
    public CounterSet<ApplicationCounter> counters() {
        return counters;
    }

    // ---- where a flow begins

    /** A TCP packet of a flow; on the first one, asks for the stream. To be called before the stream is followed. */
    public void onTcpPacket(FlowView flow, long nanos) {
        long slot = flow.slot(stage);
        if (slot == 0) {
            begin(flow, nanos);
        } else if ((slot & DONE) != 0) {
            flow.settle(stage);
        }
    }

    private void begin(FlowView flow, long nanos) {
        FlowConversation conversation = take(flow);
        if (conversation == null) {
            return;
        }
        flow.requestStream(stage);
        StreamParser expected = expectations.take(flow, nanos);
        if (expected == null) {
            conversation.opening = new FirstOctets(flow.clientPort(), flow.serverPort());
            conversation.candidates = all(overTcp.length);
        } else {
            counters.increment(ApplicationCounter.EXPECTED);
            conversation.stream = expected;
            known(flow, conversation, AppProtocol.FTP_DATA);
        }
    }

    private static long all(int count) {
        return count == 0 ? 0 : -1L >>> Long.SIZE - count;
    }

    private @Nullable FlowConversation take(FlowView flow) {
        int index;
        if (freeCount > 0) {
            index = free[--freeCount];
        } else if (conversations.size() < flowsMax) {
            index = conversations.size();
            conversations.add(new FlowConversation());
        } else {
            counters.increment(ApplicationCounter.NOT_READ);
            flow.slot(stage, DONE);
            flow.settle(stage);
            return null;
        }
        flow.slot(stage, index + 1L);
        return conversations.get(index);
    }

    private @Nullable FlowConversation of(FlowView flow) {
        long index = flow.slot(stage) & INDEX_MASK;
        return index == 0 ? null : conversations.get((int) index - 1);
    }

    private void known(FlowView flow, FlowConversation conversation, AppProtocol protocol) {
        conversation.protocol = protocol;
        conversation.opening = null;
        long slot = flow.slot(stage) & ~(PROTOCOL_MASK << PROTOCOL_SHIFT);
        flow.slot(stage, slot | protocol.ordinal() + 1L << PROTOCOL_SHIFT);
        counters.increment(ApplicationCounter.RECOGNISED);
        FrameTracker frames = conversation.frames;
        if (frames != null) {
            frames.speaks(protocol);
        }
    }

    private static long seen(FlowConversation conversation, Direction direction) {
        return direction.isToServer() ? conversation.seenToServer : conversation.seenToClient;
    }

    // ---- streams

    /**
     * Octets of a stream, in order, before the packet that completes them is forwarded.
     *
     * @return the verdict of those who were told what they say
     */
    public Verdict onStream(FlowView flow, MemorySegment bytes, long offset, int length, int gapBytes, Packet packet) {
        FlowConversation conversation = of(flow);
        if (conversation == null) {
            return Verdict.FORWARD;
        }
        telling.begin(flow, conversation, packet);
        Direction direction = Direction.of(flow.toServer());
        FrameTracker frames = telling.track(true);
        try {
            if (gapBytes > 0) {
                if (frames != null) {
                    frames.gap(direction, gapBytes);
                }
                gap(flow, conversation, direction, gapBytes);
                count(conversation, direction, gapBytes);
            }
            for (int at = 0; at < length && !telling.isSettled(); at += PIECE) {
                int count = Math.min(PIECE, length - at);
                MemorySegment.copy(bytes, JAVA_BYTE, offset + at, piece, 0, count);
                counters.add(ApplicationCounter.OCTETS, count);
                if (frames != null) {
                    frames.octets(direction, piece, 0, count);
                }
                long place = count(conversation, direction, count);
                octets(flow, conversation, direction, piece, 0, count, place);
                if (frames != null) {
                    frames.flush();
                }
            }
        } catch (RuntimeException fault) {
            noteFault(conversation, fault);
        }
        return finishCall(flow, conversation);
    }

    /** Counts octets of a direction; returns the place of the first. */
    private static long count(FlowConversation conversation, Direction direction, int octets) {
        if (direction.isToServer()) {
            conversation.seenToServer += octets;
            return conversation.seenToServer - octets;
        }
        conversation.seenToClient += octets;
        return conversation.seenToClient - octets;
    }

    /** A direction of a stream has ended in order. */
    public Verdict onStreamEnd(FlowView flow, boolean toServer, Packet packet) {
        FlowConversation conversation = of(flow);
        if (conversation == null || (toServer ? conversation.endedToServer : conversation.endedToClient)) {
            return Verdict.FORWARD;
        }
        if (toServer) {
            conversation.endedToServer = true;
        } else {
            conversation.endedToClient = true;
        }
        telling.begin(flow, conversation, packet);
        try {
            if (conversation.stream != null) {
                conversation.stream.onEnd(Direction.of(toServer), telling);
            }
            if (conversation.frames != null) {
                conversation.frames.flush();
            }
            if (conversation.endedToServer && conversation.endedToClient) {
                telling.settle(); // what is open is told now, not when the closed flow is forgotten
            }
        } catch (RuntimeException fault) {
            noteFault(conversation, fault);
        }
        return finishCall(flow, conversation);
    }

    private void gap(FlowView flow, FlowConversation conversation, Direction direction, int missing) {
        if (conversation.stream != null) {
            conversation.stream.onGap(direction, missing, telling);
        } else if (conversation.opening != null) {
            if (conversation.opening.length(direction) > 0) {
                unknown(flow);
            } else {
                conversation.opening.gap(direction);
            }
        }
    }

    private void octets(
            FlowView flow,
            FlowConversation conversation,
            Direction direction,
            byte[] octets,
            int from,
            int to,
            long place) {
        int at = from;
        while (at < to && !telling.isSettled()) {
            StreamParser parser = conversation.stream;
            if (parser == null) {
                at = recognise(flow, conversation, direction, octets, at, to, place + at - from);
            } else {
                if (conversation.frames != null) {
                    conversation.frames.origin(place + at - from);
                }
                if (!conversation.isHeard(direction)) {
                    conversation.hear(direction);
                    compare(flow, conversation, direction, octets, at, to);
                }
                at = parse(flow, conversation, parser, direction, octets, at, to);
            }
        }
    }

    /** The second direction begins: does it speak what the first one does? */
    private void compare(
            FlowView flow, FlowConversation conversation, Direction direction, byte[] octets, int from, int to) {
        AppProtocol spoken = conversation.protocol;
        if (spoken == null || spoken == AppProtocol.FTP_DATA) {
            return;
        }
        AppProtocol other = disagreement.find(flow, spoken, direction, octets, from, to);
        if (other != null) {
            long noted = other.ordinal() + 1L << OTHER_SHIFT | (direction.isToServer() ? 0 : OTHER_TO_CLIENT);
            flow.slot(stage, flow.slot(stage) | noted);
            telling.anomaly(null, direction, Disagreement.EVENT);
        }
    }

    private int parse(
            FlowView flow,
            FlowConversation conversation,
            StreamParser parser,
            Direction direction,
            byte[] octets,
            int from,
            int to) {
        int behind = parser.onOctets(direction, octets, from, to, telling);
        if (!telling.takeHandOver()) {
            return to;
        }
        parser.onFlowEnd(telling);
        handOver(flow, conversation, telling.handOverTo());
        return Math.clamp(behind, from, to);
    }

    private void handOver(FlowView flow, FlowConversation conversation, @Nullable AppProtocol next) {
        conversation.stream = null;
        conversation.previous = conversation.protocol;
        if (++conversation.handOvers > ApplicationLimits.HAND_OVERS_MAX) {
            counters.increment(ApplicationCounter.HAND_OVERS_EXHAUSTED);
            telling.settle();
            return;
        }
        if (next != null) {
            for (OverTcp protocol : overTcp) {
                if (protocol.protocol() == next) {
                    conversation.stream = protocol.parser().get();
                    known(flow, conversation, next);
                    return;
                }
            }
        }
        conversation.opening = new FirstOctets(flow.clientPort(), flow.serverPort());
        conversation.candidates = all(overTcp.length);
    }

    /** True when the flow was announced after it had begun: where its announcement is read only when it is acknowledged, its SYN may come first. */
    private boolean expectedMeanwhile(FlowView flow, FlowConversation conversation, FirstOctets opening) {
        boolean first = opening.length(Direction.TO_SERVER) + opening.length(Direction.TO_CLIENT) == 0;
        StreamParser expected =
                first && conversation.previous == null ? expectations.take(flow, flow.lastNanos()) : null;
        if (expected == null) {
            return false;
        }
        counters.increment(ApplicationCounter.EXPECTED);
        conversation.stream = expected;
        known(flow, conversation, AppProtocol.FTP_DATA);
        return true;
    }

    /** Adds octets to the first ones, and asks the protocols; returns the index behind those that were used. */
    private int recognise(
            FlowView flow,
            FlowConversation conversation,
            Direction direction,
            byte[] octets,
            int from,
            int to,
            long place) {
        FirstOctets opening = conversation.opening;
        if (opening == null) {
            return to;
        }
        if (expectedMeanwhile(flow, conversation, opening)) {
            return from;
        }
        int behind = opening.add(direction, octets, from, to);
        for (int i = 0; i < overTcp.length; i++) {
            if ((conversation.candidates & 1L << i) == 0) {
                continue;
            }
            Recognition answer = overTcp[i].recogniser().recognise(opening);
            if (answer == Recognition.YES) {
                conversation.stream = overTcp[i].parser().get();
                known(flow, conversation, overTcp[i].protocol());
                conversation.hear(opening);
                replay(flow, conversation, opening, direction, place + behind - from);
                return behind;
            }
            if (answer == Recognition.NO) {
                conversation.candidates &= ~(1L << i);
            }
        }
        if (conversation.candidates == 0 || opening.isFull(direction)) {
            unknown(flow);
        }
        return behind;
    }

    /** Gives the parser the octets that were kept, in the order of the directions in which they began. Those of the latest direction end at a place. */
    private void replay(
            FlowView flow, FlowConversation conversation, FirstOctets opening, Direction latest, long behind) {
        Direction direction = opening.first();
        for (int i = 0; i < 2; i++) {
            int length = opening.length(direction);
            long end = direction == latest ? behind : seen(conversation, direction);
            octets(flow, conversation, direction, opening.octets(direction), 0, length, Math.max(0, end - length));
            direction = direction.opposite();
        }
    }

    private void unknown(FlowView flow) {
        counters.increment(ApplicationCounter.UNKNOWN);
        flow.slot(stage, flow.slot(stage) | UNKNOWN);
        telling.settle();
    }

    // ---- datagrams

    /** A UDP packet that no stage has dropped. */
    public Verdict onDatagram(FlowView flow, Packet packet) {
        long slot = flow.slot(stage);
        if ((slot & DONE) != 0) {
            flow.settle(stage);
            return Verdict.FORWARD;
        }
        FlowConversation conversation = slot == 0 ? beginDatagrams(flow) : of(flow);
        if (conversation == null || packet.payloadLength == 0 || packet.payloadOffset == Packet.NONE) {
            return Verdict.FORWARD;
        }
        int length = Math.min(packet.payloadLength, PIECE);
        MemorySegment.copy(packet.segment(), JAVA_BYTE, packet.payloadOffset, piece, 0, length);
        counters.add(ApplicationCounter.OCTETS, length);
        telling.begin(flow, conversation, packet);
        FrameTracker frames = telling.track(false);
        try {
            if (frames != null) {
                frames.datagram(Direction.of(flow.toServer()), piece, 0, length);
            }
            datagram(flow, conversation, Direction.of(flow.toServer()), length);
            if (frames != null) {
                frames.endAll(); // what a datagram does not have never comes
            }
        } catch (RuntimeException fault) {
            noteFault(conversation, fault);
        }
        return finishCall(flow, conversation);
    }

    private @Nullable FlowConversation beginDatagrams(FlowView flow) {
        FlowConversation conversation = take(flow);
        if (conversation != null) {
            conversation.candidates = all(overUdp.length);
        }
        return conversation;
    }

    private void datagram(FlowView flow, FlowConversation conversation, Direction direction, int length) {
        if (conversation.datagrams == null && !recogniseDatagram(flow, conversation, direction, length)) {
            return;
        }
        if (conversation.datagrams != null) {
            conversation.datagrams.onDatagram(direction, piece, 0, length, telling);
        }
    }

    /** Each datagram is looked at by itself, so that one that is nothing does not hide the next one. */
    private boolean recogniseDatagram(FlowView flow, FlowConversation conversation, Direction direction, int length) {
        datagramOpening.begin(flow.clientPort(), flow.serverPort());
        datagramOpening.add(direction, piece, 0, length);
        for (OverUdp protocol : overUdp) {
            if (protocol.recogniser().recognise(datagramOpening) == Recognition.YES) {
                conversation.datagrams = protocol.parser().get();
                known(flow, conversation, protocol.protocol());
                return true;
            }
        }
        if (++conversation.datagramsSeen >= ApplicationLimits.DATAGRAMS_MAX) {
            unknown(flow);
        }
        return false;
    }

    // ---- where a flow ends

    /** The flow has ended. */
    public void onFlowEnd(FlowView flow, Packet packet) {
        FlowConversation conversation = of(flow);
        if (conversation != null) {
            telling.begin(flow, conversation, packet);
            telling.settle();
            finishCall(flow, conversation);
        }
        blindness.add(flow, Sight.of(protocol(flow), (flow.slot(stage) & NAMED) != 0));
    }

    /** What could be seen of each machine's traffic. */
    public Blindness blindness() {
        return blindness;
    }

    /** Ends the call of a parser: a flow that is settled is done with. */
    private Verdict finishCall(FlowView flow, FlowConversation conversation) {
        if (telling.isSettled()) {
            endParser(conversation);
            long slot = flow.slot(stage);
            flow.slot(stage, slot & ~INDEX_MASK | DONE | (conversation.named ? NAMED : 0));
            flow.settle(stage);
            conversation.clear();
            give((int) (slot & INDEX_MASK) - 1);
        }
        return telling.takeVerdict();
    }

    private void endParser(FlowConversation conversation) {
        try {
            if (conversation.stream != null) {
                conversation.stream.onFlowEnd(telling);
            } else if (conversation.datagrams != null) {
                conversation.datagrams.onFlowEnd(telling);
            }
            telling.closeFiles();
            if (conversation.frames != null) {
                conversation.frames.endAll();
            }
        } catch (RuntimeException fault) {
            noteFault(conversation, fault);
        }
    }

    private void give(int index) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, free.length * 2);
        }
        free[freeCount++] = index;
    }

    /** A fault of a parser costs the inspection of its flow, not the worker. */
    private void noteFault(FlowConversation conversation, RuntimeException fault) {
        counters.increment(ApplicationCounter.FAULTS);
        faults++;
        if (Long.bitCount(faults) == 1) { // the 1st, 2nd, 4th, 8th...: a fault a packet must not fill the log
            LOG.error(
                    "fault number {} in the parser of {}: its flow is read no further",
                    faults,
                    conversation.protocol,
                    fault);
        }
        conversation.stream = null;
        conversation.datagrams = null;
        conversation.opening = null;
        telling.settle();
    }

    // ---- what others read

    /** What a flow speaks; null when that is not known. */
    public @Nullable AppProtocol protocol(FlowView flow) {
        int ordinal = (int) (flow.slot(stage) >>> PROTOCOL_SHIFT & PROTOCOL_MASK);
        return ordinal == 0 ? null : PROTOCOLS[ordinal - 1];
    }

    /** What a direction of a flow speaks: what the flow does, unless it was heard to speak something else; null when that is not known. Null as direction means the flow. */
    public @Nullable AppProtocol protocol(FlowView flow, @Nullable Direction direction) {
        long slot = flow.slot(stage);
        int ordinal = (int) (slot >>> OTHER_SHIFT & PROTOCOL_MASK);
        boolean isOther =
                direction != null && ordinal != 0 && ((slot & OTHER_TO_CLIENT) == 0) == direction.isToServer();
        return isOther ? PROTOCOLS[ordinal - 1] : protocol(flow);
    }

    /** True when the flow is read no further. */
    public boolean isDone(FlowView flow) {
        return (flow.slot(stage) & DONE) != 0;
    }

    /** True when octets of the flow were looked at and not recognised. */
    public boolean isUnrecognisable(FlowView flow) {
        return (flow.slot(stage) & UNKNOWN) != 0 && protocol(flow) == null;
    }

    /** EVE's {@code app_proto} of a flow: {@code failed} when it was looked at and not recognised; null when no octet was looked at. */
    public @Nullable String eveProtocol(FlowView flow) {
        AppProtocol protocol = protocol(flow);
        if (protocol != null) {
            return protocol.eveName();
        }
        return isUnrecognisable(flow) ? "failed" : null;
    }
}
