package jp.genkan.protocols.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class Pop3ParserTest {
    private static final String MAIL = """
            Subject: x
            Content-Type: application/zip; name=a.zip
            Content-Transfer-Encoding: base64

            UEsDBA==
            """.replace("\n", "\r\n");

    private static final String[] SESSION = {
        "S: +OK ready\r\n",
        "C: USER b\r\n",
        "S: +OK\r\n",
        "C: PASS secret\r\n",
        "S: +OK logged in\r\n",
        "C: LIST\r\nRETR 1\r\n",
        "S: +OK 1\r\n1 100\r\n.\r\n+OK 100 octets\r\n" + MAIL + ".\r\n",
        "C: QUIT\r\n",
        "S: +OK bye\r\n"
    };

    private static String summary(RecordingConversation conversation) {
        StringBuilder text = new StringBuilder(conversation.events() + " " + conversation.anomalies);
        conversation
                .files()
                .forEach(seen ->
                        text.append(seen.file.name()).append(seen.file.state()).append(seen.text()));
        return text.toString();
    }

    private static RecordingConversation play(String... lines) {
        RecordingConversation whole = RecordingConversation.play(new Pop3Parser(), lines);
        for (int seed = 0; seed < 10; seed++) {
            assertThat(summary(RecordingConversation.playInPieces(new Pop3Parser(), seed, lines)))
                    .isEqualTo(summary(whole));
        }
        return whole;
    }

    @Test
    void tellsCommandsWithTheirResponses() {
        RecordingConversation conversation = play(SESSION);
        assertThat(conversation.events()).hasSize(5);
        assertThat(conversation.events().getFirst())
                .contains(
                        "\"pop3\":{\"request\":{\"command\":\"USER\",\"args\":[\"b\"]},\"response\":{\"success\":true,\"status\":\"OK\",\"header\":\"\"}}");
        assertThat(conversation.events().get(2)).contains("\"data\":[\"1 100\"]");
        assertThat(conversation.anomalies).isEmpty();
    }

    @Test
    void takesAttachmentsOutOfMailsThatAreFetched() {
        RecordingConversation conversation = play(SESSION);
        assertThat(conversation.files()).hasSize(1);
        assertThat(conversation.files().getFirst().text()).isEqualTo("PK\3\4");
        assertThat(conversation.files().getFirst().file.direction()).isEqualTo(Direction.TO_CLIENT);
        assertThat(conversation.files().getFirst().file.state()).isEqualTo(FileState.CLOSED);
        assertThat(conversation.events().get(3))
                .contains("\"command\":\"RETR\"")
                .contains("\"attachment\":[\"a.zip\"]");
    }

    @Test
    void takesTheFileOfTopForTruncated() {
        RecordingConversation conversation = play("S: +OK\r\n", "C: TOP 1 1\r\n", "S: +OK\r\n" + MAIL + ".\r\n");
        assertThat(conversation.files().getFirst().file.state()).isEqualTo(FileState.TRUNCATED);
    }

    @Test
    void neverTellsWhatAClientLogsInWith() {
        RecordingConversation conversation = play(
                "S: +OK\r\n",
                "C: PASS secret word\r\n",
                "S: -ERR\r\n",
                "C: APOP b secret\r\n",
                "S: -ERR\r\n",
                "C: AUTH PLAIN secret\r\n",
                "S: -ERR\r\n",
                "C: AUTH LOGIN\r\n",
                "S: + VXNlcm5hbWU6\r\n",
                "C: secret\r\n",
                "S: + UGFzc3dvcmQ6\r\n",
                "C: secret\r\n",
                "S: +OK\r\n");
        assertThat(conversation.events().toString())
                .doesNotContain("secret")
                .doesNotContain("SECRET")
                .doesNotContain("word");
        assertThat(conversation.events()).hasSize(4);
    }

    @Test
    void handsOverToTlsBehindTheServersWord() {
        RecordingConversation conversation = new RecordingConversation();
        Pop3Parser parser = new Pop3Parser();
        conversation.feed(parser, "S: +OK\r\n", "C: STLS\r\n");
        byte[] octets = "+OK go\r\nTLS".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(parser.onOctets(Direction.TO_CLIENT, octets, 0, octets.length, conversation))
                .isEqualTo(8);
        assertThat(conversation.next).isEqualTo(AppProtocol.TLS);
    }

    @Test
    void notesWhatBreaksTheRules() {
        RecordingConversation conversation =
                play("S: +OK\r\n", "C: FOO\r\nRETR\r\n" + "NOOP\r\n".repeat(300) + "X".repeat(300) + "\r\n");
        assertThat(conversation.anomalies)
                .containsExactly(
                        "UNKNOWN_COMMAND", "INCORRECT_ARGUMENT_COUNT", "TOO_MANY_TRANSACTIONS", "REQUEST_TOO_LONG");
        assertThat(conversation.events()).hasSize(303);
    }

    @Test
    void survivesAGapAndAnEndAtEveryPlace() {
        for (int line = 0; line < SESSION.length; line++) {
            for (int at = 3; at < SESSION[line].length(); at++) {
                RecordingConversation conversation = new RecordingConversation();
                Pop3Parser parser = new Pop3Parser();
                for (int i = 0; i < SESSION.length; i++) {
                    if (i == line) {
                        Direction direction = SESSION[i].startsWith("C") ? Direction.TO_SERVER : Direction.TO_CLIENT;
                        conversation.feed(parser, SESSION[i].substring(0, at));
                        if (at % 2 == 0) {
                            break;
                        }
                        parser.onGap(direction, 5, conversation);
                        conversation.feed(
                                parser,
                                SESSION[i].substring(0, 3)
                                        + SESSION[i].substring(Math.min(at + 5, SESSION[i].length())));
                    } else {
                        conversation.feed(parser, SESSION[i]);
                    }
                }
                parser.onFlowEnd(conversation);
                conversation.events();
                conversation
                        .files()
                        .forEach(seen -> assertThat(seen.file.state()).isNotEqualTo(FileState.OPEN));
            }
        }
    }
}
