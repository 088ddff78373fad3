package jp.genkan.protocols.quic;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of hello extensions: IANA's, but for the short {@code alpn}. */
final class ExtensionNames {
    static final int SERVER_NAME = 0;
    static final int ALPN = 16;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(SERVER_NAME, "server_name"),
            Map.entry(1, "max_fragment_length"),
            Map.entry(2, "client_certificate_url"),
            Map.entry(3, "trusted_ca_keys"),
            Map.entry(4, "truncated_hmac"),
            Map.entry(5, "status_request"),
            Map.entry(6, "user_mapping"),
            Map.entry(7, "client_authz"),
            Map.entry(8, "server_authz"),
            Map.entry(9, "cert_type"),
            Map.entry(10, "supported_groups"),
            Map.entry(11, "ec_point_formats"),
            Map.entry(12, "srp"),
            Map.entry(13, "signature_algorithms"),
            Map.entry(14, "use_srtp"),
            Map.entry(15, "heartbeat"),
            Map.entry(ALPN, "alpn"),
            Map.entry(17, "status_request_v2"),
            Map.entry(18, "signed_certificate_timestamp"),
            Map.entry(19, "client_certificate_type"),
            Map.entry(20, "server_certificate_type"),
            Map.entry(21, "padding"),
            Map.entry(22, "encrypt_then_mac"),
            Map.entry(23, "extended_master_secret"),
            Map.entry(24, "token_binding"),
            Map.entry(25, "cached_info"),
            Map.entry(27, "compress_certificate"),
            Map.entry(28, "record_size_limit"),
            Map.entry(34, "delegated_credentials"),
            Map.entry(35, "session_ticket"),
            Map.entry(41, "pre_shared_key"),
            Map.entry(42, "early_data"),
            Map.entry(43, "supported_versions"),
            Map.entry(44, "cookie"),
            Map.entry(45, "psk_key_exchange_modes"),
            Map.entry(47, "certificate_authorities"),
            Map.entry(48, "oid_filters"),
            Map.entry(49, "post_handshake_auth"),
            Map.entry(50, "signature_algorithms_cert"),
            Map.entry(51, "key_share"),
            Map.entry(57, "quic_transport_parameters"),
            Map.entry(0xfe0d, "encrypted_client_hello"),
            Map.entry(0xff01, "renegotiation_info"));

    private ExtensionNames() {}

    static @Nullable String of(int type) {
        return NAMES.get(type);
    }
}
