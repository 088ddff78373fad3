package jp.genkan.av.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import jp.genkan.protocols.http.head.HeaderFields;
import org.junit.jupiter.api.Test;

/** Where a body begins, when a part of the answer has gone on already. */
class WirePiecesTest {
    private static int begin(String head, String held) {
        byte[] fields = (head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        return WirePieces.bodyBegin(
                HeaderFields.parse(fields, 0, fields.length), held.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void findsABodyByItsLengthBehindTheRestOfItsHead() {
        assertThat(begin("Content-Length: 5", "hello")).isZero();
        assertThat(begin("Content-Length: 5\r\nX: gzip", "    gzip\r\n\r\nhello"))
                .isEqualTo(12);
        assertThat(begin("Content-Length: 5", "tail of another\r\n\r\nHTTP/1.1 200\n\nhello"))
                .isEqualTo(33);
    }

    @Test
    void refusesALengthThatDoesNotFit() {
        assertThat(begin("Content-Length: 5", "    gzip\r\n\r\nhello and more")).isEqualTo(-1);
        assertThat(begin("Content-Length: 5", "head")).isEqualTo(-1);
        assertThat(begin("Content-Length: 99999999999", "head\r\n\r\n")).isEqualTo(-1);
        assertThat(begin("Content-Length: five", "head\r\n\r\n")).isEqualTo(-1);
    }

    @Test
    void findsChunksByTheirFirstSize() {
        assertThat(begin("Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n"))
                .isZero();
        assertThat(begin("Transfer-Encoding: chunked", "chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"))
                .isEqualTo(11);
        assertThat(begin("Transfer-Encoding: chunked", "Date: 5\r\n\r\n5\r\nhello\r\n0\r\n\r\n"))
                .isEqualTo(11);
    }

    @Test
    void findsABodyUpToTheEndBehindItsLastField() {
        assertThat(begin("Server: box\r\nX: last", "last\r\n\r\nhello\r\n\r\nagain"))
                .isEqualTo(8);
        assertThat(begin("Server: box\r\nX: last", "hello\r\n\r\nagain")).isZero();
        assertThat(begin("Server: box", "")).isZero();
    }
}
