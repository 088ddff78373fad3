package jp.genkan.protocols.mime;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file in the lines of a text: uuencode or yEnc.
 *
 * <p>Thread rule: its parser's.
 */
final class EmbeddedFile {
    private static final String UU_BEGIN = "begin ";
    private static final String YENC_BEGIN = "=ybegin ";
    private static final String YENC_NAME = " name=";
    private static final int MODE_DIGITS_MIN = 3;
    private static final int MODE_DIGITS_MAX = 5;

    private final MailParser parser;
    private final MailPart part;
    private final BodyDecoder decoder;
    private final BodyDecoder.Sink sink;

    private EmbeddedFile(MailParser parser, MailPart container, String name, TransferCoding coding) {
        this.parser = parser;
        part = parser.embedded(container, name, coding);
        decoder = coding.decoder(part.mediaType());
        sink = (octets, from, to) -> parser.listener().partOctets(part, octets, from, to);
        parser.listener().partBegins(part);
    }

    /** True when a line with this first octet is worth a look. */
    static boolean mayBegin(byte first) {
        return first == 'b' || first == '=';
    }

    /** The file that a line begins; null when it begins none. */
    static @Nullable EmbeddedFile begin(MailParser parser, MailPart container, byte[] line, int from, int to) {
        int length = Math.min(to - from, PartNames.CHARS_MAX * 2);
        String text = new String(line, from, length, StandardCharsets.ISO_8859_1);
        String name = null;
        TransferCoding coding = TransferCoding.UUENCODE;
        if (text.startsWith(UU_BEGIN)) {
            name = uuName(text);
        } else if (text.startsWith(YENC_BEGIN)) {
            int at = text.indexOf(YENC_NAME);
            name = at < 0 ? "" : text.substring(at + YENC_NAME.length());
            coding = TransferCoding.YENC;
        }
        return name == null || !parser.mayHoldMore()
                ? null
                : new EmbeddedFile(parser, container, Charsets.decodeRaw(name.strip()), coding);
    }

    private static @Nullable String uuName(String text) {
        int at = UU_BEGIN.length();
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '7') {
            at++;
        }
        int digits = at - UU_BEGIN.length();
        boolean mode = digits >= MODE_DIGITS_MIN && digits <= MODE_DIGITS_MAX;
        return mode && at < text.length() && text.charAt(at) == ' ' ? text.substring(at + 1) : null;
    }

    /** A line of it, or a piece of one; true when it was the last. */
    boolean line(byte[] octets, int from, int to) {
        decoder.decode(octets, from, to, sink);
        return decoder instanceof UuDecoder uu ? uu.isOver() : decoder instanceof YencDecoder yenc && yenc.isOver();
    }

    void end() {
        decoder.end(sink);
        boolean over =
                decoder instanceof UuDecoder uu ? uu.isOver() : decoder instanceof YencDecoder yenc && yenc.isOver();
        part.end(parser.position(), over);
        parser.listener().partEnds(part);
    }

    /** For names of one. */
    static List<String> names(String name) {
        return name.isEmpty() ? List.of() : List.of(name);
    }
}
