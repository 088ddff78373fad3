package jp.genkan.protocols.rdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.RecordingConversation;
import jp.genkan.protocols.tls.Flights;
import org.junit.jupiter.api.Test;

class RdpParserTest {
    private static final String REQUEST = request("Cookie: mstshash=tanaka\r\n" + Flights.ofHex("01 01 0800 03000000"));
    private static final String PLAIN_CONFIRM = confirm(Flights.ofHex("02 00 0800 00000000"));
    private static final String DATA = Flights.ofHex("02f080");

    private static String tpkt(String body) {
        return "\u0003\0" + Flights.u16(body.length() + 4) + body;
    }

    private static String request(String variable) {
        return tpkt((char) (6 + variable.length()) + Flights.ofHex("e0 0000 0000 00") + variable);
    }

    private static String confirm(String variable) {
        return tpkt((char) (6 + variable.length()) + Flights.ofHex("d0 0000 1234 00") + variable);
    }

    private static String little(int value, int octets) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < octets; i++) {
            out.append((char) (value >> 8 * i & 0xff));
        }
        return out.toString();
    }

    private static String wide(String text, int octets) {
        byte[] field = Arrays.copyOf(text.getBytes(StandardCharsets.UTF_16LE), octets);
        return new String(field, StandardCharsets.ISO_8859_1);
    }

    private static String block(int type, String body) {
        return little(type, 2) + little(body.length() + 4, 2) + body;
    }

    private static String settings() {
        String core = little(0x00080004, 4)
                + little(1920, 2)
                + little(1080, 2)
                + little(0xca01, 2)
                + little(0xaa03, 2)
                + little(0x0411, 4)
                + little(7601, 4)
                + wide("玄関-PC", 32)
                + little(7, 4)
                + little(2, 4)
                + little(12, 4)
                + wide("", 64)
                + little(0xca01, 2)
                + little(1, 2)
                + little(0, 4)
                + little(24, 2)
                + little(7, 2)
                + little(0x21, 2)
                + wide("12345-OEM", 64)
                + little(6, 1);
        String network = little(2, 4) + "rdpdr\0\0\0" + little(0, 4) + "cliprdr\0" + little(0, 4);
        String blocks = block(0xc001, core) + block(0xc002, little(1, 8)) + block(0xc003, network);
        return tpkt(DATA + Flights.ofHex("7f65 8201aa 0401010401010101ff") + "Duca" + "\u0081\u0000" + blocks);
    }

    private static final String[] PLAIN = {
        "C: " + REQUEST,
        "S: " + PLAIN_CONFIRM,
        "C: " + settings(),
        "S: " + tpkt(DATA + Flights.ofHex("7f66 8201450a0100"))
    };

    @Test
    void readsRequestAnswerAndSettings() {
        RecordingConversation conversation = RecordingConversation.play(new RdpParser(), PLAIN);
        assertThat(conversation.settled).isTrue();
        assertThat(conversation.events()).hasSize(4);
        assertThat(conversation.events().get(0))
                .contains("\"rdp\":{\"tx_id\":0,\"event_type\":\"initial_request\",\"cookie\":\"tanaka\","
                        + "\"flags\":[\"restricted_admin_mode_required\"]}");
        assertThat(conversation.events().get(1)).contains("\"event_type\":\"initial_response\",\"protocol\":\"rdp\"}");
        assertThat(conversation.events().get(2))
                .contains("\"event_type\":\"connect_request\",\"client\":{\"version\":\"v5\",\"desktop_width\":1920,"
                        + "\"desktop_height\":1080,\"color_depth\":24,\"keyboard_layout\":\"ja-JP\","
                        + "\"build\":\"Windows 7 SP1\",\"client_name\":\"玄関-PC\",\"keyboard_type\":\"jp\","
                        + "\"keyboard_subtype\":2,\"function_keys\":12,\"product_id\":1,"
                        + "\"capabilities\":[\"support_errinfo_pdf\",\"valid_connection_type\"],\"id\":\"12345-OEM\","
                        + "\"connection_hint\":\"lan\"},\"channels\":[\"rdpdr\",\"cliprdr\"]}");
        assertThat(conversation.events().get(3)).contains("\"event_type\":\"connect_response\"}");
    }

    @Test
    void readsTheSameInPieces() {
        RecordingConversation whole = RecordingConversation.play(new RdpParser(), PLAIN);
        for (int seed = 0; seed < 20; seed++) {
            RecordingConversation pieces = RecordingConversation.playInPieces(new RdpParser(), seed, PLAIN);
            assertThat(pieces.events()).isEqualTo(whole.events());
        }
    }

    @Test
    void readsEveryTruncatedMessage() {
        for (int line = 0; line < PLAIN.length; line++) {
            for (int length = 3; length < PLAIN[line].length(); length++) {
                String[] some = Arrays.copyOf(PLAIN, line + 1);
                some[line] = PLAIN[line].substring(0, length);
                assertThat(RecordingConversation.play(new RdpParser(), some).events())
                        .hasSize(line);
            }
        }
        String whole = settings().substring(4);
        for (int length = 1; length < whole.length(); length++) {
            RecordingConversation.play(new RdpParser(), "C: " + tpkt(whole.substring(0, length)));
        }
    }

    @Test
    void handsOverToTlsWhenTheServerChoosesIt() {
        RecordingConversation conversation = new RecordingConversation();
        RdpParser parser = new RdpParser();
        conversation.feed(parser, "C: " + REQUEST);
        byte[] answer = Flights.octets(confirm(Flights.ofHex("02 01 0800 02000000")) + "next");
        int read = parser.onOctets(Direction.TO_CLIENT, answer, 0, answer.length, conversation);
        assertThat(read).isEqualTo(answer.length - 4);
        assertThat(conversation.handedOver).isTrue();
        assertThat(conversation.next).isEqualTo(AppProtocol.TLS);
        assertThat(conversation.events().getLast())
                .contains("\"server_supports\":[\"extended_client_data\"],\"protocol\":\"hybrid\"");
    }

    @Test
    void handsOverToTlsThatBeginsUnannounced() {
        RecordingConversation conversation = new RecordingConversation();
        byte[] hello = Flights.octets(REQUEST + "\u0016\u0003\u0001");
        int read = new RdpParser().onOctets(Direction.TO_SERVER, hello, 0, hello.length, conversation);
        assertThat(read).isEqualTo(hello.length - 3);
        assertThat(conversation.next).isEqualTo(AppProtocol.TLS);
    }

    @Test
    void tellsRefusal() {
        RecordingConversation conversation = RecordingConversation.play(
                new RdpParser(), "C: " + request(""), "S: " + confirm(Flights.ofHex("03 00 0800 05000000")));
        assertThat(conversation.events().getLast())
                .contains("\"error_code\":5,\"reason\":\"hybrid required by server\"");
        assertThat(conversation.handedOver).isFalse();
    }

    @Test
    void passesOverWhatALongMessageHasTooMuch() {
        String longMessage = tpkt(DATA + Flights.ofHex("7f66") + "x".repeat(30_000));
        String other = tpkt(Flights.ofHex("0270") + "x".repeat(30_000));
        RecordingConversation conversation =
                RecordingConversation.playInPieces(new RdpParser(), 3, "S: " + other + longMessage);
        assertThat(conversation.events()).hasSize(1);
        RecordingConversation many = RecordingConversation.play(new RdpParser(), "S: " + other.repeat(20));
        assertThat(many.settled).isTrue();
    }

    @Test
    void survivesGapsAnywhere() {
        for (int line = 0; line < PLAIN.length; line++) {
            for (int at = 3; at < PLAIN[line].length(); at++) {
                RecordingConversation conversation = new RecordingConversation();
                RdpParser parser = new RdpParser();
                conversation.feed(parser, Arrays.copyOf(PLAIN, line));
                conversation.feed(parser, PLAIN[line].substring(0, at));
                Direction direction = PLAIN[line].startsWith("C") ? Direction.TO_SERVER : Direction.TO_CLIENT;
                parser.onGap(direction, PLAIN[line].length() - at, conversation);
                parser.onFlowEnd(conversation);
                assertThat(conversation.settled).isTrue();
            }
        }
    }

    @Test
    void settlesAtGaps() {
        RecordingConversation conversation = new RecordingConversation();
        RdpParser parser = new RdpParser();
        conversation.feed(parser, PLAIN[0]);
        parser.onGap(Direction.TO_CLIENT, 19, conversation);
        assertThat(conversation.settled).isTrue();
    }

    @Test
    void knowsRequestsAndNotOtherProtocolsOverTpkt() {
        for (int length = 0; length < 11; length++) {
            assertThat(of(REQUEST.substring(0, length))).isEqualTo(Recognition.MORE);
        }
        assertThat(of(REQUEST)).isEqualTo(Recognition.YES);
        assertThat(of(request(""))).isEqualTo(Recognition.YES);
        assertThat(of(request(Flights.ofHex("c1020102 c2020102 c0010a")))).isEqualTo(Recognition.NO);
        assertThat(of("GET /")).isEqualTo(Recognition.NO);
    }

    private static Recognition of(String client) {
        return new RdpRecogniser().recognise(new Opening() {
            @Override
            public byte[] octets(Direction direction) {
                return Flights.octets(direction.isToServer() ? client : "");
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
                return 3389;
            }

            @Override
            public int clientPort() {
                return 40000;
            }
        });
    }
}
