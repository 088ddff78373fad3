package jp.genkan.protocols.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class NfsParserTest {
    private static String u32(long value) {
        return "" + (char) (value >>> 24 & 0xff) + (char) (value >>> 16 & 0xff) + (char) (value >>> 8 & 0xff)
                + (char) (value & 0xff);
    }

    private static String text(String value) {
        return u32(value.length()) + value + "\0".repeat(-value.length() & 3);
    }

    private static String record(String message) {
        return u32(0x8000_0000L | message.length()) + message;
    }

    private static String call(int xid, int version, int procedure, String arguments) {
        String credentials = u32(5) + text("desk") + u32(1000) + u32(100) + u32(0);
        return u32(xid)
                + u32(0)
                + u32(2)
                + u32(100_003)
                + u32(version)
                + u32(procedure)
                + u32(1)
                + text(credentials)
                + u32(0)
                + u32(0)
                + arguments;
    }

    private static String answer(int xid, String result) {
        return u32(xid) + u32(1) + u32(0) + u32(0) + u32(0) + u32(0) + result;
    }

    private static final String DIRECTORY = text("directory");
    private static final String FILE = text("file");

    private static String attributes(int size) {
        return u32(1) + "\0".repeat(20) + u32(0) + u32(size) + "\0".repeat(56);
    }

    private static String content(String data, int size, int end) {
        return u32(0) + attributes(size) + u32(data.length()) + u32(end) + text(data);
    }

    private static final String[] DIALOGUE = {
        "C: " + record(call(1, 3, 3, DIRECTORY + text("a.txt"))),
        "S: " + record(answer(1, u32(0) + FILE + u32(0) + u32(0))),
        "C: " + record(call(2, 3, 6, FILE + u32(0) + u32(0) + u32(5)))
                + record(call(3, 3, 6, FILE + u32(0) + u32(5) + u32(5))),
        "S: " + record(answer(2, content("01234", 10, 0))) + record(answer(3, content("56789", 10, 1))),
        "C: " + record(call(4, 3, 7, FILE + u32(0) + u32(0) + u32(3) + u32(0) + text("new"))),
        "S: " + record(answer(4, u32(0))),
        "C: " + record(call(5, 3, 21, FILE + u32(0) + u32(0) + u32(0))),
        "S: " + record(answer(5, u32(0))),
        "C: " + record(call(6, 3, 14, DIRECTORY + text("a.txt") + DIRECTORY + text("b.txt"))),
        "S: " + record(answer(6, u32(13)))
    };

    @Test
    void tellsCallsAndFilesHoweverTheyAreCut() {
        RecordingConversation seen = RecordingConversation.play(new NfsParser(), DIALOGUE);
        assertThat(seen.events()).hasSize(5);
        assertThat(seen.events().get(0))
                .contains(
                        "\"rpc\":{\"xid\":1,\"status\":\"ACCEPTED\",\"auth_type\":\"UNIX\",\"creds\":{\"machine_name\":\"desk\",\"uid\":1000,\"gid\":100}}",
                        "\"nfs\":{\"version\":3,\"procedure\":\"LOOKUP\",\"filename\":\"a.txt\",\"hhash\":\"8c9f3610\",\"id\":1,\"file_tx\":false,\"type\":\"response\",\"status\":\"OK\"}");
        assertThat(seen.events().get(1))
                .contains("\"file_tx\":true,\"read\":{\"first\":true,\"last\":true,\"last_xid\":3,\"chunks\":2}");
        assertThat(seen.events().get(4))
                .contains("\"rename\":{\"from\":\"a.txt\",\"to\":\"b.txt\"}", "\"status\":\"ERR_ACCES\"");
        assertThat(seen.files()).hasSize(2);
        assertThat(seen.files().get(0).text()).isEqualTo("0123456789");
        assertThat(seen.files().get(0).file.name()).isEqualTo("a.txt");
        assertThat(seen.files().get(0).file.state()).isEqualTo(FileState.CLOSED);
        assertThat(seen.files().get(1).text()).isEqualTo("new");
        for (int seed = 0; seed < 30; seed++) {
            assertThat(RecordingConversation.playInPieces(new NfsParser(), seed, DIALOGUE)
                            .events())
                    .isEqualTo(seen.events());
        }
    }

    @Test
    void marksAFileThatHasAHole() {
        RecordingConversation seen = RecordingConversation.play(
                new NfsParser(),
                "C: " + record(call(2, 3, 6, FILE + u32(0) + u32(0) + u32(5))),
                "S: " + record(answer(2, content("01234", 20, 0))),
                "C: " + record(call(3, 3, 6, FILE + u32(0) + u32(10) + u32(5))),
                "S: " + record(answer(3, content("abcde", 20, 0))));
        assertThat(seen.files().getFirst().file.state()).isEqualTo(FileState.TRUNCATED);
    }

    @Test
    void knowsACallToNfsOnly() {
        String known = record(call(1, 3, 3, DIRECTORY + text("a.txt")));
        assertThat(NfsRecogniser.streams().recognise(FixedOpening.client(known)))
                .isEqualTo(Recognition.YES);
        assertThat(NfsRecogniser.streams().recognise(FixedOpening.client(known.substring(0, 20))))
                .isEqualTo(Recognition.MORE);
        assertThat(NfsRecogniser.streams().recognise(FixedOpening.client(record(call(1, 5, 3, "")))))
                .isEqualTo(Recognition.NO);
        assertThat(NfsRecogniser.streams().recognise(FixedOpening.client("GET / HTTP/1.1\r\nHost: example\r\n\r\n")))
                .isEqualTo(Recognition.NO);
        assertThat(NfsRecogniser.datagrams().recognise(FixedOpening.client(call(1, 2, 4, ""))))
                .isEqualTo(Recognition.YES);
        assertThat(NfsRecogniser.datagrams().recognise(FixedOpening.client("\0".repeat(60))))
                .isEqualTo(Recognition.NO);
    }

    @FuzzTest
    void readsAnyDialogue(byte[] octets) {
        RecordingConversation conversation = new RecordingConversation();
        NfsDatagramParser parser = new NfsDatagramParser();
        String file = call(7, 3, 6, FILE + u32(0) + u32(0) + u32(5));
        byte[] read = file.getBytes(StandardCharsets.ISO_8859_1);
        parser.onDatagram(Direction.TO_SERVER, read, 0, read.length, conversation);
        int half = octets.length / 2;
        parser.onDatagram(Direction.TO_SERVER, octets, 0, half, conversation);
        parser.onDatagram(Direction.TO_CLIENT, octets, half, octets.length, conversation);
        parser.onFlowEnd(conversation);
        conversation.events();
    }
}
