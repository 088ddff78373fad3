package jp.genkan.protocols.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class Http2ParserTest {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private static String frame(int type, int flags, int stream, String payload) {
        int length = payload.length();
        return "" + (char) (length >> 16) + (char) (length >> 8 & 0xff) + (char) (length & 0xff) + (char) type
                + (char) flags + "\u0000" + (char) (stream >> 16 & 0xff) + (char) (stream >> 8 & 0xff)
                + (char) (stream & 0xff) + payload;
    }

    /** Fields as literals that are not indexed. */
    private static String fields(String... namesAndValues) {
        StringBuilder block = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.append('\u0000').append((char) namesAndValues[i].length()).append(namesAndValues[i]);
            block.append((char) namesAndValues[i + 1].length()).append(namesAndValues[i + 1]);
        }
        return block.toString();
    }

    private static final String REQUEST = fields(
            ":method",
            "GET",
            ":path",
            "/a/b.txt?c",
            ":scheme",
            "http",
            ":authority",
            "www.example.jp:80",
            "user-agent",
            "made/2");
    private static final String RESPONSE =
            fields(":status", "200", "content-type", "text/plain", "content-length", "5");
    private static final String GET = "C: " + PREFACE + frame(4, 0, 0, "\u0000\u0004\u0000\u0000\u00ff\u00ff")
            + frame(1, END_STREAM | END_HEADERS, 1, REQUEST);
    private static final String OK = "S: " + frame(4, 0, 0, "") + frame(4, 1, 0, "")
            + frame(1, END_HEADERS, 1, RESPONSE) + frame(0, 8, 1, "\u0003hel" + "\u0000\u0000\u0000")
            + frame(6, 0, 0, "pingpong") + frame(0, END_STREAM, 1, "lo");

    private static RecordingConversation play(String... lines) {
        RecordingConversation whole = RecordingConversation.play(new Http2Parser(), lines);
        for (long seed = 0; seed < 20; seed++) {
            RecordingConversation pieces = RecordingConversation.playInPieces(new Http2Parser(), seed, lines);
            assertThat(pieces.events()).isEqualTo(whole.events());
            assertThat(pieces.anomalies).isEqualTo(whole.anomalies);
            assertThat(pieces.files().stream().map(Http2ParserTest::told))
                    .isEqualTo(whole.files().stream().map(Http2ParserTest::told).toList());
        }
        return whole;
    }

    private static String told(RecordingConversation.SeenFile seen) {
        return seen.file.direction() + " " + seen.file.name() + " " + seen.file.state() + " " + seen.text();
    }

    @Test
    void tellsStreamsAndSettings() {
        RecordingConversation seen = play(GET, OK);
        assertThat(seen.events()).hasSize(4);
        assertThat(seen.events().getFirst())
                .contains(
                        "\"event_type\":\"http\"",
                        "\"http\":{\"version\":\"2\",\"http2\":{\"stream_id\":0,\"request\":{\"settings\":"
                                + "[{\"settings_id\":\"SETTINGSINITIALWINDOWSIZE\",\"settings_value\":65535}]},\"response\":{}}}");
        assertThat(seen.events().getLast())
                .contains(
                        "\"request_headers\":[{\"name\":\":method\",\"value\":\"GET\"},{\"name\":\":path\",\"value\":\"/a/b.txt?c\"}")
                .contains("\"response_headers\":[{\"name\":\":status\",\"value\":\"200\"}")
                .contains(
                        "\"http_method\":\"GET\",\"url\":\"/a/b.txt?c\",\"hostname\":\"www.example.jp\",\"http_user_agent\":\"made/2\","
                                + "\"length\":5,\"status\":200,\"http2\":{\"stream_id\":1,\"request\":{},\"response\":{}}}");
        assertThat(seen.files().stream().map(Http2ParserTest::told)).containsExactly("TO_CLIENT /a/b.txt CLOSED hello");
        assertThat(seen.anomalies).isEmpty();
    }

    @Test
    void notesFramesForRulesWithoutTellingThem() {
        RecordingConversation seen = play("C: " + PREFACE + frame(8, 0, 0, "\u0000\u0000\u0001\u0000")
                + frame(6, 0, 0, "pingpong")
                + frame(1, END_HEADERS, 1, "?a" + REQUEST) + frame(8, 0, 1, "\u0000\u0000\u0000\u0007")
                + frame(2, 0, 1, "\u0000\u0000\u0000\u0000\u0010") + frame(3, 0, 1, "\u0000\u0000\u0000\u0008"));
        assertThat(seen.events()).hasSize(1);
        assertThat(seen.transactions).hasSize(3);
        Http2Transaction window = (Http2Transaction) seen.transactions.get(0);
        assertThat(window.notes(Direction.TO_SERVER).windows()).containsExactly(256);
        assertThat(window.notes(Direction.TO_SERVER).hasType(8)).isTrue();
        assertThat(((Http2Transaction) seen.transactions.get(1))
                        .notes(Direction.TO_SERVER)
                        .hasType(6))
                .isTrue();
        FrameNotes stream = ((Http2Transaction) seen.transactions.get(2)).notes(Direction.TO_SERVER);
        assertThat(stream.windows()).containsExactly(7);
        assertThat(stream.priorities()).containsExactly(16);
        assertThat(stream.errorCodes()).containsExactly(8);
        assertThat(stream.tableSizes()).containsExactly(128);
        assertThat(stream.hasType(1)).isTrue();
        assertThat(stream.hasType(3)).isTrue();
        assertThat(stream.hasType(4)).isFalse();
    }

    @Test
    void tellsBodiesWithoutFraming() {
        RecordingConversation seen = play(GET, OK);
        assertThat(seen.bodies(Direction.TO_CLIENT)).isEqualTo("hello");
    }

    @Test
    void readsBlocksOverSeveralFrames() {
        String request = "C: " + PREFACE + frame(1, END_STREAM, 1, REQUEST.substring(0, 7))
                + frame(9, 0, 1, REQUEST.substring(7, 20)) + frame(9, END_HEADERS, 1, REQUEST.substring(20));
        assertThat(play(request, OK).events().getLast()).contains("/a/b.txt?c");
        String padded = "C: " + PREFACE
                + frame(
                        1,
                        END_STREAM | END_HEADERS | 0x28,
                        1,
                        "\u0002\u0000\u0000\u0000\u0003\u0010" + REQUEST + "\u0000\u0000");
        assertThat(play(padded, OK).events().getLast()).contains("/a/b.txt?c", "\"request\":{\"priority\":16}");
    }

    @Test
    void keepsInterleavedStreamsApart() {
        RecordingConversation seen = play(
                GET + frame(1, END_HEADERS, 3, REQUEST) + frame(0, END_STREAM, 3, "upload"),
                "S: " + frame(1, END_HEADERS, 3, RESPONSE) + frame(1, END_HEADERS, 1, RESPONSE) + frame(0, 0, 3, "3")
                        + frame(0, END_STREAM, 1, "1") + frame(0, END_STREAM, 3, "3"));
        assertThat(seen.files().stream().map(Http2ParserTest::told))
                .containsExactlyInAnyOrder(
                        "TO_SERVER /a/b.txt CLOSED upload",
                        "TO_CLIENT /a/b.txt CLOSED 33",
                        "TO_CLIENT /a/b.txt CLOSED 1");
    }

    @Test
    void takesCodingsOff() {
        Deflater deflater = new Deflater();
        deflater.setInput("hello".getBytes(StandardCharsets.ISO_8859_1));
        deflater.finish();
        byte[] coded = new byte[100];
        String body = new String(coded, 0, deflater.deflate(coded), StandardCharsets.ISO_8859_1);
        deflater.end();
        RecordingConversation seen = play(
                GET,
                "S: " + frame(1, END_HEADERS, 1, fields(":status", "200", "content-encoding", "deflate"))
                        + frame(0, END_STREAM, 1, body));
        assertThat(seen.files().getFirst().text()).isEqualTo("hello");
    }

    @Test
    void tellsErrorsAndResets() {
        RecordingConversation seen = play(
                GET,
                "S: " + frame(3, 0, 1, "\u0000\u0000\u0000\u0008") + frame(1, END_HEADERS, 1, RESPONSE)
                        + frame(7, 0, 0, "\u0000\u0000\u0000\u0001\u0000\u0000\u0000\u0000"));
        assertThat(seen.events()).hasSize(3);
        assertThat(seen.events().get(1)).contains("\"response\":{\"error_code\":\"CANCEL\"}");
        assertThat(seen.events().get(2)).contains("\"response\":{\"error_code\":\"NOERROR\"}");
    }

    @Test
    void tellsWhatBreaksTheRules() {
        assertThat(play("C: GET / HTTP/1.1\r\n\r\n").anomalies).contains("invalid_client_magic");
        assertThat(play(GET + frame(1, END_HEADERS, 1, REQUEST), OK + frame(0, 0, 0, "x")).anomalies)
                .contains("data_stream_zero");
        assertThat(play(GET + frame(9, END_HEADERS, 1, REQUEST)).anomalies).containsExactly("invalid_frame_data");
        assertThat(play(GET + frame(1, END_HEADERS, 3, "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff")).anomalies)
                .containsExactly("header_integer_overflow");
        assertThat(play(GET, OK, "C: " + frame(1, END_HEADERS, 1, REQUEST)).anomalies)
                .containsExactly("stream_id_reuse");
        assertThat(play("C: " + PREFACE + frame(1, 5, 1, fields(":authority", "u@a", "host", "b"))).anomalies)
                .containsExactly("userinfo_in_uri", "authority_host_mismatch");
        assertThat(play("C: " + PREFACE + frame(4, 0, 0, "abc") + frame(3, 0, 1, "a")).anomalies)
                .containsExactly("invalid_frame_length", "invalid_frame_length");
    }

    @Test
    void goesOnBehindAGapInData() {
        RecordingConversation seen = new RecordingConversation();
        Http2Parser parser = new Http2Parser();
        String data = "S: " + frame(1, END_HEADERS, 1, RESPONSE) + frame(0, END_STREAM, 1, "abcdefghij");
        seen.feed(parser, GET, data.substring(0, data.length() - 8));
        parser.onGap(Direction.TO_CLIENT, 5, seen);
        seen.feed(parser, "S: hij" + frame(4, 0, 0, ""));
        assertThat(seen.transactions).hasSize(3);
        parser.onFlowEnd(seen);
        assertThat(seen.files().getFirst().file.size()).isEqualTo(10);
        assertThat(seen.files().getFirst().text()).isEqualTo("abhij");
        assertThat(seen.settled).isFalse();
    }

    @Test
    void survivesCutsAndGapsAtEveryPlace() {
        byte[] octets = OK.substring(3).getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at <= octets.length; at++) {
            for (int gap : new int[] {0, 1, 30}) {
                RecordingConversation seen = new RecordingConversation();
                Http2Parser parser = new Http2Parser();
                seen.feed(parser, GET);
                parser.onOctets(Direction.TO_CLIENT, Arrays.copyOf(octets, at), 0, at, seen);
                parser.onGap(Direction.TO_CLIENT, gap, seen);
                int again = Math.min(octets.length, at + gap);
                parser.onOctets(Direction.TO_CLIENT, octets, again, octets.length, seen);
                parser.onFlowEnd(seen);
                assertThat(seen.events().stream().filter(event -> event.contains("/a/b.txt")))
                        .hasSize(1);
                assertThat(seen.files()).noneMatch(file -> file.file.state() == FileState.OPEN);
            }
        }
    }

    @Test
    void boundsOpenStreamsAndTheirFields() {
        RecordingConversation seen = new RecordingConversation();
        Http2Parser parser = new Http2Parser();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(PREFACE.getBytes(StandardCharsets.ISO_8859_1));
        String large = "@\u0001x\u007f\u00a1\u001e" + "y".repeat(4000);
        all.writeBytes(frame(1, 5, 1, large).getBytes(StandardCharsets.ISO_8859_1));
        for (int i = 1; i <= Http2Parser.STREAMS_MAX; i++) {
            all.writeBytes(frame(1, 5, 2 * i + 1, "\u00be".repeat(1000)).getBytes(StandardCharsets.ISO_8859_1));
        }
        byte[] octets = all.toByteArray();
        parser.onOctets(Direction.TO_SERVER, octets, 0, octets.length, seen);
        assertThat(seen.anomalies).containsExactly("too_many_streams");
        assertThat(seen.transactions).hasSize(1);
        parser.onFlowEnd(seen);
        long kept = seen.transactions.stream()
                .mapToLong(each -> ((Http2Transaction) each).octets())
                .sum();
        assertThat(kept).isLessThan(Http2Parser.OPEN_OCTETS_MAX + 10_000L).isGreaterThan(1 << 20);
    }
}
