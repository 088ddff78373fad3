package jp.genkan.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import jp.genkan.testbed.box.GenkanBox;
import jp.genkan.testbed.net.OffloadMode;
import jp.genkan.testbed.net.PacketSocket;
import jp.genkan.testbed.net.TestNetwork;
import jp.genkan.testbed.net.Topology;
import jp.genkan.testbed.net.TopologySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A bridge never eats what it does not understand: every frame comes out byte for byte, both ways, in order. */
class TransparencyTest {
    private static final byte[] MARK = "genkan-testbed".getBytes(StandardCharsets.US_ASCII);

    /** Destination, then source where it matters, EtherType or length, and the first octets of what follows. */
    private static final List<String> HEADERS = List.of(
            // what bridges commonly eat
            "0180c2000000 020000007710 0026 424203 0000000000", // spanning tree
            "0180c2000001 020000007710 8808 0001ffff", // pause
            "0180c2000003 020000007710 888e 01000000", // 802.1X
            "0180c200000e 020000007710 88cc 0207040200000077100403", // LLDP
            "01000ccccccc 020000007710 0040 aaaa0300000c2000", // CDP in SNAP
            // groups
            "ffffffffffff 020000007710 0806 0001080006040001020000007710c0a84d0a000000000000c0a84d63",
            "01005e0000fb 020000007710 0800 4500", // IPv4 multicast, cut short
            "333300000001 020000007710 86dd 6000", // IPv6 multicast, cut short
            // unknown and malformed
            "020000009999 020000007710 88b6 01", // experimental EtherType
            "020000009999 020000007710 0004 00000000", // 802.3 length
            "020000009999 020000007710 6002 00", // DEC MOP
            "020000009999 020000007710 0800 60000000", // version 6 in an IPv4 frame
            "020000009999 020000007710 0800 4f00ffff00000000", // header longer than the packet
            "020000009999 020000007710 86dd 6000000000ff2bff", // extension header without end
            "020000009999 020000007710 8847 00010140deadbeef", // MPLS with nothing known inside
            "020000009999 020000007710 8863 110900000000", // PPPoE discovery
            "020000009999 020000007710 8864 1100ffff0000", // PPPoE session without PPP
            // tags
            "020000009999 020000007710 8100 0064 0800 45", // 802.1Q
            "020000009999 020000007710 8100 e000 88b6 01", // priority tag
            "020000009999 020000007710 88a8 00c8 8100 012c 0800 45", // QinQ
            "020000009999 020000007710 88a8 00c8 88b6 02", // 802.1ad alone
            "020000009999 020000007710 8100 0001 8100 0002 8100 0003 8100 0004 88b6"); // deeper than is followed

    @RegisterExtension
    static final TestNetwork NETWORK = TestNetwork.needing();

    @Test
    void everyFrameComesOutByteForByte() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        NETWORK.closing(GenkanBox.in(topology).yaml(GenkanRig.PATIENT).start());
        try (PacketSocket lan = PacketSocket.open(topology.lan().namespace(), "lan0");
                PacketSocket wan = PacketSocket.open(topology.wan().namespace(), "wan0")) {
            for (String header : HEADERS) {
                for (int length : List.of(60, 61, 300, 1514)) {
                    byte[] frame = frame(header, length);
                    assertCrosses(lan, wan, frame, header);
                    assertCrosses(wan, lan, frame, header);
                }
            }
        }
    }

    @Test
    void ordinaryFramesKeepTheirOrder() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        NETWORK.closing(GenkanBox.in(topology).yaml(GenkanRig.PATIENT).start());
        try (PacketSocket lan = PacketSocket.open(topology.lan().namespace(), "lan0");
                PacketSocket wan = PacketSocket.open(topology.wan().namespace(), "wan0")) {
            int frames = 1000;
            for (int i = 0; i < frames; i++) {
                byte[] frame = frame("020000009999 020000007710 88b6", 64 + i % 1400);
                frame[frame.length - 2] = (byte) (i >> 8);
                frame[frame.length - 1] = (byte) i;
                lan.send(frame);
            }
            for (int i = 0; i < frames; i++) {
                byte[] frame = wan.receive(GenkanRig.LIMIT, TransparencyTest::isMarked);
                assertThat(frame == null ? -1 : number(frame)).isEqualTo(i);
            }
        }
    }

    private static int number(byte[] frame) {
        return (frame[frame.length - 2] & 0xff) << 8 | frame[frame.length - 1] & 0xff;
    }

    private static void assertCrosses(PacketSocket from, PacketSocket to, byte[] frame, String header)
            throws IOException {
        from.send(frame);
        byte[] came = to.receive(GenkanRig.LIMIT, TransparencyTest::isMarked);
        assertThat(came).as("%s in %d octets", header, frame.length).isEqualTo(frame);
    }

    /** The header, random octets, and the mark, which stands before the last two octets. */
    private static byte[] frame(String header, int length) {
        byte[] start = HexFormat.of().parseHex(header.replace(" ", ""));
        byte[] frame = new byte[Math.max(length, start.length + MARK.length + 2)];
        new SplittableRandom(length).nextBytes(frame);
        System.arraycopy(start, 0, frame, 0, start.length);
        System.arraycopy(MARK, 0, frame, frame.length - MARK.length - 2, MARK.length);
        return frame;
    }

    private static boolean isMarked(byte[] frame) {
        int at = frame.length - MARK.length - 2;
        return at >= 0 && Arrays.equals(frame, at, at + MARK.length, MARK, 0, MARK.length);
    }
}
