package jp.genkan.testbed.sim;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.dataplane.port.PortQueue;

/**
 * A port in memory: a ring of slots for what arrives, and a wire for what leaves. Behaves as the contract of {@link PortQueue} allows at
 * worst: slots that were given back are overwritten at once, so that whoever still looks at them is found out; a flush may take only part.
 *
 * <p>A slot: | headroom | virtio-net header 10 | frame |
 */
public final class SimulatedPort implements PortQueue, FrameSink {
    /** What stands in slots that are free. */
    private static final byte POISON = (byte) 0xA5;
    /** Room before the virtio-net header, as a real slot has. */
    private static final int HEADROOM = 64;
    /** Frames in a batch before {@link #send} asks for a flush. */
    private static final int BATCH = 64;
    /** Octet 2 of the header is hdr_len, 4 is gso_size (linux/virtio_net.h). */
    private static final int GSO_SIZE = 4;

    private final Simulation simulation;
    private final int port;
    private final Side side;
    private final int slots;
    private final int slotLength;
    private final FrameSink wire;
    private final MemorySegment memory;
    private final int[] lengths;
    private final long[] arrived;
    private final List<Outgoing> batch = new ArrayList<>();
    private long head;
    private long tail;
    private long free;
    private boolean up = true;
    private int framesPerFlush = Integer.MAX_VALUE;
    private long ringFull;
    private long egressRefused;
    private long egressSent;

    private record Outgoing(MemorySegment segment, long offset, int length) {}

    /**
     * A port that is up.
     *
     * @param slots frames that wait at most
     * @param frameMax octets of the largest frame
     * @param wire where frames go that are sent
     */
    public SimulatedPort(Simulation simulation, int port, Side side, int slots, int frameMax, FrameSink wire) {
        this.simulation = simulation;
        this.port = port;
        this.side = side;
        this.slots = slots;
        this.slotLength = (HEADROOM + VNET_HEADER_LENGTH + frameMax + 63) & ~63;
        this.wire = wire;
        this.memory = Arena.ofAuto().allocate((long) slots * slotLength, 64).fill(POISON);
        this.lengths = new int[slots];
        this.arrived = new long[slots];
    }

    // ---- the world's side

    /** A frame comes in by the wire. When the ring is full it is lost, and counted. */
    @Override
    public void frame(byte[] frame) {
        arrive(frame, 0);
    }

    /** A frame comes in that GRO has put together from segments of this size; 0 for an ordinary one. */
    public void arrive(byte[] frame, int gsoSize) {
        if (!up || tail - free == slots || frame.length > slotLength - HEADROOM - VNET_HEADER_LENGTH) {
            ringFull++;
            return;
        }
        int slot = (int) (tail % slots);
        long offset = frameOffset(slot);
        memory.asSlice(offset - VNET_HEADER_LENGTH, VNET_HEADER_LENGTH).fill((byte) 0);
        memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, offset - VNET_HEADER_LENGTH + GSO_SIZE, (short) gsoSize);
        MemorySegment.copy(frame, 0, memory, ValueLayout.JAVA_BYTE, offset, frame.length);
        lengths[slot] = frame.length;
        arrived[slot] = simulation.epochNanos();
        tail++;
    }

    /** Plugs the cable in or out. Out: nothing arrives, and nothing leaves. */
    public void setUp(boolean plugged) {
        up = plugged;
    }

    /** How many frames a flush takes from now on; the rest is refused, as by a full queue. */
    public void limitFlush(int frames) {
        framesPerFlush = frames;
    }

    /** Frames that found no room. */
    public long ringFull() {
        return ringFull;
    }

    /** Frames that a flush did not take. */
    public long egressRefused() {
        return egressRefused;
    }

    /** Frames that left. */
    public long egressSent() {
        return egressSent;
    }

    // ---- the worker's side

    @Override
    public int port() {
        return port;
    }

    @Override
    public Side side() {
        return side;
    }

    @Override
    public boolean isUp() {
        return up;
    }

    @Override
    public int descriptor() {
        return -1;
    }

    @Override
    public boolean receive(Packet packet) {
        if (head == tail) {
            return false;
        }
        int slot = (int) (head++ % slots);
        long offset = frameOffset(slot);
        packet.wrap(memory, offset, lengths[slot]);
        packet.epochNanos = arrived[slot];
        packet.ingressPort = port;
        packet.side = side;
        packet.gsoSize = Short.toUnsignedInt(
                memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, offset - VNET_HEADER_LENGTH + GSO_SIZE));
        return true;
    }

    @Override
    public void release() {
        for (; free < head; free++) {
            memory.asSlice((free % slots) * slotLength, slotLength).fill(POISON);
        }
    }

    @Override
    public boolean send(MemorySegment segment, long offset, int length) {
        if (batch.size() == BATCH) {
            return false;
        }
        batch.add(new Outgoing(segment, offset, length));
        return true;
    }

    @Override
    public int flush() {
        int taken = up ? Math.min(batch.size(), framesPerFlush) : 0;
        for (Outgoing out : batch.subList(0, taken)) {
            byte[] frame = out.segment().asSlice(out.offset(), out.length()).toArray(ValueLayout.JAVA_BYTE);
            long vnet = out.offset() - VNET_HEADER_LENGTH;
            boolean isSuperFrame = vnet >= 0 && out.segment().get(ValueLayout.JAVA_BYTE, vnet + 1) != 0;
            int size = isSuperFrame
                    ? Short.toUnsignedInt(out.segment().get(ValueLayout.JAVA_SHORT_UNALIGNED, vnet + GSO_SIZE))
                    : frame.length;
            (isSuperFrame ? TcpSegment.cut(frame, size) : java.util.List.of(frame)).forEach(wire::frame);
        }
        egressSent += taken;
        egressRefused += batch.size() - taken;
        batch.clear();
        return taken;
    }

    @Override
    public void forgiveStall(long nanos) {}

    @Override
    public void maintain(long nanos) {}

    @Override
    public void close() {
        up = false;
    }

    private long frameOffset(int slot) {
        return (long) slot * slotLength + HEADROOM + VNET_HEADER_LENGTH;
    }
}
