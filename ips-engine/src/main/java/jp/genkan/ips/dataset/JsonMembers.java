package jp.genkan.ips.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads members from JSON: objects in an array, or one a line; each is kept whole, as what is known of its member. */
final class JsonMembers {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonMembers() {}

    static void read(Dataset set, Definition definition, Path file) throws IOException, DatasetException {
        try {
            if (definition.format() == Definition.Format.JSON_LINES) {
                readLines(set, definition, file);
            } else {
                readArray(set, definition, file);
            }
        } catch (JsonProcessingException broken) {
            throw new DatasetException(DatasetException.Kind.FILE, file + ": no JSON: " + broken.getOriginalMessage());
        }
    }

    private static void readLines(Dataset set, Definition definition, Path file) throws IOException, DatasetException {
        try (var lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    add(set, definition, line, file);
                }
            }
        }
    }

    private static void readArray(Dataset set, Definition definition, Path file) throws IOException, DatasetException {
        try (JsonParser parser = JSON.createParser(file.toFile())) {
            parser.nextToken();
            String path = definition.arrayKey();
            if (path != null && !descend(parser, path) || parser.currentToken() != JsonToken.START_ARRAY) {
                throw new DatasetException(
                        DatasetException.Kind.FILE,
                        file + ": there is no array " + (path == null ? "at the top" : "at " + path));
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                add(set, definition, text(parser), file);
            }
        }
    }

    private static String text(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.copyCurrentStructure(parser);
        }
        return text.toString();
    }

    /** Moves the parser from the start of an object to the value at a path; false when there is none. */
    private static boolean descend(JsonParser parser, String path) throws IOException {
        for (String key : path.split("\\.", -1)) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                return false;
            }
            boolean found = false;
            while (!found && parser.nextToken() == JsonToken.FIELD_NAME) {
                found = parser.currentName().equals(key);
                parser.nextToken();
                if (!found) {
                    parser.skipChildren();
                }
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private static void add(Dataset set, Definition definition, String object, Path file)
            throws IOException, DatasetException {
        String path = definition.valueKey();
        String value = path == null ? null : value(object, path);
        if (path == null || value == null) {
            return; // an object without the member says nothing of any
        }
        try {
            byte[] member = set.type().parsePlain(value);
            boolean without = definition.removeKey() == Definition.RemoveKey.REMOVE;
            Datasets.addLoaded(set, member, without ? without(object, path) : compact(object), file);
        } catch (IllegalArgumentException bad) {
            throw new DatasetException(
                    DatasetException.Kind.FILE, file + ": no " + set.type().word() + ": " + bad.getMessage());
        }
    }

    private static @Nullable String value(String object, String path) throws IOException {
        try (JsonParser parser = JSON.createParser(object)) {
            parser.nextToken();
            return descend(parser, path) && parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
        }
    }

    private static String compact(String object) throws IOException {
        try (JsonParser parser = JSON.createParser(object)) {
            parser.nextToken();
            return text(parser);
        }
    }

    /** The object without the value at a path. */
    private static String without(String object, String path) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonParser parser = JSON.createParser(object);
                JsonGenerator out = JSON.createGenerator(text)) {
            parser.nextToken();
            copyWithout(parser, out, path);
        }
        return text.toString();
    }

    private static void copyWithout(JsonParser parser, JsonGenerator out, String path) throws IOException {
        int dot = path.indexOf('.');
        String key = dot < 0 ? path : path.substring(0, dot);
        out.writeStartObject();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (!name.equals(key)) {
                out.writeFieldName(name);
                out.copyCurrentStructure(parser);
            } else if (dot < 0) {
                parser.skipChildren();
            } else if (value == JsonToken.START_OBJECT) {
                out.writeFieldName(name);
                copyWithout(parser, out, path.substring(dot + 1)); // one level less of the path each time
            } else {
                out.writeFieldName(name);
                out.copyCurrentStructure(parser);
            }
        }
        out.writeEndObject();
    }
}
