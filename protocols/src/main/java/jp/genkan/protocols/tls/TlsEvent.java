package jp.genkan.protocols.tls;

/** What may be wrong with TLS, by Suricata's names; each is told at most once a connection. */
enum TlsEvent {
    /** The message of an SSL 2.0 hello does not add up. */
    INVALID_SSLV2_HEADER,
    /** A record is longer than any may be. */
    INVALID_TLS_HEADER,
    /** A record's version is none. */
    INVALID_RECORD_VERSION,
    /** A record's content type is none. */
    INVALID_RECORD_TYPE,
    /** A handshake message of no known type, or one that cannot be read. */
    INVALID_HANDSHAKE_MESSAGE,
    /** A handshake message ends before its fields do, or is longer than is read. */
    HANDSHAKE_INVALID_LENGTH,
    /** What stands in the place of a certificate is none. */
    INVALID_CERTIFICATE,
    /** A certificate lacks what every one has. */
    CERTIFICATE_MISSING_ELEMENT,
    /** A certificate has something else in the place of what it must have. */
    CERTIFICATE_UNKNOWN_ELEMENT,
    /** A length inside a certificate leads beyond it. */
    CERTIFICATE_INVALID_LENGTH,
    /** A text of a certificate is none. */
    CERTIFICATE_INVALID_STRING,
    /** SSL 2.0 says that it failed. */
    ERROR_MESSAGE_ENCOUNTERED,
    /** A heartbeat before encryption. */
    HEARTBEAT_MESSAGE,
    /** A heartbeat that asks for more than it brought. */
    OVERFLOW_HEARTBEAT_MESSAGE,
    /** A heartbeat without what it must bring. */
    INVALID_HEARTBEAT_MESSAGE,
    /** More than one server name extension. */
    MULTIPLE_SNI_EXTENSIONS,
    /** The server name is of no known type. */
    INVALID_SNI_TYPE,
    /** The server name's length does not fit, or is longer than any name. */
    INVALID_SNI_LENGTH
}
