package jp.genkan.protocols.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.RecordingConversation;
import jp.genkan.protocols.tls.Flights;
import org.junit.jupiter.api.Test;

class SshParserTest {
    private static final String CLIENT = "C: SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u7\r\n";
    private static final String SERVER = "S: SSH-2.0-dropbear_2022.83\r\n";

    private static String kexinit(String prefix) {
        StringBuilder payload = new StringBuilder("\u0014" + "c".repeat(16));
        for (int i = 0; i < 10; i++) {
            String list = i < 8 ? prefix + i + ",x" : "";
            payload.append(u32(list.length())).append(list);
        }
        payload.append("\0\0\0\0\0");
        int padding = 8 - (payload.length() + 5) % 8 + 4;
        return u32(1 + payload.length() + padding) + (char) padding + payload + "p".repeat(padding);
    }

    private static String u32(int value) {
        return Flights.u16(value >> 16) + Flights.u16(value & 0xffff);
    }

    private static final String[] WHOLE = {
        SERVER, CLIENT, "C: " + kexinit("c"), "S: " + kexinit("s"), "C: encrypted", "S: encrypted"
    };

    @Test
    void readsBannersAndOffers() {
        RecordingConversation conversation = RecordingConversation.play(new SshParser(), WHOLE);
        assertThat(conversation.settled).isTrue();
        assertThat(conversation.anomalies).isEmpty();
        assertThat(conversation.events()).hasSize(1);
        assertThat(conversation.events().getFirst())
                .contains(
                        "\"ssh\":{\"client\":{\"proto_version\":\"2.0\",\"software_version\":\"OpenSSH_9.2p1\",\"hassh\":{")
                .contains("\"string\":\"c0,x;c2,x;c4,x;c6,x\"")
                .contains("\"server\":{\"proto_version\":\"2.0\",\"software_version\":\"dropbear_2022.83\",\"hassh\":{")
                .contains("\"string\":\"s0,x;s3,x;s5,x;s7,x\"");
    }

    @Test
    void readsTheSameInPieces() {
        RecordingConversation whole = RecordingConversation.play(new SshParser(), WHOLE);
        for (int seed = 0; seed < 30; seed++) {
            RecordingConversation pieces = RecordingConversation.playInPieces(new SshParser(), seed, WHOLE);
            assertThat(pieces.events()).isEqualTo(whole.events());
            assertThat(pieces.steps).isEqualTo(whole.steps);
        }
    }

    @Test
    void tellsWhatItHasOfConnectionsThatEndAnywhere() {
        for (int line = 0; line < 4; line++) {
            for (int length = 3; length < WHOLE[line].length(); length++) {
                String[] some = java.util.Arrays.copyOf(WHOLE, line + 1);
                some[line] = WHOLE[line].substring(0, length);
                RecordingConversation conversation = RecordingConversation.play(new SshParser(), some);
                assertThat(conversation.transactions).hasSize(1);
                assertThat(conversation.anomalies).isEmpty();
                assertThat(conversation.events()).hasSize(line == 0 ? 0 : 1);
            }
        }
    }

    @Test
    void endsDirectionAtGaps() {
        RecordingConversation conversation = new RecordingConversation();
        SshParser parser = new SshParser();
        conversation.feed(parser, SERVER, CLIENT);
        parser.onGap(Direction.TO_CLIENT, 100, conversation);
        conversation.feed(parser, "S: anything", "C: " + kexinit("c"));
        assertThat(conversation.settled).isTrue();
        assertThat(conversation.events().getFirst()).contains("c0,x").doesNotContain("s0,x");
    }

    @Test
    void survivesGapsAnywhere() {
        for (int line = 0; line < 4; line++) {
            for (int at = 3; at < WHOLE[line].length(); at++) {
                RecordingConversation conversation = new RecordingConversation();
                SshParser parser = new SshParser();
                for (int i = 0; i < WHOLE.length && !conversation.settled; i++) {
                    boolean here = i == line;
                    conversation.feed(parser, here ? WHOLE[i].substring(0, at) : WHOLE[i]);
                    if (here && !conversation.settled) {
                        Direction direction = WHOLE[i].startsWith("C") ? Direction.TO_SERVER : Direction.TO_CLIENT;
                        parser.onGap(direction, WHOLE[i].length() - at, conversation);
                    }
                }
                parser.onFlowEnd(conversation);
                assertThat(conversation.transactions).hasSize(1);
            }
        }
    }

    @Test
    void passesOverLinesBeforeTheServersBanner() {
        RecordingConversation conversation =
                RecordingConversation.play(new SshParser(), "S: Welcome\r\nto this host\n" + SERVER.substring(3));
        assertThat(conversation.events().getFirst()).contains("dropbear").doesNotContain("client");
        assertThat(conversation.anomalies).isEmpty();
    }

    @Test
    void tellsOddBanners() {
        assertThat(anomalies("C: hello\r\n" + CLIENT.substring(3))).containsExactly("invalid_banner");
        assertThat(anomalies("C: SSH-" + "9".repeat(20) + "\r\n")).containsExactly("invalid_banner");
        assertThat(anomalies("C: SSH-2.0-" + "x".repeat(300) + "\r\n")).containsExactly("long_banner");
        assertThat(anomalies("S: " + "x".repeat(SshParser.PREAMBLE_MAX + 1))).containsExactly("invalid_banner");
        assertThat(anomalies(CLIENT, "C: " + Flights.ofHex("00010000 04 14"))).containsExactly("long_kex_record");
        assertThat(anomalies(CLIENT, "C: GET / HTTP/1.1\r\n\r\n")).containsExactly("invalid_record");
        assertThat(anomalies(CLIENT, "C: " + Flights.ofHex("00000020 04 14") + "c".repeat(16) + "\u00ff".repeat(20)))
                .containsExactly("invalid_record");
    }

    private static java.util.List<String> anomalies(String... lines) {
        return RecordingConversation.play(new SshParser(), lines).anomalies;
    }

    @Test
    void readsOnlyBannersOfSsh1() {
        RecordingConversation conversation =
                RecordingConversation.play(new SshParser(), "S: SSH-1.5-old\n", "C: SSH-1.5-older\n", "C: xxxxxxxxxx");
        assertThat(conversation.settled).isTrue();
        assertThat(conversation.anomalies).isEmpty();
        assertThat(conversation.events().getFirst()).contains("\"proto_version\":\"1.5\"");
    }

    @Test
    void givesUpSideThatNeverOffers() {
        String ignored = u32(12) + "\u0004\u0002" + "i".repeat(10);
        RecordingConversation conversation =
                RecordingConversation.play(new SshParser(), CLIENT, "C: " + ignored.repeat(3) + kexinit("c"));
        assertThat(conversation.events().getFirst()).contains("c0,x");
        RecordingConversation never =
                RecordingConversation.play(new SshParser(), CLIENT, "C: " + ignored.repeat(100) + kexinit("c"));
        assertThat(never.events().getFirst()).doesNotContain("c0,x");
    }

    @Test
    void knowsSshByItsMark() {
        assertThat(of("SSH-2.0-x", "")).isEqualTo(Recognition.YES);
        assertThat(of("", "SSH-")).isEqualTo(Recognition.YES);
        assertThat(of("SS", "")).isEqualTo(Recognition.MORE);
        assertThat(of("", "Welcome\r\n")).isEqualTo(Recognition.MORE);
        assertThat(of("GET /", "SSH-2.0")).isEqualTo(Recognition.NO);
    }

    private static Recognition of(String client, String server) {
        return new SshRecogniser().recognise(new Opening() {
            @Override
            public byte[] octets(Direction direction) {
                return Flights.octets(direction.isToServer() ? client : server);
            }

            @Override
            public int length(Direction direction) {
                return octets(direction).length;
            }

            @Override
            public boolean isAfterGap(Direction direction) {
                return false;
            }

            @Override
            public int serverPort() {
                return 22;
            }

            @Override
            public int clientPort() {
                return 40000;
            }
        });
    }
}
