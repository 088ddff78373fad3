package jp.genkan.testbed.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import jp.genkan.testbed.net.Host;

/** New TCP connections, each with a request of one octet and a response of one: what a new flow costs. */
public final class ConnectRate {
    private static final int CLIENTS = 4;
    /** More than one server port, so that closed connections that linger do not use up the client's ports. */
    private static final int SERVERS = 4;

    private ConnectRate() {}

    /**
     * How many.
     *
     * @param perSecond connections opened, used and closed a second
     * @param failed that broke or were refused
     */
    public record Result(double perSecond, int failed) {}

    /** Connects for this long. */
    public static Result run(Host from, Host to, Duration duration) throws IOException, InterruptedException {
        List<ServerSocketChannel> servers = new ArrayList<>();
        try {
            List<InetSocketAddress> addresses = new ArrayList<>();
            for (int i = 0; i < SERVERS; i++) {
                ServerSocketChannel server = to.listen(StandardProtocolFamily.INET);
                servers.add(server);
                addresses.add((InetSocketAddress) server.getLocalAddress());
                Thread.ofPlatform().daemon().name("accept").start(() -> serve(server));
            }
            AtomicInteger done = new AtomicInteger();
            AtomicInteger failed = new AtomicInteger();
            long start = System.nanoTime();
            long end = start + duration.toNanos();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                InetSocketAddress address = addresses.get(i % SERVERS);
                clients.add(from.namespace().thread("connect", () -> connectUntil(end, address, done, failed)));
            }
            for (Thread client : clients) {
                client.join();
            }
            return new Result(done.get() / ((System.nanoTime() - start) / 1e9), failed.get());
        } finally {
            for (ServerSocketChannel server : servers) {
                server.close();
            }
        }
    }

    private static void connectUntil(long end, InetSocketAddress server, AtomicInteger done, AtomicInteger failed) {
        ByteBuffer octet = ByteBuffer.allocateDirect(1);
        while (System.nanoTime() - end < 0) {
            try (SocketChannel channel = SocketChannel.open(server)) {
                channel.write(octet.clear());
                channel.read(octet.clear());
                done.incrementAndGet();
            } catch (IOException e) {
                failed.incrementAndGet();
            }
        }
    }

    private static void serve(ServerSocketChannel server) {
        ByteBuffer octet = ByteBuffer.allocateDirect(1);
        while (server.isOpen()) {
            try (SocketChannel channel = server.accept()) {
                if (channel.read(octet.clear()) > 0) {
                    channel.write(octet.flip());
                    channel.read(octet.clear());
                }
            } catch (IOException e) {
                if (server.isOpen()) {
                    System.err.println("testbed: accept: " + e);
                }
            }
        }
    }
}
