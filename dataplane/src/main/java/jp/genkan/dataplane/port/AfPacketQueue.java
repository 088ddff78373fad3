package jp.genkan.dataplane.port;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.dataplane.linux.CallState;
import jp.genkan.dataplane.linux.Errno;
import jp.genkan.dataplane.linux.Sockets;
import org.jspecify.annotations.Nullable;

/**
 * One port for one worker, on AF_PACKET: frames are read where the kernel put them (TPACKET_V2 ring) and sent from there.
 *
 * <p>The path of a frame is {@link #receive}, {@link #send}, {@link #flush}, {@link #release}, in this order.
 *
 * <p>Thread rule: one worker, but for {@link #replace}, by which the thread that looks after the ports hands over new sockets.
 */
final class AfPacketQueue implements PortQueue {
    /** {@code struct tpacket_stats}: packets 0, drops 4; then the length that getsockopt wants to point at. */
    private static final int STATISTICS_LENGTH = 8;

    private static final long NO_STALL = Long.MIN_VALUE;

    private final Port port;
    private final RingSize size;
    private final long stallNanos;
    private final long[] slotOffsets;
    private final CounterSet<PortCounter> counters = new CounterSet<>(PortCounter.class);
    private final SendBatch batch;
    private final MemorySegment scratch;
    private final CallState state = new CallState();

    private PacketSockets sockets;
    private MemorySegment ring;
    private volatile @Nullable PacketSockets replacement;
    private volatile @Nullable PacketSockets retired;
    private volatile boolean closed;

    /** The slot to look at next, and how many before it have not been given back. */
    private int head;

    private int taken;
    /** How many of the taken ones the worker has seen. */
    private int delivered;

    private long bytesReceived;
    private int framesReceived;
    private long lastBatchNanos;
    private long staleBeforeEpochNanos = NO_STALL;
    private boolean stallCounted;

    /**
     * A queue over open sockets.
     *
     * @param stallNanos how late the worker may come back before what has waited longer is dropped
     * @param batchMax frames for one sendmmsg
     */
    AfPacketQueue(Port port, PacketSockets sockets, RingSize size, long stallNanos, int batchMax) {
        this.port = port;
        this.size = size;
        this.stallNanos = stallNanos;
        this.sockets = sockets;
        this.ring = sockets.ring;
        this.slotOffsets = new long[size.slots()];
        for (int slot = 0; slot < slotOffsets.length; slot++) {
            slotOffsets[slot] = size.slotOffset(slot);
        }
        Arena arena = Arena.ofAuto();
        this.batch = new SendBatch(batchMax, arena);
        this.scratch = arena.allocate(STATISTICS_LENGTH + Integer.BYTES, Integer.BYTES);
        this.lastBatchNanos = System.nanoTime();
    }

    @Override
    public int port() {
        return port.number();
    }

    @Override
    public Side side() {
        return port.side();
    }

    @Override
    public boolean isUp() {
        return port.isUp();
    }

    @Override
    public int descriptor() {
        return closed ? -1 : sockets.receiver;
    }

    CounterSet<PortCounter> counters() {
        return counters;
    }

    /** True when a frame waits that {@link #receive} would find; one read of memory. */
    boolean isReady() {
        return taken < slotOffsets.length && RingSlot.isReady(RingSlot.status(ring, slotOffsets[head]));
    }

    @Override
    public boolean receive(Packet packet) {
        if (taken == 0) {
            beginBatch();
        }
        while (taken < slotOffsets.length) {
            long slot = slotOffsets[head];
            int status = RingSlot.status(ring, slot);
            if (!RingSlot.isReady(status)) {
                break;
            }
            head = head + 1 == slotOffsets.length ? 0 : head + 1;
            taken++;
            if (accept(packet, slot, status)) {
                delivered++;
                return true;
            }
        }
        if (delivered == 0 && taken > 0) {
            release(); // nobody else would, for frames that nobody has seen
        }
        return false;
    }

    /** Puts the view over the frame in this slot; false when the frame is to be dropped. */
    private boolean accept(Packet packet, long slot, int status) {
        int length = RingSlot.capturedLength(ring, slot);
        int wireLength = RingSlot.wireLength(ring, slot);
        long frame = RingSlot.frame(ring, slot);
        if (RingSlot.lacksVlanTag(status)) {
            frame = RingSlot.restoreVlanTag(ring, slot, frame, status);
            length += RingSlot.VLAN_TAG_LENGTH;
            wireLength += RingSlot.VLAN_TAG_LENGTH;
        }
        framesReceived++;
        bytesReceived += wireLength;
        if (length < wireLength) {
            counters.increment(PortCounter.DROPPED_TRUNCATED);
            return false;
        }
        long epochNanos = RingSlot.epochNanos(ring, slot);
        if (staleBeforeEpochNanos != NO_STALL && isStale(epochNanos)) {
            return false;
        }
        packet.wrap(ring, frame, length);
        packet.epochNanos = epochNanos;
        packet.ingressPort = port.number();
        packet.side = port.side();
        packet.checksumTrusted = RingSlot.isChecksumTrusted(ring, frame);
        packet.gsoSize = RingSlot.segmentSize(ring, frame);
        if (packet.gsoSize != 0) {
            counters.increment(PortCounter.SUPERFRAMES_RECEIVED);
        }
        return true;
    }

    @Override
    public void forgiveStall(long nanos) {
        lastBatchNanos = nanos;
    }

    /** Notices when the worker has not been here for longer than it may. */
    private void beginBatch() {
        long now = System.nanoTime();
        if (now - lastBatchNanos > stallNanos) {
            staleBeforeEpochNanos = System.currentTimeMillis() * 1_000_000L - stallNanos;
            stallCounted = false;
        }
        lastBatchNanos = now;
    }

    /** Counts a frame that has waited too long. The first one that has not ends the matter, since a ring is in order of arrival. */
    private boolean isStale(long epochNanos) {
        if (epochNanos >= staleBeforeEpochNanos) {
            staleBeforeEpochNanos = NO_STALL;
            return false;
        }
        if (!stallCounted) {
            counters.increment(PortCounter.STALLS);
            stallCounted = true;
        }
        counters.increment(PortCounter.DROPPED_STALE);
        return true;
    }

    @Override
    public void release() {
        int slot = head - taken;
        if (slot < 0) {
            slot += slotOffsets.length;
        }
        for (int given = 0; given < taken; given++) {
            RingSlot.giveBack(ring, slotOffsets[slot]);
            slot = slot + 1 == slotOffsets.length ? 0 : slot + 1;
        }
        taken = 0;
        delivered = 0;
        if (framesReceived > 0) {
            counters.add(PortCounter.FRAMES_RECEIVED, framesReceived);
            counters.add(PortCounter.BYTES_RECEIVED, bytesReceived);
            framesReceived = 0;
            bytesReceived = 0;
        }
    }

    @Override
    public boolean send(MemorySegment segment, long offset, int length) {
        if (!port.isUp()) {
            counters.increment(PortCounter.DROPPED_EGRESS_DOWN);
            return true;
        }
        if (batch.isFull()) {
            return false;
        }
        if (!segment.isNative() || offset < VNET_HEADER_LENGTH || offset + length > segment.byteSize()) {
            throw new IllegalArgumentException("a frame to send lies in native memory, behind its virtio-net header");
        }
        batch.add(segment.address() + offset, length);
        return true;
    }

    @Override
    public int flush() {
        int sent = 0;
        long bytesSent = 0;
        int from = 0;
        while (from < batch.size()) {
            int accepted = batch.send(sockets.sender, from);
            if (accepted > 0) {
                for (int i = from; i < from + accepted; i++) {
                    bytesSent += batch.length(i);
                }
                sent += accepted;
                from += accepted;
            } else {
                from += refuse(batch.errno(), batch.size() - from);
            }
        }
        batch.clear();
        if (sent > 0) {
            counters.add(PortCounter.FRAMES_SENT, sent);
            counters.add(PortCounter.BYTES_SENT, bytesSent);
        }
        return sent;
    }

    /**
     * Counts what the kernel refused, by its reason.
     *
     * @param remaining frames from the refused one on
     * @return how many of them to pass over: the one, or all where the reason lies in the port and holds for all
     */
    private int refuse(int errno, int remaining) {
        switch (errno) {
            case Errno.EINTR -> {
                return 0;
            }
            case Errno.EAGAIN -> {
                counters.add(PortCounter.DROPPED_EGRESS_FULL, remaining);
                return remaining;
            }
            case Errno.ENETDOWN, Errno.ENXIO, Errno.ENODEV -> {
                counters.add(PortCounter.DROPPED_EGRESS_DOWN, remaining);
                return remaining;
            }
            case Errno.ENOBUFS, Errno.ENOMEM -> counters.increment(PortCounter.DROPPED_EGRESS_FULL);
            case Errno.EMSGSIZE -> counters.increment(PortCounter.DROPPED_EGRESS_TOO_LARGE);
            default -> counters.increment(PortCounter.DROPPED_EGRESS_REFUSED);
        }
        return 1;
    }

    @Override
    public void maintain(long nanos) {
        if (closed) {
            return;
        }
        countRingDrops();
        adopt();
    }

    /** The kernel's counters begin at 0 again each time they are read. */
    private void countRingDrops() {
        scratch.set(JAVA_INT, STATISTICS_LENGTH, STATISTICS_LENGTH);
        int result = Sockets.option(
                state,
                sockets.receiver,
                PacketSockets.SOL_PACKET,
                PacketSockets.PACKET_STATISTICS,
                scratch.address(),
                scratch.address() + STATISTICS_LENGTH);
        int drops = scratch.get(JAVA_INT, 4);
        if (result == 0 && drops != 0) {
            counters.add(PortCounter.DROPPED_RING_FULL, drops & 0xffff_ffffL);
        }
    }

    /** Takes the error off the receiving socket, which would otherwise end every wait at once. */
    void takeError() {
        scratch.set(JAVA_INT, STATISTICS_LENGTH, Integer.BYTES);
        int ignored = Sockets.option(
                state,
                sockets.receiver,
                Sockets.SOL_SOCKET,
                Sockets.SO_ERROR,
                scratch.address(),
                scratch.address() + STATISTICS_LENGTH);
    }

    /** True when the worker has taken the sockets of the last {@link #replace} and the ones before them are closed. */
    boolean isReplaceable() {
        return !closed && replacement == null && retired == null;
    }

    /** Hands over sockets on an interface that has come back; the worker takes them when it next has no frame in hand. */
    void replace(PacketSockets fresh) {
        replacement = fresh;
    }

    /** Takes over new sockets, if there are some and no slot of the old ring is in use. Cheap when there are none. */
    void adopt() {
        PacketSockets fresh = replacement;
        if (fresh == null || taken > 0 || batch.size() > 0 || retired != null) {
            return;
        }
        countRingDrops();
        retired = sockets;
        sockets = fresh;
        ring = fresh.ring;
        head = 0;
        replacement = null;
        counters.increment(PortCounter.REOPENED);
    }

    /** The sockets that the worker no longer uses, for the one who closes them: that takes milliseconds. */
    void closeRetired() {
        PacketSockets old = retired;
        if (old != null) {
            old.close();
            retired = null;
        }
    }

    @Override
    public void close() {
        if (!closed) {
            countRingDrops();
            closed = true;
            batch.clear();
            sockets.close();
        }
        closeRetired();
        PacketSockets unused = replacement;
        if (unused != null) {
            unused.close();
            replacement = null;
        }
    }

    @Override
    public String toString() {
        return port + ", " + size.slots() + " slots";
    }
}
