package jp.genkan.protocols.http.head;

import java.util.Arrays;
import jp.genkan.core.observation.Direction;
import org.jspecify.annotations.Nullable;

/**
 * A request and its response, whichever version carried them: what rules and filters look at. Buffers are null where the message has no such part;
 * they are made when they are asked for.
 *
 * <p>Thread rule: as for {@link jp.genkan.core.observation.Transaction}.
 */
public interface HttpExchange {
    /** The method as it was sent. */
    byte @Nullable [] method();

    /** The target as it was sent. */
    byte @Nullable [] rawUri();

    /** The target, normalised: {@link HttpUri#normalised}. */
    byte @Nullable [] uri();

    /** Protocol of the request. */
    byte @Nullable [] requestProtocol();

    /** Protocol of the response. */
    byte @Nullable [] responseProtocol();

    /** The request's first line. */
    byte @Nullable [] requestLine();

    /** The response's first line. */
    byte @Nullable [] responseLine();

    /** Host as the request names it, normalised; null when it does not. */
    @Nullable
    String hostname();

    /** The status, as text. */
    byte @Nullable [] statusCode();

    /** What stands behind the status. */
    byte @Nullable [] statusMessage();

    /** Status as a number, -1 when there is none. */
    int status();

    /** Header fields of a direction. */
    HeaderFields fields(Direction direction);

    /** All values of one field; the name is in lower case. */
    default byte @Nullable [] field(Direction direction, String lowerCase) {
        return fields(direction).joined(lowerCase);
    }

    /** The Host field as it was sent. */
    default byte @Nullable [] rawHost() {
        return field(Direction.TO_SERVER, "host");
    }

    default byte @Nullable [] userAgent() {
        return field(Direction.TO_SERVER, "user-agent");
    }

    default byte @Nullable [] referer() {
        return field(Direction.TO_SERVER, "referer");
    }

    /** Cookie of a request, Set-Cookie of a response. */
    default byte @Nullable [] cookie(Direction direction) {
        return field(direction, direction.isToServer() ? "cookie" : "set-cookie");
    }

    default byte @Nullable [] contentType(Direction direction) {
        return field(direction, "content-type");
    }

    default byte @Nullable [] contentLength(Direction direction) {
        return field(direction, "content-length");
    }

    default byte @Nullable [] connection(Direction direction) {
        return field(direction, "connection");
    }

    default byte @Nullable [] accept() {
        return field(Direction.TO_SERVER, "accept");
    }

    default byte @Nullable [] acceptEncoding() {
        return field(Direction.TO_SERVER, "accept-encoding");
    }

    default byte @Nullable [] acceptLanguage() {
        return field(Direction.TO_SERVER, "accept-language");
    }

    default byte @Nullable [] location() {
        return field(Direction.TO_CLIENT, "location");
    }

    default byte @Nullable [] server() {
        return field(Direction.TO_CLIENT, "server");
    }

    /** Suricata's {@code http.header}. */
    default byte[] header(Direction direction) {
        return fields(direction).normalised(direction.isToServer() ? "cookie" : "set-cookie");
    }

    /** Suricata's {@code http.header.raw}. */
    default byte[] rawHeader(Direction direction) {
        return fields(direction).raw();
    }

    /** Suricata's {@code http.start}: the first line and the fields as they were sent; null when either is not there. */
    default byte @Nullable [] start(Direction direction) {
        byte[] line = direction.isToServer() ? requestLine() : responseLine();
        byte[] raw = rawHeader(direction);
        if (line == null || raw.length == 0) {
            return null;
        }
        byte[] both = Arrays.copyOf(line, line.length + 2 + raw.length);
        both[line.length] = '\r';
        both[line.length + 1] = '\n';
        System.arraycopy(raw, 0, both, line.length + 2, raw.length);
        return both;
    }

    /** Suricata's {@code http.header_names}. */
    default byte[] headerNames(Direction direction) {
        return fields(direction).names();
    }
}
