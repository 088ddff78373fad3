package jp.genkan.testbed.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import jp.genkan.testbed.net.Host;

/**
 * Downloads of one file by HTTP, each over a connection of its own: files of noise, which nothing can be told of before they have been looked at whole. Each
 * differs from all others, so that no result is known from before.
 */
public final class Downloads implements AutoCloseable {
    private static final int HEAD_MAX = 4096;

    private final Host from;
    private final ServerSocketChannel server;
    private final byte[] file;
    private final AtomicLong served = new AtomicLong();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Serves a file of this size. */
    public Downloads(Host from, Host to, int octets) throws IOException {
        this.from = from;
        server = to.listen(StandardProtocolFamily.INET);
        file = new byte[octets];
        new SplittableRandom(11).nextBytes(file);
        Thread.ofPlatform().daemon().name("files").start(this::accept);
    }

    /**
     * What was downloaded.
     *
     * @param files whole ones
     * @param megabytesPerSecond of 10^6 octets, all connections together
     * @param medianMillis from the request to the last octet
     */
    public record Result(int files, double megabytesPerSecond, double medianMillis) {}

    /** Downloads for this long over so many connections at a time. */
    public Result run(int connections, Duration duration) throws InterruptedException {
        List<Long> times = Collections.synchronizedList(new ArrayList<>());
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            clients.add(Thread.ofPlatform().daemon().start(() -> {
                while (System.nanoTime() - end < 0) {
                    try {
                        times.add(fetch("/file"));
                    } catch (IOException broken) {
                        return;
                    }
                }
            }));
        }
        for (Thread client : clients) {
            client.join();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        double median = sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2] / 1e6;
        return new Result(sorted.length, (double) sorted.length * file.length / seconds / 1e6, median);
    }

    /** Begins downloads of which the second half does not come before this is closed; returns when each has its first half on the way. */
    public List<SocketChannel> begin(int count) throws IOException {
        List<SocketChannel> open = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SocketChannel client = from.connect((InetSocketAddress) server.getLocalAddress());
            client.write(request("/half"));
            open.add(client);
        }
        return open;
    }

    private static ByteBuffer request(String path) {
        return ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: files.example\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    /** Nanoseconds to the last octet. */
    private long fetch(String path) throws IOException {
        long begin = System.nanoTime();
        try (SocketChannel client = from.connect((InetSocketAddress) server.getLocalAddress())) {
            client.write(request(path));
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
            long octets = 0;
            for (int read = client.read(buffer); read >= 0; read = client.read(buffer)) {
                octets += read;
                buffer.clear();
            }
            if (octets < file.length) {
                throw new IOException("the file ended after " + octets + " octets");
            }
        }
        return System.nanoTime() - begin;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // the end
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            ByteBuffer buffer = ByteBuffer.allocate(HEAD_MAX);
            String head = "";
            while (!head.endsWith("\r\n\r\n") && client.read(buffer) >= 0) {
                head = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
            }
            byte[] own = Arrays.copyOf(file, file.length);
            ByteBuffer.wrap(own).putLong(served.incrementAndGet());
            String answer = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: " + own.length
                    + "\r\n\r\n";
            client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
            boolean half = head.startsWith("GET /half");
            ByteBuffer body = ByteBuffer.wrap(own, 0, half ? own.length / 2 : own.length);
            while (body.hasRemaining()) {
                client.write(body);
            }
            if (half) {
                ended.await();
            }
        } catch (IOException gone) {
            // the client knows
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        ended.countDown();
        server.close();
    }
}
