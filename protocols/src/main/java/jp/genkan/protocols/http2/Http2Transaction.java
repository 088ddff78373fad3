package jp.genkan.protocols.http2;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.http.head.HeaderFields;
import jp.genkan.protocols.http.head.HostPort;
import jp.genkan.protocols.http.head.HttpExchange;
import jp.genkan.protocols.http.head.HttpText;
import jp.genkan.protocols.http.head.HttpUri;
import org.jspecify.annotations.Nullable;

/**
 * A stream of HTTP/2, or a frame that belongs to none: stream 0. Told as EVE's {@code http}, as Suricata does.
 *
 * <p>Holds the fields of both directions: some 2 KiB for what browsers send, at most {@link Http2Parser#FIELDS_OCTETS_MAX} and 32 KiB a direction.
 *
 * <p>Thread rule: its flow's worker until it is complete; from then on it never changes.
 */
public final class Http2Transaction extends Transaction implements HttpExchange {
    /** Settings of one frame that are kept; RFC 9113 knows six. */
    private static final int SETTINGS_MAX = 32;

    private static final byte[] PROTOCOL = "HTTP/2".getBytes(StandardCharsets.ISO_8859_1);
    private static final int STATUS_MAX = 999;

    private final int streamId;
    private final Side request = new Side();
    private final Side response = new Side();
    private boolean isTold = true;

    private static final class Side {
        private final FrameNotes notes = new FrameNotes();
        private HeaderFields fields = HeaderFields.NONE;
        private int octets;
        private @Nullable List<Setting> settings;
        private @Nullable String errorCode;
        private int priority = -1;
        private @Nullable String multiple;
    }

    private record Setting(String name, long value) {}

    Http2Transaction(long number, int streamId) {
        super(AppProtocol.HTTP2, number);
        this.streamId = streamId;
    }

    private Side side(Direction direction) {
        return direction.isToServer() ? request : response;
    }

    /** Adds a field; false when there are too many. */
    boolean field(Direction direction, byte[] name, byte[] value) {
        Side side = side(direction);
        if (side.fields == HeaderFields.NONE) {
            side.fields = HeaderFields.collecting();
        }
        int more = name.length + value.length;
        if (side.octets + more > Http2Parser.FIELDS_OCTETS_MAX || !side.fields.add(name, value)) {
            return false;
        }
        side.octets += more;
        return true;
    }

    /** Octets of the fields of both directions. */
    int octets() {
        return request.octets + response.octets;
    }

    void settings(Direction direction) {
        side(direction).settings = new ArrayList<>();
    }

    void setting(Direction direction, int id, long value) {
        side(direction).notes.setting(id, value);
        List<Setting> settings = side(direction).settings;
        if (settings != null && settings.size() < SETTINGS_MAX) {
            settings.add(new Setting(FrameType.setting(id), value));
        }
    }

    void errorCode(Direction direction, long code) {
        Side side = side(direction);
        side.notes.errorCode(code);
        if (side.errorCode == null) {
            side.errorCode = FrameType.error(code);
        } else if (side.multiple == null) {
            side.multiple = "error_code";
        }
    }

    void priority(Direction direction, int weight) {
        Side side = side(direction);
        side.notes.priority(weight);
        if (side.priority < 0) {
            side.priority = weight;
        } else if (side.multiple == null) {
            side.multiple = "priority";
        }
    }

    /** What rules may ask of the frames of a direction. */
    public FrameNotes notes(Direction direction) {
        return side(direction).notes;
    }

    /** Not told: it is there for rules alone. */
    void untold() {
        isTold = false;
    }

    @Override
    public boolean isTold() {
        return isTold;
    }

    /** Number of the stream, 0 for a frame of the connection. */
    public int streamId() {
        return streamId;
    }

    @Override
    public String eventType() {
        return "http";
    }

    @Override
    public byte @Nullable [] method() {
        return field(Direction.TO_SERVER, ":method");
    }

    @Override
    public byte @Nullable [] rawUri() {
        return field(Direction.TO_SERVER, ":path");
    }

    @Override
    public byte @Nullable [] uri() {
        byte[] raw = rawUri();
        return raw == null ? null : HttpUri.parse(raw, 0, raw.length).normalised();
    }

    /** The path of the target, normalised; null when there is no request. */
    public byte @Nullable [] path() {
        byte[] raw = rawUri();
        return raw == null ? null : HttpUri.parse(raw, 0, raw.length).path();
    }

    @Override
    public byte[] requestProtocol() {
        return PROTOCOL.clone();
    }

    @Override
    public byte[] responseProtocol() {
        return PROTOCOL.clone();
    }

    @Override
    public byte @Nullable [] requestLine() {
        byte[] method = method();
        byte[] target = rawUri();
        return method == null || target == null ? null : line(method, target, PROTOCOL);
    }

    @Override
    public byte @Nullable [] responseLine() {
        byte[] status = statusCode();
        return status == null ? null : line(PROTOCOL, status, new byte[0]);
    }

    private static byte[] line(byte[] first, byte[] second, byte[] third) {
        String text = text(first) + ' ' + text(second) + ' ' + text(third);
        return (text.strip() + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    @Override
    public byte @Nullable [] rawHost() {
        byte[] authority = field(Direction.TO_SERVER, ":authority");
        return authority == null ? field(Direction.TO_SERVER, "host") : authority;
    }

    @Override
    public @Nullable String hostname() {
        byte[] raw = rawHost();
        String host = raw == null ? "" : HostPort.parse(raw, 0, raw.length).host();
        return host.isEmpty() ? null : host;
    }

    @Override
    public byte @Nullable [] statusCode() {
        HeaderFields fields = response.fields;
        int last = -1;
        for (int i = fields.find(":status", 0); i >= 0; i = fields.find(":status", i + 1)) {
            last = i;
        }
        return last < 0 ? null : fields.valueOctets(last);
    }

    @Override
    public byte @Nullable [] statusMessage() {
        return null;
    }

    @Override
    public int status() {
        long status = number(statusCode());
        return status > STATUS_MAX ? -1 : (int) status;
    }

    @Override
    public HeaderFields fields(Direction direction) {
        return side(direction).fields;
    }

    /** Length of the body as a direction says it, -1 when it does not. */
    public long announcedLength(Direction direction) {
        int index = fields(direction).find("content-length", 0);
        return index < 0 ? -1 : number(fields(direction).valueOctets(index));
    }

    private static long number(byte @Nullable [] digits) {
        if (digits == null || digits.length == 0 || digits.length > 18) {
            return -1;
        }
        long value = 0;
        for (byte letter : digits) {
            if (letter < '0' || letter > '9') {
                return -1;
            }
            value = value * 10 + letter - '0';
        }
        return value;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("http");
        out.put("version", "2");
        writeHeaders(out, "request_headers", request.fields);
        writeHeaders(out, "response_headers", response.fields);
        putIfThere(out, "http_method", method());
        putIfThere(out, "url", rawUri());
        String host = hostname();
        if (host != null) {
            out.put("hostname", host);
        }
        putIfThere(out, "http_user_agent", userAgent());
        long length = announcedLength(Direction.TO_CLIENT);
        length = length < 0 ? announcedLength(Direction.TO_SERVER) : length;
        if (length >= 0) {
            out.put("length", length);
        }
        if (status() >= 0) {
            out.put("status", status());
        }
        out.object("http2");
        out.put("stream_id", streamId);
        writeSide(out, "request", request);
        writeSide(out, "response", response);
        out.end();
        out.end();
    }

    private static void writeHeaders(EveFields out, String name, HeaderFields fields) {
        if (fields.count() == 0) {
            return;
        }
        out.array(name);
        for (int i = 0; i < fields.count(); i++) {
            out.object();
            out.put("name", fields.name(i));
            out.put("value", fields.value(i));
            out.end();
        }
        out.end();
    }

    private static void writeSide(EveFields out, String name, Side side) {
        out.object(name);
        if (side.settings != null) {
            out.array("settings");
            for (Setting setting : side.settings) {
                out.object();
                out.put("settings_id", setting.name);
                out.put("settings_value", setting.value);
                out.end();
            }
            out.end();
        }
        if (side.errorCode != null) {
            out.put("error_code", side.errorCode);
        }
        if (side.priority >= 0) {
            out.put("priority", side.priority);
        }
        if (side.multiple != null) {
            out.put("has_multiple", side.multiple);
        }
        out.end();
    }

    private static void putIfThere(EveFields out, String name, byte @Nullable [] value) {
        if (value != null) {
            out.put(name, HttpText.show(value, 0, value.length));
        }
    }
}
