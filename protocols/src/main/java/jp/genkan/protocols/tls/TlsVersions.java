package jp.genkan.protocols.tls;

/** Numbers of versions, and what Suricata calls them. */
public final class TlsVersions {
    /** SSL 2.0. */
    public static final int SSL_2 = 0x0002;

    /** SSL 3.0. */
    public static final int SSL_3 = 0x0300;

    /** TLS 1.0. */
    public static final int TLS_1_0 = 0x0301;

    /** TLS 1.1. */
    public static final int TLS_1_1 = 0x0302;

    /** TLS 1.2. */
    public static final int TLS_1_2 = 0x0303;

    /** TLS 1.3. */
    public static final int TLS_1_3 = 0x0304;

    private static final int DRAFT = 0x7f00; // RFC 8446's drafts
    private static final int DRAFT_OF_FACEBOOK = 0xfb00;

    private TlsVersions() {}

    /** True for TLS 1.3 and its drafts. */
    public static boolean isTls13(int version) {
        int family = version & 0xff00;
        return version == TLS_1_3 || family == DRAFT || family == DRAFT_OF_FACEBOOK;
    }

    /** EVE's word for it. */
    public static String name(int version) {
        return switch (version) {
            case SSL_2 -> "SSLv2";
            case SSL_3 -> "SSLv3";
            case TLS_1_0 -> "TLSv1";
            case TLS_1_1 -> "TLS 1.1";
            case TLS_1_2 -> "TLS 1.2";
            case TLS_1_3 -> "TLS 1.3";
            default -> draftName(version);
        };
    }

    private static String draftName(int version) {
        int draft = version & 0xff;
        return switch (version & 0xff00) {
            case DRAFT -> "TLS 1.3 draft-" + (draft < 10 ? "0" : "") + draft;
            case DRAFT_OF_FACEBOOK -> "TLS 1.3 draft-" + draft + "-fb";
            default -> "UNDETERMINED";
        };
    }

    /** True for the values that clients put in so that servers learn to pass over what they do not know (RFC 8701). */
    static boolean isGrease(int value) {
        return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff);
    }
}
