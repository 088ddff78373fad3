package jp.genkan.protocols.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class ImapParserTest {
    private static final String MAIL = """
            Subject: x
            Content-Type: application/zip; name=a.zip
            Content-Transfer-Encoding: base64

            UEsDBA==
            """.replace("\n", "\r\n");

    private static final String[] SESSION = {
        "S: * OK ready\r\n",
        "C: a1 LOGIN b secret\r\n",
        "S: a1 OK\r\n",
        "C: a2 SELECT \"INBOX\"\r\n",
        "S: * 1 EXISTS\r\na2 OK done\r\n",
        "C: a3 UID FETCH 7 (UID BODY.PEEK[])\r\n",
        "S: * 1 FETCH (UID 7 BODY[] {" + MAIL.length() + "}\r\n" + MAIL + ")\r\na3 OK done\r\n",
        "C: a4 LOGOUT\r\n",
        "S: * BYE\r\na4 OK\r\n"
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
        RecordingConversation whole = RecordingConversation.play(new ImapParser(), lines);
        for (int seed = 0; seed < 10; seed++) {
            assertThat(summary(RecordingConversation.playInPieces(new ImapParser(), seed, lines)))
                    .isEqualTo(summary(whole));
        }
        return whole;
    }

    @Test
    void tellsCommandsAndWhatIsFetched() {
        RecordingConversation conversation = play(SESSION);
        assertThat(conversation.events()).hasSize(4);
        assertThat(conversation.events().getFirst())
                .contains("\"imap\":{\"command\":\"LOGIN\",\"status\":\"OK\"}")
                .doesNotContain("secret");
        assertThat(conversation.events().get(1)).contains("\"mailbox\":\"INBOX\"");
        assertThat(conversation.events().get(2))
                .contains("\"imap\":{\"command\":\"UID FETCH\",\"uid\":\"7\",\"status\":\"OK\"},\"email\":{")
                .contains("a.zip");
        assertThat(conversation.files()).hasSize(1);
        assertThat(conversation.files().getFirst().text()).isEqualTo("PK\3\4");
        assertThat(conversation.files().getFirst().file.state()).isEqualTo(FileState.CLOSED);
    }

    @Test
    void joinsAMailThatIsFetchedInPieces() {
        String[] lines = new String[MAIL.length() / 10 * 2 + 2];
        for (int i = 0; i * 10 < MAIL.length(); i++) {
            String piece = MAIL.substring(i * 10, Math.min(MAIL.length(), i * 10 + 10));
            lines[2 * i] = "C: a" + i + " FETCH 1 BODY.PEEK[]<" + i * 10 + ".10>\r\n";
            lines[2 * i + 1] = "S: * 1 FETCH (BODY[]<" + i * 10 + "> {" + piece.length() + "}\r\n" + piece + ")\r\na"
                    + i + " OK\r\n";
        }
        RecordingConversation conversation = play(lines);
        assertThat(conversation.files()).hasSize(1);
        assertThat(conversation.files().getFirst().text()).isEqualTo("PK\3\4");
        assertThat(conversation.files().getFirst().file.state()).isEqualTo(FileState.CLOSED);
        assertThat(conversation.events()).hasSize(lines.length / 2);
    }

    @Test
    void flagsAPieceWhoseBeginningIsNotThere() {
        RecordingConversation conversation =
                play("C: a FETCH 1 BODY[]<5.10>\r\n", "S: * 1 FETCH (BODY[]<5> {3}\r\nabc)\r\na OK\r\n");
        assertThat(conversation.events().getFirst()).contains("\"partial\":true");
        assertThat(conversation.files().getFirst().file.state()).isEqualTo(FileState.TRUNCATED);
    }

    @Test
    void decodesAPartByItsLook() {
        RecordingConversation conversation = play(
                "C: a FETCH 1 (BODY[2] BINARY[3])\r\n",
                "S: * 1 FETCH (BODY[2] {10}\r\nUEsDBA==\r\n BINARY[3] ~{4}\r\nPK\1\2)\r\na OK\r\n");
        assertThat(conversation.files().get(0).text()).isEqualTo("PK\3\4");
        assertThat(conversation.files().get(1).text()).isEqualTo("PK\1\2");
    }

    @Test
    void readsABodyWithoutItsHeader() {
        String text =
                "--b\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsD\r\n--b--\r\n";
        RecordingConversation conversation = play(
                "C: a FETCH 1 (BODY[HEADER] BODY[TEXT])\r\n",
                "S: * 1 FETCH (BODY[HEADER] {4}\r\n\r\n\r\n BODY[TEXT] {" + text.length() + "}\r\n" + text
                        + ")\r\na OK\r\n");
        assertThat(conversation.files())
                .anyMatch(
                        seen -> "a.zip".equals(seen.file.name()) && seen.text().equals("PK\3"));
    }

    @Test
    void findsALiteralBehindALongLine() {
        RecordingConversation conversation = play(
                "C: a FETCH 1 (BODYSTRUCTURE BODY[])\r\n",
                "S: * 1 FETCH (BODYSTRUCTURE (\"" + "x".repeat(20_000) + "\") BODY[] {" + MAIL.length() + "}\r\n" + MAIL
                        + ")\r\na OK\r\n");
        assertThat(conversation.files()).hasSize(1);
        assertThat(conversation.events()).hasSize(1);
    }

    @Test
    void takesAttachmentsOutOfMailsThatAreAppended() {
        for (String mark : new String[] {"}", "+}"}) {
            RecordingConversation conversation = play(
                    "C: a APPEND Sent (\\Seen) {" + MAIL.length() + mark + "\r\n",
                    "S: + go\r\n",
                    "C: " + MAIL + "\r\nb NOOP\r\n",
                    "S: a OK\r\nb OK\r\n");
            assertThat(conversation.files().getFirst().text()).isEqualTo("PK\3\4");
            assertThat(conversation.files().getFirst().file.direction()).isEqualTo(Direction.TO_SERVER);
            assertThat(conversation.events()).hasSize(2);
        }
    }

    @Test
    void readsCommandsBehindARefusedLiteral() {
        RecordingConversation conversation =
                play("C: a APPEND Sent {1000}\r\n", "S: a NO too large\r\n", "C: b SELECT x\r\n", "S: b OK\r\n");
        assertThat(conversation.events()).hasSize(2);
        assertThat(conversation.events().get(1)).contains("SELECT");
    }

    @Test
    void neverTellsWhatAClientLogsInWith() {
        RecordingConversation conversation = play(
                "C: a AUTHENTICATE PLAIN\r\n",
                "S: + \r\n",
                "C: b secret secret\r\n",
                "S: a NO\r\n",
                "C: c LOGIN {6}\r\n",
                "S: + \r\n",
                "C: secret {6}\r\n",
                "S: + \r\n",
                "C: secret\r\n",
                "S: c OK\r\n");
        assertThat(conversation.events()).hasSize(2);
        assertThat(conversation.events().toString()).doesNotContainIgnoringCase("secret");
    }

    @Test
    void handsOverToTlsBehindTheServersWord() {
        RecordingConversation conversation = new RecordingConversation();
        ImapParser parser = new ImapParser();
        conversation.feed(parser, "S: * OK\r\n", "C: a STARTTLS\r\n");
        byte[] octets = "a OK go\r\nTLS".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(parser.onOctets(Direction.TO_CLIENT, octets, 0, octets.length, conversation))
                .isEqualTo(9);
        assertThat(conversation.next).isEqualTo(AppProtocol.TLS);
    }

    @Test
    void settlesWhenTheConnectionIsCompressed() {
        RecordingConversation conversation = play("C: a COMPRESS DEFLATE\r\n", "S: a OK\r\n");
        assertThat(conversation.settled).isTrue();
    }

    @Test
    void passesOverTheEndOfAnIdle() {
        RecordingConversation conversation =
                play("C: a IDLE\r\n", "S: + idling\r\n* 2 EXISTS\r\n", "C: DONE\r\n", "S: a OK\r\n");
        assertThat(conversation.events()).hasSize(1);
    }

    @Test
    void keepsNoMoreCommandsThanItsLimit() {
        RecordingConversation conversation = RecordingConversation.play(
                new ImapParser(), "C: " + "a NOOP\r\nb NOOP\r\n".repeat(10_000) + "c{9999999999}\r\n");
        assertThat(conversation.events()).hasSize(20_000);
    }

    @Test
    void survivesAGapAndAnEndAtEveryPlace() {
        for (int line = 0; line < SESSION.length; line++) {
            for (int at = 3; at < SESSION[line].length(); at++) {
                RecordingConversation conversation = new RecordingConversation();
                ImapParser parser = new ImapParser();
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

    @Test
    void endsACommandOnceWhoseTagIsUsedAgainWhileItsMailIsOpen() {
        RecordingConversation seen = RecordingConversation.play(
                new ImapParser(),
                "C: a FETCH 1 BODY[]<0>\r\n",
                "S: * 1 FETCH (BODY[]<0> {3}\r\nabc)\r\n",
                "C: a NOOP\r\n",
                "S: a OK\r\n");
        assertThat(seen.events()).hasSize(2);
    }

    @Test
    void endsAnAppendedMailWithTheCommandThatAFetchedMailIsTakenFor() {
        RecordingConversation seen = RecordingConversation.play(
                new ImapParser(),
                "C: a APPEND x {80}\r\nContent-Type: image/png\r\n\r\nx",
                "S: * 1 FETCH (BODY[]<0> {3}\r\nabc)\r\n",
                "S: a OK\r\n",
                "S: * 2 FETCH (BODY[] {1}\r\na)\r\n",
                "C: 0123456789\r\n");
        assertThat(seen.files()).allMatch(file -> file.file.state() != FileState.OPEN);
    }
}
