package jp.genkan.dataplane.flow;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;

/** Which end of a flow's record is the client. Thread rule: no state. */
final class FlowEnds {
    private FlowEnds() {}

    /** Ports below this are servers' (RFC 6335 §6: the system ports). */
    private static final int SYSTEM_PORTS = 1024;

    private static final int DNS_PORT = 53;

    /** A server's port above the system ports, whose clients use system ports to show that they are run by root (RFC 2623 §2.1). */
    private static final int NFS_PORT = 2049;

    /**
     * True when the first packet of a flow comes from the server: a SYN-ACK, or, where the beginning was missed, a packet from a system port to another
     * one; over UDP only from that of DNS, as Suricata has it: others use system ports at both ends, or as clients.
     */
    static boolean isByServer(Packet packet) {
        if (packet.ipProtocol == FlowRecord.UDP) {
            return packet.sourcePort == DNS_PORT && packet.destinationPort >= SYSTEM_PORTS;
        }
        if (packet.ipProtocol != FlowRecord.TCP) {
            return false;
        }
        return packet.hasFlags(Packet.SYN)
                ? packet.hasFlags(Packet.ACK)
                : isServers(packet.sourcePort, packet.destinationPort)
                        && !isServers(packet.destinationPort, packet.sourcePort);
    }

    /** A port speaks for a server when it is a system port, or NFS's towards a system port. */
    private static boolean isServers(int port, int other) {
        return port == NFS_PORT && other < SYSTEM_PORTS || port < SYSTEM_PORTS && other != NFS_PORT;
    }

    /** Writes both ends of a new flow, from its first packet. */
    static void put(MemorySegment records, long base, Packet packet, boolean byServer) {
        int client = byServer ? packet.destinationPort : packet.sourcePort;
        int server = byServer ? packet.sourcePort : packet.destinationPort;
        records.set(FlowRecord.SHORT, base + FlowRecord.CLIENT_PORT, (short) client);
        records.set(FlowRecord.SHORT, base + FlowRecord.SERVER_PORT, (short) server);
        long clientMac = byServer ? packet.destinationMac : packet.sourceMac;
        long serverMac = byServer ? packet.sourceMac : packet.destinationMac;
        records.set(FlowRecord.LONG, base + FlowRecord.CLIENT_MAC, clientMac);
        records.set(FlowRecord.LONG, base + FlowRecord.SERVER_MAC, serverMac);
        records.set(FlowRecord.BYTE, base + FlowRecord.VLAN_COUNT, (byte) packet.vlanCount);
        Side side = byServer ? opposite(packet) : packet.side;
        records.set(FlowRecord.BYTE, base + FlowRecord.CLIENT_SIDE, (byte) side.ordinal());
    }

    /** Counts a packet of a direction; returns how many there were before. */
    static long count(MemorySegment records, long base, boolean toServer, Packet packet) {
        long packets = base + (toServer ? FlowRecord.PACKETS_TO_SERVER : FlowRecord.PACKETS_TO_CLIENT);
        long bytes = base + (toServer ? FlowRecord.BYTES_TO_SERVER : FlowRecord.BYTES_TO_CLIENT);
        long before = records.get(FlowRecord.LONG, packets);
        records.set(FlowRecord.LONG, packets, before + 1);
        long length = Math.max(packet.wireLength, packet.frameLength);
        records.set(FlowRecord.LONG, bytes, records.get(FlowRecord.LONG, bytes) + length);
        return before;
    }

    /** The first packet of an end says where it is; until then the client's place is a guess, when the server was seen first. */
    static void learn(MemorySegment records, long base, Packet packet, boolean toServer) {
        if (toServer) {
            records.set(FlowRecord.BYTE, base + FlowRecord.CLIENT_SIDE, (byte) packet.side.ordinal());
            return;
        }
        records.set(FlowRecord.BYTE, base + FlowRecord.SERVER_SIDE, (byte) (packet.side.ordinal() + 1));
        if (FlowRecord.isIcmp(packet.ipProtocol)) {
            records.set(FlowRecord.BYTE, base + FlowRecord.REPLY_TYPE, (byte) packet.sourcePort);
            records.set(FlowRecord.BYTE, base + FlowRecord.REPLY_CODE, (byte) packet.destinationPort);
        }
    }

    /** Exchanges everything that is kept for each end, when the other one turns out to be the client. */
    static void exchange(MemorySegment records, long base) {
        exchange(records, FlowRecord.LONG, base + FlowRecord.PACKETS_TO_SERVER, base + FlowRecord.PACKETS_TO_CLIENT);
        exchange(records, FlowRecord.LONG, base + FlowRecord.BYTES_TO_SERVER, base + FlowRecord.BYTES_TO_CLIENT);
        exchange(records, FlowRecord.LONG, base + FlowRecord.CLIENT_MAC, base + FlowRecord.SERVER_MAC);
        exchange(records, FlowRecord.SHORT, base + FlowRecord.CLIENT_PORT, base + FlowRecord.SERVER_PORT);
        exchange(
                records, FlowRecord.BYTE, base + FlowRecord.TCP_FLAGS_TO_SERVER, base + FlowRecord.TCP_FLAGS_TO_CLIENT);
    }

    private static void exchange(MemorySegment records, ValueLayout.OfLong layout, long one, long other) {
        long value = records.get(layout, one);
        records.set(layout, one, records.get(layout, other));
        records.set(layout, other, value);
    }

    private static void exchange(MemorySegment records, ValueLayout.OfShort layout, long one, long other) {
        short value = records.get(layout, one);
        records.set(layout, one, records.get(layout, other));
        records.set(layout, other, value);
    }

    private static void exchange(MemorySegment records, ValueLayout.OfByte layout, long one, long other) {
        byte value = records.get(layout, one);
        records.set(layout, one, records.get(layout, other));
        records.set(layout, other, value);
    }

    /** Where the far end is taken to be until it is heard. */
    private static Side opposite(Packet packet) {
        return switch (packet.side) {
            case INSIDE -> Side.OUTSIDE;
            case OUTSIDE, HOST -> Side.INSIDE;
        };
    }
}
