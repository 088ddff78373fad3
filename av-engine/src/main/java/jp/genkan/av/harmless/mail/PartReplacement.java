package jp.genkan.av.harmless.mail;

import jp.genkan.av.harmless.Replaced.Form;
import jp.genkan.av.harmless.explain.Explanation;
import jp.genkan.av.harmless.file.Container.Inside;
import jp.genkan.av.harmless.file.FileCleaner;
import jp.genkan.av.harmless.file.Removal;
import jp.genkan.av.harmless.form.Forms;
import jp.genkan.av.harmless.form.TextForm;
import jp.genkan.av.harmless.form.TextForm.Letters;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.protocols.mime.HeaderFields;
import jp.genkan.protocols.mime.MailPart;
import jp.genkan.protocols.mime.TransferCoding;
import org.jspecify.annotations.Nullable;

/**
 * Replaces infected parts of one mail where they lie.
 *
 * <p>Thread rule: one owner.
 */
final class PartReplacement {
    private final MailOctets mail;
    private final byte[] out;
    private final MailReading reading;
    private final MailCleaner.Extent extent;
    private final FileCleaner files;
    private final Removal removal;

    /** Writes into a copy of a mail's octets on the wire. */
    PartReplacement(
            MailOctets mail,
            byte[] out,
            MailReading reading,
            MailCleaner.Extent extent,
            FileCleaner files,
            Removal removal) {
        this.mail = mail;
        this.out = out;
        this.reading = reading;
        this.extent = extent;
        this.files = files;
        this.removal = removal;
    }

    /** Replaces a part: its infected members, if they can be, else all of it. */
    void replace(Leaf leaf) throws LimitException {
        MailPart part = leaf.part();
        Inside place = reading.place(part);
        int from = mail.place(part.bodyBegin());
        int to = Math.max(from, mail.place(part.bodyEnd()));
        int mark = removal.mark();
        byte[] members = files.members(leaf.content(), place, removal);
        if (members != null && writesBack(part.coding(), members, from, to)) {
            return;
        }
        removal.backTo(mark);
        Said said = rewriteHeader(part);
        Explanation explanation = removal.explanation(leaf.detection(), reading.fileName(part));
        Form form = switch (part.coding()) {
            case BASE64 -> base64(leaf, explanation, said, from, to);
            case QUOTED_PRINTABLE -> {
                BodyWriter.quotedPrintable(out, from, to, TextForm.versions(explanation, said.letters));
                yield Form.TEXT;
            }
            case IDENTITY, UUENCODE, YENC, BINHEX, TNEF, GUESSED -> {
                if (extent == MailCleaner.Extent.PARTS) {
                    yield file(leaf, explanation, from, to);
                }
                boolean isPage = said == Said.NOTHING && part.mediaType().equals("text/html");
                BodyWriter.identity(
                        out,
                        from,
                        to,
                        room -> isPage
                                ? Forms.of(Form.HTML, explanation, room).octets()
                                : TextForm.of(explanation, room, said.letters));
                yield isPage ? Form.HTML : Form.TEXT;
            }
        };
        removal.replaced(place.path(), reading.fileName(part), leaf.detection(), form);
    }

    /** What the part's header says of it now. */
    private enum Said {
        UTF8(Letters.UTF8),
        /** A file of UTF-8, which is saved, and then nobody says what it is. */
        UTF8_FILE(Letters.MARKED_UTF8),
        ASCII(Letters.ASCII),
        /** What it did: it could not be changed. */
        NOTHING(Letters.ASCII);

        private final Letters letters;

        Said(Letters letters) {
            this.letters = letters;
        }
    }

    private boolean writesBack(TransferCoding coding, byte[] content, int from, int to) {
        switch (coding) {
            case BASE64 -> {
                if (BodyWriter.base64Room(out, from, to) < content.length) {
                    return false;
                }
                BodyWriter.base64(out, from, to, content);
                return true;
            }
            case IDENTITY, GUESSED -> {
                // where dots were taken off, or would have to be put on, octets do not stand where they stood
                if (content.length != to - from || mail.isStuffed() && hasDot(content)) {
                    return false;
                }
                System.arraycopy(content, 0, out, from, content.length);
                return true;
            }
            case QUOTED_PRINTABLE, UUENCODE, YENC, BINHEX, TNEF -> {
                return false;
            }
        }
        return false;
    }

    private static boolean hasDot(byte[] content) {
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '.' && (i == 0 || content[i - 1] == '\n')) {
                return true;
            }
        }
        return false;
    }

    private Form base64(Leaf leaf, Explanation explanation, Said said, int from, int to) {
        int room = BodyWriter.base64Room(out, from, to);
        Form form = Form.TEXT;
        byte[] content;
        if (said == Said.NOTHING) {
            MailPart part = leaf.part();
            String type = part.fields().first("content-type") == null ? null : part.mediaType();
            Forms.Made made = Forms.of(Forms.wanted(reading.fileName(part), type, leaf.content()), explanation, room);
            form = made.form();
            content = made.octets();
        } else {
            content = TextForm.of(explanation, room, said.letters);
        }
        BodyWriter.base64(out, from, to, content);
        return form;
    }

    /** A file that goes as it is, whatever octets it has. */
    private Form file(Leaf leaf, Explanation explanation, int from, int to) {
        Form wanted = Forms.wanted(leaf.part().name(), leaf.part().mediaType(), leaf.content());
        Forms.Made made = Forms.of(wanted, explanation, to - from);
        System.arraycopy(made.octets(), 0, out, from, to - from);
        return made.form();
    }

    private Said rewriteHeader(MailPart part) {
        boolean hasHeader =
                part.headerBegin() < part.bodyBegin() && !part.fields().fields().isEmpty();
        if (!hasHeader || extent == MailCleaner.Extent.PARTS) {
            return Said.NOTHING;
        }
        HeaderFields fields = part.fields();
        int from = mail.place(part.headerBegin());
        int to = mail.place(part.bodyBegin());
        HeaderBlock.Wanted wanted =
                new HeaderBlock.Wanted(coding(part), part.name(), part.isAttachment(), isPercentEncoded(fields));
        HeaderBlock.Rewritten rewritten = new HeaderBlock(out, from, to).rewrite(wanted);
        if (rewritten == null) {
            return fields.first("content-type") == null ? Said.ASCII : Said.NOTHING;
        }
        System.arraycopy(rewritten.octets(), 0, out, from, rewritten.octets().length);
        boolean isFile = part.isAttachment() || part.name() != null;
        return switch (rewritten.said()) {
            case UTF8 -> isFile ? Said.UTF8_FILE : Said.UTF8;
            case ASCII -> Said.ASCII;
        };
    }

    /** The word for what will be written; null where the header named no coding. */
    static @Nullable String coding(MailPart part) {
        if (part.fields().first("content-transfer-encoding") == null) {
            return null;
        }
        return switch (part.coding()) {
            case BASE64 -> "base64";
            case QUOTED_PRINTABLE -> "quoted-printable";
            case IDENTITY, UUENCODE, YENC, BINHEX, TNEF, GUESSED -> "8bit";
        };
    }

    private static boolean isPercentEncoded(HeaderFields fields) {
        for (String field : new String[] {"content-disposition", "content-type"}) {
            String value = fields.first(field);
            if (value != null && value.contains("name*")) {
                return true;
            }
        }
        return false;
    }
}
