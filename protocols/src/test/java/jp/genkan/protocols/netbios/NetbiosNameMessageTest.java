package jp.genkan.protocols.netbios;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import jp.genkan.protocols.netbios.NetbiosNameMessage.Kind;
import org.junit.jupiter.api.Test;

class NetbiosNameMessageTest {
    private static String encoded(String name, int suffix) {
        StringBuilder hex = new StringBuilder("20");
        for (int i = 0; i < 16; i++) {
            int octet = i == 15 ? suffix : i < name.length() ? name.charAt(i) : ' ';
            hex.append("%02x%02x".formatted('A' + (octet >>> 4), 'A' + (octet & 15)));
        }
        return hex.append("00").toString();
    }

    private static byte[] registration(int flags, String name, int suffix, String nameFlags) {
        return HexFormat.of()
                .parseHex("0001%04x".formatted(flags) + "0001000000000001" + encoded(name, suffix) + "00200001" + "c00c"
                        + "00200001" + "00000000" + "0006" + nameFlags + "c0a8010a");
    }

    private static byte[] answer(String name, int suffix) {
        return HexFormat.of()
                .parseHex("00018500" + "0000000100000000" + encoded(name, suffix) + "00200001" + "00000000" + "0006"
                        + "0000" + "c0a8010a");
    }

    private static boolean wrap(NetbiosNameMessage view, byte[] bytes) {
        return view.wrap(MemorySegment.ofArray(bytes), 0, bytes.length);
    }

    @Test
    void readsARegistrationByBroadcast() {
        NetbiosNameMessage view = new NetbiosNameMessage();
        assertThat(wrap(view, registration(0x2910, "OFFICE-PC", 0, "0000"))).isTrue();
        assertThat(view.kind()).isEqualTo(Kind.REGISTRATION);
        assertThat(view.name()).isEqualTo("OFFICE-PC");
        assertThat(view.isMachine()).isTrue();
        assertThat(view.address()).isEqualTo(0xc0a8010a);
    }

    @Test
    void tellsRefreshReleaseAndAnswerApart() {
        NetbiosNameMessage view = new NetbiosNameMessage();
        assertThat(wrap(view, registration(0x4110, "OFFICE-PC", 0x20, "0000"))).isTrue();
        assertThat(view.kind()).isEqualTo(Kind.REFRESH);
        assertThat(wrap(view, registration(0x3110, "OFFICE-PC", 0, "0000"))).isTrue();
        assertThat(view.kind()).isEqualTo(Kind.RELEASE);
        assertThat(wrap(view, answer("OFFICE-PC", 0x20))).isTrue();
        assertThat(view.kind()).isEqualTo(Kind.ANSWER);
        assertThat(view.suffix()).isEqualTo(NetbiosNameMessage.FILE_SERVER);
    }

    @Test
    void knowsThatAWorkgroupIsNoMachine() {
        NetbiosNameMessage view = new NetbiosNameMessage();
        assertThat(wrap(view, registration(0x2910, "WORKGROUP", 0, "8000"))).isTrue();
        assertThat(view.isGroup()).isTrue();
        assertThat(view.isMachine()).isFalse();
        assertThat(wrap(view, registration(0x2910, "WORKGROUP", 0x1d, "0000"))).isTrue();
        assertThat(view.isMachine()).isFalse();
    }

    @Test
    void refusesQueriesNegativeAnswersAndOtherNames() {
        NetbiosNameMessage view = new NetbiosNameMessage();
        assertThat(wrap(view, registration(0x0110, "OFFICE-PC", 0, "0000"))).isFalse();
        assertThat(wrap(view, registration(0x8583, "OFFICE-PC", 0, "0000"))).isFalse();
        byte[] lower = answer("OFFICE-PC", 0);
        lower[13] = 'a';
        assertThat(wrap(view, lower)).isFalse();
    }

    @Test
    void refusesEveryCut() {
        byte[] whole = registration(0x2910, "OFFICE-PC", 0, "0000");
        for (int length = 0; length < whole.length; length++) {
            assertThat(wrap(new NetbiosNameMessage(), Arrays.copyOf(whole, length)))
                    .isFalse();
        }
    }
}
