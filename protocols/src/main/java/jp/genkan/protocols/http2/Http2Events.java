package jp.genkan.protocols.http2;

/**
 * Names of anomalies of HTTP/2: Suricata's, which writes those of this protocol in lower case.
 *
 * <p>Thread rule: constants.
 */
final class Http2Events {
    static final String INVALID_CLIENT_MAGIC = "invalid_client_magic";
    static final String INVALID_FRAME_DATA = "invalid_frame_data";
    static final String INVALID_FRAME_LENGTH = "invalid_frame_length";
    static final String INVALID_HEADER = "invalid_header";
    static final String HEADER_INTEGER_OVERFLOW = "header_integer_overflow";
    static final String LONG_FRAME_DATA = "long_frame_data";
    static final String STREAM_ID_REUSE = "stream_id_reuse";
    static final String TOO_MANY_STREAMS = "too_many_streams";
    static final String DATA_STREAM_ZERO = "data_stream_zero";
    static final String AUTHORITY_HOST_MISMATCH = "authority_host_mismatch";
    static final String USERINFO_IN_URI = "userinfo_in_uri";
    static final String REASSEMBLY_LIMIT_REACHED = "reassembly_limit_reached";

    /** Octets are missing where a frame began; Suricata has no name for it. */
    static final String GAP_IN_FRAMES = "gap_in_frames";

    private Http2Events() {}
}
