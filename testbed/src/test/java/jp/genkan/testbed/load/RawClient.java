package jp.genkan.testbed.load;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import jp.genkan.testbed.net.Host;
import jp.genkan.testbed.net.PacketSocket;

/**
 * A TCP client that sends what segments it is told to, in any order and with any octets: it has an address of its own at its host's link, so that the host's kernel does not
 * answer in its place.
 *
 * <p>Thread rule: one thread.
 */
public final class RawClient implements AutoCloseable {
    private static final int ETHERNET = 14;
    private static final int IP = 20;
    private static final int TCP = 20;
    private static final int PROTOCOL_TCP = 6;
    private static final int FIRST = 1_000_000_000;
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int PSH = 8;
    private static final int ACK = 16;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final PacketSocket socket;
    private final Host host;
    private final Host server;
    private final byte[] address;
    private final int ownPort;
    private final int port;
    private int acknowledged;

    private RawClient(PacketSocket socket, Host host, Host server, InetAddress address, int ownPort, int port) {
        this.socket = socket;
        this.host = host;
        this.server = server;
        this.address = address.getAddress();
        this.ownPort = ownPort;
        this.port = port;
    }

    /**
     * Connects to a server.
     *
     * @param address that nobody has, in the hosts' network
     */
    public static RawClient connect(Host host, Host server, InetAddress address, int ownPort, int port)
            throws IOException {
        server.namespace()
                .ip("neigh replace " + address.getHostAddress() + " lladdr " + host.linkMac() + " dev "
                        + server.link());
        PacketSocket socket = PacketSocket.open(host.namespace(), host.link());
        RawClient client = new RawClient(socket, host, server, address, ownPort, port);
        client.send(-1, SYN, new byte[0]);
        byte[] answer = socket.receive(LIMIT, frame -> client.isMine(frame) && (client.flags(frame) & SYN) != 0);
        if (answer == null) {
            throw new IOException("port " + port + " does not answer");
        }
        client.acknowledged = ByteBuffer.wrap(answer).getInt(ETHERNET + IP + 4) + 1;
        client.send(0, ACK, new byte[0]);
        return client;
    }

    /** Sends octets that stand at this place of the stream. */
    public void send(int place, String octets) throws IOException {
        send(place, ACK | PSH, octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Ends the stream at this place. */
    public void finish(int place) throws IOException {
        send(place, ACK | FIN, new byte[0]);
    }

    /** Whether an RST comes in time. */
    public boolean isReset(Duration limit) throws IOException {
        return socket.receive(limit, frame -> isMine(frame) && (flags(frame) & RST) != 0) != null;
    }

    private int flags(byte[] frame) {
        return frame[ETHERNET + IP + 13];
    }

    private boolean isMine(byte[] frame) {
        ByteBuffer read = ByteBuffer.wrap(frame);
        return frame.length >= ETHERNET + IP + TCP
                && read.getShort(12) == 0x0800
                && frame[ETHERNET + 9] == PROTOCOL_TCP
                && read.getInt(ETHERNET + 16) == ByteBuffer.wrap(address).getInt()
                && Short.toUnsignedInt(read.getShort(ETHERNET + IP + 2)) == ownPort;
    }

    private void send(int place, int flags, byte[] octets) throws IOException {
        byte[] bytes = new byte[ETHERNET + IP + TCP + octets.length];
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        frame.put(server.mac()).put(host.mac()).putShort((short) 0x0800);
        frame.putShort((short) 0x4500)
                .putShort((short) (IP + TCP + octets.length))
                .putInt(0x00004000);
        frame.putInt(64 << 24 | PROTOCOL_TCP << 16);
        frame.put(address).put(server.ipv4().getAddress());
        frame.putShort(ETHERNET + 10, IpFrames.checksum(IpFrames.sum(frame, ETHERNET, IP)));
        frame.putShort((short) ownPort).putShort((short) port);
        frame.putInt(FIRST + 1 + place).putInt((flags & ACK) == 0 ? 0 : acknowledged);
        frame.put((byte) (TCP / 4 << 4))
                .put((byte) flags)
                .putShort((short) 65_535)
                .putInt(0);
        frame.put(octets);
        int length = TCP + octets.length;
        ByteBuffer even = ByteBuffer.wrap(java.util.Arrays.copyOf(bytes, bytes.length + (length & 1)));
        int pseudoHeader = IpFrames.sum(even, ETHERNET + 12, 8) + PROTOCOL_TCP + length;
        int sum = pseudoHeader + IpFrames.sum(even, ETHERNET + IP, length + (length & 1));
        frame.putShort(ETHERNET + IP + 16, IpFrames.checksum(sum));
        socket.send(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
