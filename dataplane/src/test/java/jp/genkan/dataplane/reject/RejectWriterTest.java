package jp.genkan.dataplane.reject;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import jp.genkan.core.decode.ChecksumPolicy;
import jp.genkan.core.decode.FrameDecoder;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.frame.Packet;
import org.junit.jupiter.api.Test;

/** The decoder reads back what was written, and its checksum test is the oracle. */
class RejectWriterTest {
    /** Ethernet, IPv4 10.0.0.1:4660 → 192.0.2.9:80, TCP PSH ACK, sequence 0x01020304, acknowledgment 0x0a0b0c0d, payload "abc". */
    private static final String TCP4 = "000000000002000000000001" + "0800"
            + "4500002b00014000400600000a000001c0000209"
            + "1234005001020304" + "0a0b0c0d" + "50180200" + "0000" + "0000" + "616263";

    /** The same with VLAN 5 and PPPoE session 7. */
    private static final String PPPOE4 =
            "000000000002000000000001" + "81000005" + "8864" + "11000007002d" + "0021" + TCP4.substring(28);

    private static final String SYN6 = "000000000002000000000001" + "86dd"
            + "60000000001406402001" + "0db8000000000000000000000001" + "20010db8000000000000000000000002"
            + "1234005001020304" + "00000000" + "50020200" + "0000" + "0000";

    private static final String UDP4 = "000000000002000000000001" + "0800" + "4500001e00014000401100000a000001c0000209"
            + "12340035000a0000" + "6869";

    private final FrameDecoder decoder = new FrameDecoder(ChecksumPolicy.IGNORE);
    private final FrameDecoder strict = new FrameDecoder(ChecksumPolicy.VERIFY);
    private final RejectWriter writer = new RejectWriter(true);
    private final MemorySegment target = Arena.ofAuto().allocate(RejectWriter.FRAME_MAX);

    @Test
    void resetsTheSenderInTheNameOfItsPeer() {
        Packet refused = decoded(TCP4);
        Packet answer = read(writer.resetToSender(refused, refused.tcpAcknowledgment, target, 0));
        assertThat(answer.anomalies).isZero();
        assertThat(answer.destinationMac).isEqualTo(1);
        assertThat(answer.sourceMac).isEqualTo(2);
        assertThat(answer.sourceLow).isEqualTo(refused.destinationLow);
        assertThat(answer.destinationLow).isEqualTo(refused.sourceLow);
        assertThat(answer.sourcePort).isEqualTo(80);
        assertThat(answer.destinationPort).isEqualTo(0x1234);
        assertThat(answer.tcpFlags).isEqualTo(Packet.RST | Packet.ACK);
        assertThat(answer.tcpSequence).isEqualTo(0x0a0b0c0d);
        assertThat(answer.tcpAcknowledgment).isEqualTo(0x01020304 + 3);
    }

    @Test
    void resetsTheReceiverWhereTheRefusedSegmentWouldHaveBeen() {
        Packet answer = read(writer.resetToReceiver(decoded(TCP4), 0x01020304, target, 0));
        assertThat(answer.anomalies).isZero();
        assertThat(answer.destinationMac).isEqualTo(2);
        assertThat(answer.sourcePort).isEqualTo(0x1234);
        assertThat(answer.tcpSequence).isEqualTo(0x01020304);
    }

    @Test
    void keepsVlanAndPppoeAndCorrectsTheLength() {
        Packet answer = read(writer.resetToSender(decoded(PPPOE4), 0, target, 0));
        assertThat(answer.anomalies).isZero();
        assertThat(answer.vlanIds).isEqualTo(5);
        assertThat(answer.pppoeSession).isEqualTo(7);
        assertThat(answer.tcpFlags).isEqualTo(Packet.RST | Packet.ACK);
    }

    @Test
    void answersAFirstSynToItsSenderOnly() {
        Packet syn = decoded(SYN6);
        assertThat(writer.resetToReceiver(syn, 0, target, 0)).isZero();
        Packet answer = read(writer.resetToSender(syn, 0, target, 0));
        assertThat(answer.anomalies).isZero();
        assertThat(answer.ipVersion).isEqualTo(6);
        assertThat(answer.tcpSequence).isZero();
        assertThat(answer.tcpAcknowledgment).isEqualTo(0x01020305);
    }

    @Test
    void neverAnswersAReset() {
        Packet reset = decoded(TCP4);
        reset.tcpFlags = Packet.RST;
        assertThat(writer.resetToSender(reset, 0, target, 0)).isZero();
    }

    @Test
    void tellsTheSenderOfADatagramThatItIsProhibited() {
        Packet answer = read(writer.unreachableToSender(decoded(UDP4), target, 0));
        assertThat(answer.anomalies).isZero();
        assertThat(answer.ipProtocol).isEqualTo(1);
        assertThat(answer.sourcePort).isEqualTo(3);
        assertThat(answer.destinationPort).isEqualTo(13);
    }

    @Test
    void neverAnswersAGroupOrAnError() {
        Packet toGroup = decoded(UDP4);
        toGroup.destinationLow = 0x0000_ffff_e000_00fbL;
        assertThat(writer.unreachableToSender(toGroup, target, 0)).isZero();
        Packet error = decoded(UDP4);
        error.ipProtocol = 1;
        error.sourcePort = 3;
        assertThat(writer.unreachableToSender(error, target, 0)).isZero();
    }

    private Packet decoded(String hex) {
        Packet packet = wrap(HexFormat.of().parseHex(hex));
        decoder.decode(packet, LinkType.ETHERNET);
        assertThat(packet.ipVersion).as("the test's own frame").isNotZero();
        return packet;
    }

    private Packet read(int length) {
        assertThat(length).isPositive();
        Packet packet = new Packet().wrap(target, 0, length);
        strict.decode(packet, LinkType.ETHERNET);
        return packet;
    }

    private static Packet wrap(byte[] bytes) {
        MemorySegment segment = Arena.ofAuto().allocate(bytes.length);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, segment, 0, bytes.length);
        return new Packet().wrap(segment, 0, bytes.length);
    }
}
