package jp.genkan.core.decode;

import static jp.genkan.core.frame.PacketBuilder.ethernet;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import jp.genkan.core.frame.Packet;
import org.junit.jupiter.api.Test;

/** Frames that are shorter here than on the wire, or longer than their own length field can say. */
class FrameLengthTest {
    private static final String A4 = "10.0.0.1";
    private static final String B4 = "10.0.0.2";

    private final FrameDecoder decoder = new FrameDecoder(ChecksumPolicy.VERIFY);

    @Test
    void takesWhatASnapLengthHasLeftAsItIs() {
        byte[] whole = ethernet().ipv4(A4, B4).tcp(40000, 80).payload(1000).bytes();
        for (int length = 0; length < whole.length; length++) {
            Packet packet = new Packet().wrap(MemorySegment.ofArray(whole), 0, length);
            packet.wireLength = whole.length;
            decoder.decode(packet, LinkType.ETHERNET);
            assertThat(packet.anomalies).as("cut to " + length).isZero();
            assertThat(packet.payloadLength).isEqualTo(Math.max(0, length - 54));
        }
    }

    @Test
    void takesWhatASnapLengthHasLeftOfATunnelAsItIs() {
        byte[] whole = ethernet()
                .ipv4("192.0.2.1", "192.0.2.2")
                .udp(50000, 4789)
                .vxlan(42)
                .innerEthernet("02:00:00:00:00:0a", "02:00:00:00:00:0b")
                .ipv4(A4, B4)
                .tcp(40000, 80)
                .payload("hello")
                .bytes();
        for (int length = 0; length < whole.length; length++) {
            Packet packet = new Packet().wrap(MemorySegment.ofArray(whole), 0, length);
            packet.wireLength = whole.length;
            decoder.decode(packet, LinkType.ETHERNET);
            for (Packet layer = packet; layer != null; layer = layer.inner()) {
                assertThat(layer.anomalies).as("cut to " + length).isZero();
            }
        }
    }

    @Test
    void takesTheLengthOfASuperFrameFromTheFrameWhereItsFieldIsTooSmall() {
        Packet packet = ethernet()
                .ipv4(A4, B4)
                .patch(2, "0000")
                .tcp(40000, 80)
                .payload(70_000)
                .packet();
        packet.gsoSize = 1448;
        packet.checksumTrusted = true;
        decoder.decode(packet, LinkType.ETHERNET);
        assertThat(packet.payloadLength).isEqualTo(70_000);
    }
}
