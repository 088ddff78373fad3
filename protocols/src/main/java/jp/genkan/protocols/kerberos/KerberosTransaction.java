package jp.genkan.protocols.kerberos;

import java.util.HashMap;
import java.util.Map;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * One message: each is a transaction of its own as in EVE.
 *
 * <p>Thread rule: immutable from its making on.
 */
public final class KerberosTransaction extends Transaction {
    private static final String NONE = "<none>";
    private static final String EMPTY = "<empty>";
    private static final int ENCRYPTION_LAST = 26;

    private final KerberosMessage message;
    private final int failedRequest;

    KerberosTransaction(long number, KerberosMessage message, int failedRequest) {
        super(AppProtocol.KERBEROS, number);
        this.message = message;
        this.failedRequest = failedRequest;
    }

    public KerberosMessage message() {
        return message;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("krb5");
        out.put("msg_type", typeName(message.type()));
        if (message.type() == KerberosMessage.ERROR) {
            out.put("failed_request", typeName(failedRequest));
            out.put("error_code", errorName(message.error()));
        }
        out.put("cname", orEmpty(message.client()));
        out.put("realm", orEmpty(message.realm()));
        out.put("sname", orEmpty(message.server()));
        out.put("encryption", encryptionName(message.encryption()));
        out.put("weak_encryption", isWeak(message.encryption()));
        if (message.ticketEncryption() != 0) {
            out.put("ticket_encryption", encryptionName(message.ticketEncryption()));
            out.put("ticket_weak_encryption", isWeak(message.ticketEncryption()));
        }
        out.end();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? EMPTY : text;
    }

    private static String typeName(int type) {
        return switch (type) {
            case KerberosMessage.AS_REQUEST -> "KRB_AS_REQ";
            case KerberosMessage.AS_REPLY -> "KRB_AS_REP";
            case KerberosMessage.TGS_REQUEST -> "KRB_TGS_REQ";
            case KerberosMessage.TGS_REPLY -> "KRB_TGS_REP";
            case KerberosMessage.ERROR -> "KRB_ERROR";
            default -> "UNKNOWN";
        };
    }

    /** Encryption types of RFC 3961, 3962, 4757, 6803, 8009. */
    private static String encryptionName(int type) {
        return switch (type) {
            case 0 -> NONE;
            case 1 -> "des-cbc-crc";
            case 2 -> "des-cbc-md4";
            case 3 -> "des-cbc-md5";
            case 5 -> "des3-cbc-md5";
            case 7 -> "des3-cbc-sha1";
            case 16 -> "des3-cbc-sha1-kd";
            case 17 -> "aes128-cts-hmac-sha1-96";
            case 18 -> "aes256-cts-hmac-sha1-96";
            case 19 -> "aes128-cts-hmac-sha256-128";
            case 20 -> "aes256-cts-hmac-sha384-192";
            case 23 -> "rc4-hmac";
            case 24 -> "rc4-hmac-exp";
            case 25 -> "camellia128-cts-cmac";
            case 26 -> "camellia256-cts-cmac";
            default -> "EncryptionType(" + type + ")";
        };
    }

    /** Numbers of encryption types by their names. */
    public static Map<String, Long> encryptionTypes() {
        Map<String, Long> numbers = new HashMap<>();
        for (int type = 1; type <= ENCRYPTION_LAST; type++) {
            String name = encryptionName(type);
            if (name.indexOf('(') < 0) {
                numbers.put(name, (long) type);
            }
        }
        return numbers;
    }

    /** True for a type that is not safe any more. */
    public static boolean isWeak(int type) {
        return type != 0 && (type < 17 || type > 20) && type != 25 && type != 26;
    }

    /** RFC 4120 §7.5.9. */
    private static String errorName(int code) {
        return switch (code) {
            case 3 -> "KDC_ERR_BAD_PVNO";
            case 6 -> "KDC_ERR_C_PRINCIPAL_UNKNOWN";
            case 7 -> "KDC_ERR_S_PRINCIPAL_UNKNOWN";
            case 12 -> "KDC_ERR_POLICY";
            case 13 -> "KDC_ERR_BADOPTION";
            case 14 -> "KDC_ERR_ETYPE_NOSUPP";
            case 18 -> "KDC_ERR_CLIENT_REVOKED";
            case 23 -> "KDC_ERR_KEY_EXPIRED";
            case 24 -> "KDC_ERR_PREAUTH_FAILED";
            case 25 -> "KDC_ERR_PREAUTH_REQUIRED";
            case 31 -> "KRB_AP_ERR_BAD_INTEGRITY";
            case 32 -> "KRB_AP_ERR_TKT_EXPIRED";
            case 37 -> "KRB_AP_ERR_SKEW";
            case 41 -> "KRB_AP_ERR_MODIFIED";
            case 52 -> "KRB_ERR_RESPONSE_TOO_BIG";
            case 60 -> "KRB_ERR_GENERIC";
            case 68 -> "KDC_ERR_WRONG_REALM";
            default -> "ErrorCode(" + code + ")";
        };
    }
}
