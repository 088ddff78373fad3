package jp.genkan.dataplane.port;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jp.genkan.dataplane.linux.LinuxException;
import jp.genkan.dataplane.linux.Memory;
import jp.genkan.dataplane.linux.Sockets;

/**
 * The two AF_PACKET sockets of one worker on one interface (packet(7)): one that receives into a mapped TPACKET_V2 ring, one that sends.
 * Both carry a {@code virtio_net_hdr} before each frame, so that a super-frame passes whole.
 *
 * <p>A socket is opened deaf: a filter drops everything until {@link #listen}. So the sockets of all workers can be bound and join their
 * fanout group one after the other without a frame being taken twice.
 *
 * <p>Thread rule: made by the thread that looks after the ports, used by one worker, closed by either when the other is done with it.
 */
final class PacketSockets implements AutoCloseable {
    static final int SOL_PACKET = 263;
    static final int PACKET_STATISTICS = 6;
    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final int PACKET_RX_RING = 5;
    private static final int PACKET_VERSION = 10;
    private static final int PACKET_VNET_HDR = 15;
    private static final int PACKET_FANOUT = 18;
    private static final int PACKET_FANOUT_DATA = 22;
    private static final int PACKET_IGNORE_OUTGOING = 23;
    private static final int TPACKET_V2 = 1;
    private static final int PACKET_MR_PROMISC = 1;
    private static final int PACKET_FANOUT_HASH = 0;
    private static final int PACKET_FANOUT_EBPF = 7;
    private static final int PACKET_FANOUT_FLAG_UNIQUEID = 0x2000;
    /** A group has its own tap, which does not ask its members' PACKET_IGNORE_OUTGOING. */
    private static final int PACKET_FANOUT_FLAG_IGNORE_OUTGOING = 0x4000;

    private static final int ETH_P_ALL = 0x0003;

    /** {@code struct sockaddr_ll}, {@code tpacket_req}, {@code packet_mreq}, {@code sock_fprog}, {@code sock_filter}. */
    private static final int SOCKADDR_LL_LENGTH = 20;

    private static final int TPACKET_REQ_LENGTH = 16;
    private static final int PACKET_MREQ_LENGTH = 16;
    private static final int SOCK_FPROG_LENGTH = 16;
    private static final int SOCK_FILTER_LENGTH = 8;
    private static final short BPF_RET_K = 0x06;

    private static final ValueLayout.OfShort BIG_ENDIAN_SHORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    /** What may wait in the outgoing interface's queue for each worker: 1,000 super-frames. */
    private static final int SEND_BUFFER_LENGTH = 64 << 20;

    final int receiver;
    final int sender;
    final MemorySegment ring;
    private final String name;
    private final Arena arena;

    private PacketSockets(String name, int receiver, int sender, MemorySegment ring, Arena arena) {
        this.name = name;
        this.receiver = receiver;
        this.sender = sender;
        this.ring = ring;
        this.arena = arena;
    }

    /** Opens both sockets on an interface; nothing is received yet. */
    static PacketSockets open(String name, int index, RingSize size) throws LinuxException {
        int receiver = -1;
        int sender = -1;
        Arena arena = Arena.ofShared();
        try {
            receiver = Sockets.open(Sockets.AF_PACKET, Sockets.SOCK_RAW, 0, "socket(AF_PACKET)");
            MemorySegment ring = openRing(receiver, name, size, arena);
            setPromiscuous(receiver, name, index);
            dropEverything(receiver);
            bind(receiver, name, index, ETH_P_ALL);
            sender = Sockets.open(Sockets.AF_PACKET, Sockets.SOCK_RAW, 0, "socket(AF_PACKET)");
            set(sender, PACKET_VNET_HDR, 1, "PACKET_VNET_HDR");
            Sockets.setOption(
                    sender,
                    Sockets.SOL_SOCKET,
                    Sockets.SO_SNDBUFFORCE,
                    SEND_BUFFER_LENGTH,
                    "setsockopt(SO_SNDBUFFORCE)");
            bind(sender, name, index, 0);
            return new PacketSockets(name, receiver, sender, ring, arena);
        } catch (LinuxException e) {
            Sockets.close(sender);
            Sockets.close(receiver);
            arena.close();
            throw e;
        }
    }

    private static MemorySegment openRing(int descriptor, String name, RingSize size, Arena arena)
            throws LinuxException {
        set(descriptor, PACKET_VERSION, TPACKET_V2, "PACKET_VERSION");
        set(descriptor, PACKET_VNET_HDR, 1, "PACKET_VNET_HDR"); // must stand before the ring
        set(descriptor, PACKET_IGNORE_OUTGOING, 1, "PACKET_IGNORE_OUTGOING");
        try (Arena temporary = Arena.ofConfined()) {
            MemorySegment request = temporary.allocate(TPACKET_REQ_LENGTH, Integer.BYTES);
            request.setAtIndex(JAVA_INT, 0, RingSize.BLOCK_LENGTH);
            request.setAtIndex(JAVA_INT, 1, size.blocks());
            request.setAtIndex(JAVA_INT, 2, RingSize.SLOT_LENGTH);
            request.setAtIndex(JAVA_INT, 3, size.slots());
            String what = name + ": setsockopt(PACKET_RX_RING, " + size.blocks() + " blocks of 1 MiB)";
            Sockets.setOption(descriptor, SOL_PACKET, PACKET_RX_RING, request, what);
        }
        return Memory.map(descriptor, size.lengthBytes(), arena, name + ": mmap(" + size.blocks() + " MiB)");
    }

    private static void setPromiscuous(int descriptor, String name, int index) throws LinuxException {
        try (Arena temporary = Arena.ofConfined()) {
            MemorySegment request = temporary.allocate(PACKET_MREQ_LENGTH, Integer.BYTES);
            request.set(JAVA_INT, 0, index);
            request.set(JAVA_SHORT, 4, (short) PACKET_MR_PROMISC);
            Sockets.setOption(
                    descriptor, SOL_PACKET, PACKET_ADD_MEMBERSHIP, request, name + ": setsockopt(PACKET_MR_PROMISC)");
        }
    }

    /** One instruction: return 0. */
    private static void dropEverything(int descriptor) throws LinuxException {
        try (Arena temporary = Arena.ofConfined()) {
            MemorySegment instruction = temporary.allocate(SOCK_FILTER_LENGTH, Long.BYTES);
            instruction.set(JAVA_SHORT, 0, BPF_RET_K);
            MemorySegment program = temporary.allocate(SOCK_FPROG_LENGTH, Long.BYTES);
            program.set(JAVA_SHORT, 0, (short) 1);
            program.set(JAVA_LONG, 8, instruction.address());
            Sockets.setOption(
                    descriptor, Sockets.SOL_SOCKET, Sockets.SO_ATTACH_FILTER, program, "setsockopt(SO_ATTACH_FILTER)");
        }
    }

    private static void bind(int descriptor, String name, int index, int protocol) throws LinuxException {
        try (Arena temporary = Arena.ofConfined()) {
            MemorySegment address = temporary.allocate(SOCKADDR_LL_LENGTH, Integer.BYTES);
            address.set(JAVA_SHORT, 0, (short) Sockets.AF_PACKET);
            address.set(BIG_ENDIAN_SHORT, 2, (short) protocol);
            address.set(JAVA_INT, 4, index);
            address.set(JAVA_BYTE, 11, (byte) 0);
            Sockets.bind(descriptor, address, name + ": bind(AF_PACKET)");
        }
    }

    private static void set(int descriptor, int option, int value, String what) throws LinuxException {
        Sockets.setOption(descriptor, SOL_PACKET, option, value, "setsockopt(" + what + ")");
    }

    /**
     * Makes a new fanout group with this socket as its first member.
     *
     * @param selector descriptor of the eBPF program that answers with the member's number, or -1 for the kernel's symmetric flow hash
     * @return number of the group, for {@link #joinFanout}
     */
    int openFanout(int selector) throws LinuxException {
        String what = name + ": setsockopt(PACKET_FANOUT)";
        int value = (fanoutKind(selector) | PACKET_FANOUT_FLAG_UNIQUEID) << 16;
        Sockets.setOption(receiver, SOL_PACKET, PACKET_FANOUT, value, what);
        if (selector >= 0) {
            Sockets.setOption(
                    receiver, SOL_PACKET, PACKET_FANOUT_DATA, selector, name + ": setsockopt(PACKET_FANOUT_DATA)");
        }
        return Sockets.option(receiver, SOL_PACKET, PACKET_FANOUT, what) & 0xffff;
    }

    /** Joins a group as its next member; the order of joining is the order of the workers. */
    void joinFanout(int group, int selector) throws LinuxException {
        int value = fanoutKind(selector) << 16 | group;
        Sockets.setOption(receiver, SOL_PACKET, PACKET_FANOUT, value, name + ": setsockopt(PACKET_FANOUT)");
    }

    private static int fanoutKind(int selector) {
        return (selector < 0 ? PACKET_FANOUT_HASH : PACKET_FANOUT_EBPF) | PACKET_FANOUT_FLAG_IGNORE_OUTGOING;
    }

    /** From now on the ring takes what this filter lets through; with -1, everything. */
    void listen(int filter) throws LinuxException {
        if (filter < 0) {
            Sockets.setOption(
                    receiver, Sockets.SOL_SOCKET, Sockets.SO_DETACH_FILTER, 0, name + ": setsockopt(SO_DETACH_FILTER)");
        } else {
            Sockets.setOption(
                    receiver, Sockets.SOL_SOCKET, Sockets.SO_ATTACH_BPF, filter, name + ": setsockopt(SO_ATTACH_BPF)");
        }
    }

    @Override
    public void close() {
        Sockets.close(receiver);
        Sockets.close(sender);
        arena.close();
    }
}
