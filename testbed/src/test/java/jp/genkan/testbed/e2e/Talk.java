package jp.genkan.testbed.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import jp.genkan.testbed.net.Host;

/** A TCP connection through the box of which both ends are the test's own, to see what reaches each of them. */
final class Talk implements AutoCloseable {
    /** An end that is told of nothing waits for minutes; this is long enough to tell it from one that is. */
    private static final int QUIET_MILLIS = 3_000;

    private static final int READ = 1 << 16;

    final SocketChannel client;
    final SocketChannel server;

    /**
     * How an end's stream has ended, or has not.
     *
     * @param octets that came
     * @param reset true when the connection was reset, false when it ended or nothing more came
     * @param nanos when that was
     */
    record End(String octets, boolean reset, long nanos) {}

    private Talk(SocketChannel client, SocketChannel server) {
        this.client = client;
        this.server = server;
    }

    /** Connects. */
    static Talk open(Host from, Host to) throws IOException {
        try (ServerSocketChannel listening = to.listen(StandardProtocolFamily.INET)) {
            return at(from, listening);
        }
    }

    /** Connects to a port of the test's choice. */
    static Talk open(Host from, Host to, int port) throws IOException {
        try (ServerSocketChannel listening =
                to.namespace().call(() -> ServerSocketChannel.open().bind(new InetSocketAddress(to.ipv4(), port)))) {
            return at(from, listening);
        }
    }

    private static Talk at(Host from, ServerSocketChannel listening) throws IOException {
        SocketChannel client = from.connect((InetSocketAddress) listening.getLocalAddress());
        return new Talk(client, listening.accept());
    }

    /** Sends all of this. */
    static void say(SocketChannel end, String text) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (octets.hasRemaining()) {
            end.write(octets);
        }
    }

    /** Reads exactly as much as this text has, and returns it. */
    static String hear(SocketChannel end, int length) throws IOException {
        end.socket().setSoTimeout((int) GenkanRig.LIMIT.toMillis());
        return new String(end.socket().getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    /** Reads until the stream ends, is reset, or is silent for long. */
    static End hearAll(SocketChannel end) throws IOException {
        end.socket().setSoTimeout(QUIET_MILLIS);
        StringBuilder heard = new StringBuilder();
        byte[] octets = new byte[READ];
        InputStream in = end.socket().getInputStream();
        try {
            for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
                heard.append(new String(octets, 0, count, StandardCharsets.ISO_8859_1));
            }
            return new End(heard.toString(), false, System.nanoTime());
        } catch (SocketTimeoutException silent) {
            return new End(heard.toString(), false, System.nanoTime());
        } catch (IOException reset) {
            return new End(heard.toString(), true, System.nanoTime());
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
