package jp.genkan.appliance.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.dataplane.pipeline.PipelineRunner;
import jp.genkan.dataplane.port.PortQueue;

/**
 * Sends made-up frames through a pipeline that nobody else uses, before the first real one comes: the JVM loads and compiles the path of a
 * frame while the kernel still forwards, and the first real frames are not the slow ones.
 *
 * <p>Thread rule: the thread that starts the box.
 */
final class WarmUp {
    /** Longest time that the start is put off. */
    private static final long NANOS_MAX = 1_500_000_000L;

    /** Conversations after which the compiler has seen enough. */
    private static final int CONVERSATIONS_MAX = 20_000;

    private static final int ROOM = PortQueue.VNET_HEADER_LENGTH + 128;

    /** Addresses of RFC 5737, so that nothing real is ever taken for it. */
    private static final String TO_SERVER =
            "020000000002020000000001" + "0800" + "450000340000400040060000c0000201c6336401";

    private static final String TO_CLIENT =
            "020000000001020000000002" + "0800" + "450000340000400040060000c6336401c0000201";

    private final PipelineRunner runner;
    private final MemorySegment memory = Arena.ofAuto().allocate(ROOM, 8);
    private final Packet packet = new Packet();
    private long nanos;

    WarmUp(PipelineRunner runner) {
        this.runner = runner;
    }

    /** Talks until the path is compiled or the time is over. */
    void run() {
        long until = System.nanoTime() + NANOS_MAX;
        for (int i = 0; i < CONVERSATIONS_MAX && System.nanoTime() - until < 0; i++) {
            converse(1_024 + i % 60_000);
        }
        runner.endAll();
    }

    /** A TCP connection with four segments, and a datagram each way. */
    private void converse(int port) {
        tcp(TO_SERVER, port, 443, 1_000, 0, Packet.SYN);
        tcp(TO_CLIENT, 443, port, 5_000, 1_001, Packet.SYN | Packet.ACK);
        tcp(TO_SERVER, port, 443, 1_001, 5_001, Packet.ACK);
        tcp(TO_SERVER, port, 443, 1_001, 5_001, Packet.ACK | Packet.PSH);
        tcp(TO_CLIENT, 443, port, 5_001, 1_013, Packet.ACK);
        tcp(TO_SERVER, port, 443, 1_013, 5_001, Packet.ACK | Packet.RST);
        udp(TO_SERVER, port, 53);
        udp(TO_CLIENT, 53, port);
        runner.batchEnded();
        runner.expire(nanos, 16);
    }

    private void tcp(String headers, int from, int to, int sequence, int acknowledgment, int flags) {
        long transport = begin(headers, 6);
        memory.set(Packet.U16, transport, (short) from);
        memory.set(Packet.U16, transport + 2, (short) to);
        memory.set(Packet.U32, transport + 4, sequence);
        memory.set(Packet.U32, transport + 8, acknowledgment);
        memory.set(Packet.U32, transport + 12, 0x5000_ffff | flags << 16);
        process();
    }

    private void udp(String headers, int from, int to) {
        long transport = begin(headers, 17);
        memory.set(Packet.U16, transport, (short) from);
        memory.set(Packet.U16, transport + 2, (short) to);
        memory.set(Packet.U16, transport + 4, (short) 32);
        process();
    }

    private long begin(String headers, int protocol) {
        memory.fill((byte) 0);
        byte[] octets = HexFormat.of().parseHex(headers);
        long frame = PortQueue.VNET_HEADER_LENGTH;
        MemorySegment.copy(MemorySegment.ofArray(octets), 0, memory, frame, octets.length);
        memory.set(ValueLayout.JAVA_BYTE, frame + 23, (byte) protocol);
        memory.set(Packet.U16, frame + 24, ipChecksum(frame + 14));
        return frame + octets.length;
    }

    private short ipChecksum(long header) {
        int sum = 0;
        for (int at = 0; at < 20; at += 2) {
            sum += memory.get(Packet.U16, header + at) & 0xffff;
        }
        return (short) ~((sum & 0xffff) + (sum >>> 16));
    }

    private void process() {
        nanos += 1_000;
        packet.wrap(memory, PortQueue.VNET_HEADER_LENGTH, 66);
        packet.checksumTrusted = true;
        packet.side = packet.u8(PortQueue.VNET_HEADER_LENGTH + 5) == 2 ? Side.INSIDE : Side.OUTSIDE;
        packet.ingressPort = packet.side == Side.INSIDE ? 0 : 1;
        runner.process(packet, LinkType.ETHERNET, nanos);
    }
}
