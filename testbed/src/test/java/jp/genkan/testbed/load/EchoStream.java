package jp.genkan.testbed.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import jp.genkan.testbed.net.Await;
import jp.genkan.testbed.net.Host;
import org.jspecify.annotations.Nullable;

/** A TCP connection that lives: numbered messages at a steady pace, echoed; the order of the echoes is checked. */
public final class EchoStream implements AutoCloseable {
    private static final int MESSAGE = 1024;
    private static final long PACE_NANOS = 1_000_000;

    private final ServerSocketChannel server;
    private final SocketChannel client;
    private volatile long echoed;
    private volatile long longestGapNanos;
    private volatile @Nullable IOException broken;
    private volatile boolean ended;

    private EchoStream(Host from, Host to, StandardProtocolFamily family) throws IOException {
        server = to.listen(family);
        client = from.connect((InetSocketAddress) server.getLocalAddress());
        Thread.ofPlatform().daemon().name("stream-echo").start(() -> guard(this::echo));
        Thread.ofPlatform().daemon().name("stream-send").start(() -> guard(this::send));
        Thread.ofPlatform().daemon().name("stream-receive").start(() -> guard(this::receive));
    }

    /** Connects and begins. */
    public static EchoStream start(Host from, Host to, StandardProtocolFamily family) throws IOException {
        return new EchoStream(from, to, family);
    }

    /** Messages that came back in order. */
    public long echoed() {
        return echoed;
    }

    /** Longest time between two echoes so far. */
    public double longestGapMillis() {
        return longestGapNanos / 1e6;
    }

    /** True while the connection has not broken. */
    public boolean isAlive() {
        return broken == null;
    }

    /** Returns when the stream has moved on by this many messages. */
    public void awaitProgress(int messages, Duration limit) throws Exception {
        long from = echoed;
        Await.until(
                "progress of a TCP connection, broken: " + broken,
                limit,
                () -> broken != null || echoed >= from + messages);
        IOException cause = broken;
        if (cause != null) {
            throw new AssertionError("the TCP connection broke: " + cause, cause);
        }
    }

    private interface Body {
        void run() throws IOException;
    }

    private void guard(Body body) {
        try {
            body.run();
        } catch (IOException e) {
            if (!ended) {
                broken = e;
            }
        }
    }

    private void send() throws IOException {
        ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
        for (long number = 0; !ended; number++) {
            message.clear().putLong(0, number);
            while (message.hasRemaining()) {
                client.write(message);
            }
            LockSupport.parkNanos(PACE_NANOS);
        }
    }

    private void receive() throws IOException {
        ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
        long last = System.nanoTime();
        for (long number = 0; !ended; number++) {
            message.clear();
            while (message.hasRemaining()) {
                if (client.read(message) < 0) {
                    throw new IOException("closed by the other end after " + number + " messages");
                }
            }
            if (message.getLong(0) != number) {
                throw new IOException("message " + message.getLong(0) + " in place of " + number);
            }
            long now = System.nanoTime();
            longestGapNanos = Math.max(longestGapNanos, now - last);
            last = now;
            echoed = number + 1;
        }
    }

    private void echo() throws IOException {
        try (SocketChannel channel = server.accept()) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
            while (channel.read(buffer.clear()) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        ended = true;
        client.close();
        server.close();
    }
}
