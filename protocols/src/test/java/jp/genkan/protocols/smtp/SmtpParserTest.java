package jp.genkan.protocols.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class SmtpParserTest {
    private static final String MAIL = """
            From: "A B" <a@example.jp>
            To: <b@example.jp>, "C, D" <c@example.jp>
            Message-ID: <1@example.jp>
            Content-Type: multipart/mixed; boundary=x

            --x

            see http://example.jp/a?b=1.
            ..dot
            --x
            Content-Type: application/zip; name=a.zip
            Content-Transfer-Encoding: base64

            UEsDBA==
            --x--
            """.replace("\n", "\r\n");

    private static final String[] SESSION = {
        "S: 220 mail.example.jp ESMTP\r\n",
        "C: EHLO client.example.jp\r\n",
        "S: 250-mail.example.jp\r\n250-PIPELINING\r\n250 SIZE\r\n",
        "C: MAIL FROM:<a@example.jp> SIZE=1000\r\nRCPT TO:<b@example.jp>\r\nRCPT TO:<c@example.jp>\r\nDATA\r\n",
        "S: 250 ok\r\n250 ok\r\n250 ok\r\n354 go on\r\n",
        "C: " + MAIL + ".\r\n",
        "S: 250 queued\r\n",
        "C: QUIT\r\n",
        "S: 221 bye\r\n"
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
        RecordingConversation whole = RecordingConversation.play(new SmtpParser(), lines);
        for (int seed = 0; seed < 10; seed++) {
            assertThat(summary(RecordingConversation.playInPieces(new SmtpParser(), seed, lines)))
                    .isEqualTo(summary(whole));
        }
        return whole;
    }

    @Test
    void tellsAMailAndItsAttachment() {
        RecordingConversation conversation = play(SESSION);
        assertThat(conversation.events()).hasSize(1);
        assertThat(conversation.events().getFirst())
                .contains(
                        "\"tx_id\":0,\"smtp\":{\"helo\":\"client.example.jp\",\"mail_from\":\"<a@example.jp>\",\"rcpt_to\":[\"<b@example.jp>\",\"<c@example.jp>\"]}")
                .contains(
                        "\"email\":{\"status\":\"PARSE_DONE\",\"from\":\"\\\"A B\\\" <a@example.jp>\",\"to\":[\"<b@example.jp>\",\"\\\"C, D\\\" <c@example.jp>\"]")
                .contains("\"message_id\":\"<1@example.jp>\"")
                .contains("\"attachment\":[\"a.zip\"],\"url\":[\"example.jp/a?b=1\"]");
        assertThat(conversation.files()).hasSize(1);
        assertThat(conversation.files().getFirst().text()).isEqualTo("PK\3\4");
        assertThat(conversation.files().getFirst().file.name()).isEqualTo("a.zip");
        assertThat(conversation.files().getFirst().file.declaredType()).isEqualTo("application/zip");
        assertThat(conversation.files().getFirst().file.direction()).isEqualTo(Direction.TO_SERVER);
        assertThat(conversation.files().getFirst().file.state()).isEqualTo(FileState.CLOSED);
        assertThat(conversation.anomalies).isEmpty();
    }

    @Test
    void readsSeveralMailsOfAConnection() {
        RecordingConversation conversation = play(
                "S: 220 x\r\n",
                "C: HELO c\r\n",
                "S: 250 x\r\n",
                "C: MAIL FROM:<1@e>\r\nRCPT TO:<r@e>\r\nDATA\r\n",
                "S: 250 x\r\n250 x\r\n354 x\r\n",
                "C: Subject: 1\r\n\r\none\r\n.\r\nMAIL FROM:<2@e>\r\nRCPT TO:<r@e>\r\nDATA\r\n",
                "S: 250 x\r\n250 x\r\n250 x\r\n354 x\r\n",
                "C: Subject: 2\r\n\r\ntwo\r\n.\r\n",
                "S: 250 x\r\n");
        assertThat(conversation.events()).hasSize(2);
        assertThat(conversation.events().get(1))
                .contains("\"tx_id\":1,\"smtp\":{\"helo\":\"c\",\"mail_from\":\"<2@e>\"")
                .contains("\"subject\":\"2\"");
    }

    @Test
    void readsChunks() {
        RecordingConversation conversation = play(
                "S: 220 x\r\n",
                "C: EHLO c\r\nMAIL FROM:<1@e>\r\nRCPT TO:<r@e>\r\nBDAT 10\r\nSubject: 1",
                "C: BDAT 14 LAST\r\n23\r\n\r\nbody\r\n.\r\nQUIT\r\n",
                "S: 250 x\r\n250 x\r\n250 x\r\n250 x\r\n250 x\r\n221 x\r\n");
        assertThat(conversation.events().getFirst()).contains("\"subject\":\"123\"");
        assertThat(conversation.anomalies).doesNotContain("UNPARSABLE_CONTENT");
    }

    @Test
    void endsAMailAtReset() {
        RecordingConversation conversation = play(
                "S: 220 x\r\n",
                "C: EHLO c\r\nMAIL FROM:<1@e>\r\nRSET\r\nMAIL FROM:<2@e>\r\n",
                "S: 250 x\r\n250 x\r\n250 x\r\n250 x\r\n");
        assertThat(conversation.events()).hasSize(2);
        assertThat(conversation.anomalies).isEmpty();
    }

    @Test
    void readsCommandsBehindARefusedData() {
        RecordingConversation conversation = play(
                "S: 220 x\r\n",
                "C: EHLO c\r\nDATA\r\nMAIL FROM:<2@e>\r\nRCPT TO:<r@e>\r\nDATA\r\n",
                "S: 250 x\r\n503 x\r\n250 x\r\n250 x\r\n354 x\r\n",
                "C: Subject: s\r\n\r\n.\r\n",
                "S: 250 x\r\n");
        assertThat(conversation.events().getFirst())
                .contains("\"mail_from\":\"<2@e>\"")
                .contains("\"subject\":\"s\"");
        assertThat(conversation.anomalies).containsExactly("DATA_COMMAND_REJECTED");
    }

    @Test
    void handsOverToTlsBehindTheServersWord() {
        RecordingConversation conversation = new RecordingConversation();
        SmtpParser parser = new SmtpParser();
        conversation.feed(parser, "S: 220 x\r\n", "C: EHLO c\r\n", "S: 250 STARTTLS\r\n", "C: STARTTLS\r\n");
        byte[] octets = "220 go\r\nTLS".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(parser.onOctets(Direction.TO_CLIENT, octets, 0, octets.length, conversation))
                .isEqualTo(8);
        assertThat(conversation.next).isEqualTo(AppProtocol.TLS);
        assertThat(conversation.events().getFirst()).contains("\"helo\":\"c\"");
    }

    @Test
    void neverKeepsWhatAClientLogsInWith() {
        RecordingConversation conversation = play(
                "S: 220 x\r\n",
                "C: EHLO c\r\n",
                "S: 250 x\r\n",
                "C: AUTH LOGIN\r\n",
                "S: 334 VXNlcm5hbWU6\r\n",
                "C: c2VjcmV0\r\n",
                "S: 334 UGFzc3dvcmQ6\r\n",
                "C: MAIL FROM:<secret>\r\n",
                "S: 235 ok\r\n",
                "C: MAIL FROM:<a@e>\r\n",
                "S: 250 ok\r\n");
        assertThat(conversation.events().toString())
                .doesNotContain("secret")
                .doesNotContain("c2Vj")
                .contains("<a@e>");
    }

    @Test
    void endsAMailWhereTheServerSawItsEnd() {
        RecordingConversation conversation = play(
                "S: 220 x\r\n",
                "C: EHLO c\r\nMAIL FROM:<1@e>\r\nDATA\r\n",
                "S: 250 x\r\n250 x\r\n354 x\r\n",
                "C: Subject: 1\n\none\n.\n",
                "S: 250 x\r\n",
                "C: MAIL FROM:<2@e>\r\n",
                "S: 250 x\r\n");
        assertThat(conversation.events()).hasSize(2);
    }

    @Test
    void tellsTheFileThatIsCutOffAsTruncated() {
        for (int cut = MAIL.indexOf("UEsD") + 1; cut < MAIL.indexOf("--x--"); cut++) {
            RecordingConversation conversation =
                    play("S: 220 x\r\n", "C: DATA\r\n", "S: 354 x\r\n", "C: " + MAIL.substring(0, cut));
            assertThat(conversation.files().getFirst().file.state()).isEqualTo(FileState.TRUNCATED);
        }
    }

    @Test
    void survivesAGapAtEveryPlace() {
        for (int line = 0; line < SESSION.length; line++) {
            for (int at = 3; at < SESSION[line].length(); at++) {
                RecordingConversation conversation = new RecordingConversation();
                SmtpParser parser = new SmtpParser();
                for (int i = 0; i < SESSION.length; i++) {
                    if (i == line) {
                        Direction direction = SESSION[i].startsWith("C") ? Direction.TO_SERVER : Direction.TO_CLIENT;
                        conversation.feed(parser, SESSION[i].substring(0, at));
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
                assertThat(conversation.events()).isNotEmpty();
                conversation
                        .files()
                        .forEach(seen -> assertThat(seen.file.state()).isNotEqualTo(FileState.OPEN));
            }
        }
    }

    @Test
    void survivesEveryTruncatedLength() {
        for (int line = 0; line < SESSION.length; line++) {
            for (int at = 3; at < SESSION[line].length(); at++) {
                RecordingConversation conversation = new RecordingConversation();
                SmtpParser parser = new SmtpParser();
                for (int i = 0; i < line; i++) {
                    conversation.feed(parser, SESSION[i]);
                }
                conversation.feed(parser, SESSION[line].substring(0, at));
                parser.onFlowEnd(conversation);
                conversation
                        .files()
                        .forEach(seen -> assertThat(seen.file.state()).isNotEqualTo(FileState.OPEN));
            }
        }
    }

    @Test
    void keepsNoMoreCommandsThanItsLimit() {
        RecordingConversation conversation = RecordingConversation.play(
                new SmtpParser(), "S: 220 x\r\n", "C: EHLO c\r\n" + "NOOP\r\n".repeat(100_000), "S: 250 x\r\n");
        assertThat(conversation.events()).hasSize(1);
    }

    @Test
    void notesWhatBreaksTheRules() {
        RecordingConversation conversation =
                play("S: 250 x\r\n", "C: EHLO " + "x".repeat(600) + "\r\n", "S: oops\r\n250 x\r\n250 x\r\n");
        assertThat(conversation.anomalies)
                .containsExactly(
                        "NO_SERVER_WELCOME_MESSAGE",
                        "MAX_COMMAND_LINE_LEN_EXCEEDED",
                        "INVALID_REPLY",
                        "UNABLE_TO_MATCH_REPLY_WITH_REQUEST");
    }
}
