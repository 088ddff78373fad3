package jp.genkan.dataplane.port;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
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
 * <p>A slot of the ring; the kernel writes it, sets the status, and does not touch it before the status is given back:
 *
 * <pre>
 *  0 struct tpacket2_hdr   status 0, len 4, snaplen 8, mac 12, net 14, sec 16, nsec 20, vlan_tci 24, vlan_tpid 26
 * 32 struct sockaddr_ll
 *  … room of at least 14 octets, into which the headers move when a VLAN tag is put back
 *  mac - 10  struct virtio_net_hdr   flags 0, gso_type 1, hdr_len 2, gso_size 4, csum_start 6, csum_offset 8
 *  mac       the frame, without its outermost VLAN tag
 * </pre>
 *
 * <p>The path of a frame is {@link #receive}, {@link #send}, {@link #flush}, {@link #release}, in this order.
 *
 * <p>Thread rule: one worker, but for {@link #replace}, by which the thread that looks after the ports hands over new sockets.
 */
final class AfPacketQueue implements PortQueue {
    private static final VarHandle STATUS = JAVA_INT.varHandle();

    /** {@code struct tpacket2_hdr}, linux/if_packet.h. */
    private static final int TP_LEN = 4;

    private static final int TP_SNAPLEN = 8;
    private static final int TP_MAC = 12;
    private static final int TP_SEC = 16;
    private static final int TP_NSEC = 20;
    private static final int TP_VLAN_TCI = 24;
    private static final int TP_VLAN_TPID = 26;

    private static final int TP_STATUS_KERNEL = 0;
    private static final int TP_STATUS_USER = 1;
    private static final int TP_STATUS_VLAN_VALID = 1 << 4;
    private static final int TP_STATUS_VLAN_TPID_VALID = 1 << 6;

    /** {@code struct virtio_net_hdr}, linux/virtio_net.h; octets before the frame. */
    private static final int VNET_FLAGS = -10;

    private static final int VNET_GSO_TYPE = -9;
    private static final int VNET_HDR_LEN = -8;
    private static final int VNET_GSO_SIZE = -6;
    private static final int VNET_CSUM_START = -4;
    private static final int VIRTIO_NET_HDR_F_NEEDS_CSUM = 1;
    private static final int VIRTIO_NET_HDR_F_DATA_VALID = 2;

    private static final int MACS_LENGTH = 12;
    private static final int VLAN_TAG_LENGTH = 4;
    private static final int ETHERTYPE_VLAN = 0x8100;

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
        return taken < slotOffsets.length && ((int) STATUS.getAcquire(ring, slotOffsets[head]) & TP_STATUS_USER) != 0;
    }

    @Override
    public boolean receive(Packet packet) {
        if (taken == 0) {
            beginBatch();
        }
        while (taken < slotOffsets.length) {
            long slot = slotOffsets[head];
            int status = (int) STATUS.getAcquire(ring, slot);
            if ((status & TP_STATUS_USER) == 0) {
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
        int length = ring.get(JAVA_INT, slot + TP_SNAPLEN);
        int wireLength = ring.get(JAVA_INT, slot + TP_LEN);
        long frame = slot + (ring.get(JAVA_SHORT, slot + TP_MAC) & 0xffff);
        if ((status & TP_STATUS_VLAN_VALID) != 0) {
            restoreVlanTag(slot, frame, status);
            frame -= VLAN_TAG_LENGTH;
            length += VLAN_TAG_LENGTH;
            wireLength += VLAN_TAG_LENGTH;
        }
        framesReceived++;
        bytesReceived += wireLength;
        if (length < wireLength) {
            counters.increment(PortCounter.DROPPED_TRUNCATED);
            return false;
        }
        long epochNanos = (ring.get(JAVA_INT, slot + TP_SEC) & 0xffff_ffffL) * 1_000_000_000L
                + ring.get(JAVA_INT, slot + TP_NSEC);
        if (staleBeforeEpochNanos != NO_STALL && isStale(epochNanos)) {
            return false;
        }
        packet.wrap(ring, frame, length);
        packet.epochNanos = epochNanos;
        packet.ingressPort = port.number();
        packet.side = port.side();
        int flags = ring.get(JAVA_BYTE, frame + VNET_FLAGS);
        // TP_STATUS_CSUM_VALID says no more than DATA_VALID does, and on older kernels also stood for a sum that nobody
        // had compared.
        packet.checksumTrusted = (flags & (VIRTIO_NET_HDR_F_NEEDS_CSUM | VIRTIO_NET_HDR_F_DATA_VALID)) != 0;
        if (ring.get(JAVA_BYTE, frame + VNET_GSO_TYPE) != 0) {
            packet.gsoSize = ring.get(JAVA_SHORT_UNALIGNED, frame + VNET_GSO_SIZE) & 0xffff;
            counters.increment(PortCounter.SUPERFRAMES_RECEIVED);
        }
        return true;
    }

    /** Moves virtio-net header and MAC addresses down by four octets and writes the tag, which the kernel had taken out, behind them. */
    private void restoreVlanTag(long slot, long frame, int status) {
        int tci = ring.get(JAVA_SHORT, slot + TP_VLAN_TCI) & 0xffff;
        int tpid = (status & TP_STATUS_VLAN_TPID_VALID) == 0
                ? ETHERTYPE_VLAN
                : ring.get(JAVA_SHORT, slot + TP_VLAN_TPID) & 0xffff;
        long from = frame - VNET_HEADER_LENGTH;
        long first = ring.get(JAVA_LONG_UNALIGNED, from);
        long second = ring.get(JAVA_LONG_UNALIGNED, from + 8);
        int third = ring.get(JAVA_INT_UNALIGNED, from + 16);
        short fourth = ring.get(JAVA_SHORT_UNALIGNED, from + 20);
        long to = from - VLAN_TAG_LENGTH;
        ring.set(JAVA_LONG_UNALIGNED, to, first);
        ring.set(JAVA_LONG_UNALIGNED, to + 8, second);
        ring.set(JAVA_INT_UNALIGNED, to + 16, third);
        ring.set(JAVA_SHORT_UNALIGNED, to + 20, fourth);
        long tagged = frame - VLAN_TAG_LENGTH;
        ring.set(Packet.U16, tagged + MACS_LENGTH, (short) tpid);
        ring.set(Packet.U16, tagged + MACS_LENGTH + 2, (short) tci);
        if ((ring.get(JAVA_BYTE, tagged + VNET_FLAGS) & VIRTIO_NET_HDR_F_NEEDS_CSUM) != 0) {
            lengthen(tagged + VNET_CSUM_START);
        }
        if (ring.get(JAVA_SHORT_UNALIGNED, tagged + VNET_HDR_LEN) != 0) {
            lengthen(tagged + VNET_HDR_LEN);
        }
    }

    private void lengthen(long field) {
        ring.set(JAVA_SHORT_UNALIGNED, field, (short) (ring.get(JAVA_SHORT_UNALIGNED, field) + VLAN_TAG_LENGTH));
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
            STATUS.setRelease(ring, slotOffsets[slot], TP_STATUS_KERNEL);
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
