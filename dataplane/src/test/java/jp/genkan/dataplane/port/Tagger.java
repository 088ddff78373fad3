package jp.genkan.dataplane.port;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import jp.genkan.core.frame.Packet;

/**
 * Puts a VLAN tag on everything that passes from the inside to the outside and takes it off on the way back, super-frames included: a VLAN
 * switch for kernels that have no VLAN devices.
 */
final class Tagger implements AutoCloseable {
    private static final int TAG = 0x8100_0064;
    private static final int MOVED = PortQueue.VNET_HEADER_LENGTH + 12;

    private final Ports ports;
    private final Thread thread;
    private volatile boolean stopping;

    /** Starts on the calling thread's network namespace. */
    static Tagger start(String untagged, String tagged) throws PortException {
        PortSettings settings = new PortSettings(
                List.of(untagged),
                List.of(tagged),
                null,
                new RingSize(8),
                RingSize.HOST,
                Duration.ofSeconds(10),
                64,
                Duration.ZERO);
        return new Tagger(PortSetup.prepare(settings).open(1, RingFilters.NONE, PortListener.NONE));
    }

    private Tagger(Ports ports) {
        this.ports = ports;
        this.thread = Thread.ofPlatform().name("tagger").start(this::run);
    }

    private void run() {
        PortQueue untagged = ports.queues(0).get(0);
        PortQueue tagged = ports.queues(0).get(1);
        Poller poller = ports.poller(0);
        Packet packet = new Packet();
        while (!stopping) {
            poller.await(10_000_000);
            for (int i = 0; i < 64 && untagged.receive(packet); i++) {
                move(packet, 4);
                packet.segment().set(Packet.U32, packet.frameOffset - 4 + 12, TAG);
                tagged.send(packet.segment(), packet.frameOffset - 4, packet.frameLength + 4);
            }
            for (int i = 0; i < 64 && tagged.receive(packet); i++) {
                if (packet.u32(packet.frameOffset + 12) == TAG) {
                    move(packet, -4);
                    untagged.send(packet.segment(), packet.frameOffset + 4, packet.frameLength - 4);
                }
            }
            tagged.flush();
            untagged.flush();
            tagged.release();
            untagged.release();
        }
    }

    /** Moves virtio-net header and MAC addresses down by so many octets and corrects the header's lengths. */
    private static void move(Packet packet, int octets) {
        MemorySegment segment = packet.segment();
        long from = packet.frameOffset - PortQueue.VNET_HEADER_LENGTH;
        MemorySegment.copy(segment, from, segment, from - octets, MOVED);
        long header = from - octets;
        if (segment.get(JAVA_BYTE, header) == 1) {
            add(segment, header + 6, octets);
        }
        if (segment.get(JAVA_SHORT_UNALIGNED, header + 2) != 0) {
            add(segment, header + 2, octets);
        }
    }

    private static void add(MemorySegment segment, long field, int octets) {
        segment.set(JAVA_SHORT_UNALIGNED, field, (short) (segment.get(JAVA_SHORT_UNALIGNED, field) + octets));
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ports.close();
    }
}
