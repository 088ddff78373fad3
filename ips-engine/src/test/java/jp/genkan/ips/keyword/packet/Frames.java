package jp.genkan.ips.keyword.packet;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import jp.genkan.core.decode.Checksum;
import jp.genkan.core.decode.ChecksumPolicy;
import jp.genkan.core.decode.FrameDecoder;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.frame.Packet;

/** Packets for tests, from the octets of their layers. */
public final class Frames {
    private static final int IPV4_LENGTH = 20;

    private Frames() {}

    /** Octets from hexadecimal, spaces apart. */
    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    /** Decodes a frame. */
    public static Packet decode(byte[] frame, LinkType link) {
        Packet packet = new Packet().wrap(MemorySegment.ofArray(frame), 0, frame.length);
        new FrameDecoder(ChecksumPolicy.VERIFY).decode(packet, link);
        return packet;
    }

    /** An IPv4 packet with a right header checksum, 10.0.0.1 to 10.0.0.2. */
    public static byte[] ipv4(int protocol, byte[] options, byte[] payload) {
        int header = IPV4_LENGTH + options.length;
        ByteBuffer out = ByteBuffer.allocate(header + payload.length);
        out.put((byte) (0x40 | header / 4)).put((byte) 0x10).putShort((short) out.capacity());
        out.putShort((short) 0x1234)
                .putShort((short) 0x4000)
                .put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0);
        out.putInt(0x0a000001).putInt(0x0a000002).put(options).put(payload);
        out.putShort(10, (short) Checksum.finish(Checksum.add(0, MemorySegment.ofArray(out.array()), 0, header)));
        return out.array();
    }

    /** As {@link #ipv4}, decoded. */
    public static Packet packet(int protocol, String options, String payload) {
        return decode(ipv4(protocol, hex(options), hex(payload)), LinkType.RAW);
    }

    /** A TCP segment with these flags, options of whole words, and payload; its checksum is wrong. */
    public static Packet tcp(int flags, String options, String payload) {
        byte[] more = hex(options);
        byte[] data = hex(payload);
        ByteBuffer out = ByteBuffer.allocate(20 + more.length + data.length);
        out.putShort((short) 1024).putShort((short) 80).putInt(0xfffffff0).putInt(7);
        out.put((byte) (20 + more.length << 2)).put((byte) flags).putShort((short) 512);
        out.putInt(0).put(more).put(data);
        return decode(ipv4(6, new byte[0], out.array()), LinkType.RAW);
    }
}
