package jp.genkan.dataplane.hold;

import static jp.genkan.dataplane.flow.TcpTracker.before;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Hold;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.flow.FlowTable;
import jp.genkan.dataplane.flow.FlowView;
import jp.genkan.dataplane.flow.TcpStandIn;
import jp.genkan.dataplane.guard.GuardSlots;
import jp.genkan.dataplane.port.PortQueue;
import jp.genkan.dataplane.reject.RejectWriter;
import jp.genkan.dataplane.reject.SegmentEditor;
import jp.genkan.dataplane.reject.SegmentWriter;
import jp.genkan.dataplane.stream.StreamPlaces;
import org.jspecify.annotations.Nullable;

/**
 * The directions that a worker holds on a live wire.
 *
 * <p>Of a held direction nothing goes on by itself: its segments are taken, and acknowledged to their sender once they are inspected. The receiver's
 * acknowledgments are taken, too; what else it sends goes on, saying in its header what the box has acknowledged.
 *
 * <p>Thread rule: one worker.
 */
public final class Holds implements Holding {
    /** Frames of one batch: what a gigabit brings in a few milliseconds. */
    private static final int FRAMES_OCTETS = 1 << 20;

    /** Between two looks at what is held. */
    private static final long POLL_NANOS = 1_000_000L;

    /** Between two questions to the stages. */
    private static final long ASK_NANOS = 5_000_000L;

    /** Room of a frame beside its octets: headers, the virtio-net header, and what aligning takes. */
    private static final int FRAME_HEADERS = SegmentWriter.HEADERS_MAX + PortQueue.VNET_HEADER_LENGTH + 16;

    private final HoldSettings settings;
    private final HoldMemory memory;
    private final StreamPlaces places;
    private final FlowTable flows;
    private final SegmentOutput output;
    private final SegmentWriter writer;
    private final GuardSlots guard;
    private final CounterSet<HoldCounter> counters = new CounterSet<>(HoldCounter.class);
    private final Map<Long, Held> byDirection = new HashMap<>();
    private final List<Held> active = new ArrayList<>();
    private final List<Held> touched = new ArrayList<>();
    /** Whose senders are to be told something before the next flush. */
    private final List<Held> owing = new ArrayList<>();

    private final MemorySegment frames;
    private final int[] ranges = new int[2 * SegmentWriter.RANGES_MAX];
    private int used;
    private boolean starved;
    private long polled;
    private long asked;

    // the packet at hand, as its sender wrote it
    private int saidAcknowledgment;
    private int saidWindow;
    /** Whether it is the first that says that its receiver has everything from before the hold: it tells the sender. */
    private boolean saysBase;

    /**
     * Holds of one worker.
     *
     * @param places of the worker's streams
     * @param ethernet true when frames begin with MAC addresses
     * @param guard notes for whoever outlives the engine
     */
    public Holds(
            HoldSettings settings,
            StreamPlaces places,
            FlowTable flows,
            SegmentOutput output,
            boolean ethernet,
            GuardSlots guard) {
        this.settings = settings;
        this.memory = new HoldMemory(settings.memoryOctets(), settings.flowsMax());
        this.places = places;
        this.flows = flows;
        this.output = output;
        this.writer = new SegmentWriter(ethernet);
        this.guard = guard;
        this.frames =
                settings.flowsMax() == 0 ? MemorySegment.NULL : Arena.ofAuto().allocate(FRAMES_OCTETS, 16);
    }

    private static long key(FlowView flow, boolean toServer) {
        return flow.id() << 1 | (toServer ? 1 : 0);
    }

    // ---- what a hold needs

    SegmentWriter writer() {
        return writer;
    }

    GuardSlots guard() {
        return guard;
    }

    void counted(HoldCounter counter, long amount) {
        counters.add(counter, amount);
    }

    long room() {
        long inChunks = (long) (memory.free() - active.size()) * HoldMemory.CHUNK;
        return Math.max(0, Math.min(inChunks, memory.octetsFree()));
    }

    void isTouched(Held held) {
        if (!touched.contains(held)) {
            touched.add(held);
        }
    }

    void starved(boolean now) {
        starved |= now;
    }

    /** Sends the frame that the writer's fields describe; false when there is no room for it in this batch. */
    boolean emit(Held held, boolean toSender, MemorySegment payload, long from, int length, int segmentMax) {
        int room = FRAME_HEADERS + length;
        if (used + room > FRAMES_OCTETS) {
            return false;
        }
        long offset = used + (long) PortQueue.VNET_HEADER_LENGTH;
        int frame = writer.write(held.like(), toSender, payload, from, length, segmentMax, frames, offset);
        used += room + 15 & -16;
        output.send(held.like(), toSender, frames, offset, frame);
        return true;
    }

    // ---- beginning

    @Override
    public @Nullable Hold begin(FlowView flow, Packet packet) {
        Held known = byDirection.get(key(flow, flow.toServer()));
        if (known != null) {
            if (known.isOver()) {
                known.resume();
            }
            return known;
        }
        HoldCounter refusal = refusal(flow, packet);
        if (refusal != null) {
            counters.increment(refusal);
            return null;
        }
        int base = places.next(flow, flow.toServer());
        Held held = new Held(this, flow, flows.newView(), packet, base, memory);
        byDirection.put(key(flow, flow.toServer()), held);
        active.add(held);
        flow.held(true);
        counters.increment(HoldCounter.HOLDS);
        return held;
    }

    private @Nullable HoldCounter refusal(FlowView flow, Packet packet) {
        boolean toServer = flow.toServer();
        if (flow.isMidstream() || !flow.isEstablished()) {
            return HoldCounter.REFUSED_MIDSTREAM;
        }
        boolean plain = RejectWriter.canAnswer(packet)
                && packet.payloadOffset - packet.frameOffset <= Held.HEADERS_MAX
                && !packet.segment().isReadOnly();
        if (!plain) {
            return HoldCounter.REFUSED_FRAME;
        }
        if (TcpStandIn.isFinSeen(flow, toServer) && !packet.hasFlags(Packet.FIN)) {
            return HoldCounter.REFUSED_ENDED;
        }
        if (places.hasWaiting(flow, toServer)) {
            return HoldCounter.REFUSED_GAP;
        }
        boolean full = active.size() >= settings.flowsMax() || memory.free() < Math.max(active.size(), 4);
        return full ? HoldCounter.REFUSED_FULL : null;
    }

    @Override
    public @Nullable Hold of(FlowView flow, boolean toServer) {
        return flow.isHeld() ? byDirection.get(key(flow, toServer)) : null;
    }

    private @Nullable Held held(FlowView flow, boolean toServer) {
        return byDirection.get(key(flow, toServer));
    }

    // ---- packets

    @Override
    public void arrives(Packet packet, FlowView flow) {
        saidAcknowledgment = packet.tcpAcknowledgment;
        saidWindow = packet.tcpWindow;
        saysBase = false;
        Held held = held(flow, !flow.toServer());
        boolean speaks = packet.hasFlags(Packet.ACK) && !packet.hasFlags(Packet.SYN) && !packet.hasBadChecksum();
        if (held == null || !speaks) {
            return;
        }
        if (held.isOvertaken(packet)) {
            counters.increment(HoldCounter.OVERTAKEN);
            drop(held);
            return;
        }
        boolean knew = held.acknowledges();
        if (held.learnsBase(packet)) {
            saysBase = !knew;
            SegmentEditor.acknowledgment(packet, held.received(), held.offeredWindow());
        }
    }

    @Override
    public void octets(FlowView flow, MemorySegment bytes, long offset, int length, int gapBytes) {
        Held held = held(flow, flow.toServer());
        if (held == null) {
            return;
        }
        if (gapBytes > 0 || !held.append(bytes, offset, length)) {
            held.breaks();
            return;
        }
        counters.add(HoldCounter.BYTES, length);
        isTouched(held);
    }

    @Override
    public boolean takes(Packet packet, FlowView flow, long nanos) {
        boolean taken = false;
        Held own = held(flow, flow.toServer());
        Held far = held(flow, !flow.toServer());
        if (packet.hasFlags(Packet.RST)) {
            if (own != null) {
                SegmentEditor.sequence(packet, own.acknowledgedUpTo());
            }
            release(flow, HoldCounter.ENDED);
            return false;
        }
        if (own != null && own.isUnneeded()) {
            counters.increment(HoldCounter.UNNEEDED);
            drop(own);
            own = null;
        }
        if (far != null) {
            taken = fromReceiver(far, packet, nanos);
        }
        if (own != null) {
            taken = fromSender(own, packet, flow) || taken && packet.payloadLength == 0;
        }
        return taken;
    }

    /** What the receiver of a held direction sends: true for bare acknowledgments, which are the box's business. */
    private boolean fromReceiver(Held held, Packet packet, long nanos) {
        held.onReceiver(packet, saidAcknowledgment, saidWindow, nanos);
        isTouched(held);
        boolean bare = packet.payloadLength == 0 && (packet.tcpFlags & (Packet.FIN | Packet.SYN)) == 0;
        return bare && held.acknowledges() && !saysBase && !held.isKeepAlive(packet);
    }

    private boolean fromSender(Held held, Packet packet, FlowView flow) {
        held.note(packet);
        boolean toServer = flow.toServer();
        if (held.isBefore(packet)) {
            if (held.acknowledges()) {
                held.acknowledge(
                        ranges, places.waiting(flow, toServer, ranges)); // the receiver has it, and its word was lost
            }
            return held.acknowledges();
        }
        if (places.isAtEnd(flow, toServer)) {
            held.finished();
        }
        boolean speaks = packet.payloadLength > 0 || packet.hasFlags(Packet.FIN);
        if (speaks || before(packet.tcpSequence, held.received())) {
            owes(held, places.hasWaiting(flow, toServer));
            isTouched(held);
            return true;
        }
        SegmentEditor.sequence(packet, held.deliveredUpTo());
        return false;
    }

    /** One acknowledgment does for all segments of a batch, unless a sender is to count them: only those that know ranges need not (RFC 5681 §4.2). */
    private void owes(Held held, boolean gap) {
        held.owesWord();
        if (gap && !held.isSelective()) {
            acknowledge(held);
        } else if (!owing.contains(held)) {
            owing.add(held);
        }
    }

    private void acknowledge(Held held) {
        if (held.hasWord()) {
            held.acknowledge(ranges, places.waiting(held.flow(), held.isToServer(), ranges));
        }
    }

    @Override
    public void beforeFlush() {
        int left = 0;
        for (int i = 0; i < owing.size(); i++) {
            Held held = owing.get(i);
            acknowledge(held);
            if (held.hasWord()) { // no room for another frame: with the next batch
                owing.set(left++, held);
            }
        }
        while (owing.size() > left) {
            owing.removeLast();
        }
    }

    @Override
    public void after(long nanos) {
        for (int i = 0; i < touched.size(); i++) {
            Held held = touched.get(i);
            if (!held.isGone()) {
                advance(held, nanos);
            }
        }
        touched.clear();
    }

    private void advance(Held held, long nanos) {
        held.pump(nanos);
        if (held.isBroken() || held.isGivenUp()) {
            counters.increment(held.isBroken() ? HoldCounter.OVERFLOWED : HoldCounter.UNANSWERED);
            held.flow().dropRest(DropReason.HELD);
            cut(held.flow());
        } else if (held.canGoBack()) {
            acknowledge(held);
            counters.increment(HoldCounter.HANDED_BACK);
            drop(held);
        } else {
            held.noteForGuard();
        }
    }

    @Override
    public void poll(long nanos, Listener listener) {
        memory.rest(nanos);
        if (active.isEmpty() || nanos - polled < POLL_NANOS && !starved) {
            return;
        }
        polled = nanos;
        starved = false;
        boolean asks = nanos - asked >= ASK_NANOS;
        if (asks) {
            asked = nanos;
        }
        for (int i = active.size() - 1; i >= 0 && i < active.size(); i--) {
            Held held = active.get(i);
            if (asks && !held.isOver()) {
                held.flow().turn(held.isToServer());
                if (listener.onHeld(held.like(), held.flow()) != Verdict.FORWARD) {
                    cut(held.flow());
                    continue;
                }
            }
            if (!held.isGone()) {
                advance(held, nanos);
            }
        }
        after(nanos);
    }

    // ---- ends

    @Override
    public int place(FlowView flow) {
        Held held = held(flow, flow.toServer());
        return held == null ? places.next(flow, flow.toServer()) : held.acknowledgedUpTo();
    }

    @Override
    public boolean cut(FlowView flow) {
        Held client = held(flow, true);
        Held server = held(flow, false);
        Held any = client != null ? client : server;
        if (any == null) {
            return false;
        }
        any.reset();
        flow.markRefused(true);
        flow.markRefused(false);
        release(flow, HoldCounter.CUT);
        return true;
    }

    @Override
    public void flowEnded(FlowView flow) {
        if (!flow.isHeld()) {
            return;
        }
        Held client = held(flow, true);
        Held server = held(flow, false);
        if (client != null && client.owes()) {
            client.reset();
        } else if (server != null && server.owes()) {
            server.reset();
        }
        release(flow, HoldCounter.ENDED);
    }

    private void release(FlowView flow, HoldCounter why) {
        for (int i = 0; i < 2; i++) {
            Held held = held(flow, i == 0);
            if (held != null) {
                counters.increment(why);
                drop(held);
            }
        }
    }

    private void drop(Held held) {
        FlowView flow = held.flow();
        boolean toServer = held.isToServer();
        byDirection.remove(key(flow, toServer));
        active.remove(held);
        held.close();
        if (held(flow, !toServer) == null) {
            flow.held(false);
        }
    }

    @Override
    public boolean hasSent() {
        return used > 0;
    }

    @Override
    public void batchEnded() {
        used = 0;
    }

    @Override
    public CounterSet<HoldCounter> counters() {
        return counters;
    }

    @Override
    public void close() {
        active.forEach(Held::close);
        memory.close();
    }
}
