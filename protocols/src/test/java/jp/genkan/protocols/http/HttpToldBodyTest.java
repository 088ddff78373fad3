package jp.genkan.protocols.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

/** Bodies as rules see them: besides the files that are in them. */
class HttpToldBodyTest {
    private static final String GET = "C: GET /dir/file.txt HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String FORM =
            "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.txt\"\r\n\r\nINSIDE\r\n--b--\r\n";

    private static RecordingConversation play(long seed, String... lines) {
        return seed < 0
                ? RecordingConversation.play(new HttpParser(), lines)
                : RecordingConversation.playInPieces(new HttpParser(), seed, lines);
    }

    private static String chunked(String body) {
        int half = body.length() / 2;
        return Integer.toHexString(half) + "\r\n" + body.substring(0, half) + "\r\n"
                + Integer.toHexString(body.length() - half) + "\r\n" + body.substring(half) + "\r\n0\r\n\r\n";
    }

    @Test
    void tellsAChunkedBodyPutTogether() {
        for (long seed = -1; seed < 6; seed++) {
            RecordingConversation seen = play(
                    seed, GET, "S: HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked("hello, world"));
            assertThat(seen.bodies(Direction.TO_CLIENT)).isEqualTo("hello, world");
            assertThat(seen.bodies(Direction.TO_SERVER)).isEmpty();
        }
    }

    @Test
    void tellsACompressedBodyDecompressed() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("so it goes".getBytes(StandardCharsets.ISO_8859_1));
        }
        String body = packed.toString(StandardCharsets.ISO_8859_1);
        for (long seed = -1; seed < 6; seed++) {
            RecordingConversation seen = play(
                    seed,
                    GET,
                    "S: HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + body.length() + "\r\n\r\n"
                            + body);
            assertThat(seen.bodies(Direction.TO_CLIENT)).isEqualTo("so it goes");
        }
    }

    @Test
    void tellsAFormWholeAndItsFilesBesides() {
        for (long seed = -1; seed < 6; seed++) {
            RecordingConversation seen = play(
                    seed,
                    "C: POST /up HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                            + "Content-Length: " + FORM.length() + "\r\n\r\n" + FORM);
            assertThat(seen.bodies(Direction.TO_SERVER)).isEqualTo(FORM);
            assertThat(seen.files()).hasSize(1);
            assertThat(seen.files().getFirst().text()).isEqualTo("INSIDE");
        }
    }

    @Test
    void tellsABodyThatNobodyAnnounced() {
        RecordingConversation seen = play(-1, "C: GET / HTTP/1.1\r\nHost: a\r\n\r\n\u0001\u0002\u0003 \r\n");
        assertThat(seen.bodies(Direction.TO_SERVER)).isEqualTo("\u0001\u0002\u0003 \r\n");
    }

    private static String bodyOf(String response) {
        String body = play(-1, GET, "S: " + response).bodies(Direction.TO_CLIENT);
        for (long seed = 0; seed < 8; seed++) {
            assertThat(play(seed, GET, "S: " + response).bodies(Direction.TO_CLIENT))
                    .isEqualTo(body);
        }
        return body;
    }

    @Test
    void readsBodiesOfResponsesThatSomePeersForgive() {
        String chunks = "3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n";
        assertThat(bodyOf("HTTP/1.1 200 OK\r\nTransfer-Encoding\0: chunked\r\n\r\n" + chunks))
                .isEqualTo("abcdef");
        assertThat(bodyOf("HTTP/1.1 200 OK\r\nTransfer-Encoding:\n\0chunked\r\n\r\n" + chunks))
                .isEqualTo("abcdef");
        assertThat(bodyOf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks.replace("3", "3,")))
                .isEqualTo("abcdef");
    }

    @Test
    void passesOverFewShortLinesBeforeTheStatusLine() {
        String response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
        assertThat(bodyOf("foobar\r\n" + response)).isEqualTo("hi");
        assertThat(bodyOf(" \r\n\t\r\n" + response)).isEqualTo("hi");
        assertThat(bodyOf("SIP/2.0 200 ok\r\n" + response)).isEqualTo("hi");
        String three = "a\r\nb\r\nc\r\n" + response;
        assertThat(bodyOf(three)).isEqualTo(three);
        String large = "a".repeat(40) + "\r\n" + response;
        assertThat(bodyOf(large)).isEqualTo(large);
        assertThat(bodyOf("short")).isEqualTo("short");
    }
}
