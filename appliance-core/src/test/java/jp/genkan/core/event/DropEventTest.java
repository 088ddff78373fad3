package jp.genkan.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.HexFormat;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.DropReason;
import org.junit.jupiter.api.Test;

/** Events that are made from a packet. */
class DropEventTest {
    private static final int ETHERNET = 14;

    private final EveWriter writer = new EveWriter(ZoneOffset.UTC);

    private String line(Event event) {
        int length = writer.write(event);
        return new String(writer.bytes(), 0, length - 1, StandardCharsets.UTF_8);
    }

    private static Packet tcpPacket() {
        byte[] frame = HexFormat.of()
                .parseHex(
                        "0200000000fe0200000000010800" // Ethernet
                                + "450000280a0b40003f060000c0a80114cb007109" // IPv4
                                + "9c4001bb" + "fffffff0" + "00000001" + "5012" + "faf0" + "0000" + "0007"); // TCP
        Packet packet = new Packet().wrap(MemorySegment.ofArray(frame), 0, frame.length);
        packet.sourceMac = 0x0200_0000_0001L;
        packet.destinationMac = 0x0200_0000_00feL;
        packet.ipVersion = 4;
        packet.ipOffset = ETHERNET;
        packet.ipLength = 40;
        packet.ipTtl = 63;
        packet.ipProtocol = 6;
        packet.sourceLow = Address.parse("192.168.1.20").low();
        packet.destinationLow = Address.parse("203.0.113.9").low();
        packet.transportOffset = ETHERNET + 20;
        packet.payloadOffset = ETHERNET + 40;
        packet.sourcePort = 40_000;
        packet.destinationPort = 443;
        packet.tcpSequence = 0xfffffff0;
        packet.tcpAcknowledgment = 1;
        packet.tcpWindow = 0xfaf0;
        packet.tcpFlags = Packet.SYN | Packet.ACK;
        return packet;
    }

    @Test
    void tellsTheHeaderFieldsOfATcpPacket() {
        Packet packet = tcpPacket();
        packet.dropReason = DropReason.REPUTATION.ordinal();
        assertThat(line(DropEvent.of(packet, 9)))
                .contains("\"flow_id\":9,", "\"event_type\":\"drop\"")
                .endsWith("\"drop\":{\"len\":40,\"tos\":0,\"ttl\":63,\"ipid\":2571,\"tcpseq\":4294967280,\"tcpack\":1,"
                        + "\"tcpwin\":64240,\"syn\":true,\"ack\":true,\"psh\":false,\"rst\":false,\"urg\":false,"
                        + "\"fin\":false,\"tcpres\":0,\"tcpurgp\":7,\"reason\":\"reputation\"}}");
    }

    @Test
    void tellsTheLengthOfAFrameWithoutNetworkLayer() {
        Packet packet = new Packet().wrap(MemorySegment.ofArray(new byte[60]), 0, 60);
        packet.dropReason = DropReason.ISOLATION.ordinal();
        assertThat(line(DropEvent.of(packet, 0)))
                .endsWith("\"event_type\":\"drop\",\"drop\":{\"len\":60,\"reason\":\"isolation\"}}");
    }

    @Test
    void tellsADecodeAnomaly() {
        assertThat(line(AnomalyEvent.ofDecode(tcpPacket(), 0, DecodeAnomaly.IPV4_TRUNCATED)))
                .doesNotContain("flow_id")
                .endsWith("\"anomaly\":{\"type\":\"decode\",\"event\":\"decoder.ipv4.trunc_pkt\"}}");
    }
}
