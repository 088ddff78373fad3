package jp.genkan.protocols.mime;

/** What can be wrong with a mail, with Suricata's names for the events. */
public enum MailAnomaly {
    /** The header ends without an empty line, or a line in it is none of a header. */
    MALFORMED_MESSAGE("MIME_MALFORMED_MSG"),
    /** Base64 with characters or padding that do not belong there. */
    INVALID_BASE64("MIME_INVALID_BASE64"),
    /** Quoted-printable with an equals sign that means nothing. */
    INVALID_QUOTED_PRINTABLE("MIME_INVALID_QP"),
    /** A line of more than 998 octets (RFC 5322 §2.1.1). */
    LONG_LINE("MIME_LONG_LINE"),
    /** An encoded line of more than 76 octets (RFC 2045 §6.7, §6.8). */
    LONG_ENCODED_LINE("MIME_LONG_ENC_LINE"),
    /** A header field's name is longer than {@link HeaderFields#NAME_OCTETS_MAX}. */
    LONG_HEADER_NAME("MIME_LONG_HEADER_NAME"),
    /** A header field's value is longer than {@link HeaderFields#VALUE_OCTETS_MAX}. */
    LONG_HEADER_VALUE("MIME_LONG_HEADER_VALUE"),
    /** A boundary is longer than RFC 2046 §5.1.1 allows. */
    LONG_BOUNDARY("MIME_LONG_BOUNDARY"),
    /** A file's name is longer than {@link PartNames#CHARS_MAX}. */
    LONG_FILENAME("MIME_LONG_FILENAME"),
    /** Parts are nested deeper than {@link MailParser#DEPTH_MAX}, or there are more than {@link MailParser#PARTS_MAX}. */
    PARSE_FAILED("MIME_PARSE_FAILED");

    private final String eventName;

    MailAnomaly(String eventName) {
        this.eventName = eventName;
    }

    /** The word of {@code anomaly.event}. */
    public String eventName() {
        return eventName;
    }
}
