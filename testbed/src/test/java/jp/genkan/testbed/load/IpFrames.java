package jp.genkan.testbed.load;

import java.nio.ByteBuffer;
import jp.genkan.testbed.net.Host;

/** Small IPv4 frames that are sent as they are: for floods and blasts, where a socket would be too slow or too honest. */
public final class IpFrames {
    private static final int ETHERNET = 14;
    private static final int IP = 20;
    /** Without the frame check sequence. */
    private static final int FRAME_MIN = 60;

    private static final int PROTOCOL_TCP = 6;
    private static final int PROTOCOL_UDP = 17;

    private IpFrames() {}

    /** A UDP datagram without checksum, its payload all zeros. */
    public static byte[] udp(Host from, Host to, int sourcePort, int destinationPort, int payloadLength) {
        byte[] bytes = new byte[Math.max(FRAME_MIN, ETHERNET + IP + 8 + payloadLength)];
        ByteBuffer frame = ip(bytes, from, to, PROTOCOL_UDP, 8 + payloadLength);
        frame.putShort((short) sourcePort).putShort((short) destinationPort);
        frame.putShort((short) (8 + payloadLength)).putShort((short) 0);
        return bytes;
    }

    /** The first segment of a TCP connection; {@link #spoof} gives it another sender. */
    public static byte[] syn(Host from, Host to, int destinationPort) {
        byte[] bytes = new byte[FRAME_MIN];
        ByteBuffer frame = ip(bytes, from, to, PROTOCOL_TCP, 20);
        frame.putShort((short) 0).putShort((short) destinationPort);
        frame.putInt(1).putInt(0);
        frame.putShort((short) 0x5002).putShort((short) 65_535).putInt(0);
        spoof(bytes, 0);
        return bytes;
    }

    /** Gives a SYN another sender: number n stands for address and port; checksums are made right. */
    public static void spoof(byte[] syn, int number) {
        ByteBuffer frame = ByteBuffer.wrap(syn);
        frame.putInt(ETHERNET + 12, 0x0b000000 + (number >>> 6));
        frame.putShort(ETHERNET + IP, (short) (1024 + (number & 63)));
        frame.putShort(ETHERNET + 10, (short) 0);
        frame.putShort(ETHERNET + 10, checksum(sum(frame, ETHERNET, IP)));
        frame.putShort(ETHERNET + IP + 16, (short) 0);
        int pseudoHeader = sum(frame, ETHERNET + 12, 8) + PROTOCOL_TCP + 20;
        frame.putShort(ETHERNET + IP + 16, checksum(pseudoHeader + sum(frame, ETHERNET + IP, 20)));
    }

    private static ByteBuffer ip(byte[] bytes, Host from, Host to, int protocol, int length) {
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        frame.put(to.mac()).put(from.mac()).putShort((short) 0x0800);
        frame.putInt(0x45000000 | IP + length).putInt(0x00004000);
        frame.putInt(64 << 24 | protocol << 16);
        frame.put(from.ipv4().getAddress()).put(to.ipv4().getAddress());
        frame.putShort(ETHERNET + 10, checksum(sum(frame, ETHERNET, IP)));
        return frame;
    }

    static int sum(ByteBuffer frame, int offset, int length) {
        int sum = 0;
        for (int i = offset; i < offset + length; i += 2) {
            sum += Short.toUnsignedInt(frame.getShort(i));
        }
        return sum;
    }

    static short checksum(int sum) {
        int folded = (sum & 0xffff) + (sum >>> 16);
        folded = (folded & 0xffff) + (folded >>> 16);
        return (short) ~folded;
    }
}
