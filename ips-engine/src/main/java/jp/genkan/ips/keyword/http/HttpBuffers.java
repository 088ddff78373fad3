package jp.genkan.ips.keyword.http;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.BufferSink;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.protocols.http.head.HttpExchange;
import org.jspecify.annotations.Nullable;

/** The buffers of HTTP, the same for both versions: what {@link HttpExchange} says of a transaction. */
final class HttpBuffers {
    static final Set<AppProtocol> HTTP = Set.of(AppProtocol.HTTP1, AppProtocol.HTTP2);
    static final Set<AppProtocol> HTTP1 = Set.of(AppProtocol.HTTP1);
    static final Set<AppProtocol> HTTP2 = Set.of(AppProtocol.HTTP2);

    private final BufferTable buffers;

    private HttpBuffers(BufferTable buffers) {
        this.buffers = buffers;
    }

    /** A part of a head. */
    @FunctionalInterface
    private interface Part {
        byte @Nullable [] of(HttpExchange exchange, Direction direction);
    }

    static void register(BufferTable buffers) {
        HttpBuffers made = new HttpBuffers(buffers);
        made.addLines();
        made.addFields();
        made.addHeads();
        made.body("http.request_body", Buffer.Ways.TO_SERVER);
        made.body("http.response_body", Buffer.Ways.TO_CLIENT);
    }

    private void addLines() {
        line("http.method", Buffer.Ways.TO_SERVER, (http, way) -> http.method());
        line("http.uri", Buffer.Ways.TO_SERVER, (http, way) -> http.uri());
        line("http.uri.raw", Buffer.Ways.TO_SERVER, (http, way) -> http.rawUri());
        line("http.request_line", Buffer.Ways.TO_SERVER, (http, way) -> http.requestLine());
        line("http.response_line", Buffer.Ways.TO_CLIENT, (http, way) -> http.responseLine());
        line("http.stat_code", Buffer.Ways.TO_CLIENT, (http, way) -> http.statusCode());
        line("http.stat_msg", Buffer.Ways.TO_CLIENT, (http, way) -> http.statusMessage());
        line(
                "http.protocol",
                Buffer.Ways.BOTH,
                (http, way) -> way.isToServer() ? http.requestProtocol() : http.responseProtocol());
    }

    private void addFields() {
        head("http.host", Buffer.Ways.TO_SERVER, (http, way) -> text(http.hostname()));
        head("http.host.raw", Buffer.Ways.TO_SERVER, (http, way) -> http.rawHost());
        field("http.user_agent", Buffer.Ways.TO_SERVER, "user-agent");
        field("http.referer", Buffer.Ways.TO_SERVER, "referer");
        field("http.accept", Buffer.Ways.TO_SERVER, "accept");
        field("http.accept_enc", Buffer.Ways.TO_SERVER, "accept-encoding");
        field("http.accept_lang", Buffer.Ways.TO_SERVER, "accept-language");
        field("http.connection", Buffer.Ways.BOTH, "connection");
        field("http.content_type", Buffer.Ways.BOTH, "content-type");
        field("http.content_len", Buffer.Ways.BOTH, "content-length");
        field("http.server", Buffer.Ways.TO_CLIENT, "server");
        field("http.location", Buffer.Ways.TO_CLIENT, "location");
        head("http.cookie", Buffer.Ways.BOTH, HttpExchange::cookie);
    }

    private void addHeads() {
        head("http.header", Buffer.Ways.BOTH, (http, way) -> whole(http.header(way)));
        head("http.header.raw", Buffer.Ways.BOTH, (http, way) -> whole(http.rawHeader(way)));
        head("http.header_names", Buffer.Ways.BOTH, (http, way) -> whole(http.headerNames(way)));
        add("http.start", HTTP1, Buffer.Ways.BOTH, Progress.HEADERS, false, reading(HttpExchange::start));
        add("http.request_header", HTTP, Buffer.Ways.TO_SERVER, Progress.HEADERS, true, HttpBuffers::readLines);
        add("http.response_header", HTTP, Buffer.Ways.TO_CLIENT, Progress.HEADERS, true, HttpBuffers::readLines);
        add("http2.header", HTTP2, Buffer.Ways.BOTH, Progress.HEADERS, true, HttpBuffers::readLines);
        add("http2.header_name", HTTP2, Buffer.Ways.BOTH, Progress.HEADERS, true, HttpBuffers::readNames);
    }

    private void line(String name, Buffer.Ways ways, Part part) {
        add(name, HTTP, ways, Progress.LINE, false, reading(part));
    }

    private void head(String name, Buffer.Ways ways, Part part) {
        add(name, HTTP, ways, Progress.HEADERS, false, reading(part));
    }

    private void field(String name, Buffer.Ways ways, String field) {
        head(name, ways, (http, way) -> http.field(way, field));
    }

    private void body(String name, Buffer.Ways ways) {
        buffers.add(new Buffer(name, Buffer.Origin.BODY, HTTP, ways, Progress.BODY, false, (moment, out) -> {}));
    }

    private void add(
            String name,
            Set<AppProtocol> protocols,
            Buffer.Ways ways,
            Progress at,
            boolean isMultiple,
            Buffer.Source source) {
        buffers.add(new Buffer(name, Buffer.Origin.TRANSACTION, protocols, ways, at, isMultiple, source));
    }

    private static Buffer.Source reading(Part part) {
        return (moment, out) -> {
            if (moment.transaction() instanceof HttpExchange http) {
                out.add(part.of(http, moment.direction()));
            }
        };
    }

    private static void readLines(Moment moment, BufferSink out) {
        if (moment.transaction() instanceof HttpExchange http) {
            http.fields(moment.direction()).eachLine(out::add);
        }
    }

    private static void readNames(Moment moment, BufferSink out) {
        if (moment.transaction() instanceof HttpExchange http) {
            http.fields(moment.direction()).eachName(out::add);
        }
    }

    /** A head without fields has no such buffer. */
    private static byte @Nullable [] whole(byte[] octets) {
        return octets.length == 0 ? null : octets;
    }

    private static byte @Nullable [] text(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
