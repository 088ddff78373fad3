package jp.genkan.testbed.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import jp.genkan.testbed.net.Host;

/** One request and one response at a time over one TCP connection: what the box adds to each. */
public final class PingPong {
    private static final int MESSAGE = 64;
    private static final int SAMPLES_MAX = 1_000_000;
    /** Exchanges before the clock counts: code is compiled, tables are filled. */
    private static final int WARM_UP = 500;

    private PingPong() {}

    /**
     * Exchange times.
     *
     * @param exchanges measured
     * @param medianMicros half of them took no longer
     * @param p99Micros one in a hundred took longer
     */
    public record Result(int exchanges, double medianMicros, double p99Micros) {}

    /** Exchanges messages for this long. */
    public static Result run(Host from, Host to, Duration duration) throws IOException {
        try (ServerSocketChannel server = to.listen(StandardProtocolFamily.INET)) {
            Thread.ofPlatform().daemon().name("pong").start(() -> answer(server));
            try (SocketChannel client = from.connect((InetSocketAddress) server.getLocalAddress())) {
                ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
                for (int i = 0; i < WARM_UP; i++) {
                    exchange(client, message);
                }
                long[] samples = new long[SAMPLES_MAX];
                int count = 0;
                long end = System.nanoTime() + duration.toNanos();
                long before = System.nanoTime();
                while (before - end < 0 && count < SAMPLES_MAX) {
                    exchange(client, message);
                    long after = System.nanoTime();
                    samples[count++] = after - before;
                    before = after;
                }
                Arrays.sort(samples, 0, count);
                return new Result(count, samples[count / 2] / 1e3, samples[(int) (count * 0.99)] / 1e3);
            }
        }
    }

    private static void exchange(SocketChannel channel, ByteBuffer message) throws IOException {
        message.clear();
        while (message.hasRemaining()) {
            channel.write(message);
        }
        message.clear();
        while (message.hasRemaining()) {
            if (channel.read(message) < 0) {
                throw new IOException("closed by the other end");
            }
        }
    }

    private static void answer(ServerSocketChannel server) {
        try (SocketChannel channel = server.accept()) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE);
            while (channel.read(buffer) >= 0) {
                if (!buffer.hasRemaining()) {
                    buffer.flip();
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                    buffer.clear();
                }
            }
        } catch (IOException e) {
            System.err.println("testbed: pong: " + e);
        }
    }
}
