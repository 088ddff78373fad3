package jp.genkan.protocols.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.RecordingConversation;
import jp.genkan.protocols.conversation.StreamParser;
import org.junit.jupiter.api.Test;

class FtpParserTest {
    private static final String[] DIALOGUE = {
        "S: 220-Welcome\r\n220 to the files\r\n",
        "C: USER anonymous\r\n",
        "S: 331 Password, please\r\n",
        "C: PASS secret@example.jp\r\n",
        "S: 230 Come in\r\n",
        "C: FEAT\r\n",
        "S: 211-Features:\r\n EPSV\r\n 211 is no end with a space in front\r\n211 End\r\n",
        "C: PASV\r\n",
        "S: 227 Entering passive mode (192,0,2,1,4,1).\r\n",
        "C: REST 100\r\nRETR pub/読.txt\r\n",
        "S: 350 Restarting at 100\r\n150 Here it comes\r\n226 Done\r\n",
        "C: QUIT\r\n",
        "S: 221 Bye\r\n",
    };

    private static RecordingConversation play(String... lines) {
        return RecordingConversation.play(new FtpParser(), lines);
    }

    @Test
    void tellsACommandWithItsReplies() {
        RecordingConversation seen = play(DIALOGUE);
        List<String> events = seen.events();
        assertThat(events).hasSize(8);
        assertThat(events.get(0))
                .contains(
                        "\"event_type\":\"ftp\"",
                        "\"ftp\":{\"completion_code\":[\"220\",\"220\"],\"reply\":[\"Welcome\",\"to the"
                                + " files\"],\"reply_received\":\"yes\",\"reply_truncated\":false}");
        assertThat(events.get(1))
                .contains(
                        "\"ftp\":{\"command\":\"USER\",\"command_data\":\"anonymous\",\"command_truncated\":false,\"completion_code\":[\"331\"],\"reply\":[\"Password,"
                                + " please\"],\"reply_received\":\"yes\",\"reply_truncated\":false}");
        assertThat(events.get(3))
                .contains("\"reply\":[\"Features:\",\" EPSV\",\" 211 is no end with a space in front\",\"End\"]");
        assertThat(events.get(4)).contains("\"dynamic_port\":1025,\"mode\":\"passive\"");
        assertThat(events.get(6)).contains("\"completion_code\":[\"150\",\"226\"]");
        assertThat(seen.anomalies).isEmpty();
    }

    @Test
    void neverTellsAPassword() {
        assertThat(play(DIALOGUE).events().get(2))
                .contains("\"command\":\"PASS\",\"command_data\":\"[redacted]\"")
                .doesNotContain("secret");
    }

    @Test
    void readsTheSameInPiecesOfAnySize() {
        List<String> whole = play(DIALOGUE).events();
        for (int seed = 0; seed < 100; seed++) {
            assertThat(RecordingConversation.playInPieces(new FtpParser(), seed, DIALOGUE)
                            .events())
                    .isEqualTo(whole);
        }
    }

    @Test
    void takesGapsEverywhere() {
        for (int line = 0; line < DIALOGUE.length; line++) {
            for (int at = 0; at < DIALOGUE[line].length() - 3; at++) {
                RecordingConversation conversation = new RecordingConversation();
                FtpParser parser = new FtpParser();
                for (int i = 0; i < DIALOGUE.length; i++) {
                    Direction direction = DIALOGUE[i].startsWith("C") ? Direction.TO_SERVER : Direction.TO_CLIENT;
                    byte[] octets = DIALOGUE[i].substring(3).getBytes(StandardCharsets.UTF_8);
                    parser.onOctets(direction, octets, 0, i == line ? at : octets.length, conversation);
                    if (i == line) {
                        parser.onGap(direction, octets.length - at, conversation);
                    }
                }
                parser.onFlowEnd(conversation);
                conversation.events();
            }
        }
    }

    @Test
    void expectsDataConnectionsOfEveryKind() {
        assertThat(play("C: PASV\r\n", "S: 227 to 203,0,113,9,4,2\r\n").expected)
                .containsExactly("192.0.2.1 1026", "203.0.113.9 1026");
        assertThat(play("C: EPSV\r\n", "S: 229 Extended (|||1027|)\r\n").expected)
                .containsExactly("192.0.2.1 1027");
        assertThat(play("C: PORT 192,168,0,10,4,4\r\n", "S: 200 ok\r\n").expected)
                .containsExactly("192.168.0.10 1028");
        assertThat(play("C: EPRT |2|2001:db8::7|1029|\r\n", "S: 200 ok\r\n").expected)
                .containsExactly("2001:db8::7 1029");
        assertThat(play("C: PORT 192,168,0,10,4,4\r\n", "S: 500 no\r\n").expected)
                .isEmpty();
        for (String bad : new String[] {
            "PORT 1,2,3,4,5", "PORT 1,2,3,4,0,0", "PORT 256,1,1,1,1,1", "EPRT |1|x|9|", "EPRT |||", "EPRT", "PORT"
        }) {
            assertThat(play("C: " + bad + "\r\n", "S: 200 ok\r\n").expected)
                    .as(bad)
                    .isEmpty();
        }
    }

    private static RecordingConversation data(String[] control, Direction direction, String octets, boolean ended) {
        StreamParser parser = play(control).expectedParsers.getFirst().make();
        RecordingConversation conversation = new RecordingConversation();
        byte[] bytes = octets.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length > 0) {
            parser.onOctets(direction, bytes, 0, bytes.length, conversation);
        }
        if (ended) {
            parser.onEnd(direction, conversation);
        }
        parser.onFlowEnd(conversation);
        return conversation;
    }

    @Test
    void makesAFileOfADownloadWithNameAndOffset() {
        RecordingConversation seen = data(DIALOGUE, Direction.TO_CLIENT, "content", true);
        TransferredFile file = seen.files().getFirst().file;
        assertThat(seen.files().getFirst().text()).isEqualTo("content");
        assertThat(file.state()).isEqualTo(FileState.CLOSED);
        assertThat(file.rangeStart()).isEqualTo(100);
        assertThat(file.rangeEnd()).isEqualTo(106);
        assertThat(seen.events())
                .singleElement()
                .asString()
                .contains("\"event_type\":\"ftp_data\"", "\"ftp_data\":{\"filename\":\"pub/", "\"command\":\"RETR\"");
        assertThat(seen.transactions.getFirst().protocol()).isEqualTo(AppProtocol.FTP_DATA);
    }

    @Test
    void makesAFileOfAnUploadThatIsCutOff() {
        String[] control = {"C: PORT 192,168,0,10,4,4\r\n", "S: 200 ok\r\n", "C: STOR a.bin\r\n"};
        RecordingConversation seen = data(control, Direction.TO_CLIENT, "abc", false);
        assertThat(seen.files().getFirst().file.state()).isEqualTo(FileState.TRUNCATED);
        assertThat(seen.events().getFirst()).contains("\"ftp_data\":{\"filename\":\"a.bin\",\"command\":\"STOR\"}");
        RecordingConversation empty = data(control, Direction.TO_CLIENT, "", true);
        assertThat(empty.files().getFirst().file.name()).isEqualTo("a.bin");
        assertThat(data(control, Direction.TO_SERVER, "", true).files()).isEmpty();
    }

    @Test
    void makesNoFileOfAListing() {
        String[] control = {"C: PASV\r\n", "S: 227 192,0,2,1,4,1\r\n", "C: LIST\r\n"};
        RecordingConversation seen = data(control, Direction.TO_CLIENT, "drwx", true);
        assertThat(seen.files()).isEmpty();
        assertThat(seen.events().getFirst()).contains("\"ftp_data\":{\"command\":\"LIST\"}");
    }

    @Test
    void namesAFileOfWhichTheCommandComesLate() {
        FtpParser parser = new FtpParser();
        RecordingConversation control = new RecordingConversation();
        control.feed(parser, "C: EPSV\r\n", "S: 229 (|||1027|)\r\n");
        StreamParser dataParser = control.expectedParsers.getFirst().make();
        RecordingConversation conversation = new RecordingConversation();
        conversation.feed(dataParser, "S: early");
        control.feed(parser, "C: RETR late.txt\r\n");
        dataParser.onGap(Direction.TO_CLIENT, 4, conversation);
        dataParser.onEnd(Direction.TO_CLIENT, conversation);
        assertThat(conversation.settled).as("told when the file is over").isTrue();
        dataParser.onFlowEnd(conversation);
        assertThat(conversation.files().getFirst().file.name()).isEqualTo("late.txt");
        assertThat(conversation.files().getFirst().file.hasGaps()).isTrue();
    }

    @Test
    void handsOverToTlsBehindTheReply() {
        FtpParser parser = new FtpParser();
        RecordingConversation conversation = new RecordingConversation();
        conversation.feed(parser, "S: 220 x\r\n", "C: AUTH TLS\r\n");
        byte[] reply = "234 go\r\n\u0016\u0003\u0001".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(parser.onOctets(Direction.TO_CLIENT, reply, 0, reply.length, conversation))
                .isEqualTo(8);
        assertThat(conversation.next).isEqualTo(AppProtocol.TLS);
        parser.onFlowEnd(conversation);
        assertThat(conversation.events()).hasSize(2);
    }

    @Test
    void cutsLinesThatAreTooLongAndGoesOn() {
        RecordingConversation seen = play(
                "C: RETR " + "x".repeat(70_000) + "\r\nNOOP\r\n", "S: 500 " + "y".repeat(70_000) + "\r\n200 ok\r\n");
        assertThat(seen.anomalies)
                .containsExactly("request_command_too_long", "file_before_port", "response_command_too_long");
        FtpTransaction first = (FtpTransaction) seen.transactions.getFirst();
        assertThat(first.commandData()).hasSize(4_091);
        assertThat(seen.events().get(0)).contains("\"command_truncated\":true", "\"reply_truncated\":true");
        assertThat(seen.events().get(1)).contains("\"command\":\"NOOP\"", "\"completion_code\":[\"200\"]");
    }

    @Test
    void boundsWhatItKeeps() {
        RecordingConversation seen =
                play("C: " + "NOOP\r\n".repeat(10_000), "S: 214-help\r\n" + "line\r\n".repeat(10_000) + "214 end\r\n");
        assertThat(seen.transactions).hasSize(10_000);
        FtpTransaction replied = (FtpTransaction) seen.transactions.stream()
                .filter(t -> ((FtpTransaction) t).isReplied())
                .findFirst()
                .orElseThrow();
        assertThat(replied.replies()).hasSize(FtpTransaction.REPLY_LINES_MAX);
        assertThat(replied.isReplyTruncated()).isTrue();
    }

    private static Recognition recognise(String server, String client, int port) {
        FixedOpening greeting =
                new FixedOpening(Direction.TO_CLIENT, server.getBytes(StandardCharsets.ISO_8859_1), port);
        FixedOpening command =
                new FixedOpening(Direction.TO_SERVER, client.getBytes(StandardCharsets.ISO_8859_1), port);
        return new FtpRecogniser().recognise(new Opening() {
            @Override
            public byte[] octets(Direction direction) {
                return (direction.isToServer() ? command : greeting).octets(direction);
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
                return port;
            }

            @Override
            public int clientPort() {
                return 40000;
            }
        });
    }

    @Test
    void knowsFtpFromItsRelatives() {
        assertThat(recognise("220 hello\r\n", "USER a\r\n", 2121)).isEqualTo(Recognition.YES);
        assertThat(recognise("220 My FTP server\r\n", "AUTH TLS\r\n", 2121)).isEqualTo(Recognition.YES);
        assertThat(recognise("220 hello\r\n", "", 21)).isEqualTo(Recognition.YES);
        assertThat(recognise("220 hello\r\n", "", 2121)).isEqualTo(Recognition.MORE);
        assertThat(recognise("220 hello\r\n", "EHLO a\r\n", 2121)).isEqualTo(Recognition.NO);
        assertThat(recognise("220 mail ESMTP\r\n", "", 21)).isEqualTo(Recognition.NO);
        assertThat(recognise("+OK\r\n", "USER a\r\n", 2121)).isEqualTo(Recognition.NO);
        assertThat(recognise("", "USER a\r\n", 2121)).isEqualTo(Recognition.MORE);
        assertThat(recognise("", "USER a\r\n", 21)).isEqualTo(Recognition.YES);
        assertThat(recognise("", "GET / HTTP/1.1\r\n", 21)).isEqualTo(Recognition.NO);
    }
}
