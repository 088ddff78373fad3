package jp.genkan.av.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import jp.genkan.av.harmless.Outcome.State;
import jp.genkan.av.harmless.Replaced.Form;
import jp.genkan.av.harmless.coding.BrotliStream;
import org.brotli.dec.BrotliInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeutralisedWebTest {
    private static final String TITLE = "A virus was removed";

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** An infected file that does not get small by packing. */
    private static byte[] file(int length) {
        byte[] file = new byte[length];
        new Random(length).nextBytes(file);
        System.arraycopy(Viruses.EICAR, 0, file, 0, Viruses.EICAR.length);
        return file;
    }

    private static byte[] chunked(byte[] body, long seed) {
        Random random = new Random(seed);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < body.length; ) {
            int size = Math.min(body.length - at, 1 + random.nextInt(random.nextBoolean() ? 7 : 3000));
            out.writeBytes(octets(Integer.toHexString(size) + (random.nextInt(5) == 0 ? ";a=b" : "") + "\r\n"));
            out.write(body, at, size);
            out.writeBytes(octets("\r\n"));
            at += size;
        }
        out.writeBytes(octets("0\r\nTrailer: x\r\n\r\n"));
        return out.toByteArray();
    }

    private static byte[] dechunked(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int at = 0;
        while (true) {
            int end = text.indexOf("\r\n", at);
            int size = Integer.parseInt(text.substring(at, end).split(";", 2)[0], 16);
            if (size == 0) {
                return out.toByteArray();
            }
            out.write(body, end + 2, size);
            at = end + 2 + size + 2;
        }
    }

    private static byte[] coded(String coding, byte[] file) throws IOException {
        return switch (coding) {
            case "gzip" -> MailMaker.gzip(file);
            case "deflate" -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
                    deflater.write(file);
                }
                yield out.toByteArray();
            }
            case "br" -> {
                int blocks = (file.length + 65_535) / 65_536;
                byte[] made = BrotliStream.of(file.length + 3 * blocks + 1, room -> Arrays.copyOf(file, room));
                yield made == null ? new byte[0] : made;
            }
            default -> file;
        };
    }

    private static byte[] decoded(String coding, byte[] body) throws IOException {
        try (InputStream in = switch (coding) {
            case "gzip" -> new GZIPInputStream(new ByteArrayInputStream(body));
            case "deflate" -> new InflaterInputStream(new ByteArrayInputStream(body));
            case "br" -> new BrotliInputStream(new ByteArrayInputStream(body));
            default -> new ByteArrayInputStream(body);
        }) {
            return in.readAllBytes();
        }
    }

    private static byte[] bodyOf(byte[] wire) {
        int at = new String(wire, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        return Arrays.copyOfRange(wire, at + 4, wire.length);
    }

    private static Outcome response(byte[] wire) {
        return Viruses.neutralise(Wire.of(Wire.Kind.HTTP_RESPONSE, wire));
    }

    @ParameterizedTest
    @CsvSource({"identity", "gzip", "deflate", "br"})
    void anAnswerBecomesAPageOfTheSameLength(String coding) throws IOException {
        for (int length : new int[] {4_000, 5_001, 65_536 + 3_000, 200_003}) {
            for (boolean isChunked : new boolean[] {false, true}) {
                byte[] body = coded(coding, file(length));
                byte[] framed = isChunked ? chunked(body, length) : body;
                byte[] wire = joined(
                        octets(
                                "HTTP/1.1 200 OK\r\nServer: x\r\nContent-Type: application/x-msdownload\r\nContent-Encoding: "
                                        + coding
                                        + "\r\n"
                                        + (isChunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length)
                                        + "\r\nContent-Disposition: attachment; filename=\"setup.exe\"\r\nETag: \"1\"\r\n\r\n"),
                        framed);
                Outcome outcome = response(wire);
                assertThat(outcome.state()).isEqualTo(State.HARMLESS);
                assertThat(outcome.octets()).hasSameSizeAs(wire);
                assertThat(outcome.replaced())
                        .singleElement()
                        .satisfies(replaced -> assertThat(replaced.name()).isEqualTo("setup.exe"));
                String text = new String(outcome.octets(), StandardCharsets.ISO_8859_1);
                assertThat(text)
                        .contains("text/html; charset=utf-8\r\n")
                        .doesNotContain("attachment")
                        .doesNotContain("ETag");
                assertThat(text).contains("Server: x\r\n");
                byte[] after = bodyOf(outcome.octets());
                byte[] page = decoded(coding, isChunked ? dechunked(after) : after);
                assertThat(new String(page, StandardCharsets.UTF_8))
                        .startsWith("<!doctype html>")
                        .contains(TITLE)
                        .contains("setup.exe");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip", "deflate", "br"})
    void howeverShortACodedBodyIsItIsHarmlessOrImpossible(String coding) throws IOException {
        for (int length = 0; length < 400; length++) {
            byte[] body = coded(coding, joined(Viruses.EICAR, new byte[length]));
            byte[] head =
                    octets("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: " + coding + "\r\n\r\n");
            Outcome outcome = response(joined(head, body));
            assertThat(outcome.state()).isEqualTo(State.HARMLESS);
            assertThat(outcome.octets()).hasSize(head.length + body.length);
            decoded(coding, bodyOf(outcome.octets()));
        }
    }

    @Test
    void anAnswerWhoseHeadHasGoneBecomesAFileOfItsKind() {
        byte[] file = file(9_000);
        byte[] head = octets("HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 9000\r\n\r\n");
        Outcome outcome = Viruses.neutralise(Wire.of(Wire.Kind.HTTP_RESPONSE, file)
                .with(Wire.About.NOTHING.behind(head).named("report")));
        assertThat(outcome.state()).isEqualTo(State.HARMLESS);
        assertThat(outcome.replaced())
                .singleElement()
                .satisfies(replaced -> assertThat(replaced.form()).isEqualTo(Form.PDF));
        assertThat(new String(outcome.octets(), StandardCharsets.ISO_8859_1))
                .startsWith("%PDF-")
                .endsWith("%%EOF\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/pdf", "application/zip", "text/html", "application/octet-stream"})
    void piecesOfAFileFitTogether(String type) {
        int total = 20_000;
        byte[] whole = file(total);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int from = 0; from < total; from += 3_500) {
            int to = Math.min(total, from + 3_500);
            byte[] piece = Arrays.copyOfRange(whole, from, to);
            // each piece is infected in itself, as it would have to be
            System.arraycopy(Viruses.EICAR, 0, piece, 0, Viruses.EICAR.length);
            byte[] head = octets("HTTP/1.1 206 Partial Content\r\nContent-Type: " + type + "\r\nContent-Range: bytes "
                    + from + "-" + (to - 1) + "/" + total + "\r\nContent-Length: " + piece.length + "\r\n\r\n");
            Outcome outcome = response(joined(head, piece));
            assertThat(outcome.state()).isEqualTo(State.HARMLESS);
            assertThat(outcome.octets()).startsWith(head);
            all.writeBytes(Arrays.copyOfRange(outcome.octets(), head.length, outcome.octets().length));
        }
        byte[] head = octets("HTTP/1.1 206 Partial Content\r\nContent-Type: " + type + "\r\nContent-Range: bytes 0-"
                + (total - 1) + "/" + total + "\r\n\r\n");
        byte[] once = bodyOf(response(joined(head, whole)).octets());
        assertThat(all.toByteArray()).isEqualTo(once);
        byte[] first = rawPiece(type, whole, 0, total);
        byte[] second = rawPiece(type, whole, 2_000, total);
        assertThat(Arrays.copyOfRange(first, 2_000, 5_000)).isEqualTo(Arrays.copyOf(second, 3_000));
    }

    private static byte[] rawPiece(String type, byte[] file, int offset, int total) {
        return Viruses.neutralise(Wire.of(Wire.Kind.RAW, Arrays.copyOf(file, 5_000))
                        .with(new Wire.About(null, type, new byte[0], "", offset, total)))
                .octets();
    }

    @Test
    void aPieceOfSomethingOfUnknownLengthIsHarmlessToo() {
        byte[] piece = file(500);
        byte[] head = octets("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 7000000000-7000000499/*\r\n\r\n");
        Outcome outcome = response(joined(head, piece));
        assertThat(outcome.state()).isEqualTo(State.HARMLESS);
        assertThat(outcome.octets()).startsWith(head).hasSize(head.length + 500);
    }

    @Test
    void anUploadedFileIsReplacedInItsForm() {
        String open =
                "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nvalue\r\n--xyz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.pdf\"\r\n"
                        + "Content-Type: application/pdf\r\n\r\n";
        byte[] body = joined(octets(open), file(7_000), octets("\r\n--xyz--\r\n"));
        byte[] head = octets(
                "POST /up HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=xyz\r\nContent-Length: "
                        + body.length + "\r\n\r\n");
        Outcome outcome = Viruses.neutralise(Wire.of(Wire.Kind.HTTP_REQUEST, joined(head, body)));
        assertThat(outcome.state()).isEqualTo(State.HARMLESS);
        assertThat(outcome.octets()).startsWith(joined(head, octets(open), octets("%PDF-1.4")));
        assertThat(new String(outcome.octets(), StandardCharsets.ISO_8859_1)).endsWith("%%EOF\n\r\n--xyz--\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1  200 OK\r\n\r\n",
                "HTTP/1.1 2oo OK\r\nX: y\r\n\r\n",
                "ICY 200 OK\n\n",
                "HTTP/1.1 200 OK\r\n"
            })
    void anOddAnswerIsNeverTakenForClean(String head) {
        Outcome outcome = response(joined(
                octets(head),
                head.endsWith("\n\n") || head.endsWith("\r\n\r\n") ? new byte[0] : octets("\r\n"),
                file(4_000)));
        assertThat(outcome.state()).isNotEqualTo(State.CLEAN);
    }

    @Test
    void cleanAnswersStayAsTheyAre() throws IOException {
        byte[] wire = joined(
                octets("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"),
                chunked(MailMaker.gzip(octets("hello ".repeat(500))), 3));
        Outcome outcome = response(wire);
        assertThat(outcome.state()).isEqualTo(State.CLEAN);
        assertThat(outcome.octets()).isEqualTo(wire);
    }
}
