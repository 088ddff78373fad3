package jp.genkan.protocols.http;

import java.nio.charset.StandardCharsets;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.http.head.ContentRange;
import jp.genkan.protocols.http.head.HeaderFields;
import jp.genkan.protocols.http.head.HostPort;
import jp.genkan.protocols.http.head.HttpExchange;
import jp.genkan.protocols.http.head.HttpText;
import jp.genkan.protocols.http.head.HttpUri;
import jp.genkan.protocols.http.head.StartLine;
import org.jspecify.annotations.Nullable;

/**
 * One request of HTTP/1 and its response.
 *
 * <p>Holds the two heads and, for each field, 16 octets: about 2 KiB for what browsers send, at most {@link HttpParser#HEAD_MAX} and 32 KiB a
 * direction. Bodies are never held.
 *
 * <p>Thread rule: its flow's worker until it is complete; from then on it never changes.
 */
public final class HttpTransaction extends Transaction implements HttpExchange {
    /** What libhtp says for the target of a request that was not seen. */
    private static final byte[] NOT_SEEN = "/libhtp::request_uri_not_seen".getBytes(StandardCharsets.ISO_8859_1);

    private static final int REDIRECTION = 300;
    private static final int CLIENT_ERROR = 400;

    private @Nullable StartLine requestLine;
    private @Nullable StartLine statusLine;
    private HeaderFields requestFields = HeaderFields.NONE;
    private HeaderFields responseFields = HeaderFields.NONE;
    private @Nullable HeaderFields requestTrailers;
    private @Nullable HeaderFields responseTrailers;
    private @Nullable HttpUri uri;
    private @Nullable HostPort host;
    private @Nullable ContentRange range;
    private long requestLength;
    private long responseLength;
    private boolean continued;
    private boolean waits = true;

    HttpTransaction(long number) {
        super(AppProtocol.HTTP1, number);
    }

    void requestLine(StartLine line) {
        requestLine = line;
        byte[] target = line.second();
        uri = isConnect() ? HttpUri.authority(target, 0, target.length) : HttpUri.parse(target, 0, target.length);
    }

    void statusLine(StartLine line) {
        statusLine = line;
    }

    void fields(Direction direction, HeaderFields fields) {
        if (direction.isToServer()) {
            requestFields = fields;
        } else {
            responseFields = fields;
        }
    }

    void trailers(Direction direction, HeaderFields trailers) {
        if (direction.isToServer()) {
            requestTrailers = trailers;
        } else {
            responseTrailers = trailers;
        }
    }

    void host(HostPort named) {
        host = named;
    }

    void range(ContentRange said) {
        range = said;
    }

    void growLength(Direction direction, long octets) {
        if (direction.isToServer()) {
            requestLength += octets;
        } else {
            responseLength += octets;
        }
    }

    /** Notes an interim response; false when there was one already. */
    boolean isFirstContinue() {
        boolean first = !continued;
        continued = true;
        return first;
    }

    /** No response will be matched to it any more. */
    void waitsForNothing() {
        waits = false;
    }

    /** True while a response may come. */
    boolean waits() {
        return waits;
    }

    /** Octets of the request's head. */
    int requestOctets() {
        return (requestLine == null ? 0 : requestLine.line().length) + requestFields.length();
    }

    /** Version of the request, -1 when it names none. */
    int requestVersion() {
        return requestLine == null ? -1 : requestLine.version(false);
    }

    boolean hasRequest() {
        return requestLine != null;
    }

    boolean isHead() {
        return requestLine != null && requestLine.firstIs("head");
    }

    boolean isConnect() {
        return requestLine != null && requestLine.firstIs("connect");
    }

    boolean isMethod(String lowerCase) {
        return requestLine != null && requestLine.firstIs(lowerCase);
    }

    @Nullable
    HttpUri target() {
        return uri;
    }

    @Override
    public byte @Nullable [] method() {
        return requestLine == null ? null : requestLine.first();
    }

    @Override
    public byte @Nullable [] rawUri() {
        return requestLine == null ? null : requestLine.second();
    }

    @Override
    public byte @Nullable [] uri() {
        return uri == null ? null : uri.normalised();
    }

    /** The path of the target, normalised; null when there is no request. */
    public byte @Nullable [] path() {
        return uri == null ? null : uri.path();
    }

    @Override
    public byte @Nullable [] requestProtocol() {
        return requestLine == null ? null : requestLine.third();
    }

    @Override
    public byte @Nullable [] responseProtocol() {
        return statusLine == null ? null : statusLine.first();
    }

    @Override
    public byte @Nullable [] requestLine() {
        return requestLine == null ? null : requestLine.line();
    }

    @Override
    public byte @Nullable [] responseLine() {
        return statusLine == null ? null : statusLine.line();
    }

    /** The target's where it names one, as libhtp has it. */
    @Override
    public byte @Nullable [] rawHost() {
        byte[] authority = uri == null ? null : uri.authority();
        if (authority == null || isConnect()) {
            return field(Direction.TO_SERVER, "host");
        }
        return HostPort.parse(authority, 0, authority.length).host().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public @Nullable String hostname() {
        return host == null || host.host().isEmpty() ? null : host.host();
    }

    @Override
    public @Nullable String resource() {
        byte[] asked = uri();
        return asked == null ? null : hostname() + new String(asked, StandardCharsets.ISO_8859_1);
    }

    /** Port that the request names, -1 when it names none. */
    public int port() {
        return host == null ? -1 : Math.max(-1, host.port());
    }

    @Override
    public byte @Nullable [] statusCode() {
        return statusLine == null ? null : statusLine.second();
    }

    @Override
    public byte @Nullable [] statusMessage() {
        return statusLine == null ? null : statusLine.third();
    }

    @Override
    public int status() {
        return statusLine == null ? -1 : statusLine.status();
    }

    @Override
    public HeaderFields fields(Direction direction) {
        return direction.isToServer() ? requestFields : responseFields;
    }

    /** Fields behind a chunked body; null when there are none. */
    public @Nullable HeaderFields trailers(Direction direction) {
        return direction.isToServer() ? requestTrailers : responseTrailers;
    }

    /** Octets of a body as it was sent, its chunks' lengths included. */
    public long bodyLength(Direction direction) {
        return direction.isToServer() ? requestLength : responseLength;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("http");
        putIfThere(out, "hostname", hostname());
        if (port() >= 0) {
            out.put("http_port", port());
        }
        byte[] target = requestLine == null ? NOT_SEEN : requestLine.second();
        if (target.length > 0) {
            out.put("url", HttpText.show(target, 0, target.length));
        }
        putIfThere(out, "http_user_agent", requestFields.joinedText("user-agent"));
        putIfThere(out, "http_content_type", withoutParameters(responseFields.joinedText("content-type")));
        if (range != null) {
            range.writeTo(out);
        }
        putIfThere(out, "http_refer", requestFields.joinedText("referer"));
        putIfThere(out, "http_method", method());
        putIfThere(out, "protocol", requestProtocol());
        writeResponse(out);
        out.end();
    }

    private void writeResponse(EveFields out) {
        int status = status();
        if (status >= 0) {
            out.put("status", status);
            if (status >= REDIRECTION && status < CLIENT_ERROR) {
                putIfThere(out, "redirect", responseFields.joinedText("location"));
            }
        } else {
            putIfThere(out, "status_string", statusCode());
        }
        out.put("length", responseLength);
    }

    private static void putIfThere(EveFields out, String name, @Nullable String value) {
        if (value != null) {
            out.put(name, value);
        }
    }

    private static void putIfThere(EveFields out, String name, byte @Nullable [] value) {
        if (value != null && value.length > 0) {
            out.put(name, HttpText.show(value, 0, value.length));
        }
    }

    private static @Nullable String withoutParameters(@Nullable String type) {
        if (type == null) {
            return null;
        }
        int end = type.indexOf(';');
        return end < 0 ? type : type.substring(0, end);
    }
}
