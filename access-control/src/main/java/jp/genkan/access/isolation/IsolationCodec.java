package jp.genkan.access.isolation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import jp.genkan.core.frame.Mac;
import org.jspecify.annotations.Nullable;

/** One isolation as one line of JSON in the state file. */
final class IsolationCodec {
    private static final JsonFactory JSON = new JsonFactory();

    private IsolationCodec() {}

    static String encode(Isolation isolation) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("target", isolation.target().toString());
            if (isolation.mac() != 0) {
                out.writeStringField("mac", Mac.format(isolation.mac()));
            }
            if (!isolation.name().isEmpty()) {
                out.writeStringField("name", isolation.name());
            }
            out.writeStringField("since", isolation.since().toString());
            Instant until = isolation.until();
            if (until != null) {
                out.writeStringField("until", until.toString());
            }
            out.writeStringField("by", isolation.by());
            out.writeStringField("reason", isolation.reason());
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text.toString();
    }

    /**
     * Reads one line.
     *
     * @throws IOException when the line is not an isolation; the message says why
     */
    static Isolation decode(String line, long serial) throws IOException {
        Map<String, String> fields = fields(line);
        try {
            IsolationTarget target = IsolationTarget.parse(required(fields, "target"));
            String mac = fields.get("mac");
            String until = fields.get("until");
            return new Isolation(
                    serial,
                    target,
                    mac == null ? 0 : Mac.parse(mac),
                    fields.getOrDefault("name", ""),
                    Instant.parse(required(fields, "since")),
                    until == null ? null : Instant.parse(until),
                    fields.getOrDefault("by", ""),
                    fields.getOrDefault("reason", ""));
        } catch (IllegalArgumentException | DateTimeException bad) {
            throw new IOException(bad.getMessage(), bad);
        }
    }

    private static String required(Map<String, String> fields, String name) throws IOException {
        @Nullable String value = fields.get(name);
        if (value == null) {
            throw new IOException("'" + name + "' is missing");
        }
        return value;
    }

    private static Map<String, String> fields(String line) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser in = JSON.createParser(line)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                if (in.nextToken() == JsonToken.VALUE_STRING) {
                    fields.put(name, in.getText());
                } else {
                    in.skipChildren();
                }
            }
            if (in.currentToken() != JsonToken.END_OBJECT) {
                throw new IOException("not a whole JSON object");
            }
            return fields;
        }
    }
}
