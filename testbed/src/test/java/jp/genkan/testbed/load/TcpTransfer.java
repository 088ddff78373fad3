package jp.genkan.testbed.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import jp.genkan.testbed.net.Host;

/**
 * Bytes from one host to another over one TCP connection, hashed at both ends.
 *
 * <p>The bytes are pseudo-random, and no two blocks are equal: a lost, repeated or swapped piece changes the hash.
 */
public final class TcpTransfer implements AutoCloseable {
    private static final int BLOCK = 256 << 10;

    private final ServerSocketChannel server;
    private final SocketChannel client;
    private final CompletableFuture<String> sent = new CompletableFuture<>();
    private final CompletableFuture<String> received = new CompletableFuture<>();
    private final AtomicLong receivedBytes = new AtomicLong();
    private final long bytes;
    private final long startNanos = System.nanoTime();
    private volatile long endNanos;

    /**
     * How a transfer ended.
     *
     * @param bytes that arrived
     * @param seconds from the first byte sent to the last received
     * @param sentSha256 of what was sent
     * @param receivedSha256 of what arrived
     */
    public record Result(long bytes, double seconds, String sentSha256, String receivedSha256) {
        /** True when all arrived as it was sent. */
        public boolean intact() {
            return sentSha256.equals(receivedSha256);
        }
    }

    private TcpTransfer(Host from, Host to, InetAddress at, long bytes, long seed) throws IOException {
        this.bytes = bytes;
        this.server = to.listen(at);
        try {
            this.client = from.connect((InetSocketAddress) server.getLocalAddress());
        } catch (IOException e) {
            server.close();
            throw e;
        }
        Thread.ofPlatform().daemon().name("transfer-receive").start(this::receive);
        Thread.ofPlatform().daemon().name("transfer-send").start(() -> send(seed));
    }

    /** Begins to send from one host to an address of the other. */
    public static TcpTransfer start(Host from, Host to, InetAddress at, long bytes) throws IOException {
        return new TcpTransfer(from, to, at, bytes, bytes ^ at.hashCode());
    }

    /** How much has arrived by now. */
    public long receivedBytes() {
        return receivedBytes.get();
    }

    /** True when it has ended, well or not. */
    public boolean isDone() {
        return received.isDone() && sent.isDone();
    }

    /** Waits for the end. */
    public Result await(Duration limit) throws IOException, InterruptedException {
        try {
            String sentHash = sent.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            String receivedHash = received.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Result(receivedBytes.get(), (endNanos - startNanos) / 1e9, sentHash, receivedHash);
        } catch (ExecutionException e) {
            throw new IOException("transfer broke after " + receivedBytes + " octets: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException(
                    "transfer not done within " + limit.toMillis() + " ms: " + receivedBytes + " of " + bytes, e);
        } finally {
            close();
        }
    }

    private void send(long seed) {
        try {
            MessageDigest digest = sha256();
            byte[] random = new byte[BLOCK];
            new SplittableRandom(seed).nextBytes(random);
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
            block.put(random);
            long left = bytes;
            for (long number = 0; left > 0; number++) {
                block.clear().putLong(0, number).putLong(BLOCK / 2, ~number).limit((int) Math.min(BLOCK, left));
                left -= block.remaining();
                digest.update(block);
                block.rewind();
                while (block.hasRemaining()) {
                    client.write(block);
                }
            }
            client.shutdownOutput();
            sent.complete(HexFormat.of().formatHex(digest.digest()));
        } catch (IOException | RuntimeException e) {
            sent.completeExceptionally(e);
        }
    }

    private void receive() {
        try (SocketChannel channel = server.accept()) {
            MessageDigest digest = sha256();
            ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK);
            while (channel.read(buffer.clear()) >= 0) {
                buffer.flip();
                receivedBytes.addAndGet(buffer.remaining());
                digest.update(buffer);
            }
            endNanos = System.nanoTime();
            received.complete(HexFormat.of().formatHex(digest.digest()));
        } catch (IOException | RuntimeException e) {
            received.completeExceptionally(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
