package jp.genkan.dataplane.host;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Mac;

/** One machine as one line of JSON in the state file. */
final class HostCodec {
    private static final JsonFactory JSON = new JsonFactory();

    private HostCodec() {}

    static String encode(KnownHost host) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("mac", Mac.format(host.mac));
            out.writeStringField("first_seen", host.firstSeen.toString());
            out.writeStringField("last_seen", host.lastSeen.toString());
            if (!host.name.isEmpty()) {
                out.writeStringField("name", host.name);
                out.writeStringField("name_source", host.nameSource.label());
            }
            if (!host.kind.isEmpty()) {
                out.writeStringField("kind", host.kind);
            }
            if (host.router) {
                out.writeBooleanField("router", true);
            }
            out.writeArrayFieldStart("addresses");
            for (HostAddress address : host.addresses) {
                out.writeStartArray();
                out.writeString(address.address().toString());
                out.writeString(address.firstSeen().toString());
                out.writeString(address.lastSeen().toString());
                out.writeEndArray();
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text.toString();
    }

    /**
     * Reads one line.
     *
     * @throws IOException when the line is not a machine; the message says why
     */
    static KnownHost decode(String line, int addressesMax) throws IOException {
        try (JsonParser in = JSON.createParser(line)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            KnownHost host = new KnownHost(0, Instant.EPOCH);
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String field = in.currentName();
                in.nextToken();
                readField(in, field, host, addressesMax);
            }
            if (in.currentToken() != JsonToken.END_OBJECT || host.mac == 0) {
                throw new IOException("not a whole JSON object with a MAC address");
            }
            host.announced = true;
            return host;
        } catch (IllegalArgumentException | DateTimeException bad) {
            throw new IOException(bad.getMessage(), bad);
        }
    }

    private static void readField(JsonParser in, String field, KnownHost host, int addressesMax) throws IOException {
        if (in.currentToken() == JsonToken.START_ARRAY && field.equals("addresses")) {
            while (in.nextToken() == JsonToken.START_ARRAY) {
                HostAddress address =
                        new HostAddress(Address.parse(text(in)), Instant.parse(text(in)), Instant.parse(text(in)));
                if (in.nextToken() != JsonToken.END_ARRAY) {
                    throw new IOException("an address has three parts");
                }
                if (host.addresses.size() < addressesMax) {
                    host.addresses.add(address);
                }
            }
            return;
        }
        String value = in.getText();
        switch (field) {
            case "mac" -> host.mac = Mac.parse(value);
            case "first_seen" -> host.firstSeen = Instant.parse(value);
            case "last_seen" -> host.lastSeen = Instant.parse(value);
            case "name" -> host.name = HostNameText.clean(value, HostNameText.LENGTH_MAX);
            case "name_source" -> host.nameSource = NameSource.ofLabel(value);
            case "kind" -> host.kind = HostNameText.clean(value, HostNameText.LENGTH_MAX);
            case "router" -> host.router = in.currentToken() == JsonToken.VALUE_TRUE;
            default -> in.skipChildren();
        }
    }

    private static String text(JsonParser in) throws IOException {
        if (in.nextToken() != JsonToken.VALUE_STRING) {
            throw new IOException("an address has three texts");
        }
        return in.getText();
    }
}
