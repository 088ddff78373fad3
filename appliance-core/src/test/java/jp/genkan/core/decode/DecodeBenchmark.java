package jp.genkan.core.decode;

import static jp.genkan.core.frame.PacketBuilder.ethernet;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import jp.genkan.core.frame.Packet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds a frame, with the checksum vouched for (a live port) and verified (a capture). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class DecodeBenchmark {
    /** What is decoded. */
    public enum Kind {
        TCP_1460,
        UDP6_22,
        VLAN_VXLAN_TCP_1460
    }

    @Param
    public Kind kind = Kind.TCP_1460;

    private final FrameDecoder decoder = new FrameDecoder(ChecksumPolicy.VERIFY);
    private final Packet packet = new Packet();
    private MemorySegment frame = MemorySegment.NULL;
    private int length;

    /** Builds the frame. */
    @Setup
    public void build() {
        byte[] octets = switch (kind) {
            case TCP_1460 ->
                ethernet()
                        .ipv4("10.0.0.1", "10.0.0.2")
                        .tcp(40000, 443)
                        .tcpOptions("0101080a1122334455667788")
                        .payload(1448)
                        .bytes();
            case UDP6_22 ->
                ethernet()
                        .ipv6("2001:db8::1", "2001:db8::2")
                        .udp(1, 2)
                        .payload(22)
                        .bytes();
            case VLAN_VXLAN_TCP_1460 ->
                ethernet()
                        .vlan(7)
                        .ipv4("10.0.0.1", "10.0.0.2")
                        .udp(1, 4789)
                        .vxlan(1)
                        .innerEthernet("02:00:00:00:00:0a", "02:00:00:00:00:0b")
                        .ipv4("10.0.0.1", "10.0.0.2")
                        .tcp(1, 2)
                        .payload(1460)
                        .bytes();
        };
        length = octets.length;
        frame = Arena.global().allocate(length, 8).copyFrom(MemorySegment.ofArray(octets));
    }

    /** As on a live port. */
    @Benchmark
    public Packet trusted() {
        packet.wrap(frame, 0, length);
        packet.checksumTrusted = true;
        decoder.decode(packet, LinkType.ETHERNET);
        return packet;
    }

    /** As in a replay. */
    @Benchmark
    public Packet verified() {
        packet.wrap(frame, 0, length);
        decoder.decode(packet, LinkType.ETHERNET);
        return packet;
    }
}
