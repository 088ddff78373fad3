package jp.genkan.dataplane.gate;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Builds frames by hand, for tests. Checksums are zero: a bridge does not look at them. */
final class Frames {
    static final int TCP = 6;
    static final int UDP = 17;
    static final int ACK = 0x10;

    private Frames() {}

    /** Ethernet with tags: each tag is a TPID and a VID. */
    static byte[] ethernet(long destination, long source, int etherType, byte[] payload, int... tags) {
        ByteBuffer frame = ByteBuffer.allocate(14 + 2 * tags.length + payload.length);
        mac(frame, destination);
        mac(frame, source);
        for (int i = 0; i < tags.length; i += 2) {
            frame.putShort((short) tags[i]).putShort((short) tags[i + 1]);
        }
        return frame.putShort((short) etherType).put(payload).array();
    }

    private static void mac(ByteBuffer frame, long mac) {
        frame.putShort((short) (mac >>> 32)).putInt((int) mac);
    }

    static byte[] ipv4(int source, int destination, int protocol, int fragmentField, byte[] payload) {
        return ByteBuffer.allocate(20 + payload.length)
                .put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (20 + payload.length))
                .putShort((short) 1)
                .putShort((short) fragmentField)
                .put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0)
                .putInt(source)
                .putInt(destination)
                .put(payload)
                .array();
    }

    static byte[] ipv6(long[] source, long[] destination, int nextHeader, byte[] payload) {
        return ByteBuffer.allocate(40 + payload.length)
                .putInt(0x6000_0000)
                .putShort((short) payload.length)
                .put((byte) nextHeader)
                .put((byte) 64)
                .putLong(source[0])
                .putLong(source[1])
                .putLong(destination[0])
                .putLong(destination[1])
                .put(payload)
                .array();
    }

    static byte[] udp(int sourcePort, int destinationPort, int length) {
        return ByteBuffer.allocate(8 + length)
                .putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putShort((short) (8 + length))
                .array();
    }

    static byte[] tcp(int sourcePort, int destinationPort, int flags, int length) {
        return ByteBuffer.allocate(20 + length)
                .putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putLong(0)
                .put((byte) 0x50)
                .put((byte) flags)
                .array();
    }

    /** A PPPoE session header before an IP packet. */
    static byte[] pppoe(int session, boolean v6, byte[] packet) {
        return ByteBuffer.allocate(8 + packet.length)
                .putShort((short) 0x1100)
                .putShort((short) session)
                .putShort((short) (2 + packet.length))
                .putShort((short) (v6 ? 0x57 : 0x21))
                .put(packet)
                .array();
    }

    /** A stack of MPLS labels before a packet. */
    static byte[] mpls(int labels, byte[] packet) {
        ByteBuffer stack = ByteBuffer.allocate(4 * labels + packet.length);
        for (int i = 0; i < labels; i++) {
            stack.putInt((100 + i) << 12 | (i == labels - 1 ? 0x100 : 0) | 64);
        }
        return stack.put(packet).array();
    }

    static byte[] with(byte[] bytes, Consumer<ByteBuffer> change) {
        change.accept(ByteBuffer.wrap(bytes));
        return bytes;
    }
}
