package jp.genkan.appliance.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import jp.genkan.core.decode.Checksum;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.dataplane.pipeline.PipelineRunner;
import jp.genkan.dataplane.port.PortQueue;

/**
 * The wire of a {@link Rehearsal}: makes frames as real hosts and network cards make them and gives them to the pipeline. With timestamps and without, IPv4 and IPv6,
 * single segments and such that the kernel put together, with checksums that the card has verified or not: a branch that is never taken here is one that the JVM
 * leaves out of what it compiles, and it compiles all of that anew when a real frame takes it.
 *
 * <p>Addresses are those of RFC 5737 and RFC 3849, so that nothing real is taken for it. Thread rule: one thread.
 */
final class RehearsalWire {
    /** Octets of one segment on an Ethernet, with timestamps. */
    static final int SEGMENT = 1_448;

    /** Most segments that the kernel puts together. */
    static final int SEGMENTS_MAX = 44;

    private static final int ETHERNET = 14;
    private static final int IPV4 = 20;
    private static final int IPV6 = 40;
    private static final int TCP = 20;
    private static final int UDP = 8;
    private static final int TIMESTAMPS = 12;
    private static final int SYN_OPTIONS = 20;
    private static final int FRAME = PortQueue.VNET_HEADER_LENGTH;
    private static final int ROOM = FRAME + ETHERNET + IPV6 + TCP + SYN_OPTIONS + SEGMENTS_MAX * SEGMENT;
    private static final int IPV4_SOURCE = 12;
    private static final int IPV6_SOURCE = 8;
    private static final int IPV4_ADDRESS = 4;
    private static final int IPV6_ADDRESS = 16;
    private static final int TTL = 64;

    /** Time goes by, so that flows end and their memory is given back as in a real box. */
    private static final long NANOS_A_PACKET = 1_000_000;

    /** 26 November 2026: any time in which dates have as many digits as today. */
    private static final long BEGIN_EPOCH_NANOS = 1_795_651_200_000_000_000L;

    private static final byte[] NOTHING = {};
    private static final byte[] MACS_TO_SERVER = HexFormat.of().parseHex("020000000002020000000001");
    private static final byte[] MACS_TO_CLIENT = HexFormat.of().parseHex("020000000001020000000002");
    private static final byte[] CLIENT4 = HexFormat.of().parseHex("c0000201");
    private static final byte[] SERVER4 = HexFormat.of().parseHex("c6336401");
    private static final byte[] CLIENT6 = HexFormat.of().parseHex("20010db8000000000000000000000001");
    private static final byte[] SERVER6 = HexFormat.of().parseHex("20010db8000100000000000000000002");

    private final PipelineRunner runner;
    private final RandomGenerator random;
    /** Of the kind that a ring's memory is of: of no arena that ends, or the JVM compiles for another kind. A few of them live as long as the process. */
    private final MemorySegment memory = Arena.global().allocate(ROOM, 8);

    private final Packet packet = new Packet();
    private final List<Connection> connections = new ArrayList<>();
    private long nanos;
    private int lastPort = 1_024;
    private int inBatch;

    RehearsalWire(PipelineRunner runner, RandomGenerator random) {
        this.runner = runner;
        this.random = random;
    }

    /** A port that no connection had for a while. */
    int nextPort() {
        lastPort = lastPort >= 60_000 ? 1_024 : lastPort + 1;
        return lastPort;
    }

    /** A batch of frames is over, as the worker says after each. */
    void batchEnds() {
        inBatch = 0;
        runner.beforeFlush();
        runner.batchEnded();
        runner.expire(nanos, 16);
    }

    /** A connection that begins with the three segments of its handshake. */
    Connection connect(int serverPort) {
        Connection made = new Connection(serverPort, random.nextInt(8) != 0, random.nextInt(6) == 0);
        made.shakeHands();
        connections.add(made);
        return made;
    }

    /** All that was noted down happens, a step of one connection and then a step of another. */
    void play() {
        while (!connections.isEmpty()) {
            int index = random.nextInt(connections.size());
            Runnable step = connections.get(index).steps.poll();
            if (step == null) {
                connections.remove(index);
            } else {
                step.run();
            }
        }
    }

    /** A datagram of UDP between the hosts. */
    void datagram(boolean toServer, int clientPort, int serverPort, byte[] octets) {
        boolean v6 = random.nextInt(8) == 0;
        long transport = network(toServer, v6, 17, UDP + octets.length);
        memory.set(Packet.U16, transport, (short) (toServer ? clientPort : serverPort));
        memory.set(Packet.U16, transport + 2, (short) (toServer ? serverPort : clientPort));
        memory.set(Packet.U32, transport + 4, (UDP + octets.length) << 16);
        MemorySegment.copy(octets, 0, memory, ValueLayout.JAVA_BYTE, transport + UDP, octets.length);
        process(toServer, v6, 17, transport, UDP + octets.length, 0);
    }

    /** Somebody asks who has an address: RFC 826. */
    void askForAddress() {
        byte[] frame = HexFormat.of()
                .parseHex("ffffffffffff020000000001" + "0806" + "0001080006040001" + "020000000001c0000201"
                        + "000000000000c0000202");
        MemorySegment.copy(frame, 0, memory, ValueLayout.JAVA_BYTE, FRAME, frame.length);
        give(true, frame.length, 0);
    }

    /** Writes the headers up to that of the network; says where the next one begins. */
    private long network(boolean toServer, boolean v6, int protocol, int length) {
        byte[] macs = toServer ? MACS_TO_SERVER : MACS_TO_CLIENT;
        MemorySegment.copy(macs, 0, memory, ValueLayout.JAVA_BYTE, FRAME, macs.length);
        memory.set(Packet.U16, FRAME + 12L, (short) (v6 ? 0x86dd : 0x0800));
        long ip = FRAME + ETHERNET;
        if (v6) {
            memory.set(Packet.U32, ip, 0x6000_0000);
            memory.set(Packet.U32, ip + 4, length << 16 | protocol << 8 | TTL);
            put(toServer ? CLIENT6 : SERVER6, ip + IPV6_SOURCE);
            put(toServer ? SERVER6 : CLIENT6, ip + IPV6_SOURCE + IPV6_ADDRESS);
            return ip + IPV6;
        }
        memory.set(Packet.U32, ip, 0x4500_0000 | IPV4 + length);
        memory.set(Packet.U32, ip + 4, 0x4000);
        memory.set(Packet.U32, ip + 8, TTL << 24 | protocol << 16);
        put(toServer ? CLIENT4 : SERVER4, ip + IPV4_SOURCE);
        put(toServer ? SERVER4 : CLIENT4, ip + IPV4_SOURCE + IPV4_ADDRESS);
        memory.set(Packet.U16, ip + 10, (short) Checksum.finish(Checksum.add(0, memory, ip, IPV4)));
        return ip + IPV4;
    }

    private void put(byte[] octets, long at) {
        MemorySegment.copy(octets, 0, memory, ValueLayout.JAVA_BYTE, at, octets.length);
    }

    private void process(boolean toServer, boolean v6, int protocol, long transport, int length, int gsoSize) {
        boolean trusted = gsoSize != 0 || random.nextInt(4) != 0;
        if (!trusted) {
            int addresses = 2 * (v6 ? IPV6_ADDRESS : IPV4_ADDRESS);
            long sum = Checksum.add(0, memory, transport - addresses, addresses);
            sum = Checksum.add(Checksum.addU16(Checksum.addU16(sum, protocol), length), memory, transport, length);
            memory.set(Packet.U16, transport + (protocol == 17 ? 6 : 16), (short) Checksum.finish(sum));
        }
        packet.checksumTrusted = trusted;
        give(toServer, (int) (transport - FRAME) + length, gsoSize);
    }

    private void give(boolean toServer, int length, int gsoSize) {
        boolean trusted = packet.checksumTrusted;
        nanos += NANOS_A_PACKET;
        packet.wrap(memory, FRAME, length);
        packet.wireLength = length;
        packet.epochNanos = BEGIN_EPOCH_NANOS + nanos;
        packet.checksumTrusted = trusted;
        packet.gsoSize = gsoSize;
        packet.side = toServer ? Side.INSIDE : Side.OUTSIDE;
        packet.ingressPort = toServer ? 0 : 1;
        runner.process(packet, LinkType.ETHERNET, nanos);
        if (++inBatch >= 8) {
            batchEnds();
        }
    }

    /**
     * One connection of TCP. What its ends do is noted down, and happens when the {@link #play} of several is interleaved, as connections are in a box: then memory is
     * in use, octets wait for an acknowledgment, and answers come late.
     */
    final class Connection {
        private static final int TO_SERVER = 0;
        private static final int TO_CLIENT = 1;

        private final int clientPort = nextPort();
        private final int serverPort;
        private final boolean timestamps;
        private final boolean v6;
        private final int[] next = {random.nextInt(), random.nextInt()};
        private final int[] acknowledged = new int[2];
        private final Deque<Runnable> steps = new ArrayDeque<>();

        private Connection(int serverPort, boolean timestamps, boolean v6) {
            this.serverPort = serverPort;
            this.timestamps = timestamps;
            this.v6 = v6;
        }

        private void shakeHands() {
            steps.add(() -> {
                segment(true, Packet.SYN, NOTHING, 0, 0);
                next[TO_SERVER]++;
                acknowledged[TO_CLIENT] = next[TO_SERVER];
            });
            steps.add(() -> {
                segment(false, Packet.SYN | Packet.ACK, NOTHING, 0, 0);
                next[TO_CLIENT]++;
                acknowledged[TO_SERVER] = next[TO_CLIENT];
            });
            acknowledge(true);
        }

        /** All octets that one end says, in as many frames as it takes; the other one acknowledges now and then. */
        void say(boolean fromClient, byte[] octets) {
            int frames = 0;
            for (int at = 0; at < octets.length; frames++) {
                int most = SEGMENT * (1 + random.nextInt(random.nextBoolean() ? 2 : SEGMENTS_MAX));
                int count = Math.min(most, octets.length - at);
                boolean ends = at + count == octets.length;
                int begin = at;
                if (!ends && random.nextInt(24) == 0) { // the neighbour comes first
                    steps.add(() -> early(fromClient, octets, begin + count, count));
                }
                steps.add(() -> segment(fromClient, ends ? Packet.ACK | Packet.PSH : Packet.ACK, octets, begin, count));
                if (random.nextInt(48) == 0) {
                    steps.add(() -> segment(fromClient, Packet.ACK, octets, begin, count)); // once more
                }
                steps.add(() -> next[fromClient ? TO_SERVER : TO_CLIENT] += count);
                at += count;
                if (!ends && frames % 4 == 3) {
                    steps.add(() -> hears(!fromClient));
                }
            }
            steps.add(() -> hears(!fromClient));
        }

        private void early(boolean fromClient, byte[] octets, int from, int skipped) {
            int direction = fromClient ? TO_SERVER : TO_CLIENT;
            int ahead = Math.min(SEGMENT, octets.length - from);
            int before = next[direction];
            next[direction] += skipped;
            segment(fromClient, Packet.ACK, octets, from, ahead);
            segment(!fromClient, Packet.ACK, NOTHING, 0, 0);
            next[direction] = before;
        }

        /** The end that listens acknowledges all that has come. */
        private void hears(boolean fromClient) {
            acknowledged[fromClient ? TO_SERVER : TO_CLIENT] = next[fromClient ? TO_CLIENT : TO_SERVER];
            segment(fromClient, Packet.ACK, NOTHING, 0, 0);
        }

        void acknowledge(boolean fromClient) {
            steps.add(() -> segment(fromClient, Packet.ACK, NOTHING, 0, 0));
        }

        /** Both ends close, one of them first. */
        void close(boolean clientFirst) {
            steps.add(() -> finish(clientFirst));
            steps.add(() -> finish(!clientFirst));
            steps.add(() -> hears(clientFirst));
        }

        private void finish(boolean fromClient) {
            segment(fromClient, Packet.ACK | Packet.FIN, NOTHING, 0, 0);
            next[fromClient ? TO_SERVER : TO_CLIENT]++;
            acknowledged[fromClient ? TO_CLIENT : TO_SERVER] = next[fromClient ? TO_SERVER : TO_CLIENT];
        }

        /** One end gives up. */
        void reset(boolean fromClient) {
            steps.add(() -> segment(fromClient, Packet.ACK | Packet.RST, NOTHING, 0, 0));
        }

        private void segment(boolean fromClient, int flags, byte[] octets, int from, int count) {
            boolean syn = (flags & Packet.SYN) != 0;
            int options = syn ? SYN_OPTIONS : timestamps ? TIMESTAMPS : 0;
            int header = TCP + options;
            int direction = fromClient ? TO_SERVER : TO_CLIENT;
            long transport = network(fromClient, v6, 6, header + count);
            memory.set(Packet.U16, transport, (short) (fromClient ? clientPort : serverPort));
            memory.set(Packet.U16, transport + 2, (short) (fromClient ? serverPort : clientPort));
            memory.set(Packet.U32, transport + 4, next[direction]);
            memory.set(Packet.U32, transport + 8, (flags & Packet.ACK) == 0 ? 0 : acknowledged[direction]);
            memory.set(Packet.U32, transport + 12, header / 4 << 28 | flags << 16 | 0xffff);
            memory.set(Packet.U32, transport + 16, 0);
            long at = transport + TCP;
            if (syn) {
                memory.set(Packet.U32, at, 0x0204_05b4); // 1,460 octets a segment
                memory.set(Packet.U32, at + 4, timestamps ? 0x0402_080a : 0x0402_0101); // RFC 2018, RFC 7323
                memory.set(Packet.U32, at + 8, timestamps ? ticks() : 0x0101_0101);
                memory.set(Packet.U32, at + 12, timestamps ? 0 : 0x0101_0101);
                memory.set(Packet.U32, at + 16, 0x0103_0307); // window times 128
            } else if (timestamps) {
                memory.set(Packet.U32, at, 0x0101_080a);
                memory.set(Packet.U32, at + 4, ticks());
                memory.set(Packet.U32, at + 8, ticks() - 1);
            }
            MemorySegment.copy(octets, from, memory, ValueLayout.JAVA_BYTE, transport + header, count);
            process(fromClient, v6, 6, transport, header + count, count > SEGMENT ? SEGMENT : 0);
        }

        private int ticks() {
            return (int) (nanos / 1_000_000) + 1_000;
        }
    }
}
