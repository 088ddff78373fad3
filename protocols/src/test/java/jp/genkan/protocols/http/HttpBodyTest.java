package jp.genkan.protocols.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class HttpBodyTest {
    private static final String TEXT = "The quick brown fox jumps over the lazy dog. ".repeat(40);

    private static String gzip(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static String deflate(String text, boolean bare) {
        Deflater deflater = new Deflater(9, bare);
        deflater.setInput(text.getBytes(StandardCharsets.ISO_8859_1));
        deflater.finish();
        byte[] out = new byte[text.length() + 100];
        int length = deflater.deflate(out);
        deflater.end();
        return new String(out, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static RecordingConversation respond(String fields, String body) {
        return HttpParserTest.play(
                HttpParserTest.GET,
                "S: HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static String only(RecordingConversation seen) {
        assertThat(seen.files()).hasSize(1);
        return HttpParserTest.told(seen.files().getFirst());
    }

    private static final String CLOSED = "TO_CLIENT /dir/file.txt CLOSED ";

    @Test
    void takesEachCodingOff() {
        assertThat(only(respond("Content-Encoding: gzip\r\n", gzip(TEXT)))).isEqualTo(CLOSED + TEXT);
        assertThat(only(respond("Content-Encoding: x-gzip\r\n", gzip("a") + gzip("b"))))
                .isEqualTo(CLOSED + "ab");
        assertThat(only(respond("Content-Encoding: deflate\r\n", deflate(TEXT, false))))
                .isEqualTo(CLOSED + TEXT);
        assertThat(only(respond("Content-Encoding: deflate\r\n", deflate(TEXT, true))))
                .isEqualTo(CLOSED + TEXT);
        assertThat(only(respond("Content-Encoding: br\r\n", "\u000b\u0002\u0080hello\u0003")))
                .isEqualTo(CLOSED + "hello");
        assertThat(only(respond("Content-Encoding: identity\r\n", TEXT))).isEqualTo(CLOSED + TEXT);
    }

    @Test
    void aLineOfOneSpaceEndsTheHeadUnlessAFieldFollows() {
        String request = "C: GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        assertThat(RecordingConversation.play(
                                new HttpParser(),
                                request,
                                "S: HTTP/1.1 200 OK\r\nContent-Length: 3\n \n\u001f\u008b\u0001")
                        .files()
                        .getFirst()
                        .text())
                .isEqualTo("\u001f\u008b\u0001");
        assertThat(RecordingConversation.play(
                                new HttpParser(),
                                request,
                                "S: HTTP/1.1 200 OK\r\nX-Odd: a\n \nContent-Length: 3\r\n\r\nabc")
                        .files()
                        .getFirst()
                        .text())
                .isEqualTo("abc");
    }

    @Test
    void tellsOnceThatAFieldIsTooLong() {
        String field = "X-Long: " + "a".repeat(18_001) + "\r\n";
        RecordingConversation seen = RecordingConversation.play(
                new HttpParser(), "C: GET / HTTP/1.1\r\nHost: a\r\n" + field + field + "\r\n");
        assertThat(seen.anomalies).containsExactly("REQUEST_FIELD_TOO_LONG");
    }

    @Test
    void takesStackedCodingsOff() {
        RecordingConversation seen = respond(
                "Content-Encoding: deflate\r\nContent-Encoding: gzip, gzip\r\n", gzip(gzip(deflate(TEXT, false))));
        assertThat(only(seen)).isEqualTo(CLOSED + TEXT);
        assertThat(seen.anomalies).containsExactly("TOO_MANY_ENCODING_LAYERS"); // two are usual
        RecordingConversation four =
                respond("Content-Encoding: gzip, gzip, gzip, gzip\r\n", gzip(gzip(gzip(gzip(TEXT)))));
        assertThat(four.files().getFirst().text()).isEqualTo(gzip(TEXT));
        assertThat(four.anomalies).containsExactly("TOO_MANY_ENCODING_LAYERS");
    }

    @Test
    void takesATransferCodingOff() {
        String coded = gzip("hello");
        RecordingConversation seen = HttpParserTest.play(
                HttpParserTest.GET,
                "S: HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n" + Integer.toHexString(coded.length())
                        + "\r\n" + coded + "\r\n0\r\n\r\n");
        assertThat(only(seen)).isEqualTo(CLOSED + "hello");
    }

    @Test
    void believesTheFirstOctetsMoreThanTheField() {
        assertThat(only(respond("Content-Encoding: deflate\r\n", gzip(TEXT)))).isEqualTo(CLOSED + TEXT);
        assertThat(only(respond("Content-Encoding: gzip\r\n", deflate(TEXT, false))))
                .isEqualTo(CLOSED + TEXT);
        RecordingConversation plain = respond("Content-Encoding: gzip\r\n", TEXT);
        assertThat(only(plain)).isEqualTo(CLOSED + TEXT);
        assertThat(plain.anomalies).containsExactly("GZIP_DECOMPRESSION_FAILED");
        assertThat(only(respond("Content-Encoding: deflate\r\n", "\u00ff" + TEXT)))
                .isEqualTo(CLOSED + "\u00ff" + TEXT);
        RecordingConversation odd = respond("Content-Encoding: xgzip\r\n", gzip(TEXT));
        assertThat(only(odd)).isEqualTo(CLOSED + TEXT);
        RecordingConversation unknown = respond("Content-Encoding: zstd\r\n", TEXT);
        assertThat(only(unknown)).isEqualTo(CLOSED + TEXT);
        assertThat(unknown.anomalies).containsExactly("ABNORMAL_CE_HEADER");
    }

    @Test
    void keepsWhatCameOutBeforeABreak() {
        String coded = gzip(TEXT.repeat(3));
        RecordingConversation cut = respond("Content-Encoding: gzip\r\n", coded.substring(0, coded.length() - 12));
        assertThat(cut.files().getFirst().file.state().eveName()).isEqualTo("TRUNCATED");
        String stored = "\u0000\u0009\u0000\u00f6\u00ffThe quick";
        String broken = gzip("").substring(0, 10) + stored + "\u0007" + "x".repeat(40);
        RecordingConversation seen = respond("Content-Encoding: gzip\r\n", broken);
        assertThat(seen.files().getFirst().text()).isEqualTo("The quick");
        assertThat(seen.files().getFirst().file.state().eveName()).isEqualTo("ERROR");
        assertThat(seen.anomalies).containsExactly("GZIP_DECOMPRESSION_FAILED");
    }

    @Test
    void endsACodedFileAtAGap() {
        RecordingConversation seen = new RecordingConversation();
        HttpParser parser = new HttpParser();
        String coded = gzip(TEXT);
        seen.feed(
                parser,
                HttpParserTest.GET,
                "S: HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + coded.length() + "\r\n\r\n"
                        + coded.substring(0, 50));
        parser.onGap(Direction.TO_CLIENT, 5, seen);
        seen.feed(parser, "S: " + coded.substring(55), HttpParserTest.GET, HttpParserTest.OK);
        parser.onFlowEnd(seen);
        assertThat(seen.files()).hasSize(2);
        assertThat(seen.files().getFirst().file.hasGaps()).isTrue();
        assertThat(seen.files().getFirst().file.state().eveName()).isEqualTo("TRUNCATED");
        assertThat(seen.events()).hasSize(2);
    }

    @Test
    void stopsABomb() {
        String zeros = "\u0000".repeat(24 << 20);
        RecordingConversation seen = new RecordingConversation();
        HttpParser parser = new HttpParser();
        String coded = gzip(zeros);
        seen.feed(
                parser,
                HttpParserTest.GET,
                "S: HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + coded.length() + "\r\n\r\n"
                        + coded);
        parser.onFlowEnd(seen);
        assertThat(seen.anomalies).containsExactly("COMPRESSION_BOMB");
        assertThat(seen.files().getFirst().file.state().eveName()).isEqualTo("TRUNCATED");
        assertThat(seen.files().getFirst().file.size()).isLessThan(17 << 20);
    }

    private static final String FORM = String.join(
            "",
            "--=b=\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nvalue\r\n",
            "--=b=\r\nContent-Disposition: form-data; name=\"up\"; filename=\"a;\\\"b\\\".txt\"\r\nContent-Type: text/plain\r\n\r\n",
            "one\r\n--=b\r\ntwo\r\n",
            "--=b=\nContent-Disposition: form-data; name=up; filename=c.bin\n\n\r\n\r\n--=b=--\r\nepilogue --=b=");

    @Test
    void takesTheFilesOutOfAForm() {
        RecordingConversation seen = HttpParserTest.play(
                "C: POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=\"=b=\"\r\nContent-Length: "
                        + FORM.length() + "\r\n\r\n" + FORM,
                HttpParserTest.OK);
        assertThat(seen.files().stream().map(HttpParserTest::told))
                .containsExactly(
                        "TO_SERVER a;\"b\".txt CLOSED one\r\n--=b\r\ntwo",
                        "TO_SERVER c.bin CLOSED \r\n",
                        "TO_CLIENT /form CLOSED hello");
        assertThat(seen.anomalies).isEmpty();
        assertThat(seen.files().getFirst().file.declaredType()).isEqualTo("text/plain");
    }

    @Test
    void readsAFormCutOffAnywhere() {
        String head =
                "C: POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary==b=\r\nContent-Length: "
                        + FORM.length() + "\r\n\r\n";
        for (int at = 0; at <= FORM.length(); at++) {
            for (int gap : new int[] {0, 1, 30}) {
                RecordingConversation seen = new RecordingConversation();
                HttpParser parser = new HttpParser();
                seen.feed(parser, head + FORM.substring(0, at));
                int missing = Math.min(gap, FORM.length() - at);
                parser.onGap(Direction.TO_SERVER, missing, seen);
                if (gap > 0) {
                    seen.feed(parser, "C: " + FORM.substring(at + missing), HttpParserTest.OK);
                }
                parser.onFlowEnd(seen);
                assertThat(seen.events()).hasSize(1);
                assertThat(seen.files())
                        .noneMatch(file -> file.file.state() == jp.genkan.core.observation.FileState.OPEN);
            }
        }
    }

    @Test
    void tellsAPartThatSaysNothing() {
        String form =
                "--b\r\nX: y\r\n\r\nz\r\n--b\r\nContent-Disposition: form-data; name=f; filename=e\r\n\r\n\r\n--b--\r\n";
        RecordingConversation seen = HttpParserTest.play(
                "C: POST / HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: "
                        + form.length() + "\r\n\r\n" + form,
                HttpParserTest.OK);
        assertThat(seen.anomalies).containsExactly("MULTIPART_INVALID_HEADER", "MULTIPART_NO_FILEDATA");
        assertThat(seen.files()).hasSize(2);
    }

    @Test
    void decodesACodedUpload() {
        String coded = gzip(TEXT);
        RecordingConversation seen = HttpParserTest.play(
                "C: PUT /up HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: " + coded.length()
                        + "\r\n\r\n" + coded,
                HttpParserTest.OK);
        assertThat(HttpParserTest.told(seen.files().getFirst())).isEqualTo("TO_SERVER /up CLOSED " + TEXT);
    }

    @Test
    void takesAFormWithoutFilesForAFile() {
        String form = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b--\r\n";
        RecordingConversation seen = HttpParserTest.play(
                "C: POST /f HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: "
                        + form.length() + "\r\n\r\n" + form,
                HttpParserTest.OK);
        assertThat(HttpParserTest.told(seen.files().getFirst())).isEqualTo("TO_SERVER /f CLOSED " + form);
    }

    @Test
    void takesWhatFollowsARequestForItsBody() {
        RecordingConversation seen = HttpParserTest.play(
                "C: POST /login HTTP/1.1\r\nHost: a\r\n\r\n",
                "C: user=x&word=y\r\nmore\r\n",
                HttpParserTest.GET,
                HttpParserTest.OK,
                HttpParserTest.OK);
        assertThat(seen.events()).hasSize(2);
        assertThat(HttpParserTest.told(seen.files().getFirst()))
                .isEqualTo("TO_SERVER /login CLOSED user=x&word=y\r\nmore\r\n");
        assertThat(seen.anomalies).containsExactly("REQUEST_BODY_UNEXPECTED");
    }
}
