package jp.genkan.dataplane.hold;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.decode.Checksum;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Hold;
import jp.genkan.dataplane.flow.FlowView;
import jp.genkan.dataplane.stream.StreamPlaces;
import org.jspecify.annotations.Nullable;

/**
 * Directions that are held in a capture. Its ends cannot be asked, so nothing is sent in their place: frames wait until they may go on, and all later frames wait
 * behind them, so that what comes out has the order of the capture. Octets that were replaced are put into every frame that has them.
 *
 * <p>Thread rule: the one thread of a replay.
 */
public final class HeldFrames implements Holding {
    /** Where frames go. */
    @FunctionalInterface
    public interface Output {
        /** A frame goes on; its octets are good during the call. */
        void write(long epochNanos, MemorySegment octets, long offset, int length, int wireLength);
    }

    private static final int CHECKSUM = 16;

    private final HoldSettings settings;
    private final StreamPlaces places;
    private final Output output;
    private final CounterSet<HoldCounter> counters = new CounterSet<>(HoldCounter.class);
    private final Map<Long, HeldCapture> holds = new HashMap<>();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private long queued;

    private @Nullable HeldCapture takenBy;
    private long takenPosition;

    /** A frame that waits, or one behind it. */
    @SuppressWarnings("ArrayRecordComponent") // kept, not compared
    private record Waiting(
            byte[] octets,
            long epochNanos,
            int wireLength,
            @Nullable HeldCapture hold,
            long position,
            int ip,
            int tcp,
            int payload,
            int length,
            boolean versionFour) {}

    /**
     * Holds of a replay.
     *
     * @param places of its streams
     */
    public HeldFrames(HoldSettings settings, StreamPlaces places, Output output) {
        this.settings = settings;
        this.places = places;
        this.output = output;
    }

    private static long key(FlowView flow, boolean toServer) {
        return flow.id() << 1 | (toServer ? 1 : 0);
    }

    // ---- what the runner asks

    @Override
    public @Nullable Hold begin(FlowView flow, Packet packet) {
        long key = key(flow, flow.toServer());
        HeldCapture known = holds.get(key);
        if (known != null && !known.isOver()) {
            return known;
        }
        if (!packet.isOutermost() || packet.segment().isReadOnly() && packet.reassembled) {
            counters.increment(HoldCounter.REFUSED_FRAME);
            return null;
        }
        if (places.hasWaiting(flow, flow.toServer())) {
            counters.increment(HoldCounter.REFUSED_GAP);
            return null;
        }
        counters.increment(HoldCounter.HOLDS);
        if (known != null) {
            known.resume();
            return known;
        }
        HeldCapture made = new HeldCapture(places.next(flow, flow.toServer()), this);
        holds.put(key, made);
        flow.held(true);
        return made;
    }

    @Override
    public @Nullable Hold of(FlowView flow, boolean toServer) {
        return flow.isHeld() ? holds.get(key(flow, toServer)) : null;
    }

    @Override
    public void arrives(Packet packet, FlowView flow) {}

    @Override
    public void octets(FlowView flow, MemorySegment bytes, long offset, int length, int gapBytes) {
        HeldCapture hold = holds.get(key(flow, flow.toServer()));
        if (hold != null) {
            counters.add(HoldCounter.BYTES, length);
            hold.append(bytes, offset, length, gapBytes);
        }
    }

    @Override
    public boolean takes(Packet packet, FlowView flow, long nanos) {
        HeldCapture hold = holds.get(key(flow, flow.toServer()));
        if (hold == null || packet.payloadLength == 0) {
            return false;
        }
        long position = hold.position(packet.tcpSequence);
        if (position + packet.payloadLength <= 0) {
            return false;
        }
        takenBy = hold;
        takenPosition = position;
        return true;
    }

    @Override
    public void after(long nanos) {}

    @Override
    public void poll(long nanos, Listener listener) {}

    @Override
    public int place(FlowView flow) {
        HeldCapture hold = holds.get(key(flow, flow.toServer()));
        return hold == null ? places.next(flow, flow.toServer()) : hold.sequence(hold.released());
    }

    @Override
    public boolean cut(FlowView flow) {
        for (int i = 0; i < 2; i++) {
            HeldCapture hold = holds.get(key(flow, i == 0));
            if (hold != null) {
                counters.increment(HoldCounter.CUT);
                hold.cut();
            }
        }
        return false;
    }

    @Override
    public void flowEnded(FlowView flow) {
        for (int i = 0; i < 2 && flow.isHeld(); i++) {
            HeldCapture hold = holds.remove(key(flow, i == 0));
            if (hold != null) {
                counters.increment(HoldCounter.ENDED);
                hold.end();
            }
        }
    }

    // ---- frames

    /** A frame that the pipeline lets go, or has taken. */
    public void frame(Packet frame, boolean goesOn) {
        HeldCapture hold = goesOn || frame.dropReason != DropReason.HELD.ordinal() ? null : takenBy;
        takenBy = null;
        flush();
        if (!goesOn && hold == null) {
            return;
        }
        if (queue.isEmpty() && hold == null) {
            output.write(frame.epochNanos, frame.segment(), frame.frameOffset, frame.frameLength, frame.wireLength);
            return;
        }
        byte[] octets =
                frame.segment().asSlice(frame.frameOffset, frame.frameLength).toArray(ValueLayout.JAVA_BYTE);
        boolean plain = hold != null;
        add(new Waiting(
                octets,
                frame.epochNanos,
                frame.wireLength,
                hold,
                takenPosition,
                plain ? (int) (frame.ipOffset - frame.frameOffset) : 0,
                plain ? (int) (frame.transportOffset - frame.frameOffset) : 0,
                plain ? (int) (frame.payloadOffset - frame.frameOffset) : 0,
                plain ? frame.payloadLength : 0,
                frame.ipVersion == 4));
        flush();
    }

    /** A frame that the box has made. */
    public void made(long epochNanos, MemorySegment octets, long offset, int length) {
        flush();
        if (queue.isEmpty()) {
            output.write(epochNanos, octets, offset, length, length);
        } else {
            byte[] copy = octets.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
            add(new Waiting(copy, epochNanos, length, null, 0, 0, 0, 0, 0, false));
        }
    }

    private void add(Waiting frame) {
        queue.add(frame);
        queued += frame.octets.length;
        while (queued > settings.memoryOctets() && !queue.isEmpty()) {
            HeldCapture hold = queue.peek().hold;
            if (hold == null) {
                break;
            }
            counters.increment(HoldCounter.OVERFLOWED);
            hold.end();
            flush();
        }
    }

    /** Writes the frames that need not wait any more. */
    public void flush() {
        for (Waiting frame = queue.peek(); frame != null; frame = queue.peek()) {
            HeldCapture hold = frame.hold;
            long end = frame.position + frame.length;
            if (hold != null && !hold.isCut() && end > hold.released() && !hold.isOver()) {
                return;
            }
            queue.remove();
            queued -= frame.octets.length;
            if (hold != null && hold.isCut() && end > hold.released()) {
                continue;
            }
            if (hold != null && hold.fill(frame.position, frame.octets, frame.payload, frame.length)) {
                renewChecksum(frame);
            }
            output.write(
                    frame.epochNanos, MemorySegment.ofArray(frame.octets), 0, frame.octets.length, frame.wireLength);
        }
    }

    private static void renewChecksum(Waiting frame) {
        MemorySegment octets = MemorySegment.ofArray(frame.octets);
        octets.set(Packet.U16, frame.tcp + CHECKSUM, (short) 0);
        int length = frame.payload - frame.tcp + frame.length;
        long sum = Checksum.addU16(Checksum.addU16(0, 6), length);
        sum = frame.versionFour
                ? Checksum.add(sum, octets, frame.ip + 12L, 8)
                : Checksum.add(sum, octets, frame.ip + 8L, 32);
        octets.set(Packet.U16, frame.tcp + CHECKSUM, (short)
                Checksum.finish(Checksum.add(sum, octets, frame.tcp, length)));
    }

    void replaced(long octets) {
        counters.add(HoldCounter.BYTES_REPLACED, octets);
    }

    long room() {
        return settings.memoryOctets() - queued;
    }

    @Override
    public boolean hasSent() {
        return false;
    }

    @Override
    public void beforeFlush() {}

    @Override
    public void batchEnded() {}

    @Override
    public CounterSet<HoldCounter> counters() {
        return counters;
    }

    @Override
    public void close() {
        holds.values().forEach(HeldCapture::end);
        flush();
    }
}
