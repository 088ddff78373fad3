package jp.genkan.av.unpack.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.Deflater;
import jp.genkan.av.content.Content;
import jp.genkan.av.eicar.Eicar;
import jp.genkan.av.scan.FileScanner;
import jp.genkan.av.scan.ScanLimits;
import jp.genkan.av.scan.ScanResult;
import jp.genkan.av.scan.ScanSet;
import jp.genkan.av.unpack.Unpackers;
import org.junit.jupiter.api.Test;

/** Answers of HTTP in shapes that receivers take though the standard does not foresee them. */
class LooseBodiesTest {
    private static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*";

    private static final ScanLimits LIMITS = new ScanLimits(8, 100, 1 << 20, 4 << 20, 250, Duration.ofSeconds(10));

    private static boolean infected(String latin, String context) {
        byte[] octets = latin.getBytes(StandardCharsets.ISO_8859_1);
        try (Arena arena = Arena.ofConfined();
                FileScanner scanner = new FileScanner(new ScanSet(List.of(new Eicar())), Unpackers.all(), LIMITS)) {
            MemorySegment copy = arena.allocate(octets.length);
            MemorySegment.copy(octets, 0, copy, ValueLayout.JAVA_BYTE, 0, octets.length);
            List<String> outer = List.of(context);
            ScanResult result = scanner.scan(new Content(copy), null, outer, outer, List.of());
            return result.verdict() == ScanResult.Verdict.INFECTED;
        }
    }

    private static String deflated(String plain, boolean bare) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, bare);
        deflater.setInput(plain.getBytes(StandardCharsets.ISO_8859_1));
        deflater.finish();
        byte[] room = new byte[4_096];
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(room, 0, deflater.deflate(room));
        deflater.end();
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    private static String chunks(String plain, String lineEnd, String before) {
        StringBuilder made = new StringBuilder();
        for (int at = 0; at < plain.length(); at += 7) {
            String piece = plain.substring(at, Math.min(plain.length(), at + 7));
            made.append(before)
                    .append(Integer.toHexString(piece.length()))
                    .append(lineEnd)
                    .append(piece)
                    .append(lineEnd);
        }
        return made + "0" + lineEnd + lineEnd;
    }

    /** Long enough that only its beginning counts as the test file. */
    private static String padded() {
        return EICAR + " ".repeat(3_000);
    }

    @Test
    void putsChunksTogetherThatNobodyAnnounced() {
        assertThat(infected(chunks(EICAR, "\r\n", ""), "http")).isTrue();
        assertThat(infected(chunks(EICAR, "\n", ""), "http")).isTrue();
        assertThat(infected(chunks(EICAR, "\n\n", ""), "http")).isTrue();
        assertThat(infected(chunks(EICAR, "\r", " "), "http")).isTrue();
        assertThat(infected(chunks(EICAR, "\r\n", "").replaceFirst("\r\n", ";ext=1\r\n"), "http"))
                .isTrue();
        assertThat(infected(chunks(EICAR, "\r\n", ""), "ftp")).isFalse();
    }

    @Test
    void inflatesWhatNobodyAnnounced() {
        assertThat(infected(deflated(padded(), true), "http")).isTrue();
        assertThat(infected(deflated(padded(), false), "http")).isTrue();
        assertThat(infected("\u001f\u008c\b\0\0\0\0\0\0\3" + deflated(padded(), true), "http"))
                .isTrue();
        assertThat(infected(chunks(deflated(padded(), true), "\r\n", ""), "http"))
                .isTrue();
    }

    @Test
    void findsBodiesBehindHeadsThatEndOddly() {
        for (String end : List.of("\r\n\r\n", "\n\n", "\r\r", "\n\r\n", "\n\r\r\n")) {
            String head = "HTTP/1.1 200 OK\r\nX: " + "x".repeat(2_000) + end;
            assertThat(infected(head + padded(), LooseResponse.FORMAT)).as(end).isTrue();
            assertThat(infected(head + chunks(padded(), "\r\n", ""), LooseResponse.FORMAT))
                    .as(end)
                    .isTrue();
        }
    }

    @Test
    void readsPartsWhoseHeadStoodInTheAnswers() {
        String parts =
                "\r\n--between\r\nContent-Type: text/plain\r\n\r\n" + EICAR + "\r\n--between--\r\n" + " ".repeat(2_000);
        assertThat(infected(parts, "http")).isTrue();
    }
}
