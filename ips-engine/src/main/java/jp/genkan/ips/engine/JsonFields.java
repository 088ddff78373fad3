package jp.genkan.ips.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import jp.genkan.core.event.EveFields;

/** Copies JSON texts that lists hold into events. What has no counterpart there (null, arrays in arrays) is left out. */
final class JsonFields {
    private static final JsonFactory JSON = new JsonFactory();

    /** Nesting that is copied: what is known of a member of a list is flat, mostly. */
    private static final int DEPTH_MAX = 16;

    private JsonFields() {}

    /** Writes a JSON value under a name. */
    static void copy(String name, String json, EveFields out) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            value(name, parser, out, 0);
        } catch (IOException broken) {
            throw new UncheckedIOException("JSON that was read before", broken);
        }
    }

    private static void value(String name, JsonParser parser, EveFields out, int depth) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_STRING -> out.put(name, parser.getText());
            case VALUE_NUMBER_INT -> out.put(name, parser.getValueAsLong());
            case VALUE_NUMBER_FLOAT -> out.put(name, parser.getValueAsDouble());
            case VALUE_TRUE -> out.put(name, true);
            case VALUE_FALSE -> out.put(name, false);
            case START_OBJECT -> {
                if (depth >= DEPTH_MAX) {
                    parser.skipChildren();
                    return;
                }
                out.object(name);
                members(parser, out, depth + 1);
                out.end();
            }
            case START_ARRAY -> {
                if (depth >= DEPTH_MAX) {
                    parser.skipChildren();
                    return;
                }
                out.array(name);
                items(parser, out, depth + 1);
                out.end();
            }
            default -> {}
        }
    }

    private static void members(JsonParser parser, EveFields out, int depth) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            value(name, parser, out, depth);
        }
    }

    private static void items(JsonParser parser, EveFields out, int depth) throws IOException {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            switch (token) {
                case VALUE_STRING -> out.add(parser.getText());
                case VALUE_NUMBER_INT -> out.add(parser.getValueAsLong());
                case START_OBJECT -> {
                    out.object();
                    members(parser, out, depth);
                    out.end();
                }
                case START_ARRAY -> parser.skipChildren();
                default -> {}
            }
        }
    }
}
