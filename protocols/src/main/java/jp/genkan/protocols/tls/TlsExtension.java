package jp.genkan.protocols.tls;

import java.util.List;

/** Numbers of hello extensions that are read, from IANA's registry. */
final class TlsExtension {
    static final int SERVER_NAME = 0;
    static final int SUPPORTED_GROUPS = 10;
    static final int EC_POINT_FORMATS = 11;
    static final int SIGNATURE_ALGORITHMS = 13;
    static final int ALPN = 16;
    static final int SESSION_TICKET = 35;
    static final int PRE_SHARED_KEY = 41;
    static final int SUPPORTED_VERSIONS = 43;
    static final int QUIC_PARAMETERS = 57;
    static final int QUIC_PARAMETERS_OF_DRAFTS = 0xffa5;
    static final int ENCRYPTED_CLIENT_HELLO = 0xfe0d;
    static final int ENCRYPTED_SERVER_NAME = 0xffce;

    private TlsExtension() {}

    /** RFC 7301 §3.1. */
    static void readAlpn(OctetReader body, List<String> into) {
        OctetReader list = body.vector(body.u16());
        while (list.remaining() > 0 && into.size() < ClientHello.ALPN_MAX) {
            into.add(list.latin(list.u8()));
        }
    }
}
