package jp.genkan.protocols.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Recorded handshakes: see the resources' README. Lines as {@code RecordingConversation} plays them. */
public final class Flights {
    private Flights() {}

    /** A recorded handshake by its name. */
    public static String[] recorded(String name) {
        try (InputStream in = Flights.class.getResourceAsStream(name + ".hex")) {
            if (in == null) {
                throw new IllegalArgumentException(name);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return text.lines()
                    .map(line -> line.substring(0, 3) + ofHex(line.substring(3)))
                    .toArray(String[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Octets as a text of Latin-1. */
    public static String ofHex(String hex) {
        return new String(HexFormat.of().parseHex(hex.replace(" ", "")), StandardCharsets.ISO_8859_1);
    }

    /** A text of Latin-1 as octets. */
    public static byte[] octets(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A handshake record of TLS 1.0 around a message. */
    static String record(int messageType, String body) {
        return "\u0016\u0003\u0001" + u16(body.length() + 4) + (char) messageType + '\0' + u16(body.length()) + body;
    }

    /** Two octets, big-endian. */
    public static String u16(int value) {
        return "" + (char) (value >> 8) + (char) (value & 0xff);
    }
}
