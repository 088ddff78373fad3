package jp.genkan.protocols.http.head;

import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;

/**
 * Names of anomalies of HTTP/1: Suricata's where it has one.
 *
 * <p>Thread rule: constants.
 */
public final class HttpEvents {
    public static final String GZIP_DECOMPRESSION_FAILED = "GZIP_DECOMPRESSION_FAILED";
    public static final String COMPRESSION_BOMB = "COMPRESSION_BOMB";
    public static final String TOO_MANY_ENCODING_LAYERS = "TOO_MANY_ENCODING_LAYERS";
    public static final String ABNORMAL_CE_HEADER = "ABNORMAL_CE_HEADER";
    public static final String RANGE_INVALID = "RANGE_INVALID";
    public static final String FILE_NAME_TOO_LONG = "FILE_NAME_TOO_LONG";
    public static final String MULTIPART_GENERIC_ERROR = "MULTIPART_GENERIC_ERROR";
    public static final String MULTIPART_NO_FILEDATA = "MULTIPART_NO_FILEDATA";
    public static final String MULTIPART_INVALID_HEADER = "MULTIPART_INVALID_HEADER";

    public static final String CONTINUE_ALREADY_SEEN = "100_CONTINUE_ALREADY_SEEN";
    public static final String UNABLE_TO_MATCH_RESPONSE_TO_REQUEST = "UNABLE_TO_MATCH_RESPONSE_TO_REQUEST";
    public static final String MISSING_HOST_HEADER = "MISSING_HOST_HEADER";
    public static final String HOST_HEADER_AMBIGUOUS = "HOST_HEADER_AMBIGUOUS";
    public static final String INVALID_SERVER_PORT_IN_REQUEST = "INVALID_SERVER_PORT_IN_REQUEST";
    public static final String REQUEST_SERVER_PORT_TCP_PORT_MISMATCH = "REQUEST_SERVER_PORT_TCP_PORT_MISMATCH";
    public static final String REQUEST_HEADER_HOST_INVALID = "REQUEST_HEADER_HOST_INVALID";
    public static final String REQUEST_AUTH_UNRECOGNIZED = "REQUEST_AUTH_UNRECOGNIZED";
    public static final String REQUEST_LINE_INVALID = "REQUEST_LINE_INVALID";
    public static final String REQUEST_LINE_INCOMPLETE = "REQUEST_LINE_INCOMPLETE";
    public static final String REQUEST_LINE_LEADING_WHITESPACE = "REQUEST_LINE_LEADING_WHITESPACE";
    public static final String REQUEST_LINE_MISSING_PROTOCOL = "REQUEST_LINE_MISSING_PROTOCOL";
    public static final String METHOD_DELIM_NON_COMPLIANT = "METHOD_DELIM_NON_COMPLIANT";
    public static final String URI_DELIM_NON_COMPLIANT = "URI_DELIM_NON_COMPLIANT";
    public static final String DOUBLE_ENCODED_URI = "DOUBLE_ENCODED_URI";
    public static final String REQUEST_BODY_UNEXPECTED = "REQUEST_BODY_UNEXPECTED";
    public static final String RESPONSE_BODY_UNEXPECTED = "RESPONSE_BODY_UNEXPECTED";
    public static final String RESPONSE_MULTIPART_BYTERANGES = "RESPONSE_MULTIPART_BYTERANGES";
    public static final String RESPONSE_ABNORMAL_TRANSFER_ENCODING = "RESPONSE_ABNORMAL_TRANSFER_ENCODING";
    public static final String RESPONSE_CHUNKED_OLD_PROTO = "RESPONSE_CHUNKED_OLD_PROTO";
    public static final String RESPONSE_INVALID_PROTOCOL = "RESPONSE_INVALID_PROTOCOL";
    public static final String RESPONSE_INVALID_STATUS = "RESPONSE_INVALID_STATUS";

    /** Octets are missing where a head or a chunk's length stood; Suricata has no name for it. */
    public static final String GAP_IN_HEAD = "GAP_IN_HEAD";

    /** So many requests wait for their responses that this one is told without one; Suricata has no such name for HTTP/1. */
    public static final String TOO_MANY_TRANSACTIONS = "TOO_MANY_TRANSACTIONS";

    private HttpEvents() {}

    /** The event of a body whose coding is broken; HTTP/2 has another name for it. */
    public static String decompressionFailed(Transaction transaction) {
        return transaction.protocol() == AppProtocol.HTTP2 ? "failed_decompression" : GZIP_DECOMPRESSION_FAILED;
    }

    /** The event of a part of a file that cannot be read; HTTP/2 has another name for it. */
    public static String invalidRange(Transaction transaction) {
        return transaction.protocol() == AppProtocol.HTTP2 ? "invalid_range" : RANGE_INVALID;
    }

    public static String missingColon(Direction direction) {
        return direction.isToServer() ? "REQUEST_FIELD_MISSING_COLON" : "RESPONSE_FIELD_MISSING_COLON";
    }

    public static String invalidFolding(Direction direction) {
        return direction.isToServer() ? "INVALID_REQUEST_FIELD_FOLDING" : "INVALID_RESPONSE_FIELD_FOLDING";
    }

    public static String invalidHeader(Direction direction) {
        return direction.isToServer() ? "REQUEST_HEADER_INVALID" : "RESPONSE_HEADER_INVALID";
    }

    public static String repetition(Direction direction) {
        return direction.isToServer() ? "REQUEST_HEADER_REPETITION" : "RESPONSE_HEADER_REPETITION";
    }

    public static String tooManyHeaders(Direction direction) {
        return direction.isToServer() ? "REQUEST_TOO_MANY_HEADERS" : "RESPONSE_TOO_MANY_HEADERS";
    }

    public static String tooLong(Direction direction) {
        return direction.isToServer() ? "REQUEST_FIELD_TOO_LONG" : "RESPONSE_FIELD_TOO_LONG";
    }

    public static String invalidTransferCoding(Direction direction) {
        return direction.isToServer()
                ? "INVALID_TRANSFER_ENCODING_VALUE_IN_REQUEST"
                : "INVALID_TRANSFER_ENCODING_VALUE_IN_RESPONSE";
    }

    public static String invalidLength(Direction direction) {
        return direction.isToServer()
                ? "INVALID_CONTENT_LENGTH_FIELD_IN_REQUEST"
                : "INVALID_CONTENT_LENGTH_FIELD_IN_RESPONSE";
    }

    public static String duplicateLength(Direction direction) {
        return direction.isToServer()
                ? "DUPLICATE_CONTENT_LENGTH_FIELD_IN_REQUEST"
                : "DUPLICATE_CONTENT_LENGTH_FIELD_IN_RESPONSE";
    }

    public static String invalidChunkLength(Direction direction) {
        return direction.isToServer() ? "INVALID_REQUEST_CHUNK_LEN" : "INVALID_RESPONSE_CHUNK_LEN";
    }
}
