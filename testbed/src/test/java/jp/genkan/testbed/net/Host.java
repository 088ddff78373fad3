package jp.genkan.testbed.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A machine at the end of a cable.
 *
 * @param namespace where it lives
 * @param link its end of the cable
 * @param linkMac that interface's MAC address, with colons
 * @param ipv4 its IPv4 address on the wire
 * @param ipv6 its IPv6 address on the wire
 */
public record Host(Namespace namespace, String link, String linkMac, InetAddress ipv4, InetAddress ipv6) {
    /** Its address of one family. */
    public InetAddress address(StandardProtocolFamily family) {
        return family == StandardProtocolFamily.INET6 ? ipv6 : ipv4;
    }

    /** A TCP socket that listens on the host's address, at a free port. */
    public ServerSocketChannel listen(StandardProtocolFamily family) throws IOException {
        return listen(address(family));
    }

    /** A TCP socket that listens on an address of the host, at a free port. */
    public ServerSocketChannel listen(InetAddress at) throws IOException {
        return namespace.call(() -> ServerSocketChannel.open().bind(new InetSocketAddress(at, 0), 1024));
    }

    /** A TCP connection from this host. */
    public SocketChannel connect(InetSocketAddress server) throws IOException {
        SocketChannel channel = namespace.call(() -> SocketChannel.open());
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(server);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** A UDP socket on the host's address, at a free port. */
    public DatagramChannel datagrams(StandardProtocolFamily family) throws IOException {
        return namespace.call(() -> DatagramChannel.open(family).bind(new InetSocketAddress(address(family), 0)));
    }

    /** The six octets of the MAC address. */
    public byte[] mac() {
        return java.util.HexFormat.ofDelimiter(":").parseHex(linkMac);
    }
}
