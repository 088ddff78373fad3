package jp.genkan.ips.keyword.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.signature.TriedRule;
import jp.genkan.protocols.http.HttpParser;
import jp.genkan.protocols.http2.Http2Parser;
import org.junit.jupiter.api.Test;

class HttpKeywordsTest {
    private static final String REQUEST =
            "C: GET /a/../b%20c?q=%41 HTTP/1.1\r\nHost: WWW.Example.jp:80\r\nUser-Agent: fox\r\n"
                    + "Referer: http://r/\r\nAccept: */*\r\nAccept-Encoding: gzip\r\nAccept-Language: ja\r\nConnection: close\r\n"
                    + "Cookie: k=v\r\nX-A: 1\r\nX-A: 2\r\n\r\n";
    private static final String RESPONSE =
            "S: HTTP/1.0 302 Found it\r\nServer: box\r\nLocation: /x\r\nSet-Cookie: s=1\r\n"
                    + "Content-Type: text/html; charset=x\r\nContent-Length: 2\r\n\r\nhi";

    private static final Transaction EXCHANGE =
            Exchanges.play(new HttpParser(), REQUEST, RESPONSE).transactions.getFirst();

    private static String one(String buffer, Direction direction) {
        List<String> instances = TriedRule.buffer(buffer, EXCHANGE, direction);
        assertThat(instances).hasSize(1);
        return instances.getFirst();
    }

    private static String asked(String buffer) {
        return one(buffer, Direction.TO_SERVER);
    }

    private static String answered(String buffer) {
        return one(buffer, Direction.TO_CLIENT);
    }

    @Test
    void requestsFillTheirBuffers() {
        assertThat(asked("http.method")).isEqualTo("GET");
        assertThat(asked("http.uri")).isEqualTo("/b c?q=A");
        assertThat(asked("http.uri.raw")).isEqualTo("/a/../b%20c?q=%41");
        assertThat(asked("http.protocol")).isEqualTo("HTTP/1.1");
        assertThat(asked("http.request_line")).isEqualTo("GET /a/../b%20c?q=%41 HTTP/1.1");
        assertThat(asked("http.host")).isEqualTo("www.example.jp");
        assertThat(asked("http.host.raw")).isEqualTo("WWW.Example.jp:80");
        assertThat(asked("http.user_agent")).isEqualTo("fox");
        assertThat(asked("http.referer")).isEqualTo("http://r/");
        assertThat(asked("http.accept")).isEqualTo("*/*");
        assertThat(asked("http.accept_enc")).isEqualTo("gzip");
        assertThat(asked("http.accept_lang")).isEqualTo("ja");
        assertThat(asked("http.connection")).isEqualTo("close");
        assertThat(asked("http.cookie")).isEqualTo("k=v");
    }

    @Test
    void responsesFillTheirBuffers() {
        assertThat(answered("http.stat_code")).isEqualTo("302");
        assertThat(answered("http.stat_msg")).isEqualTo("Found it");
        assertThat(answered("http.response_line")).isEqualTo("HTTP/1.0 302 Found it");
        assertThat(answered("http.protocol")).isEqualTo("HTTP/1.0");
        assertThat(answered("http.server")).isEqualTo("box");
        assertThat(answered("http.location")).isEqualTo("/x");
        assertThat(answered("http.cookie")).isEqualTo("s=1");
        assertThat(answered("http.content_type")).isEqualTo("text/html; charset=x");
        assertThat(answered("http.content_len")).isEqualTo("2");
    }

    @Test
    void headsAreShapedAsRulesExpectThem() {
        assertThat(asked("http.header"))
                .startsWith("Host: WWW.Example.jp:80\r\nUser-Agent: fox\r\n")
                .doesNotContain("Cookie")
                .endsWith("X-A: 1, 2\r\n");
        assertThat(asked("http.header.raw")).contains("Cookie: k=v\r\nX-A: 1\r\nX-A: 2\r\n\r\n");
        assertThat(asked("http.header_names"))
                .isEqualTo("\r\nHost\r\nUser-Agent\r\nReferer\r\nAccept\r\nAccept-Encoding\r\nAccept-Language\r\n"
                        + "Connection\r\nCookie\r\nX-A\r\n\r\n");
        assertThat(asked("http.start")).isEqualTo(REQUEST.substring(3));
        assertThat(answered("http.start")).isEqualTo(RESPONSE.substring(3, RESPONSE.length() - 2));
        assertThat(TriedRule.buffer("http.request_header", EXCHANGE, Direction.TO_SERVER))
                .hasSize(9)
                .startsWith("Host: WWW.Example.jp:80")
                .endsWith("X-A: 1, 2");
        assertThat(TriedRule.buffer("http.response_header", EXCHANGE, Direction.TO_CLIENT))
                .contains("Set-Cookie: s=1");
    }

    @Test
    void olderModifiersFindWhatStickyBuffersFind() throws RuleException {
        String[][] pairs = {
            {"content:\"/b c\"; http_uri;", "http.uri; content:\"/b c\";"},
            {"content:\"%20\"; http_raw_uri;", "http.uri.raw; content:\"%20\";"},
            {"content:\"GET\"; http_method;", "http.method; content:\"GET\";"},
            {"content:\"X-A|3a|\"; http_header;", "http.header; content:\"X-A|3a|\";"},
            {"content:\"Cookie|3a|\"; http_raw_header;", "http.header.raw; content:\"Cookie|3a|\";"},
            {"content:\"k=\"; http_cookie;", "http.cookie; content:\"k=\";"},
            {"content:\"fox\"; http_user_agent;", "http.user_agent; content:\"fox\";"},
            {"content:\"example\"; http_host;", "http.host; content:\"example\";"},
            {"content:\"WWW\"; http_raw_host;", "http.host.raw; content:\"WWW\";"},
            {"uricontent:\"/b\";", "http.uri; content:\"/b\";"},
            {"http_accept; content:\"*\";", "http.accept; content:\"*\";"},
            {"http_start; content:\"Host\";", "http.start; content:\"Host\";"},
        };
        for (String[] pair : pairs) {
            TriedRule older = TriedRule.of("http", pair[0]);
            TriedRule newer = TriedRule.of("http", pair[1]);
            assertThat(older.checks()).as(pair[0]).isEqualTo(newer.checks());
            assertThat(older.finds(EXCHANGE, Direction.TO_SERVER)).as(pair[0]).isTrue();
            assertThat(newer.finds(EXCHANGE, Direction.TO_SERVER)).as(pair[1]).isTrue();
        }
        assertThat(TriedRule.of("http", "content:\"302\"; http_stat_code; content:\"Found\"; http_stat_msg;")
                        .finds(EXCHANGE, Direction.TO_CLIENT))
                .isTrue();
        assertThat(TriedRule.of("http", "content:\"a\"; http_client_body; content:\"b\"; http_client_body;")
                        .checks())
                .containsExactly("http.request_body 2");
    }

    @Test
    void relativeContentsCountInsideTheBufferTheyWereMovedTo() throws RuleException {
        String relative = "content:\"/b\"; http_uri; content:\"q=\"; http_uri; distance:3; within:2;";
        assertThat(TriedRule.of("http", relative).finds(EXCHANGE, Direction.TO_SERVER))
                .isTrue();
        assertThat(TriedRule.of("http", relative.replace("distance:3", "distance:4"))
                        .finds(EXCHANGE, Direction.TO_SERVER))
                .isFalse();
    }

    @Test
    void lengthsOfTheTargetAreNormalisedUnlessSaidOtherwise() throws RuleException {
        assertThat(TriedRule.of("http", "urilen:8;").finds(EXCHANGE, Direction.TO_SERVER))
                .isTrue();
        assertThat(TriedRule.of("http", "urilen:7<>9, norm;").finds(EXCHANGE, Direction.TO_SERVER))
                .isTrue();
        assertThat(TriedRule.of("http", "urilen:17,raw;").finds(EXCHANGE, Direction.TO_SERVER))
                .isTrue();
        assertThat(TriedRule.of("http", "urilen:>8;").finds(EXCHANGE, Direction.TO_SERVER))
                .isFalse();
    }

    private static void refuses(String protocol, String options) {
        assertThatExceptionOfType(RuleException.class)
                .as(options)
                .isThrownBy(() -> TriedRule.of(protocol, options).finds(EXCHANGE, Direction.TO_SERVER));
    }

    @Test
    void refusesWhatCanNeverBeFound() {
        refuses("http", "http.host; content:\"Example\";");
        refuses("http", "http.host; content:\"example\"; nocase;");
        refuses("http", "content:\"Example\"; http_host;");
        refuses("http", "http.method; content:\"GET \";");
        refuses("http", "http.method; content:\" GET\";");
    }

    @Test
    void refusesWhatStandsInTheWrongPlace() {
        refuses("http", "http_uri;");
        refuses("http", "content:\"a\"; http_uri:1;");
        refuses("http", "http.uri; content:\"a\"; http_uri;");
        refuses("dns", "content:\"a\"; http_uri;");
        refuses("http", "urilen:8,cooked;");
        refuses("http", "uricontent:a;");
    }

    // ---- HTTP/2

    private static String frame(int type, int flags, int stream, String payload) {
        return "" + (char) 0 + (char) 0 + (char) payload.length() + (char) type + (char) flags + (char) 0 + (char) 0
                + (char) 0 + (char) stream + payload;
    }

    private static String field(String name, String value) {
        return "\0" + (char) name.length() + name + (char) value.length() + value;
    }

    private static final Exchanges FRAMES = Exchanges.play(
            new Http2Parser(),
            "C: PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0, "\0\1\0\0\20\0") + frame(8, 0, 0, "\0\0\0\7")
                    + frame(
                            1,
                            5,
                            1,
                            field(":method", "GET")
                                    + field(":path", "/p")
                                    + field(":authority", "A.jp:81")
                                    + field("cookie", "a")
                                    + field("cookie", "b")),
            "S: " + frame(1, 5, 1, field(":status", "200")) + frame(7, 0, 0, "\0\0\0\0\0\0\0\15"));

    private static boolean anyFinds(String options, Direction direction) throws RuleException {
        TriedRule rule = TriedRule.of("http2", options);
        for (Transaction each : FRAMES.transactions) {
            if (rule.finds(each, direction)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void bothVersionsFillTheSameBuffers() throws RuleException {
        assertThat(anyFinds("http.uri; content:\"/p\"; http.method; content:\"GET\";", Direction.TO_SERVER))
                .isTrue();
        assertThat(anyFinds("http.host; content:\"a.jp\"; bsize:4;", Direction.TO_SERVER))
                .isTrue();
        assertThat(anyFinds("http.cookie; content:\"a, b\";", Direction.TO_SERVER))
                .isTrue();
        assertThat(anyFinds("http.header; content:\"cookie|3a| a|0d 0a|cookie|3a| b\";", Direction.TO_SERVER))
                .isTrue();
        assertThat(anyFinds("http.stat_code; content:\"200\";", Direction.TO_CLIENT))
                .isTrue();
        assertThat(anyFinds("http.protocol; content:\"HTTP/2\";", Direction.TO_CLIENT))
                .isTrue();
    }

    @Test
    void framesOfHttp2AreAskedByTypeAndNumber() throws RuleException {
        assertThat(anyFinds("http2.frametype:SETTINGS;", Direction.TO_SERVER)).isTrue();
        assertThat(anyFinds("http2.frametype:8;", Direction.TO_SERVER)).isTrue();
        assertThat(anyFinds("http2.frametype:PING;", Direction.TO_SERVER)).isFalse();
        assertThat(anyFinds("http2.window:<8;", Direction.TO_SERVER)).isTrue();
        assertThat(anyFinds("http2.settings:SETTINGS_HEADER_TABLE_SIZE>1000;", Direction.TO_SERVER))
                .isTrue();
        assertThat(anyFinds("http2.settings:SETTINGS_HEADER_TABLE_SIZE=1;", Direction.TO_SERVER))
                .isFalse();
        assertThat(anyFinds("http2.settings:SETTINGS_ENABLE_PUSH;", Direction.TO_SERVER))
                .isFalse();
        assertThat(anyFinds("http2.errorcode: HTTP_1_1_REQUIRED;", Direction.TO_CLIENT))
                .isTrue();
        assertThat(anyFinds("http2.header_name; content:\"cookie\"; bsize:6;", Direction.TO_SERVER))
                .isTrue();
        refuses("http2", "http2.settings:SETTINGS_NONE=1;");
        refuses("http2", "http2.frametype:NONE;");
        refuses("http1", "http2.frametype:PING;");
    }
}
