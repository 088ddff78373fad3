package jp.genkan.av.harmless.mail;

import java.nio.charset.StandardCharsets;
import jp.genkan.av.harmless.explain.Explanation;
import jp.genkan.av.harmless.file.Removal;
import jp.genkan.av.harmless.form.TextForm;
import jp.genkan.av.harmless.form.TextForm.Letters;
import jp.genkan.av.scan.Detection;
import jp.genkan.protocols.mime.Charsets;
import jp.genkan.protocols.mime.MailPart;

/**
 * Replaces all of a mail but its header.
 *
 * <p>Thread rule: one owner.
 */
final class WholeBody {
    /** Octets of the mail's own text that are kept: what was written by hand. */
    private static final int KEPT_MAX = 64 << 10;

    /** Characters of a line of it: so many have up to three octets each. */
    private static final int LINE_MAX = 300;

    /** What becomes of the mail's own text. */
    enum Text {
        KEPT,
        DROPPED
    }

    private final MailOctets mail;
    private final byte[] out;
    private final MailReading reading;
    private final MailCleaner.Extent extent;
    private final Removal removal;

    /** Writes into a copy of a mail's octets on the wire. */
    WholeBody(MailOctets mail, byte[] out, MailReading reading, MailCleaner.Extent extent, Removal removal) {
        this.mail = mail;
        this.out = out;
        this.reading = reading;
        this.extent = extent;
        this.removal = removal;
    }

    void replace(Detection detection, Text text) {
        MailPart root = reading.root();
        if (root == null) {
            return;
        }
        int body = mail.place(root.bodyBegin());
        Letters letters = Letters.ASCII;
        if (extent == MailCleaner.Extent.MAIL) {
            String coding = root.fields().first("content-transfer-encoding") == null ? null : "8bit";
            HeaderBlock.Rewritten rewritten =
                    new HeaderBlock(out, 0, body).rewrite(new HeaderBlock.Wanted(coding, null, false, false));
            if (rewritten != null) {
                System.arraycopy(rewritten.octets(), 0, out, 0, body);
                letters = rewritten.said() == HeaderBlock.Said.UTF8 ? Letters.UTF8 : Letters.ASCII;
            }
        }
        Explanation explanation = removal.explanation(detection, null);
        Letters said = letters;
        BodyWriter.identity(out, body, mail.end(), room -> content(explanation, said, text, room));
    }

    private byte[] content(Explanation explanation, Letters letters, Text text, int room) {
        MailPart kept = reading.firstText();
        if (text == Text.KEPT
                && letters == Letters.UTF8
                && kept != null
                && kept.mediaType().equals("text/plain")
                && reading.text().length <= KEPT_MAX) {
            byte[] both = (explanation.texts().getFirst() + "\r\n" + quoted(Charsets.decode(reading.text(), "")))
                    .getBytes(StandardCharsets.UTF_8);
            if (both.length <= room) {
                byte[] all = TextForm.blank(room);
                System.arraycopy(both, 0, all, 0, both.length);
                return all;
            }
        }
        return TextForm.of(explanation, room, letters);
    }

    /** A text as a mail program quotes it: no line of it means anything to a receiver. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder();
        for (String line : text.lines().toList()) {
            for (int from = 0; from == 0 || from < line.length(); from += LINE_MAX) {
                quoted.append("> ")
                        .append(line, from, Math.min(line.length(), from + LINE_MAX))
                        .append("\r\n");
            }
        }
        return quoted.toString();
    }
}
