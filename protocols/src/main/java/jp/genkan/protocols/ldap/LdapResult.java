package jp.genkan.protocols.ldap;

import java.util.HashMap;
import java.util.Map;

/** Result codes, RFC 4511 §4.1.9, in EVE's words. */
public final class LdapResult {
    private static final int CODE_MAX = 128;

    private LdapResult() {}

    /** Codes by their words. */
    public static Map<String, Long> codes() {
        Map<String, Long> codes = new HashMap<>();
        for (int code = 0; code < CODE_MAX; code++) {
            String name = name(code);
            if (!Character.isDigit(name.charAt(0))) {
                codes.put(name, (long) code);
            }
        }
        return codes;
    }

    static String name(int code) {
        return switch (code) {
            case 0 -> "success";
            case 1 -> "operations_error";
            case 2 -> "protocol_error";
            case 3 -> "time_limit_exceeded";
            case 4 -> "size_limit_exceeded";
            case 5 -> "compare_false";
            case 6 -> "compare_true";
            case 7 -> "auth_method_not_supported";
            case 8 -> "stronger_auth_required";
            case 10 -> "referral";
            case 11 -> "admin_limit_exceeded";
            case 12 -> "unavailable_critical_extension";
            case 13 -> "confidentiality_required";
            case 14 -> "sasl_bind_in_progress";
            case 16 -> "no_such_attribute";
            case 17 -> "undefined_attribute_type";
            case 18 -> "inappropriate_matching";
            case 19 -> "constraint_violation";
            case 20 -> "attribute_or_value_exists";
            case 21 -> "invalid_attribute_syntax";
            case 32 -> "no_such_object";
            case 33 -> "alias_problem";
            case 34 -> "invalid_dns_syntax";
            case 36 -> "alias_dereferencing_problem";
            case 48 -> "inappropriate_authentication";
            case 49 -> "invalid_credentials";
            case 50 -> "insufficient_access_rights";
            case 51 -> "busy";
            case 52 -> "unavailable";
            case 53 -> "unwilling_to_perform";
            case 54 -> "loop_detect";
            case 64 -> "naming_violation";
            case 65 -> "object_class_violation";
            case 66 -> "not_allowed_on_non_leaf";
            case 67 -> "not_allowed_on_rdn";
            case 68 -> "entry_already_exists";
            case 69 -> "object_class_mods_prohibited";
            case 71 -> "affects_multiple_dsas";
            case 80 -> "other";
            case 35 -> "is_leaf";
            case 60 -> "sort_control_missing";
            case 61 -> "offset_range_error";
            case 70 -> "results_too_large";
            case 76 -> "control_error";
            case 81 -> "server_down";
            case 82 -> "local_error";
            case 83 -> "encoding_error";
            case 84 -> "decoding_error";
            case 85 -> "timeout";
            case 86 -> "auth_unknown";
            case 87 -> "filter_error";
            case 88 -> "user_canceled";
            case 89 -> "param_error";
            case 90 -> "no_memory";
            case 91 -> "connect_error";
            case 92 -> "not_supported";
            case 93 -> "control_not_found";
            case 94 -> "no_results_returned";
            case 95 -> "more_results_to_return";
            case 96 -> "client_loop";
            case 97 -> "referral_limit_exceeded";
            case 100 -> "invalid_response";
            case 101 -> "ambiguous_response";
            case 112 -> "tls_not_supported";
            case 113 -> "intermediate_response";
            case 114 -> "unknown_type";
            case 118 -> "canceled";
            case 119 -> "no_such_operation";
            case 120 -> "too_late";
            case 121 -> "cannot_cancel";
            case 122 -> "assertion_failed";
            case 123 -> "authorization_denied";
            default -> Integer.toString(code);
        };
    }
}
