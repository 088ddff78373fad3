package jp.genkan.dataplane.flow;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;

/** Makes packets for tests of flows and streams: a real IPv4 header and TCP header in memory, and the fields that a decoder would set. */
public final class Segments {
    /** Client of the default flow. */
    public static final int CLIENT = 0x0a000001;

    /** Server of the default flow. */
    public static final int SERVER = 0xc0a80002;

    private static final int HEADROOM = 16;
    private static final int ETHERNET = 14;
    private static final int IPV4 = 20;
    private static final int TCP = 20;
    private static final byte[] NOTHING = {};

    private final MemorySegment memory =
            MemorySegment.ofArray(new byte[HEADROOM + ETHERNET + IPV4 + TCP + 40 + 66_000]);
    private final Packet packet = new Packet();
    private byte[] options = NOTHING;
    private long epochNanos = 1_700_000_000_000_000_000L;
    private Side clientSide = Side.INSIDE;

    /** The next TCP packet has these option octets, a multiple of 4. */
    public Segments options(int... octets) {
        options = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            options[i] = (byte) octets[i];
        }
        return this;
    }

    /** Time of the packets from now on. */
    public Segments at(long nanosSince1970) {
        epochNanos = nanosSince1970;
        return this;
    }

    /** Clients are on this side from now on. */
    public Segments clientOn(Side side) {
        clientSide = side;
        return this;
    }

    /** A TCP segment of the default flow. */
    public Packet tcp(boolean toServer, int flags, int sequence, int acknowledgment, int window, byte... payload) {
        return tcp(toServer, CLIENT, 40_000, SERVER, 80, flags, sequence, acknowledgment, window, payload);
    }

    /** A TCP segment of any flow. */
    public Packet tcp(
            boolean toServer,
            int client,
            int clientPort,
            int server,
            int serverPort,
            int flags,
            int sequence,
            int acknowledgment,
            int window,
            byte... payload) {
        int header = TCP + options.length;
        begin(toServer, client, server, 6, header + payload.length);
        packet.sourcePort = toServer ? clientPort : serverPort;
        packet.destinationPort = toServer ? serverPort : clientPort;
        packet.tcpFlags = flags;
        packet.tcpSequence = sequence;
        packet.tcpAcknowledgment = acknowledgment;
        packet.tcpWindow = window;
        packet.tcpHeaderLength = header;
        packet.payloadOffset = packet.transportOffset + header;
        packet.payloadLength = payload.length;
        writeTcp(payload);
        options = NOTHING;
        return packet;
    }

    private void writeTcp(byte[] payload) {
        long at = packet.transportOffset;
        memory.set(Packet.U16, at, (short) packet.sourcePort);
        memory.set(Packet.U16, at + 2, (short) packet.destinationPort);
        memory.set(Packet.U32, at + 4, packet.tcpSequence);
        memory.set(Packet.U32, at + 8, packet.tcpAcknowledgment);
        memory.set(Packet.U16, at + 12, (short) (packet.tcpHeaderLength / 4 << 12 | packet.tcpFlags));
        memory.set(Packet.U16, at + 14, (short) packet.tcpWindow);
        memory.set(Packet.U32, at + 16, 0);
        MemorySegment.copy(options, 0, memory, ValueLayout.JAVA_BYTE, at + TCP, options.length);
        MemorySegment.copy(payload, 0, memory, ValueLayout.JAVA_BYTE, packet.payloadOffset, payload.length);
    }

    /** A UDP datagram of any flow. */
    public Packet udp(boolean toServer, int client, int clientPort, int server, int serverPort, int payloadLength) {
        begin(toServer, client, server, 17, 8 + payloadLength);
        packet.sourcePort = toServer ? clientPort : serverPort;
        packet.destinationPort = toServer ? serverPort : clientPort;
        packet.payloadOffset = packet.transportOffset + 8;
        packet.payloadLength = payloadLength;
        memory.set(Packet.U16, packet.transportOffset, (short) packet.sourcePort);
        memory.set(Packet.U16, packet.transportOffset + 2, (short) packet.destinationPort);
        return packet;
    }

    /** An ICMP message; {@code rest} is what follows the checksum. */
    public Packet icmp(boolean toServer, int client, int server, int type, int code, byte... rest) {
        begin(toServer, client, server, 1, 4 + rest.length);
        packet.sourcePort = type;
        packet.destinationPort = code;
        packet.payloadOffset = packet.transportOffset + Math.min(8, 4 + rest.length);
        packet.payloadLength = Math.max(0, rest.length - 4);
        MemorySegment.copy(rest, 0, memory, ValueLayout.JAVA_BYTE, packet.transportOffset + 4, rest.length);
        return packet;
    }

    /** A packet of a protocol without ports. */
    public Packet other(boolean toServer, int client, int server, int protocol) {
        begin(toServer, client, server, protocol, 8);
        packet.transportOffset = Packet.NONE;
        return packet;
    }

    private void begin(boolean toServer, int client, int server, int protocol, int ipPayload) {
        packet.wrap(memory, HEADROOM, ETHERNET + IPV4 + ipPayload);
        packet.epochNanos = epochNanos;
        packet.side = toServer == (clientSide == Side.INSIDE) ? Side.INSIDE : Side.OUTSIDE;
        packet.sourceMac = toServer ? 0x020000000001L : 0x020000000002L;
        packet.destinationMac = toServer ? 0x020000000002L : 0x020000000001L;
        packet.etherType = 0x0800;
        packet.ipVersion = 4;
        packet.ipOffset = HEADROOM + ETHERNET;
        packet.ipHeaderLength = IPV4;
        packet.ipLength = IPV4 + ipPayload;
        packet.ipProtocol = protocol;
        packet.sourceLow = Address.MAPPED_PREFIX | (toServer ? client : server) & 0xffff_ffffL;
        packet.destinationLow = Address.MAPPED_PREFIX | (toServer ? server : client) & 0xffff_ffffL;
        packet.transportOffset = packet.ipOffset + IPV4;
    }

    /** The payload of the packet, copied. */
    public static byte[] payload(Packet packet) {
        byte[] bytes = new byte[packet.payloadLength];
        MemorySegment.copy(packet.segment(), ValueLayout.JAVA_BYTE, packet.payloadOffset, bytes, 0, bytes.length);
        return bytes;
    }

    /** A stretch of a byte array. */
    public static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }
}
