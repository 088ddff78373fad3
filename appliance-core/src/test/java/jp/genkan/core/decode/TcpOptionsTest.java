package jp.genkan.core.decode;

import static jp.genkan.core.frame.PacketBuilder.ethernet;
import static org.assertj.core.api.Assertions.assertThat;

import jp.genkan.core.frame.Packet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpOptionsTest {
    private final TcpOptions options = new TcpOptions();

    private Packet read(String hex) {
        Packet packet = ethernet()
                .ipv4("10.0.0.1", "10.0.0.2")
                .tcp(1, 2)
                .tcpOptions(hex)
                .payload(3)
                .packet();
        new FrameDecoder(ChecksumPolicy.VERIFY).decode(packet, LinkType.ETHERNET);
        assertThat(packet.payloadLength).isEqualTo(3);
        options.read(packet);
        return packet;
    }

    @Test
    void readsTheOptionsOfALinuxSyn() {
        Packet packet = read("020405b4 0402 080a 11223344 55667788 01 030307");
        assertThat(packet.anomalies).isZero();
        assertThat(options.maximumSegmentSize).isEqualTo(1460);
        assertThat(options.sackPermitted).isTrue();
        assertThat(options.hasTimestamps).isTrue();
        assertThat(options.timestampValue).isEqualTo(0x11223344);
        assertThat(options.timestampEchoReply).isEqualTo(0x55667788);
        assertThat(options.windowScale).isEqualTo(7);
    }

    @Test
    void forgetsTheOptionsOfThePacketBefore() {
        read("020405b4 0402 030307 00");
        read("");
        assertThat(options.maximumSegmentSize).isEqualTo(Packet.NONE);
        assertThat(options.windowScale).isEqualTo(Packet.NONE);
        assertThat(options.sackPermitted).isFalse();
        assertThat(options.hasTimestamps).isFalse();
    }

    @Test
    void boundsTheWindowShift() {
        read("0303ff00");
        assertThat(options.windowScale).isEqualTo(TcpOptions.WINDOW_SCALE_MAX);
    }

    @Test
    void endsAtTheEndOption() {
        assertThat(read("00020405b4000000").anomalies).isZero();
        assertThat(options.maximumSegmentSize).isEqualTo(Packet.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"020305b4", "0300", "0205", "02", "08ff0000"})
    void takesNothingFromAnOptionThatLies(String hex) {
        read("01".repeat(4 - hex.length() / 2 % 4 & 3) + hex);
        assertThat(options.maximumSegmentSize).isEqualTo(Packet.NONE);
        assertThat(options.windowScale).isEqualTo(Packet.NONE);
        assertThat(options.hasTimestamps).isFalse();
    }
}
