package jp.genkan.appliance.engine;

import static jp.genkan.appliance.engine.RulesRig.OUTSIDE;
import static jp.genkan.appliance.engine.RulesRig.PC;
import static jp.genkan.appliance.engine.RulesRig.octets;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import jp.genkan.core.frame.PacketBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each starter rule speaks about what it is for, and not about what looks like it. */
class StarterRulesTest {
    private static final byte[] NOTHING = new byte[0];
    private static final String EICAR =
            "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!" + "$H+H*";

    @TempDir
    Path folder;

    private RulesRig rig;

    @BeforeEach
    void aBoxAsShipped() throws Exception {
        rig = new RulesRig(folder, "");
        assertThat(rig.rules.status().problems()).isEmpty();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void tellsAPortScanFromOutsideOnceAndForwardsIt() throws Exception {
        for (int port = 1000; port < 1100; port++) {
            assertThat(rig.syn(OUTSIDE, 40_000, PC, port)).isTrue();
        }
        assertThat(rig.sids()).containsExactly(9_000_001L);
        assertThat(rig.alerts().getFirst().path("grade").asInt()).isEqualTo(1);
    }

    @Test
    void takesNoBusyServerForAPortScan() throws Exception {
        for (int port = 1000; port < 1100; port++) {
            rig.syn(OUTSIDE, port, PC, 8);
        }
        assertThat(rig.sids()).isEmpty();
    }

    @Test
    void tellsSweepsFromOutside() throws Exception {
        for (int host = 1; host < 40; host++) {
            rig.syn(OUTSIDE, 40_000, "192.168.1." + host, 8);
            rig.ping(OUTSIDE, "192.168.1." + host);
        }
        assertThat(rig.sids()).containsExactlyInAnyOrder(9_000_002L, 9_000_003L);
    }

    @Test
    void takesNoMonitoringOfOneMachineForASweep() throws Exception {
        for (int i = 0; i < 40; i++) {
            rig.syn(OUTSIDE, 40_000 + i, PC, 8);
            rig.ping(OUTSIDE, PC);
        }
        assertThat(rig.sids()).isEmpty();
    }

    @Test
    void tellsASweepAndAScanFromInside() throws Exception {
        for (int host = 1; host < 40; host++) {
            rig.syn(PC, 40_000, "203.0.113." + host, 445);
        }
        for (int port = 20_000; port < 20_150; port++) {
            rig.syn("192.168.1.11", 40_000, OUTSIDE, port);
        }
        assertThat(rig.sids()).containsExactly(9_000_004L, 9_000_005L);
    }

    @Test
    void takesNoSurfingForASweep() throws Exception {
        for (int host = 1; host < 200; host++) {
            rig.syn(PC, 40_000 + host, "203.0.113." + host, 443);
        }
        assertThat(rig.sids()).isEmpty();
    }

    @Test
    void blocksLogInConnectionsBeyondTheRateOnly() throws Exception {
        long[] sids = {9_000_010, 9_000_011, 9_000_012};
        int[] ports = {3389, 22, 445};
        int[] free = {12, 12, 24};
        for (int service = 0; service < ports.length; service++) {
            for (int i = 0; i < 40; i++) {
                assertThat(rig.syn("198.51.100." + service, 40_000 + i, PC, ports[service]))
                        .as("connection %s to port %s", i, ports[service])
                        .isEqualTo(i < free[service]);
            }
        }
        assertThat(rig.sids()).containsExactly(sids[0], sids[1], sids[2]);
        assertThat(rig.alerts()).allMatch(alert -> alert.path("action").asText().equals("blocked"));
    }

    @Test
    void letsARepeatedSynAndAFewLogInsThrough() throws Exception {
        for (int i = 0; i < 40; i++) {
            assertThat(rig.syn(OUTSIDE, 40_000 + i / 4, PC, 3389)).isTrue();
        }
        assertThat(rig.sids()).isEmpty();
    }

    @Test
    void onlyTellsManyMailLogIns() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(rig.syn(OUTSIDE, 40_000 + i, PC, 110)).isTrue();
            assertThat(rig.syn(OUTSIDE, 40_000 + i, PC, 993)).isTrue();
        }
        assertThat(rig.sids()).containsExactly(9_000_013L, 9_000_014L);
    }

    @Test
    void tellsDoorsThatAnswerToTheOutside() throws Exception {
        int[] ports = {3389, 445, 22, 8443};
        for (int port : ports) {
            rig.syn(OUTSIDE, 40_000, PC, port);
            assertThat(rig.synAck(PC, port, OUTSIDE, 40_000)).isTrue();
        }
        assertThat(rig.sids()).containsExactly(9_000_020L, 9_000_021L, 9_000_022L, 9_000_023L);
    }

    @Test
    void tellsNoDoorThatIsShutOrInside() throws Exception {
        rig.syn(OUTSIDE, 40_000, PC, 3389);
        rig.syn(PC, 40_001, "10.1.2.3", 3389);
        rig.synAck("10.1.2.3", 3389, PC, 40_001);
        rig.syn(PC, 40_002, OUTSIDE, 3389);
        rig.synAck(OUTSIDE, 3389, PC, 40_002);
        assertThat(rig.sids()).isEmpty();
    }

    @Test
    void tellsAnAdministrationPageThatIsAskedForFromOutside() throws Exception {
        rig.talk(OUTSIDE, 40_000, PC, 80, get("/remote/login?lang=en", ""), NOTHING);
        rig.talk(OUTSIDE, 40_001, PC, 80, get("/index.html?next=/remote/login", ""), NOTHING);
        rig.talk(PC, 40_002, OUTSIDE, 80, get("/remote/login", ""), NOTHING);
        assertThat(rig.sids()).containsExactly(9_000_024L);
    }

    @Test
    void blocksGh0stFromItsFirstOctets() throws Exception {
        assertThat(rig.talk(PC, 40_000, OUTSIDE, 8000, gh0st("Gh0st", 60, 200), NOTHING))
                .isFalse();
        assertThat(rig.sids()).containsExactly(9_000_030L);
        assertThat(rig.alerts().getFirst().path("action").asText()).isEqualTo("blocked");
        assertThat(rig.injected).as("both ends are told").isPositive();
    }

    @Test
    void blocksGh0stThatIsAnsweredFromOutside() throws Exception {
        assertThat(rig.talk(PC, 40_000, OUTSIDE, 8000, octets("hello there, a"), gh0st("HTTPS", 60, 200)))
                .isFalse();
        assertThat(rig.sids()).containsExactly(9_000_031L);
    }

    @Test
    void leavesAloneWhatOnlyHasZlibThere() throws Exception {
        assertThat(rig.talk(PC, 40_000, OUTSIDE, 8000, gh0st("Gh\0st", 60, 200), NOTHING))
                .as("no magic")
                .isTrue();
        assertThat(rig.talk(PC, 40_001, OUTSIDE, 8000, gh0st("Gh0st", 0x7000_0000, 200), NOTHING))
                .as("no length")
                .isTrue();
        byte[] later = PacketBuilder.join(octets("x"), gh0st("Gh0st", 60, 200));
        assertThat(rig.talk(PC, 40_002, OUTSIDE, 8000, later, NOTHING))
                .as("not at the beginning")
                .isTrue();
        assertThat(rig.sids()).isEmpty();
    }

    @Test
    void tellsAMailBurstButNoMailProgram() throws Exception {
        for (int i = 0; i < 30; i++) {
            rig.syn("192.168.1.11", 40_000 + i, OUTSIDE, 587);
        }
        assertThat(rig.sids()).isEmpty();
        for (int i = 0; i < 60; i++) {
            assertThat(rig.syn(PC, 40_000 + i, OUTSIDE, 25)).isTrue();
        }
        assertThat(rig.sids()).containsExactly(9_000_040L);
    }

    @Test
    void tellsPasswordsInClearFromOutside() throws Exception {
        rig.talk(OUTSIDE, 40_000, PC, 80, get("/", "Authorization: Basic dXNlcjpwYXNz\r\n"), NOTHING);
        rig.talk(OUTSIDE, 40_001, PC, 2100, octets("PASS secret\r\n"), NOTHING);
        rig.talk(OUTSIDE, 40_002, PC, 110, octets("USER a\r\nPASS secret\r\n"), NOTHING);
        rig.talk(OUTSIDE, 40_003, PC, 143, octets("a1 LOGIN user secret\r\n"), NOTHING);
        assertThat(rig.sids()).containsExactly(9_000_050L, 9_000_051L, 9_000_052L);
    }

    @Test
    void tellsNoPasswordThatGoesOutOrIsNone() throws Exception {
        rig.talk(PC, 40_000, OUTSIDE, 110, octets("USER a\r\nPASS secret\r\n"), NOTHING);
        rig.talk(OUTSIDE, 40_001, PC, 80, get("/", "Authorization: Bearer abc\r\n"), NOTHING);
        rig.talk(OUTSIDE, 40_002, PC, 143, octets("a1 SELECT INBOX\r\n"), NOTHING);
        assertThat(rig.sids()).isEmpty();
    }

    @Test
    void stopsTheTestFileInClearHttp() throws Exception {
        assertThat(rig.talk(PC, 40_000, OUTSIDE, 80, get("/eicar.com", ""), answer(EICAR)))
                .isFalse();
        assertThat(rig.sids()).containsExactly(9_000_060L);
    }

    @Test
    void letsATextAboutTheTestFileThrough() throws Exception {
        assertThat(rig.talk(PC, 40_000, OUTSIDE, 80, get("/about", ""), answer("See " + EICAR)))
                .isTrue();
        assertThat(rig.sids()).isEmpty();
    }

    private static byte[] get(String path, String headers) {
        return octets("GET " + path + " HTTP/1.1\r\nHost: example.test\r\n" + headers + "\r\n");
    }

    private static byte[] answer(String body) {
        return octets(
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static byte[] gh0st(String magic, int length, int unpacked) {
        return ByteBuffer.allocate(60)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(octets(magic))
                .putInt(length)
                .putInt(unpacked)
                .put((byte) 0x78)
                .put((byte) 0x9c)
                .array();
    }
}
