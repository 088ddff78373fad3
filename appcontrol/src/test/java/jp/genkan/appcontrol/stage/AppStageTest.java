package jp.genkan.appcontrol.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import jp.genkan.core.observation.AppProtocol;
import org.junit.jupiter.api.Test;

class AppStageTest {
    @Test
    void namesProtocolsByTheirFirstPackets() {
        assertThat(NamingRig.udp(9).client("01000000" + "ab".repeat(144)).name())
                .isEqualTo("WireGuard");
        assertThat(NamingRig.tcp(9).answerText("RFB 003.008\n").name()).isEqualTo("VNC");
        assertThat(NamingRig.tcp(9)
                        .clientText("\u0013BitTorrent protocol\0\0\0\0")
                        .name())
                .isEqualTo("BitTorrent");
        assertThat(NamingRig.tcp(9)
                        .clientText("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}\n")
                        .name())
                .isEqualTo("Mining");
        assertThat(NamingRig.tcp(102)
                        .client("0300001902f08032010000ccc1000800 00f0000001000101e0")
                        .name())
                .isEqualTo("S7Comm");
        assertThat(NamingRig.udp(47808).client("810a000c 0120ffff00ff1008").name())
                .isEqualTo("BACnet");
        assertThat(NamingRig.tcp(9)
                        .answer("4a0000000a352e372e33300008000000" + "00".repeat(62))
                        .name())
                .isEqualTo("MySQL");
        assertThat(NamingRig.tcp(1723)
                        .client("009c00011a2b3c4d" + "00".repeat(148))
                        .name())
                .isEqualTo("PPTP");
    }

    @Test
    void aSecondPacketConfirms() {
        String reset = "38" + "11".repeat(13);
        assertThat(NamingRig.udp(9).client(reset).answer("40" + "22".repeat(25)).name())
                .isEqualTo("OpenVPN");
        assertThat(NamingRig.udp(9).client(reset).answer("41" + "22".repeat(25)).name())
                .isEqualTo("Unknown");
        assertThat(NamingRig.tcp(9).client("050100").answer("0500").name()).isEqualTo("SOCKS");
        assertThat(NamingRig.tcp(9).client("050100").answer("0600").name()).isEqualTo("Unknown");
    }

    @Test
    void moreFlowsThanCanBeLookedAtAreSettledByTheirPort() {
        NamingRig rig = NamingRig.udp(123);
        for (int i = 0; i < AppStage.MEMORIES_MAX; i++) {
            assertThat(rig.anotherFlow().client("ff").settled).isFalse();
        }
        assertThat(rig.anotherFlow().client("ff").settled).isTrue();
        assertThat(rig.confidence()).isNull(); // nothing is said before the flow ends
        assertThat(rig.name()).isEqualTo("NTP");
        assertThat(rig.confidence()).isEqualTo(Confidence.PORT);
    }

    @Test
    void whatAParserRecognisesCounts() {
        NamingRig rig = NamingRig.tcp(9);
        rig.recognised = AppProtocol.SMTP;
        assertThat(rig.answerText("220 mail.example.com\r\n").name()).isEqualTo("SMTP");
        assertThat(rig.settled).isTrue();
    }

    @Test
    void aPortIsTheLastResort() {
        NamingRig silent = NamingRig.tcp(3306);
        assertThat(silent.name()).isEqualTo("MySQL");
        assertThat(silent.confidence()).isEqualTo(Confidence.PORT);
        NamingRig other = NamingRig.tcp(3306);
        assertThat(other.clientText("hello there\n").name()).isEqualTo("Unknown");
    }

    @Test
    void aNameThatTheAddressWasResolvedFromGoesBeforeThePort() {
        NamingRig rig = NamingRig.udp(443);
        rig.resolved = "www.youtube.com";
        assertThat(rig.client("ffeeddccbbaa").name()).isEqualTo("YouTube");
        assertThat(rig.confidence()).isEqualTo(Confidence.HOST);
    }

    @Test
    void protocolsWithoutPortsHaveTheNameOfTheirNumber() {
        NamingRig rig = new NamingRig();
        rig.protocol = 89;
        assertThat(rig.client("0201002c").name()).isEqualTo("OSPF");
        assertThat(rig.settled).isTrue();
    }

    @Test
    void theServersNameInAHelloOfOnePacketIsEnough() {
        String name = "www.youtube.com";
        String sni = "0000" + hex(name.length() + 5, 4) + hex(name.length() + 3, 4) + "00" + hex(name.length(), 4)
                + text(name);
        String body = "0303" + "00".repeat(32) + "00" + "0002c02f" + "0100" + hex(sni.length() / 2, 4) + sni;
        String record = "160301" + hex(body.length() / 2 + 4, 4) + "01" + hex(body.length() / 2, 6) + body;
        NamingRig rig = NamingRig.tcp(8443);
        assertThat(rig.client(record).settled).isTrue();
        assertThat(rig.name()).isEqualTo("TLS.YouTube");
    }

    private static String hex(int value, int digits) {
        return String.format("%0" + digits + "x", value);
    }

    private static String text(String text) {
        StringBuilder hex = new StringBuilder();
        text.chars().forEach(c -> hex.append(hex(c, 2)));
        return hex.toString();
    }

    @Test
    void aFlowSettlesAfterABoundedNumberOfPackets() {
        NamingRig rig = NamingRig.udp(9);
        for (int i = 0; i < AppStage.PACKETS_MAX; i++) {
            assertThat(rig.settled).isFalse();
            rig.client("f7f7f7f7f7f7");
        }
        assertThat(rig.settled).isTrue();
        assertThat(rig.name()).isEqualTo("Unknown");
    }

    @Test
    void callsAreNamedByWhatTheirPreparationsTell() {
        String binding = "00010000 2112a442 000102030405060708090a0b";
        assertThat(NamingRig.udp(3478).client(binding).name()).isEqualTo("STUN");
        String teams = "00010008 2112a442 000102030405060708090a0b 80700004 00000003";
        assertThat(NamingRig.udp(3478).client(teams).name()).isEqualTo("STUN.Skype_TeamsCall");
    }

    @Test
    void packetsOfOneSourceWhoseNumbersGoOnAreRtp() {
        NamingRig rig = NamingRig.udp(9);
        for (int i = 0; i < 4; i++) {
            rig.client("8008" + hex(1000 + i, 4) + hex(160 * i, 8) + "0a0b0c0d" + "d5".repeat(160));
        }
        assertThat(rig.name()).isEqualTo("RTP");
        NamingRig other = NamingRig.udp(9);
        for (int i = 0; i < 4; i++) {
            other.client("8008" + hex(1000 * i, 4) + hex(160 * i, 8) + "0a0b0c0d" + "d5".repeat(160));
        }
        assertThat(other.name()).isEqualTo("Unknown");
    }

    @Test
    void aConnectionOverUdpThatIsAnsweredIsBitTorrents() {
        String syn = "4100abcd 00000001 00000000 00100000 00010000";
        assertThat(NamingRig.udp(9)
                        .client(syn)
                        .answer("2100abcd 00000002 00000001 00100000 00070001")
                        .name())
                .isEqualTo("BitTorrent");
        assertThat(NamingRig.udp(9)
                        .client(syn)
                        .answer("2100abce 00000002 00000001 00100000 00070001")
                        .name())
                .isEqualTo("Unknown");
    }

    @Test
    void totalsOfUseAreAddedUp() {
        NamingRig rig = NamingRig.tcp(9);
        rig.answerText("RFB 003.008\n").name();
        assertThat(rig.usage.of(rig.usage.days().getFirst())).hasSize(1).first().satisfies(usage -> {
            assertThat(usage.application()).isEqualTo("VNC");
            assertThat(usage.machine()).hasToString("192.0.2.7");
        });
    }

    @Test
    void aPacketAllocatesNothing() {
        byte[] payload = new byte[200];
        java.util.Arrays.fill(payload, (byte) 0xf7);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        NamingRig rig = NamingRig.udp(9);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 2_000; round++) {
            rig.slot(0, 0);
            rig.packet(true, payload); // begins the flow
            long before = threads.getCurrentThreadAllocatedBytes();
            rig.inspectAgain();
            rig.inspectAgain();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }
}
