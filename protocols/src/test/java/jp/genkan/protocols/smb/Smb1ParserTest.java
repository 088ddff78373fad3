package jp.genkan.protocols.smb;

import static jp.genkan.protocols.smb.Smb2Messages.bytes;
import static jp.genkan.protocols.smb.Smb2Messages.latin;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import jp.genkan.core.observation.FileState;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class Smb1ParserTest {
    private static final int BLOCK = 32;

    /** A message with one command: words and octets behind their count. Texts are UTF-16, errors NTSTATUS. */
    private static ByteBuffer message(int command, int flags, int id, int words, int octets) {
        ByteBuffer out = ByteBuffer.allocate(BLOCK + 3 + 2 * words + octets).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 0xff).put((byte) 'S').put((byte) 'M').put((byte) 'B').put((byte) command);
        out.put(9, (byte) flags)
                .putShort(10, (short) 0xc000)
                .putShort(24, (short) 6)
                .putShort(26, (short) 77)
                .putShort(28, (short) 100);
        return out.putShort(30, (short) id)
                .put(BLOCK, (byte) words)
                .put(BLOCK + 1, (byte) 0xff)
                .putShort(BLOCK + 1 + 2 * words, (short) octets);
    }

    private static ByteBuffer request(int command, int id, int words, int octets) {
        return message(command, 0, id, words, octets);
    }

    private static ByteBuffer reply(int command, int id, int words, int octets) {
        return message(command, 0x80, id, words, octets);
    }

    private static String record(ByteBuffer message) {
        byte[] octets = new byte[message.capacity()];
        message.get(0, octets);
        byte[] header = {0, 0, (byte) (octets.length >> 8), (byte) octets.length};
        return latin(header) + latin(octets);
    }

    private static byte[] wide(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_16LE);
    }

    private static String negotiate() {
        byte[] dialects = bytes("\u0002LANMAN1.0\0\u0002NT LM 0.12\0");
        return "C: "
                + record(request(0x72, 1, 0, dialects.length)
                        .put(BLOCK + 3, dialects)
                        .put(BLOCK + 1, (byte) dialects.length));
    }

    private static String negotiated() {
        return "S: "
                + record(reply(0x72, 1, 17, 16).putShort(BLOCK + 1, (short) 1).putInt(BLOCK + 20, 0x8000_0000));
    }

    private static String connect() {
        byte[] path = wide("\\\\server\\share");
        return "C: "
                + record(request(0x75, 2, 4, 2 + path.length + 6)
                        .putShort(BLOCK + 7, (short) 1)
                        .put(BLOCK + 12, path)
                        .put(BLOCK + 12 + path.length, bytes("?????\0")));
    }

    private static String connected(String service) {
        return "S: " + record(reply(0x75, 2, 3, service.length() + 1).put(BLOCK + 9, bytes(service)));
    }

    private static String create() {
        byte[] name = wide("\\letter.txt");
        return "C: "
                + record(request(0xa2, 3, 24, 1 + name.length)
                        .putShort(BLOCK + 6, (short) name.length)
                        .putInt(BLOCK + 36, 1)
                        .put(BLOCK + 52, name));
    }

    private static String created(long size) {
        return "S: "
                + record(reply(0xa2, 3, 34, 0)
                        .putShort(BLOCK + 6, (short) 0x4001)
                        .putLong(BLOCK + 56, size));
    }

    private static ByteBuffer write(int id, long place, String octets, int after) {
        return request(0x2f, id, 14, 1 + octets.length() + after)
                .putShort(BLOCK + 5, (short) 0x4001)
                .putInt(BLOCK + 7, (int) place)
                .putShort(BLOCK + 21, (short) octets.length())
                .putShort(BLOCK + 23, (short) (BLOCK + 32))
                .put(BLOCK + 32, bytes(octets));
    }

    private static String read(int id, long place) {
        return "C: "
                + record(request(0x2e, id, 12, 0)
                        .putShort(BLOCK + 5, (short) 0x4001)
                        .putInt(BLOCK + 7, (int) place));
    }

    private static String octets(int id, String octets) {
        return "S: "
                + record(reply(0x2e, id, 12, 1 + octets.length())
                        .putShort(BLOCK + 11, (short) octets.length())
                        .putShort(BLOCK + 13, (short) (BLOCK + 28))
                        .put(BLOCK + 28, bytes(octets)));
    }

    private static String close(int id) {
        return "C: " + record(request(4, id, 3, 0).putShort(BLOCK + 1, (short) 0x4001));
    }

    private static String[] copying() {
        return new String[] {
            negotiate(),
            negotiated(),
            connect(),
            connected("A:"),
            create(),
            created(11),
            read(4, 0),
            octets(4, "Hello "),
            read(5, 6),
            octets(5, "world"),
            "C: " + record(write(6, 0, "written", 0)),
            close(7),
            "S: " + record(reply(4, 7, 0, 0))
        };
    }

    @Test
    void tellsWhatIsReadAndWrittenAsFiles() {
        RecordingConversation seen = RecordingConversation.play(new SmbParser(), copying());
        assertThat(seen.files()).extracting(file -> file.text()).containsExactly("Hello world", "written");
        assertThat(seen.files()).extracting(file -> file.file.name()).containsExactly("\\letter.txt", "\\letter.txt");
        assertThat(seen.files()).allMatch(file -> file.file.state() == FileState.CLOSED);
        assertThat(seen.anomalies).isEmpty();
    }

    @Test
    void tellsCommandsAsEveDoes() {
        List<String> events =
                RecordingConversation.play(new SmbParser(), copying()).events();
        assertThat(events.get(0))
                .contains("\"dialect\":\"NT LM 0.12\",\"command\":\"SMB1_COMMAND_NEGOTIATE_PROTOCOL\"")
                .contains("\"session_id\":100,\"tree_id\":6,\"client_dialects\":[\"LANMAN1.0\",\"NT LM 0.12\"]");
        assertThat(events.get(1))
                .contains(
                        "\"share\":\"\\\\\\\\server\\\\share\",\"service\":{\"request\":\"?????\",\"response\":\"A:\"}");
        assertThat(events.get(2))
                .contains("\"filename\":\"\\\\letter.txt\",\"disposition\":\"FILE_OPEN\"")
                .contains("\"fuid\":\"4001\"");
    }

    @Test
    void saysTheSameHoweverTheOctetsAreCut() {
        List<String> whole =
                RecordingConversation.play(new SmbParser(), copying()).events();
        for (long seed = 0; seed < 40; seed++) {
            RecordingConversation seen = RecordingConversation.playInPieces(new SmbParser(), seed, copying());
            assertThat(seen.events()).isEqualTo(whole);
            assertThat(seen.files()).extracting(file -> file.text()).containsExactly("Hello world", "written");
        }
    }

    @Test
    void endsCleanlyAtEveryTruncatedLength() {
        String[] lines = copying();
        for (int which = 0; which < lines.length; which++) {
            for (int length = 3; length < lines[which].length(); length++) {
                String[] cut = Arrays.copyOf(lines, which + 1);
                cut[which] = lines[which].substring(0, length);
                RecordingConversation seen = RecordingConversation.play(new SmbParser(), cut);
                assertThat(seen.files()).allMatch(file -> file.file.state() != FileState.OPEN);
                seen.events();
            }
        }
    }

    @Test
    void readsTheOctetsOfAChainBeforeItsClosing() {
        ByteBuffer chain = write(6, 0, "chained", 9);
        int next = BLOCK + 32 + 7;
        chain.put(BLOCK + 1, (byte) 4)
                .putShort(BLOCK + 3, (short) next)
                .put(next, (byte) 3)
                .putShort(next + 1, (short) 0x4001);
        RecordingConversation seen = RecordingConversation.play(
                new SmbParser(), connect(), connected("A:"), create(), created(0), "C: " + record(chain));
        assertThat(seen.files()).hasSize(1);
        assertThat(seen.files().getFirst().text()).isEqualTo("chained");
        assertThat(seen.files().getFirst().file.state()).isEqualTo(FileState.CLOSED);
    }

    @Test
    void readsAChainThatPointsToItselfOnce() {
        ByteBuffer chain = write(6, 0, "x", 0).put(BLOCK + 1, (byte) 0x2f).putShort(BLOCK + 3, (short) BLOCK);
        RecordingConversation seen = RecordingConversation.play(
                new SmbParser(), connect(), connected("A:"), create(), created(0), "C: " + record(chain));
        assertThat(seen.files().getFirst().text()).isEqualTo("x");
    }

    @Test
    void tellsWhoBeginsASession() {
        byte[] texts = wide("Unix");
        byte[] blob = Smb2Messages.ntlm("HOME", "hanako", "PC2");
        int at = BLOCK + 27 + blob.length;
        String setup = "C: "
                + record(request(0x73, 2, 12, blob.length + 1 + texts.length + 2)
                        .putShort(BLOCK + 15, (short) blob.length)
                        .put(BLOCK + 27, blob)
                        .put(at + (at & 1), texts));
        String answer = "S: "
                + record(reply(0x73, 2, 3, texts.length + 2)
                        .put(BLOCK + 10, texts)
                        .putInt(5, 0xc000_006d));
        String event = RecordingConversation.play(new SmbParser(), setup, answer)
                .events()
                .getFirst();
        assertThat(event)
                .contains("\"status\":\"STATUS_LOGON_FAILURE\"")
                .contains("\"user\":\"hanako\"")
                .contains("\"request\":{\"native_os\":\"Unix\"");
    }

    @Test
    void namesErrorsOfTheOldKind() {
        ByteBuffer answer = reply(0x74, 9, 0, 0).putInt(5, 0x005b_0002).putShort(10, (short) 0x8000);
        String event = RecordingConversation.play(
                        new SmbParser(), "C: " + record(request(0x74, 9, 2, 0)), "S: " + record(answer))
                .events()
                .getFirst();
        assertThat(event).contains("\"status\":\"SRV_BADUID\",\"status_code\":\"0x005b\"");
    }

    @Test
    void readsCallsInPipes() {
        String call = Smb2Messages.rpc(11, 1, 0, 0);
        ByteBuffer transact = request(0x25, 5, 16, 10 + call.length())
                .putShort(BLOCK + 23, (short) call.length())
                .putShort(BLOCK + 25, (short) (BLOCK + 40))
                .putShort(BLOCK + 29, (short) 0x26)
                .putShort(BLOCK + 31, (short) 0x4001)
                .put(BLOCK + 40, bytes(call));
        RecordingConversation seen = RecordingConversation.play(
                new SmbParser(), connect(), connected("IPC"), create(), created(0), "C: " + record(transact));
        assertThat(seen.events().getLast())
                .contains("SMB1_COMMAND_TRANS")
                .contains("\"request\":\"BIND\",\"response\":\"UNREPLIED\"");
        assertThat(seen.files()).isEmpty();
    }
}
