package jp.genkan.protocols.smb;

import static jp.genkan.protocols.smb.Smb2Messages.bytes;
import static jp.genkan.protocols.smb.Smb2Messages.close;
import static jp.genkan.protocols.smb.Smb2Messages.connect;
import static jp.genkan.protocols.smb.Smb2Messages.connected;
import static jp.genkan.protocols.smb.Smb2Messages.created;
import static jp.genkan.protocols.smb.Smb2Messages.done;
import static jp.genkan.protocols.smb.Smb2Messages.failed;
import static jp.genkan.protocols.smb.Smb2Messages.octets;
import static jp.genkan.protocols.smb.Smb2Messages.opening;
import static jp.genkan.protocols.smb.Smb2Messages.read;
import static jp.genkan.protocols.smb.Smb2Messages.record;
import static jp.genkan.protocols.smb.Smb2Messages.related;
import static jp.genkan.protocols.smb.Smb2Messages.rpc;
import static jp.genkan.protocols.smb.Smb2Messages.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.protocols.conversation.RecordingConversation;
import jp.genkan.protocols.conversation.RecordingConversation.SeenFile;
import org.junit.jupiter.api.Test;

class SmbParserTest {
    private static final int CLOSE = 6;
    private static final int READ = 8;
    private static final int WRITE = 9;

    /** A share is connected, and a file of this size opened under the number 7. */
    private static List<String> opened(int shareType, String name, long size) {
        List<String> lines = new ArrayList<>();
        lines.add("C: " + record(Smb2Messages.negotiate(0)));
        lines.add("S: " + record(Smb2Messages.negotiated(0)));
        lines.add("C: " + record(Smb2Messages.sessionSetup(1, Smb2Messages.ntlm("HOME", "taro", "PC1"))));
        lines.add("S: " + record(Smb2Messages.sessionMade(1, 0, 0)));
        lines.add("C: " + record(connect(2, "\\\\server\\share")));
        lines.add("S: " + record(connected(2, 5, shareType)));
        lines.add("C: " + record(opening(3, 5, name, 0)));
        lines.add("S: " + record(created(3, 5, 7, size)));
        return lines;
    }

    private static List<String> with(List<String> lines, String... more) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(List.of(more));
        return all;
    }

    private static List<String> copying() {
        return with(
                opened(1, "dir\\letter.txt", 11),
                "C: " + record(read(10, 5, 7, 0, 6)),
                "S: " + record(octets(10, 5, "Hello ")),
                "C: " + record(read(11, 5, 7, 6, 100)),
                "S: " + record(octets(11, 5, "world")),
                "C: " + record(close(12, 5, 7)),
                "S: " + record(done(CLOSE, 12, 5)),
                "C: " + record(opening(13, 5, "copy.txt", 0)),
                "S: " + record(created(13, 5, 8, 0)),
                "C: " + record(write(14, 5, 8, 0, "Hello ")),
                "C: " + record(write(15, 5, 8, 6, "world")),
                "S: " + record(done(WRITE, 14, 5)),
                "S: " + record(done(WRITE, 15, 5)),
                "C: " + record(close(16, 5, 8)),
                "S: " + record(done(CLOSE, 16, 5)));
    }

    private static RecordingConversation play(List<String> lines) {
        return RecordingConversation.play(new SmbParser(), lines.toArray(String[]::new));
    }

    private static String summary(RecordingConversation seen) {
        StringBuilder text = new StringBuilder();
        seen.events().forEach(event -> text.append(event).append('\n'));
        for (SeenFile file : seen.files()) {
            text.append(file.file.name())
                    .append(' ')
                    .append(file.file.state())
                    .append(' ')
                    .append(file.text())
                    .append('\n');
        }
        return text.append(seen.anomalies).toString();
    }

    @Test
    void tellsWhatIsReadAndWrittenAsFiles() {
        RecordingConversation seen = play(copying());
        assertThat(seen.files()).hasSize(2);
        SeenFile down = seen.files().getFirst();
        assertThat(down.text()).isEqualTo("Hello world");
        assertThat(down.file.name()).isEqualTo("dir\\letter.txt");
        assertThat(down.file.direction()).isEqualTo(Direction.TO_CLIENT);
        assertThat(down.file.state()).isEqualTo(FileState.CLOSED);
        assertThat(down.file.announcedSize()).isEqualTo(11);
        SeenFile up = seen.files().getLast();
        assertThat(up.text()).isEqualTo("Hello world");
        assertThat(up.file.name()).isEqualTo("copy.txt");
        assertThat(up.file.direction()).isEqualTo(Direction.TO_SERVER);
        assertThat(up.file.state()).isEqualTo(FileState.CLOSED);
        assertThat(seen.anomalies).isEmpty();
    }

    @Test
    void tellsCommandsAsEveDoes() {
        List<String> events = play(copying()).events();
        assertThat(events.get(0))
                .contains(
                        "\"smb\":{\"id\":1,\"dialect\":\"3.11\",\"command\":\"SMB2_COMMAND_NEGOTIATE_PROTOCOL\",\"status\":\"STATUS_SUCCESS\",\"status_code\":\"0x0\",\"session_id\":4096")
                .contains("\"client_dialects\":[\"2.02\",\"3.11\"]")
                .contains("\"max_read_size\":8388608,\"max_write_size\":1048576");
        assertThat(events.get(1))
                .contains("SMB2_COMMAND_SESSION_SETUP")
                .contains(
                        "\"ntlmssp\":{\"domain\":\"HOME\",\"user\":\"taro\",\"host\":\"PC1\",\"version\":\"10.0 build 19041 rev 15\"}");
        assertThat(events.get(2))
                .contains("\"tree_id\":5,\"share\":\"\\\\\\\\server\\\\share\",\"share_type\":\"FILE\"");
        assertThat(events.get(3))
                .contains(
                        "\"filename\":\"dir\\\\letter.txt\",\"disposition\":\"FILE_OVERWRITE_IF\",\"access\":\"normal\"")
                .contains("\"size\":11,\"fuid\":\"00000007-0000-0000-0700-000000000000\"");
        assertThat(events).hasSize(9);
    }

    @Test
    void saysTheSameHoweverTheOctetsAreCut() {
        String whole = summary(play(copying()));
        for (long seed = 0; seed < 60; seed++) {
            RecordingConversation seen = RecordingConversation.playInPieces(
                    new SmbParser(), seed, copying().toArray(String[]::new));
            assertThat(summary(seen)).as("seed %d", seed).isEqualTo(whole);
        }
    }

    @Test
    void endsCleanlyAtEveryTruncatedLength() {
        List<String> lines = copying();
        for (int last = 0; last < lines.size(); last++) {
            String line = lines.get(last);
            for (int length = 3; length < line.length(); length++) {
                List<String> cut = new ArrayList<>(lines.subList(0, last));
                cut.add(line.substring(0, length));
                RecordingConversation seen = play(cut);
                assertThat(seen.files()).allMatch(file -> file.file.state() != FileState.OPEN);
                seen.events();
            }
        }
    }

    @Test
    void survivesAGapAnywhere() {
        List<String> lines = copying();
        for (int which = 0; which < lines.size(); which++) {
            for (int at = 0; at < lines.get(which).length() - 3; at += 3) {
                RecordingConversation seen = new RecordingConversation();
                SmbParser parser = new SmbParser();
                for (int index = 0; index < lines.size(); index++) {
                    Direction direction = Direction.of(lines.get(index).startsWith("C"));
                    byte[] octets = bytes(lines.get(index).substring(3));
                    if (index == which) {
                        int missing = Math.min(20, octets.length - at);
                        parser.onOctets(direction, octets, 0, at, seen);
                        parser.onGap(direction, missing, seen);
                        parser.onOctets(direction, octets, at + missing, octets.length, seen);
                    } else {
                        parser.onOctets(direction, octets, 0, octets.length, seen);
                    }
                }
                parser.onFlowEnd(seen);
                assertThat(seen.files()).allMatch(file -> file.file.state() != FileState.OPEN);
                seen.events();
            }
        }
    }

    @Test
    void goesOnAtTheNextRecordAfterAGap() {
        RecordingConversation seen = new RecordingConversation();
        SmbParser parser = new SmbParser();
        seen.feed(parser, opened(1, "a", 0).toArray(String[]::new));
        parser.onGap(Direction.TO_SERVER, 1000, seen);
        seen.feed(
                parser,
                "C: rest of something\0\0" + record(write(20, 5, 7, 0, "content")),
                "C: " + record(close(21, 5, 7)));
        parser.onFlowEnd(seen);
        assertThat(seen.files()).hasSize(1);
        assertThat(seen.files().getFirst().text()).isEqualTo("content");
        assertThat(seen.files().getFirst().file.state()).isEqualTo(FileState.CLOSED);
    }

    @Test
    void putsOctetsThatComeTooEarlyInTheirPlaces() {
        RecordingConversation seen = play(with(
                opened(1, "a", 9),
                "C: " + record(read(10, 5, 7, 0, 3)) + record(read(11, 5, 7, 3, 3)) + record(read(12, 5, 7, 6, 3)),
                "S: " + record(octets(12, 5, "ghi")),
                "S: " + record(octets(11, 5, "def")),
                "S: " + record(octets(10, 5, "abc"))));
        assertThat(seen.files()).hasSize(1);
        assertThat(seen.files().getFirst().text()).isEqualTo("abcdefghi");
        assertThat(seen.files().getFirst().file.state()).isEqualTo(FileState.CLOSED);
    }

    @Test
    void tellsAHoleAsAGap() {
        RecordingConversation seen = play(with(
                opened(1, "a", 0),
                "C: " + record(write(10, 5, 7, 0, "abc")),
                "C: " + record(write(11, 5, 7, 6, "ghi")),
                "C: " + record(close(12, 5, 7))));
        SeenFile file = seen.files().getFirst();
        assertThat(file.text()).isEqualTo("abcghi");
        assertThat(file.file.hasGaps()).isTrue();
        assertThat(file.file.size()).isEqualTo(9);
        assertThat(file.file.state()).isEqualTo(FileState.TRUNCATED);
    }

    @Test
    void tellsAPartThatDoesNotBeginAtTheFirstOctetAsRange() {
        RecordingConversation seen = play(with(
                opened(1, "a", 100),
                "C: " + record(read(10, 5, 7, 50, 3)),
                "S: " + record(octets(10, 5, "mid")),
                "C: " + record(close(12, 5, 7)),
                "S: " + record(done(CLOSE, 12, 5))));
        SeenFile file = seen.files().getFirst();
        assertThat(file.text()).isEqualTo("mid");
        assertThat(file.file.rangeStart()).isEqualTo(50);
        assertThat(file.file.rangeEnd()).isEqualTo(52);
        assertThat(file.file.wholeSize()).isEqualTo(100);
        assertThat(file.file.hasGaps()).isFalse();
    }

    @Test
    void tellsAFileThatWasReadInPartAsTruncated() {
        RecordingConversation seen = play(with(
                opened(1, "a", 100),
                "C: " + record(read(10, 5, 7, 0, 3)),
                "S: " + record(octets(10, 5, "abc")),
                "C: " + record(close(12, 5, 7)),
                "S: " + record(done(CLOSE, 12, 5))));
        assertThat(seen.files().getFirst().file.state()).isEqualTo(FileState.TRUNCATED);
    }

    @Test
    void beginsAFileAnewThatIsWrittenOver() {
        RecordingConversation seen = play(with(
                opened(1, "a", 0),
                "C: " + record(write(10, 5, 7, 0, "x")),
                "C: " + record(write(11, 5, 7, 0, "something else")),
                "C: " + record(close(12, 5, 7))));
        assertThat(seen.files()).extracting(SeenFile::text).containsExactly("x", "something else");
        assertThat(seen.anomalies).containsExactly("FILE_OVERLAP");
    }

    @Test
    void keepsNoMoreThanItsLimitOfEarlyOctets() {
        String megabyte = "m".repeat(1 << 20);
        List<String> lines = opened(1, "a", 0);
        lines.add("C: " + record(write(9, 5, 7, 0, "first")));
        for (int index = 0; index < 10; index++) {
            lines.add("C: " + record(write(10 + index, 5, 7, 1000 + ((long) index << 20), megabyte)));
        }
        lines.add("C: " + record(close(30, 5, 7)));
        RecordingConversation seen = play(lines);
        assertThat(seen.files()).hasSize(1);
        assertThat(seen.files().getFirst().file.size()).isEqualTo(1000 + (10L << 20));
        assertThat(seen.files().getFirst().octets.size()).isEqualTo(5 + (10 << 20));
    }

    @Test
    void readsRelatedCommandsOfOneRecord() {
        List<String> lines = new ArrayList<>(opened(1, "other", 0));
        lines.add("C: "
                + record(opening(20, 5, "small.txt", 0), related(read(21, 0, -1, 0, 4096)), related(close(22, 0, -1))));
        lines.add("S: " + record(created(20, 5, 9, 5), related(octets(21, 5, "small")), related(done(CLOSE, 22, 5))));
        RecordingConversation seen = play(lines);
        assertThat(seen.files()).hasSize(1);
        assertThat(seen.files().getFirst().text()).isEqualTo("small");
        assertThat(seen.files().getFirst().file.name()).isEqualTo("small.txt");
        assertThat(seen.files().getFirst().file.state()).isEqualTo(FileState.CLOSED);
    }

    @Test
    void waitsForTheAnswerBehindAnInterimOne() {
        RecordingConversation seen = play(with(
                opened(1, "a", 3),
                "C: " + record(read(10, 5, 7, 0, 3)),
                "S: " + record(Smb2Messages.async(failed(READ, 10, 0, SmbStatus.PENDING))),
                "S: " + record(Smb2Messages.async(octets(10, 0, "abc")))));
        assertThat(seen.files().getFirst().text()).isEqualTo("abc");
    }

    @Test
    void tellsRenamingAndDeletion() {
        RecordingConversation seen = play(with(
                opened(1, "old.txt", 0),
                "C: " + record(Smb2Messages.setInfo(10, 5, 7, 10, Smb2Messages.newName("new.txt"))),
                "S: " + record(done(17, 10, 5)),
                "C: " + record(Smb2Messages.setInfo(11, 5, 7, 13, new byte[] {1})),
                "S: " + record(done(17, 11, 5)),
                "C: " + record(opening(12, 5, "gone.txt", 0x1000)),
                "S: " + record(failed(5, 12, 5, 0xc000_0022L))));
        List<String> events = seen.events();
        assertThat(events.get(4)).contains("\"rename\":{\"from\":\"old.txt\",\"to\":\"new.txt\"}");
        assertThat(events.get(5))
                .contains("SMB2_COMMAND_SET_INFO")
                .contains("\"filename\":\"new.txt\",\"access\":\"delete on close\"");
        assertThat(events.get(6))
                .contains("\"status\":\"STATUS_ACCESS_DENIED\",\"status_code\":\"0xc0000022\"")
                .contains("\"access\":\"delete on close\"")
                .doesNotContain("fuid");
    }

    @Test
    void readsCallsInPipes() {
        RecordingConversation seen = play(with(
                opened(2, "lsarpc", 0),
                "C: " + record(write(10, 5, 7, 0, rpc(11, 1, 0, 0))),
                "S: " + record(done(WRITE, 10, 5)),
                "C: " + record(read(11, 5, 7, 0, 1024)),
                "S: " + record(octets(11, 5, rpc(12, 1, 0, 0))),
                "C: " + record(Smb2Messages.transceive(12, 5, 7, rpc(0, 2, 44, 30))),
                "S: " + record(Smb2Messages.transceived(12, 5, rpc(2, 2, 0, 20)))));
        assertThat(seen.files()).isEmpty();
        List<String> events = seen.events();
        assertThat(events.get(2)).contains("\"named_pipe\":\"\\\\\\\\server\\\\share\",\"share_type\":\"PIPE\"");
        assertThat(events.get(4))
                .contains("\"command\":\"SMB2_COMMAND_WRITE\"")
                .contains(
                        "\"dcerpc\":{\"request\":\"BIND\",\"response\":\"BINDACK\",\"interfaces\":[{\"uuid\":\"12345778-1234-abcd-ef00-0123456789ac\",\"version\":\"1.0\",\"ack_result\":0,\"ack_reason\":0}],\"call_id\":1}");
        assertThat(events.get(5))
                .contains("\"command\":\"SMB2_COMMAND_IOCTL\"")
                .contains(
                        "\"request\":\"REQUEST\",\"response\":\"RESPONSE\",\"opnum\":44,\"req\":{\"frag_cnt\":1,\"stub_data_size\":30},\"res\":{\"frag_cnt\":1,\"stub_data_size\":20}")
                .contains("\"uuid\":\"12345778-1234-abcd-ef00-0123456789ac\"");
        assertThat(events).hasSize(6);
    }

    @Test
    void tellsOtherOctetsInPipesAsFiles() {
        RecordingConversation seen = play(with(
                opened(2, "stdout", 0),
                "C: " + record(read(10, 5, 7, 0, 10)),
                "S: " + record(octets(10, 5, "one")),
                "C: " + record(read(11, 5, 7, 0, 10)),
                "S: " + record(octets(11, 5, "two!")),
                "C: " + record(close(12, 5, 7)),
                "S: " + record(done(CLOSE, 12, 5))));
        assertThat(seen.files()).extracting(SeenFile::text).containsExactly("one", "two!");
        assertThat(seen.files()).allMatch(file -> file.file.state() == FileState.CLOSED);
        assertThat(seen.anomalies).isEmpty();
    }

    @Test
    void followsAFileWhoseOpeningWasNotSeen() {
        RecordingConversation seen = play(List.of(
                "C: " + record(write(10, 5, 7, 0, "midstream")),
                "C: " + record(close(12, 5, 7)),
                "S: " + record(done(CLOSE, 12, 5))));
        assertThat(seen.files().getFirst().file.name()).isNull();
        assertThat(seen.files().getFirst().text()).isEqualTo("midstream");
        assertThat(seen.events().getFirst()).contains("\"dialect\":\"unknown\"");
    }

    @Test
    void settlesWhenTheSessionIsEncrypted() {
        RecordingConversation seen = play(List.of(
                "C: " + record(Smb2Messages.sessionSetup(1, new byte[0])),
                "S: " + record(Smb2Messages.sessionMade(1, 0, 4)),
                "C: " + record("\u00fdSMB" + "x".repeat(100))));
        assertThat(seen.settled).isTrue();
        assertThat(seen.events()).hasSize(1);
    }

    @Test
    void passesOverWhatIsEncryptedInOneShareOnly() {
        RecordingConversation seen = play(with(
                opened(1, "a", 0),
                "C: " + record("\u00fdSMB" + "x".repeat(100)) + record("\u00fcSMB" + "x".repeat(50))
                        + record(write(10, 5, 7, 0, "plain"))));
        assertThat(seen.settled).isFalse();
        assertThat(seen.files().getFirst().text()).isEqualTo("plain");
    }

    @Test
    void tellsMessagesThatGoTheWrongWay() {
        RecordingConversation seen = play(List.of("C: " + record(done(WRITE, 1, 1)), "S: " + record(close(1, 1, 1))));
        assertThat(seen.anomalies).containsExactly("RESPONSE_TO_SERVER", "REQUEST_TO_CLIENT");
        assertThat(seen.events()).isEmpty();
    }

    @Test
    void forgetsTheOldestOfTooManyRequestsAndFiles() {
        List<String> lines = opened(1, "a", 0);
        for (int index = 0; index < 2 * SmbSession.REQUESTS_MAX; index++) {
            lines.add("C: " + record(opening(100 + index, 5, "f" + index, 0)));
        }
        for (int index = 0; index < 2 * SmbSession.REQUESTS_MAX; index++) {
            lines.add("S: " + record(created(100 + index, 5, 100 + index, 0)));
            lines.add("C: " + record(write(10_000 + index, 5, 100 + index, 0, "w")));
        }
        RecordingConversation seen = play(lines);
        assertThat(seen.files()).hasSize(2 * SmbSession.REQUESTS_MAX);
        assertThat(seen.files()).allMatch(file -> file.file.state() == FileState.TRUNCATED);
    }

    @Test
    void tellsLengthsThatCannotBe() {
        byte[] lie = bytes(record(write(10, 5, 7, 0, "short")));
        lie[4 + 69] = 1; // 256 octets more than there are
        RecordingConversation seen = play(with(opened(1, "a", 0), "C: " + Smb2Messages.latin(lie)));
        assertThat(seen.anomalies).containsExactly("MALFORMED_DATA");
        assertThat(seen.files().getFirst().text()).isEqualTo("short");
    }

    @Test
    void looksForTheNextRecordWhenItIsNone() {
        RecordingConversation seen =
                play(with(opened(1, "a", 0), "C: GET / HTTP/1.0\r\n" + record(write(10, 5, 7, 0, "found"))));
        assertThat(seen.anomalies).containsExactly("MALFORMED_DATA");
        assertThat(seen.files().getFirst().text()).isEqualTo("found");
    }
}
