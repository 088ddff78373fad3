package jp.genkan.protocols.mime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One part of a mail, or the mail itself.
 *
 * <p>Thread rule: the worker of its flow; after {@link MailListener#partEnds} it never changes.
 */
public final class MailPart {
    /** What a part is. */
    public enum Kind {
        /** It has a body of its own. */
        LEAF,
        /** It holds parts. */
        MULTIPART,
        /** It holds a mail. */
        MESSAGE,
        /** What stands in a multipart before its first part. */
        PREAMBLE,
        /** What stands in a multipart behind its last part. */
        EPILOGUE,
        /** A file inside a leaf: uuencode or yEnc in a text, an attachment in a TNEF stream. */
        EMBEDDED
    }

    private final Kind kind;
    private final String path;
    private final @Nullable MailPart container;
    private final HeaderFields fields;
    private final String mediaType;
    private TransferCoding coding;
    private List<String> names;
    private final boolean attachment;
    private final boolean encodedOutside;
    private final long headerBegin;
    private final long bodyBegin;
    private long bodyEnd = -1;
    private boolean whole;

    MailPart(
            Kind kind,
            String path,
            @Nullable MailPart container,
            HeaderFields fields,
            TransferCoding coding,
            List<String> names,
            boolean encodedOutside,
            long headerBegin,
            long bodyBegin) {
        this.kind = kind;
        this.path = path;
        this.container = container;
        this.fields = fields;
        this.mediaType = mediaType(fields, kind);
        this.coding = coding;
        this.names = names;
        this.attachment = fields.all("content-disposition").stream()
                .anyMatch(value -> new Parameters(value).value().startsWith("attachment"));
        this.encodedOutside = encodedOutside;
        this.headerBegin = headerBegin;
        this.bodyBegin = bodyBegin;
    }

    private static String mediaType(HeaderFields fields, Kind kind) {
        String value = kind == Kind.EMBEDDED ? "application/octet-stream" : fields.first("content-type");
        String type = value == null ? "" : new Parameters(value).value();
        return type.isEmpty() ? "text/plain" : type;
    }

    public Kind kind() {
        return kind;
    }

    /** Where it stands: {@code 1} is the mail, {@code 1.2} its second part. */
    public String path() {
        return path;
    }

    /** The part in which it is; null for the mail itself. */
    public @Nullable MailPart container() {
        return container;
    }

    /** Its header; empty for what has none. */
    public HeaderFields fields() {
        return fields;
    }

    /** In lower case without parameters; {@code text/plain} where the header says none. */
    public String mediaType() {
        return mediaType;
    }

    /** What its octets were decoded from. */
    public TransferCoding coding() {
        return coding;
    }

    /** Its name as most mail programs show it; null when it has none. In TNEF it may come behind the octets. */
    public @Nullable String name() {
        return names.isEmpty() ? null : names.getFirst();
    }

    /** All names that it may be read to have. */
    public List<String> names() {
        return names;
    }

    /** True when the header calls it an attachment. */
    public boolean isAttachment() {
        return attachment;
    }

    /** True for a piece of a mail that was cut into several (RFC 2046 §5.2.2). */
    public boolean isPartial() {
        return mediaType.equals("message/partial");
    }

    /**
     * True when it lies inside a part that is encoded itself: its positions then count in that part's decoded octets, and it cannot be changed in place.
     */
    public boolean isEncodedOutside() {
        return encodedOutside;
    }

    /** Position of its header's first octet in the mail; that of its body where it has none. */
    public long headerBegin() {
        return headerBegin;
    }

    /** Position of the body's first octet in the mail. */
    public long bodyBegin() {
        return bodyBegin;
    }

    /** Position behind the body's last octet, the line end before a boundary not counted; -1 while it is open. */
    public long bodyEnd() {
        return bodyEnd;
    }

    /** True when its end was seen: a boundary, or the end of the mail where none can be. */
    public boolean isWhole() {
        return whole;
    }

    /** The body's first line has told the coding. */
    void coding(TransferCoding found) {
        coding = found;
    }

    /** The name came late. */
    void learn(String name) {
        names = List.of(name);
    }

    void end(long position, boolean seen) {
        bodyEnd = position;
        whole = seen;
    }
}
