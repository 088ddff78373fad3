package jp.genkan.protocols.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HttpParserTest {
    static final String GET =
            "C: GET /dir/file.txt?q=1 HTTP/1.1\r\nHost: www.example.jp\r\nUser-Agent: made/1\r\nReferer: http://example.jp/\r\n\r\n";
    static final String OK =
            "S: HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 5\r\n\r\nhello";

    static RecordingConversation play(String... lines) {
        RecordingConversation whole = RecordingConversation.play(new HttpParser(), lines);
        for (long seed = 0; seed < 20; seed++) {
            RecordingConversation pieces = RecordingConversation.playInPieces(new HttpParser(), seed, lines);
            assertThat(pieces.events()).isEqualTo(whole.events());
            assertThat(pieces.anomalies).isEqualTo(whole.anomalies);
            assertThat(pieces.files().stream().map(HttpParserTest::told))
                    .isEqualTo(whole.files().stream().map(HttpParserTest::told).toList());
        }
        return whole;
    }

    static String told(RecordingConversation.SeenFile seen) {
        return seen.file.direction() + " " + seen.file.name() + " " + seen.file.state() + " " + seen.text();
    }

    @Test
    void tellsRequestAndResponse() {
        RecordingConversation seen = play(GET, OK);
        assertThat(seen.events())
                .singleElement()
                .asString()
                .contains(
                        "\"http\":{\"hostname\":\"www.example.jp\",\"url\":\"/dir/file.txt?q=1\",\"http_user_agent\":\"made/1\",\"http_content_type\":\"text/plain\",\"http_refer\":\"http://example.jp/\",\"http_method\":\"GET\",\"protocol\":\"HTTP/1.1\",\"status\":200,\"length\":5}");
        assertThat(seen.files().stream().map(HttpParserTest::told))
                .containsExactly("TO_CLIENT /dir/file.txt CLOSED hello");
        assertThat(seen.files().getFirst().file.declaredType()).isEqualTo("text/plain");
        assertThat(seen.files().getFirst().file.announcedSize()).isEqualTo(5);
        assertThat(seen.anomalies).isEmpty();
    }

    @Test
    void matchesPipelinedResponsesInOrder() {
        RecordingConversation seen = play(
                "C: GET /1 HTTP/1.1\r\nHost: a\r\n\r\nHEAD /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\n\r\n",
                String.join(
                        "",
                        "S: HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
                        "HTTP/1.1 302 Found\r\nLocation: /4\r\nContent-Length: 0\r\n\r\n"));
        assertThat(seen.events()).hasSize(3);
        assertThat(seen.events().get(1)).contains("\"url\":\"/2\"", "\"http_method\":\"HEAD\"", "\"length\":0");
        assertThat(seen.events().get(2))
                .contains("\"url\":\"/3\"", "\"status\":302,\"redirect\":\"/4\"", "\"tx_id\":2");
        assertThat(seen.files()).hasSize(1);
    }

    @Test
    void joinsChunksAndReadsTrailers() {
        RecordingConversation seen = play(
                GET,
                String.join(
                        "",
                        "S: HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n 0006 ; x=y\r\n world\r\n0\r\nX-End: 1\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        assertThat(seen.files().stream().map(HttpParserTest::told))
                .containsExactly("TO_CLIENT /dir/file.txt CLOSED hello world");
        HttpTransaction transaction = (HttpTransaction) seen.transactions.getFirst();
        assertThat(Objects.requireNonNull(transaction.trailers(Direction.TO_CLIENT))
                        .first("x-end"))
                .isEqualTo("1");
        assertThat(seen.anomalies).containsExactly("UNABLE_TO_MATCH_RESPONSE_TO_REQUEST");
        assertThat(seen.events().get(1)).contains("/libhtp::request_uri_not_seen");
    }

    @Test
    void goesOnUnchunkedWhereALengthIsNone() {
        RecordingConversation seen =
                play(GET, "S: HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\nrest");
        assertThat(seen.files().getFirst().text()).isEqualTo("hellozz\r\nrest");
        assertThat(seen.anomalies).containsExactly("INVALID_RESPONSE_CHUNK_LEN");
    }

    @Test
    void looksAtTheBodyWhereChunkingIsInDoubt() {
        String old = "S: HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(play(GET, old + "2\r\nab\r\n0\r\n\r\n").files().getFirst().text())
                .isEqualTo("ab");
        assertThat(play(GET, old + "X2\r\nab").files().getFirst().text()).isEqualTo("X2\r\nab");
        String odd = "S: HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\nContent-Length: 4\r\n\r\n";
        assertThat(play(GET, odd + "body").files().getFirst().text()).isEqualTo("body");
        assertThat(play(GET, odd + "body").anomalies).contains("RESPONSE_ABNORMAL_TRANSFER_ENCODING");
    }

    @Test
    void readsUntilTheConnectionEnds() {
        RecordingConversation seen = new RecordingConversation();
        HttpParser parser = new HttpParser();
        seen.feed(parser, "C: GET / HTTP/1.0\r\n\r\n", "S: HTTP/1.0 200 OK\r\n\r\nsome", "S: thing");
        parser.onEnd(Direction.TO_CLIENT, seen);
        parser.onFlowEnd(seen);
        assertThat(told(seen.files().getFirst())).isEqualTo("TO_CLIENT / CLOSED something");
        assertThat(seen.events()).singleElement().asString().contains("\"length\":9");
    }

    @Test
    void readsHttp09() {
        RecordingConversation seen = play("C: GET /old\r\n", "S: <html>old</html>");
        assertThat(seen.events())
                .singleElement()
                .asString()
                .contains("\"url\":\"/old\",\"http_method\":\"GET\",\"length\":16}");
        assertThat(told(seen.files().getFirst())).isEqualTo("TO_CLIENT /old TRUNCATED <html>old</html>");
        assertThat(seen.anomalies).isEmpty();
        assertThat(play("C: GET /old\r\nHost: a\r\n\r\n", OK).anomalies)
                .containsExactly("REQUEST_LINE_MISSING_PROTOCOL");
    }

    @Test
    void passesOverInterimResponses() {
        RecordingConversation seen = play(
                "C: POST /up HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n",
                "S: HTTP/1.1 100 Continue\r\n\r\n",
                "C: abc",
                "S: HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");
        assertThat(seen.events()).singleElement().asString().contains("\"status\":204,\"length\":0");
        assertThat(told(seen.files().getFirst())).isEqualTo("TO_SERVER /up CLOSED abc");
        assertThat(seen.anomalies).isEmpty();
    }

    @Test
    void keepsARequestWhoseResponseCameEarlyUntilItsBodyIsThere() {
        RecordingConversation seen = play(
                "C: POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc",
                "S: HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n",
                "C: defGET /next HTTP/1.1\r\nHost: a\r\n\r\n",
                OK);
        assertThat(seen.events()).hasSize(2);
        assertThat(seen.events().get(1)).contains("/next", "\"status\":200");
        assertThat(told(seen.files().getFirst())).isEqualTo("TO_SERVER /up CLOSED abcdef");
    }

    @Test
    void toleratesWhatRealPeersSend() {
        RecordingConversation seen = play(
                "C: \r\n\nGET  /a b HTTP/1.1\nHost : www.Example.jp.:80\nX-Folded: one\n\t two\r\nCookie: a=1\nCookie: b=2\n\n",
                "S: HTTP/1.1 200\nContent-Length:5\n\nhello");
        assertThat(seen.events())
                .singleElement()
                .asString()
                .contains("\"hostname\":\"www.example.jp\",\"http_port\":80,\"url\":\"/a b\"");
        HttpTransaction transaction = (HttpTransaction) seen.transactions.getFirst();
        assertThat(transaction.fields(Direction.TO_SERVER).first("x-folded")).isEqualTo("one two");
        assertThat(text(transaction.cookie(Direction.TO_SERVER))).isEqualTo("a=1, b=2");
        assertThat(text(transaction.header(Direction.TO_SERVER)))
                .isEqualTo("Host: www.Example.jp.:80\r\nX-Folded: one two\r\n");
        assertThat(text(transaction.headerNames(Direction.TO_SERVER)))
                .isEqualTo("\r\nHost\r\nX-Folded\r\nCookie\r\n\r\n");
        assertThat(seen.anomalies).containsExactly("REQUEST_HEADER_INVALID");
    }

    private static String text(byte @Nullable [] octets) {
        return octets == null ? "none" : new String(octets, StandardCharsets.ISO_8859_1);
    }

    @Test
    void handsOverTunnelsAndUpgrades() {
        RecordingConversation tunnel = new RecordingConversation();
        HttpParser parser = new HttpParser();
        tunnel.feed(parser, "C: CONNECT example.jp:443 HTTP/1.1\r\nHost: example.jp:443\r\n\r\n");
        byte[] answer = "HTTP/1.1 200 OK\r\n\r\n\u0016\u0003".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(parser.onOctets(Direction.TO_CLIENT, answer, 0, answer.length, tunnel))
                .isEqualTo(answer.length - 2);
        assertThat(tunnel.handedOver).isTrue();
        assertThat(tunnel.next).isNull();
        assertThat(tunnel.events()).singleElement().asString().contains("\"http_port\":443,\"url\":\"example.jp:443\"");

        RecordingConversation upgrade = new RecordingConversation();
        upgrade.feed(
                new HttpParser(),
                "C: GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
                "S: HTTP/1.1 101 Switching\r\n\r\n");
    }

    @Test
    void knowsTheProtocolOfAnUpgrade() {
        RecordingConversation seen = new RecordingConversation();
        HttpParser parser = new HttpParser();
        seen.feed(
                parser,
                "C: GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
                "S: HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n");
        assertThat(seen.next).isEqualTo(AppProtocol.HTTP2);
    }

    @Test
    void readsOnWhenATunnelIsRefused() {
        RecordingConversation seen = play(
                "C: CONNECT example.jp:443 HTTP/1.1\r\nHost: example.jp:443\r\n\r\n",
                "S: HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n",
                GET,
                OK);
        assertThat(seen.events()).hasSize(2);
    }

    @Test
    void tellsRanges() {
        RecordingConversation seen =
                play(GET, "S: HTTP/1.1 206 Partial\r\nContent-Range: bytes 5-9/20\r\nContent-Length: 5\r\n\r\nhello");
        assertThat(seen.files().getFirst().file.rangeStart()).isEqualTo(5);
        assertThat(seen.files().getFirst().file.rangeEnd()).isEqualTo(9);
        assertThat(seen.files().getFirst().file.wholeSize()).isEqualTo(20);
        assertThat(seen.events().getFirst())
                .contains("\"content_range\":{\"raw\":\"bytes 5-9/20\",\"start\":5,\"end\":9,\"size\":20}");
    }

    @Test
    void namesAFileAsItsServerSays() {
        assertThat(play(
                                GET,
                                OK.replace(
                                        "Content-Type",
                                        "Content-Disposition: attachment; filename=\"a b.txt\"\r\nContent-Type"))
                        .files()
                        .getFirst()
                        .file
                        .name())
                .isEqualTo("a b.txt");
        assertThat(play(
                                GET,
                                OK.replace(
                                        "Content-Type",
                                        "Content-Disposition: attachment; filename=x; filename*=UTF-8''%e6%97%a5.txt\r\nA"))
                        .files()
                        .getFirst()
                        .file
                        .name())
                .isEqualTo("\u65e5.txt");
    }

    @Test
    void takesTheLargestOfSeveralLengths() {
        RecordingConversation seen =
                play(GET, "S: HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nhello");
        assertThat(seen.files().getFirst().text()).isEqualTo("hello");
        assertThat(seen.anomalies).containsExactly("DUPLICATE_CONTENT_LENGTH_FIELD_IN_RESPONSE");
    }

    @Test
    void tellsWhereAHostIsMissingOrContradicted() {
        assertThat(play("C: GET / HTTP/1.1\r\n\r\n").anomalies).containsExactly("MISSING_HOST_HEADER");
        RecordingConversation seen = play("C: GET http://a.example.jp:8080/x HTTP/1.1\r\nHost: b\r\n\r\n");
        assertThat(seen.anomalies).containsExactly("HOST_HEADER_AMBIGUOUS", "REQUEST_SERVER_PORT_TCP_PORT_MISMATCH");
        assertThat(seen.events().getFirst()).contains("\"hostname\":\"a.example.jp\",\"http_port\":8080");
        assertThat(text(((HttpTransaction) seen.transactions.getFirst()).uri())).isEqualTo("/x");
    }

    @Test
    void passesOverWhatNobodyAskedFor() {
        RecordingConversation seen = play(GET, OK + "garbage\r\nmore\r\n", GET, OK);
        assertThat(seen.events()).hasSize(2);
        assertThat(seen.anomalies).containsExactly("RESPONSE_BODY_UNEXPECTED");
    }

    @Test
    void goesOnBehindAGapInABody() {
        RecordingConversation seen = new RecordingConversation();
        HttpParser parser = new HttpParser();
        seen.feed(parser, GET, "S: HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab");
        parser.onGap(Direction.TO_CLIENT, 6, seen);
        seen.feed(parser, "S: ij", GET, OK);
        parser.onFlowEnd(seen);
        assertThat(seen.events()).hasSize(2);
        assertThat(seen.files().getFirst().file.hasGaps()).isTrue();
        assertThat(seen.files().getFirst().file.size()).isEqualTo(10);
        assertThat(seen.files().getLast().text()).isEqualTo("hello");
        assertThat(seen.anomalies).isEmpty();
    }

    @Test
    void findsTheNextResponseBehindAGapThatTookAHead() {
        RecordingConversation seen = new RecordingConversation();
        HttpParser parser = new HttpParser();
        seen.feed(parser, GET, "S: HTTP/1.1 200 OK\r\nContent-");
        parser.onGap(Direction.TO_CLIENT, 100, seen);
        seen.feed(parser, "S: tail\r\nof body", GET, "S: \n" + OK.substring(3));
        parser.onFlowEnd(seen);
        assertThat(seen.events()).hasSize(2);
        assertThat(seen.anomalies).containsExactly("GAP_IN_HEAD");
        assertThat(seen.files()).hasSize(1);
    }

    @Test
    void survivesGapsAndEndsAtEveryPlace() {
        String request =
                "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nT: 1\r\n\r\n";
        String response =
                OK.substring(3) + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        for (Direction direction : Direction.values()) {
            byte[] octets = (direction.isToServer() ? request : response).getBytes(StandardCharsets.ISO_8859_1);
            for (int at = 0; at <= octets.length; at++) {
                for (int gap : new int[] {0, 1, 7, 1000}) {
                    RecordingConversation seen = new RecordingConversation();
                    HttpParser parser = new HttpParser();
                    seen.feed(parser, GET, direction.isToServer() ? OK : GET);
                    byte[] before = Arrays.copyOf(octets, at);
                    parser.onOctets(direction, before, 0, at, seen);
                    parser.onGap(direction, gap, seen);
                    int again = Math.min(octets.length, at + gap);
                    parser.onOctets(direction, octets, again, octets.length, seen);
                    parser.onEnd(direction, seen);
                    parser.onFlowEnd(seen);
                    assertThat(seen.files()).allMatch(file -> file.file.state() != FileState.OPEN);
                    assertThat(seen.events()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void boundsARequestThatNeverEnds() {
        RecordingConversation seen = new RecordingConversation();
        HttpParser parser = new HttpParser();
        seen.feed(parser, "C: GET / HTTP/1.1\r\n");
        String line = "C: X: " + "y".repeat(1000) + "\r\n";
        for (int i = 0; i < 500; i++) {
            seen.feed(parser, line);
        }
        parser.onFlowEnd(seen);
        assertThat(seen.anomalies).containsExactly("REQUEST_FIELD_TOO_LONG");
        assertThat(seen.settled).isTrue();
        assertThat(seen.events()).hasSize(1);
    }

    @Test
    void tellsRequestsAloneWhenTooManyWait() {
        RecordingConversation seen = new RecordingConversation();
        HttpParser parser = new HttpParser();
        for (int i = 0; i < HttpParser.WAITING_MAX + 10; i++) {
            seen.feed(parser, GET);
        }
        assertThat(seen.transactions).hasSize(10);
        parser.onFlowEnd(seen);
        assertThat(seen.events()).hasSize(HttpParser.WAITING_MAX + 10);
        assertThat(seen.anomalies).hasSize(10).containsOnly("TOO_MANY_TRANSACTIONS");
    }

    @Test
    void readsALongHeadOfOneOctetSegmentsInLinearTime() {
        RecordingConversation seen = new RecordingConversation();
        HttpParser parser = new HttpParser();
        seen.feed(parser, "C: GET / HTTP/1.1\r\nHost: a\r\n");
        byte[] octets = "A:b\r\n".getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 300_000; i++) {
            parser.onOctets(Direction.TO_SERVER, octets, i % 5, i % 5 + 1, seen);
        }
        seen.feed(parser, "C: \r\n", OK);
        assertThat(seen.anomalies).isEqualTo(List.of("REQUEST_TOO_MANY_HEADERS", "REQUEST_HEADER_REPETITION"));
        assertThat(seen.events()).hasSize(1);
    }
}
