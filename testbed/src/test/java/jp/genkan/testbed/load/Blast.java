package jp.genkan.testbed.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import jp.genkan.testbed.net.Host;
import jp.genkan.testbed.net.PacketBatch;

/**
 * Small UDP frames as fast as they go out, counted where they arrive. A box in the kernel forwards in the sender's time and so slows it
 * down; a box of its own process is offered more than it can take and loses the rest.
 */
public final class Blast {
    private static final int PAYLOAD = 22;
    private static final int SOURCE_PORT = 7777;

    private Blast() {}

    /**
     * What arrived.
     *
     * @param forwardedPerSecond frames that came out behind the box
     * @param offeredPerSecond frames that were sent
     */
    public record Result(double forwardedPerSecond, double offeredPerSecond) {}

    /** Sends for this long. */
    public static Result run(Host from, Host to, Duration duration) throws IOException {
        // A socket that nobody reads: no ICMP errors come back.
        try (DatagramChannel sink = to.datagrams(StandardProtocolFamily.INET);
                PacketBatch batch = new PacketBatch(from.namespace(), from.link())) {
            int port = ((InetSocketAddress) sink.getLocalAddress()).getPort();
            byte[] frame = IpFrames.udp(from, to, SOURCE_PORT, port, PAYLOAD);
            long before = to.namespace().statistic(to.link(), "rx_packets");
            long start = System.nanoTime();
            long end = start + duration.toNanos();
            long sent = 0;
            while (System.nanoTime() - end < 0) {
                for (int i = 0; i < PacketBatch.FRAMES; i++) {
                    batch.add(frame);
                }
                sent += PacketBatch.FRAMES;
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            long arrived = to.namespace().statistic(to.link(), "rx_packets") - before;
            return new Result(arrived / seconds, sent / seconds);
        }
    }
}
