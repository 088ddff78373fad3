package jp.genkan.protocols.ldap;

/** Result codes, RFC 4511 §4.1.9, in EVE's words. */
final class LdapResult {
    private LdapResult() {}

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
            default -> Integer.toString(code);
        };
    }
}
