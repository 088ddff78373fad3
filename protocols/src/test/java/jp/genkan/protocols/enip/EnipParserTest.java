package jp.genkan.protocols.enip;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class EnipParserTest {
    private static String u16(int value) {
        return "" + (char) (value & 0xff) + (char) (value >>> 8);
    }

    private static String message(int command, int session, String body) {
        return u16(command) + u16(body.length()) + u16(session) + "\0\0" + "\0\0\0\0" + "12345678" + "\0\0\0\0" + body;
    }

    private static String item(int type, String data) {
        return u16(type) + u16(data.length()) + data;
    }

    private static String data(String cip) {
        return "\0\0\0\0\1\0" + u16(2) + item(0, "") + item(0xb2, cip);
    }

    private static final String REGISTER = message(0x65, 0, "\1\0\0\0");
    private static final String GET_VENDOR = "\16\3\40\1\44\1\60\5";
    private static final String GET_CLASS = "\1\2\40\2\44\1";
    private static final String MULTIPLE = "\12\2\40\2\44\1" + u16(2) + u16(6) + u16(14) + GET_VENDOR + GET_CLASS;
    private static final String IDENTITY = item(
            0x0c,
            u16(1) + "\0".repeat(16) + u16(1) + u16(12) + u16(58) + "\4\3" + u16(0x30) + "\216\115\122\0" + "\4name"
                    + "\3");
    private static final String[] DIALOGUE = {
        "C: " + REGISTER,
        "S: " + message(0x65, 7, "\1\0\0\0"),
        "C: " + message(0x63, 0, ""),
        "S: " + message(0x63, 0, u16(1) + IDENTITY),
        "C: " + message(0x6f, 7, data(MULTIPLE)) + message(0x6f, 7, data(GET_CLASS)),
        "S: " + message(0x6f, 7, data("\212\0\0\0" + u16(1) + u16(4) + "\216\0\24\0")),
        "S: " + message(0x6f, 7, data("\201\0\5\1" + u16(0x102)))
    };

    @Test
    void tellsRequestsWithTheirAnswersHoweverTheyAreCut() {
        RecordingConversation seen = RecordingConversation.play(new EnipParser(), DIALOGUE);
        assertThat(seen.anomalies).isEmpty();
        assertThat(seen.events()).hasSize(4);
        assertThat(seen.events().get(0))
                .contains(
                        "\"request\":{\"command\":\"register_session\",\"status\":\"success\",\"register_session\":{\"protocol_version\":1}}");
        assertThat(seen.events().get(1))
                .contains(
                        "\"identity\":{\"protocol_version\":1,\"revision\":\"4.3\",\"vendor_id\":\"Rockwell Automation/Allen-Bradley\",\"device_type\":\"Communications Adapter device\","
                                + "\"product_code\":58,\"status\":48,\"serial\":5393806,\"product_name\":\"name\",\"state\":3}");
        assertThat(seen.events().get(2))
                .contains(
                        "\"cip\":{\"service\":\"Multiple Service Packet\",\"path\":[{\"segment_type\":\"class\",\"value\":2},{\"segment_type\":\"instance\",\"value\":1}],\"class_name\":\"Message Router\","
                                + "\"multiple\":[{\"service\":\"Get Attribute Single\",\"path\":[{\"segment_type\":\"class\",\"value\":1},{\"segment_type\":\"instance\",\"value\":1},{\"segment_type\":\"attribute\",\"value\":5}],\"class_name\":\"Identity\"}",
                        "\"multiple\":[{\"service\":\"Get Attribute Single\",\"status\":\"Attribute not supported\"}]");
        assertThat(seen.events().get(3)).contains("\"status\":\"Path destination unknown\",\"extended_status\":258");
        for (int seed = 0; seed < 30; seed++) {
            assertThat(RecordingConversation.playInPieces(new EnipParser(), seed, DIALOGUE)
                            .events())
                    .isEqualTo(seen.events());
        }
    }

    @Test
    void readsTheInnerMessagesForRules() {
        byte[] octets = message(0x6f, 7, data(MULTIPLE)).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(EnipMessage.parse(octets, 0, octets.length, true).services())
                .extracting(CipMessage::service)
                .containsExactly(0x0a, 0x0e, 0x01);
    }

    @Test
    void isStrictAboutWhatItKnows() {
        assertThat(EnipRecogniser.streams().recognise(FixedOpening.client(REGISTER)))
                .isEqualTo(Recognition.YES);
        assertThat(EnipRecogniser.streams().recognise(FixedOpening.client(message(0x70, 7, data(GET_CLASS)))))
                .isEqualTo(Recognition.YES);
        assertThat(EnipRecogniser.streams().recognise(FixedOpening.client("e\0\4")))
                .isEqualTo(Recognition.MORE);
        assertThat(EnipRecogniser.streams().recognise(FixedOpening.client("echo something over a connection")))
                .isEqualTo(Recognition.NO);
        assertThat(EnipRecogniser.streams().recognise(FixedOpening.client("\0".repeat(100))))
                .isEqualTo(Recognition.NO);
        assertThat(EnipRecogniser.datagrams().recognise(FixedOpening.client(REGISTER + "more")))
                .isEqualTo(Recognition.NO);
    }

    @FuzzTest
    void readsAnyDialogue(byte[] octets) {
        RecordingConversation conversation = new RecordingConversation();
        EnipParser parser = new EnipParser();
        int half = octets.length / 2;
        parser.onOctets(Direction.TO_SERVER, octets, 0, half, conversation);
        parser.onOctets(Direction.TO_CLIENT, octets, half, octets.length, conversation);
        parser.onFlowEnd(conversation);
        EnipMessage.parse(octets, 0, octets.length, true).services();
        conversation.events();
    }
}
