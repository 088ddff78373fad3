package jp.genkan.protocols.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mail as the parser told it, for tests; checks that parts nest and that positions make sense.
 *
 * <p>Thread rule: one test.
 */
final class ReadMail implements MailListener {
    /** A part with what came of it. */
    static final class Part {
        final MailPart part;
        final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        boolean over;
        boolean gap;

        Part(MailPart part) {
            this.part = part;
        }

        String text() {
            return octets.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private final Map<MailPart, Part> byPart = new LinkedHashMap<>();
    final List<MailAnomaly> anomalies = new ArrayList<>();

    /** Reads a mail, an octet a character, in pieces of a size. */
    static ReadMail of(String mail, int pieceSize) {
        return of(mail.getBytes(StandardCharsets.ISO_8859_1), pieceSize);
    }

    static ReadMail of(byte[] mail, int pieceSize) {
        ReadMail read = new ReadMail();
        MailParser parser = new MailParser(read);
        for (int at = 0; at < mail.length; at += pieceSize) {
            byte[] piece = Arrays.copyOfRange(mail, at, Math.min(mail.length, at + pieceSize));
            parser.feed(piece, 0, piece.length);
            Arrays.fill(piece, (byte) 0xa5);
        }
        parser.end(true);
        return read;
    }

    List<Part> parts() {
        return List.copyOf(byPart.values());
    }

    /** Kinds and paths, in order. */
    List<String> tree() {
        return parts().stream()
                .map(part -> part.part.path() + " " + part.part.kind())
                .toList();
    }

    Part part(String path) {
        return parts().stream()
                .filter(part -> part.part.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    /** Everything that was told, to be compared. */
    String all() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts()) {
            text.append(part.part.path())
                    .append(' ')
                    .append(part.part.kind())
                    .append(' ')
                    .append(part.part.coding());
            text.append(' ').append(part.part.bodyBegin()).append('-').append(part.part.bodyEnd());
            text.append(' ')
                    .append(part.part.names())
                    .append(part.over)
                    .append(part.text())
                    .append('\n');
        }
        return text.append(anomalies.stream().sorted().toList()).toString();
    }

    @Override
    public void partBegins(MailPart part) {
        MailPart container = part.container();
        Part outer = container == null ? null : byPart.get(container);
        if (outer != null && outer.over) {
            throw new AssertionError("begins after its container: " + part.path());
        }
        byPart.put(part, new Part(part));
    }

    @Override
    public void partOctets(MailPart part, byte[] octets, int from, int to) {
        open(part).octets.write(octets, from, to - from);
    }

    @Override
    public void partGap(MailPart part, long missing) {
        open(part).gap = true;
    }

    @Override
    public void partEnds(MailPart part) {
        open(part).over = true;
        if (part.bodyEnd() < part.bodyBegin()) {
            throw new AssertionError("ends before it begins: " + part.path());
        }
    }

    private Part open(MailPart part) {
        Part found = byPart.get(part);
        if (found == null || found.over) {
            throw new AssertionError("not open: " + part.path());
        }
        return found;
    }

    @Override
    public void anomaly(MailAnomaly anomaly) {
        if (anomalies.contains(anomaly)) {
            throw new AssertionError("told twice: " + anomaly);
        }
        anomalies.add(anomaly);
    }
}
