package jp.genkan.protocols.pgsql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class PgsqlParserTest {
    private static String number(int value) {
        return "" + (char) (value >>> 24) + (char) (value >>> 16 & 0xff) + (char) (value >>> 8 & 0xff)
                + (char) (value & 0xff);
    }

    private static String untyped(String body) {
        return number(body.length() + 4) + body;
    }

    private static String typed(char type, String body) {
        return type + untyped(body);
    }

    private static final String SSL = untyped(number(80_877_103));
    private static final String START = untyped(number(3 << 16) + "user\0me\0database\0shop\0\0");
    private static final String READY = typed('Z', "I");
    private static final String[] DIALOGUE = {
        "C: " + SSL,
        "S: N",
        "C: " + START,
        "S: " + typed('R', number(5) + "salt"),
        "C: " + typed('p', "md5secret\0"),
        "S: " + typed('R', number(0)) + typed('S', "server_version\0" + "17\0") + typed('K', number(7) + number(9))
                + READY,
        "C: " + typed('Q', "select * from t\0"),
        "S: " + typed('T', "\0\1x") + typed('D', "\0\2" + number(3) + "abc" + number(-1))
                + typed('D', "\0\1" + number(2) + "de") + typed('C', "SELECT 2\0") + READY,
        "C: " + typed('P', "\0insert into t\0\0\0") + typed('B', "\0\0") + typed('S', ""),
        "S: " + typed('1', "") + typed('E', "SERROR\0C42601\0Msyntax\0\0") + READY,
        "C: " + typed('X', "")
    };

    @Test
    void tellsRequestsWithWhatTheServerAnswers() {
        RecordingConversation seen = RecordingConversation.play(new PgsqlParser(), DIALOGUE);
        List<String> events = seen.events();
        assertThat(seen.anomalies).isEmpty();
        assertThat(events).hasSize(6);
        assertThat(events.get(0))
                .contains("\"pgsql\":{\"tx_id\":0,\"request\":{\"message\":\"SSL"
                        + " Request\"},\"response\":{\"ssl_accepted\":false}}");
        assertThat(events.get(1))
                .contains(
                        "\"request\":{\"protocol_version\":\"3.0\",\"startup_parameters\":{\"user\":\"me\",\"optional_parameters\":[{\"database\":\"shop\"}]}},"
                                + "\"response\":{\"authentication_md5_password\":\"salt\"}");
        assertThat(events.get(2))
                .contains(
                        "\"response\":{\"parameter_status\":[{\"server_version\":\"17\"}],\"message\":\"authentication_ok\",\"process_id\":7,\"secret_key\":9}")
                .doesNotContain("md5secret");
        assertThat(events.get(3))
                .contains("\"request\":{\"simple_query\":\"select * from"
                        + " t\"},\"response\":{\"field_count\":1,\"command_completed\":\"SELECT"
                        + " 2\",\"data_rows\":2,\"data_size\":5}");
        assertThat(events.get(4)).contains("\"parse\":\"insert into t\"", "\"code\":\"42601\",\"message\":\"syntax\"");
        assertThat(events.get(5)).contains("\"message\":\"terminate\"");
        assertThat(((PgsqlTransaction) seen.transactions.get(3)).query())
                .asString(StandardCharsets.ISO_8859_1)
                .isEqualTo("select * from t");
        for (int seed = 0; seed < 50; seed++) {
            assertThat(RecordingConversation.playInPieces(new PgsqlParser(), seed, DIALOGUE)
                            .events())
                    .isEqualTo(events);
        }
    }

    @Test
    void handsOverToTls() {
        RecordingConversation conversation = new RecordingConversation();
        PgsqlParser parser = new PgsqlParser();
        conversation.feed(parser, "C: " + SSL);
        byte[] octets = {'S', 22, 3};
        assertThat(parser.onOctets(Direction.TO_CLIENT, octets, 0, octets.length, conversation))
                .isEqualTo(1);
        assertThat(conversation.next).isEqualTo(AppProtocol.TLS);
    }

    @Test
    void namesWhatIsNoMessageAndReadsTheBeginningOfLongOnes() {
        assertThat(RecordingConversation.play(new PgsqlParser(), "C: " + START + "Q\0\0\0\1").anomalies)
                .containsExactly("invalid_length");
        assertThat(RecordingConversation.play(new PgsqlParser(), "C: " + START + typed('!', "")).anomalies)
                .containsExactly("malformed_request");
        assertThat(RecordingConversation.play(new PgsqlParser(), "C: " + START, "S: " + typed('!', "")).anomalies)
                .containsExactly("malformed_response");
        RecordingConversation seen = RecordingConversation.play(
                new PgsqlParser(), "C: " + START + typed('Q', "x".repeat(100_000) + "\0"), "S: " + READY);
        assertThat(((PgsqlTransaction) seen.transactions.get(1)).query()).hasSize(PgsqlParser.MESSAGE_MAX - 5);
    }

    @Test
    void takesEveryCutAndGap() {
        byte[] octets =
                (START + typed('Q', "select 1\0") + typed('Q', "select 2\0")).getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < octets.length; at++) {
            RecordingConversation conversation = new RecordingConversation();
            PgsqlParser parser = new PgsqlParser();
            parser.onOctets(Direction.TO_SERVER, octets, 0, at, conversation);
            parser.onGap(Direction.TO_SERVER, 3, conversation);
            parser.onOctets(Direction.TO_SERVER, octets, Math.min(octets.length, at + 3), octets.length, conversation);
            parser.onFlowEnd(conversation);
            assertThat(conversation.events()).as("gap at %d", at).hasSizeLessThanOrEqualTo(3);
            if (at >= START.length()) {
                assertThat(conversation.events())
                        .as("the message before the gap, %d", at)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void knowsAStart() {
        for (String first : new String[] {SSL, START}) {
            byte[] octets = first.getBytes(StandardCharsets.ISO_8859_1);
            assertThat(PgsqlParser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, octets, 9)))
                    .isEqualTo(Recognition.YES);
        }
        assertThat(PgsqlParser.recogniser().recognise(FixedOpening.client("\0\0\0\11\0\2\0\0")))
                .isEqualTo(Recognition.NO);
    }
}
