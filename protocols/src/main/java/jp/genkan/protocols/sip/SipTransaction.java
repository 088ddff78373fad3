package jp.genkan.protocols.sip;

import java.util.List;
import java.util.Locale;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.OctetText;
import org.jspecify.annotations.Nullable;

/**
 * One SIP message: a request or a response, each is a transaction of its own as in EVE.
 *
 * <p>Thread rule: immutable from its making on.
 */
public final class SipTransaction extends Transaction {
    /**
     * A header.
     *
     * @param name as it was sent
     * @param value without white space around it, folded lines put together
     */
    public record Header(String name, String value) {}

    private final StartLine start;
    private final List<Header> headers;
    private final byte[] body;

    SipTransaction(long number, StartLine start, List<Header> headers, byte[] body) {
        super(AppProtocol.SIP, number);
        this.start = start;
        this.headers = headers;
        this.body = body;
    }

    public boolean isResponse() {
        return start.method() == null;
    }

    /** Null for a response. */
    public @Nullable String method() {
        return start.method();
    }

    /** Null for a response. */
    public @Nullable String uri() {
        return start.uri();
    }

    /** {@code SIP/2.0}. */
    public String version() {
        return start.version();
    }

    /** Three digits; null for a request. */
    public @Nullable String code() {
        return start.code();
    }

    /** What the code means, in the sender's words; null for a request. */
    public @Nullable String reason() {
        return start.reason();
    }

    /** The first line as it was sent. */
    public String line() {
        return start.line();
    }

    public List<Header> headers() {
        return headers;
    }

    /** Value of the first header of this name or its compact form; null when there is none. */
    public @Nullable String header(String name) {
        String compact = compactForm(name);
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name) || header.name().equalsIgnoreCase(compact)) {
                return header.value();
            }
        }
        return null;
    }

    /** Values of all headers of this name or its compact form, in order. */
    public List<String> headers(String name) {
        String compact = compactForm(name);
        return headers.stream()
                .filter(header ->
                        header.name().equalsIgnoreCase(name) || header.name().equalsIgnoreCase(compact))
                .map(Header::value)
                .toList();
    }

    /** RFC 3261 §7.3.3. */
    private static String compactForm(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "call-id" -> "i";
            case "contact" -> "m";
            case "content-encoding" -> "e";
            case "content-length" -> "l";
            case "content-type" -> "c";
            case "from" -> "f";
            case "subject" -> "s";
            case "supported" -> "k";
            case "to" -> "t";
            case "via" -> "v";
            default -> name;
        };
    }

    /** The body as far as it is kept. */
    public byte[] body() {
        return body.clone();
    }

    /** What the body says of a session; null when it is none. */
    public @Nullable Sdp sdp() {
        String type = header("Content-Type");
        boolean named = type != null && type.toLowerCase(Locale.ROOT).startsWith("application/sdp");
        return named ? Sdp.parse(OctetText.of(body)) : null;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("sip");
        putIfPresent(out, "method", start.method());
        putIfPresent(out, "uri", start.uri());
        out.put("version", start.version());
        putIfPresent(out, "code", start.code());
        putIfPresent(out, "reason", start.reason());
        out.put(isResponse() ? "response_line" : "request_line", start.line());
        Sdp sdp = sdp();
        if (sdp != null) {
            sdp.writeTo(out);
        }
        out.end();
    }

    private static void putIfPresent(EveFields out, String name, @Nullable String value) {
        if (value != null) {
            out.put(name, value);
        }
    }
}
