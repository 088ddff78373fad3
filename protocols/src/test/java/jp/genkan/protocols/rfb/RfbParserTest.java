package jp.genkan.protocols.rfb;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class RfbParserTest {
    private static final String SCREEN = "\4\0\3\0" + "\40\30\0\1\0\377\0\377\0\377\20\10\0\0\0\0" + "\0\0\0\4desk";
    private static final String[] DIALOGUE = {
        "S: RFB 003.008\n",
        "C: RFB 003.008\n",
        "S: \2\1\2",
        "C: \2",
        "S: 0123456789abcdef",
        "C: fedcba9876543210",
        "S: \0\0\0\0",
        "C: \1",
        "S: " + SCREEN,
        "C: \0\0\0\0keys",
        "S: \0\0\0\1screen"
    };

    @Test
    void tellsTheHandshakeHoweverItIsCut() {
        RecordingConversation seen = RecordingConversation.play(new RfbParser(), DIALOGUE);
        assertThat(seen.events())
                .singleElement()
                .asString()
                .contains(
                        "\"rfb\":{\"server_protocol_version\":{\"major\":\"003\",\"minor\":\"008\"},\"client_protocol_version\":{\"major\":\"003\",\"minor\":\"008\"},"
                                + "\"authentication\":{\"security_type\":2,\"vnc\":{\"challenge\":\"30313233343536373839616263646566\",\"response\":\"66656463626139383736353433323130\"},\"security_result\":\"OK\"},"
                                + "\"screen_shared\":true,\"framebuffer\":{\"width\":1024,\"height\":768,\"name\":\"desk\",\"pixel_format\":{\"bits_per_pixel\":32,\"depth\":24,\"big_endian\":false,\"true_color\":true,"
                                + "\"red_max\":255,\"green_max\":255,\"blue_max\":255,\"red_shift\":16,\"green_shift\":8,\"blue_shift\":0}}}");
        assertThat(seen.anomalies).isEmpty();
        for (int seed = 0; seed < 30; seed++) {
            assertThat(RecordingConversation.playInPieces(new RfbParser(), seed, DIALOGUE)
                            .events())
                    .isEqualTo(seen.events());
        }
    }

    @Test
    void version33HasNoChoice() {
        RecordingConversation seen = RecordingConversation.play(
                new RfbParser(), "S: RFB 003.003\n", "C: RFB 003.003\n", "S: \0\0\0\1", "C: \0", "S: " + SCREEN);
        assertThat(seen.events()).singleElement().asString().contains("\"security_type\":1}", "\"name\":\"desk\"");
    }

    @Test
    void tellsWhyTheServerRefuses() {
        RecordingConversation seen = RecordingConversation.play(
                new RfbParser(),
                "S: RFB 003.008\n",
                "C: RFB 003.008\n",
                "S: \1\1",
                "C: \1",
                "S: \0\0\0\1" + "\0\0\0\2no");
        assertThat(seen.events())
                .singleElement()
                .asString()
                .contains("\"security_result\":\"FAIL\",\"security_failure_reason\":\"no\"");
    }

    @Test
    void readsNothingBehindAnUnknownType() {
        RecordingConversation seen = RecordingConversation.play(
                new RfbParser(), "S: RFB 003.889\n", "C: RFB 003.889\n", "S: \1\36", "C: \36", "S: whatever");
        assertThat(seen.anomalies).containsExactly("unimplemented_security_type");
        assertThat(seen.events()).hasSize(1);
    }

    @Test
    void knowsOnlyTheServersLine() {
        assertThat(RfbParser.recogniser().recognise(FixedOpening.server("RFB 003.008\n")))
                .isEqualTo(Recognition.YES);
        assertThat(RfbParser.recogniser().recognise(FixedOpening.server("RFB 003")))
                .isEqualTo(Recognition.MORE);
        assertThat(RfbParser.recogniser().recognise(FixedOpening.server("RFB is a protocol")))
                .isEqualTo(Recognition.NO);
        assertThat(RfbParser.recogniser().recognise(FixedOpening.client("RFB 003.008\n")))
                .isEqualTo(Recognition.NO);
    }

    @FuzzTest
    void readsAnyDialogue(byte[] octets) {
        RecordingConversation conversation = new RecordingConversation();
        RfbParser parser = new RfbParser();
        int quarter = octets.length / 4;
        for (int i = 0; i < 4; i++) {
            parser.onOctets(Direction.of(i % 2 == 1), octets, i * quarter, (i + 1) * quarter, conversation);
        }
        parser.onFlowEnd(conversation);
        conversation.events();
    }
}
