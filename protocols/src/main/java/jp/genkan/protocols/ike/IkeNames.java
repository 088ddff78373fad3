package jp.genkan.protocols.ike;

import java.util.HashMap;
import java.util.Map;

/** What numbers of IKE are called in EVE. Numbers without a name are told as Suricata tells them. Stateless. */
public final class IkeNames {
    private static final String UNKNOWN = "Unknown";

    private static final String[] ATTRIBUTES = {
        "unknown",
        "alg_enc",
        "alg_hash",
        "alg_auth",
        "alg_dh",
        "sa_group_type",
        "sa_group_prime",
        "sa_group_generator_one",
        "sa_group_generator_two",
        "sa_group_curve_a",
        "sa_group_curve_b",
        "sa_life_type",
        "sa_life_duration",
        "alg_prf",
        "sa_key_length",
        "sa_field_size",
        "sa_group_order"
    };

    /** By attribute, names of values from 1 on. */
    private static final Map<Integer, String[]> VALUES = Map.of(
            1,
            names("EncDesCbc EncIdeaCbc EncBlowfishCbc EncRc5R16B64Cbc EncTripleDesCbc EncCastCbc EncAesCbc"
                    + " EncCamelliaCbc"),
            2,
            names("HashMd5 HashSha HashTiger HashSha2_256 HashSha2_384 HashSha2_512"),
            3,
            names("AuthPreSharedKey AuthDssSignatures AuthRsaSignatures AuthEncryptionWithRsa"
                    + " AuthRevisedEncryptionWithRsa AuthReserved AuthReserved AuthReserved AuthEcdsaSha256"
                    + " AuthEcdsaSha384 AuthEcdsaSha512"),
            4,
            names("GroupDefault768BitModp GroupAlternate1024BitModpGroup GroupEc2nOnGp2p155 GroupEc2nOnGp2p185"
                    + " GroupModp1536Bit GroupEc2nOverGf2p163 GroupEc2nOverGf2p163 GroupEc2nOverGf2p283"
                    + " GroupEc2nOverGf2p283 GroupEc2nOverGf2p409 GroupEc2nOverGf2p409 GroupEc2nOverGf2p571"
                    + " GroupEc2nOverGf2p571 GroupModp2048Bit GroupModp3072Bit GroupModp4096Bit GroupModp6144Bit"
                    + " GroupModp8192Bit GroupRandomEcp256 GroupRandomEcp384 GroupRandomEcp521"
                    + " GroupModp1024With160BitPrime GroupModp2048With224BitPrime GroupModp2048With256BitPrime"
                    + " GroupRandomEcp192 GroupRandomEcp224 GroupBrainpoolEcp224 GroupBrainpoolEcp256"
                    + " GroupBrainpoolEcp384 GroupBrainpoolEcp512"),
            11,
            names("LifeTypeSeconds LifeTypeKilobytes"));

    private static final Map<Integer, String> EXCHANGES = Map.of(
            1,
            "Base",
            2,
            "Identity Protection",
            3,
            "Authentication Only",
            4,
            "Aggressive",
            5,
            "Informational",
            6,
            "Transaction (Config Mode)",
            32,
            "Quick Mode",
            33,
            "New Group Mode");

    private static final Map<Integer, String> PAYLOADS1 = numbered(
            "0 None 1 SecurityAssociation 2 Proposal 3 Transform 4 KeyExchange 5 Identification 6 Certificate 7"
                    + " CertificateRequest 8 Hash 9 Signature 10 Nonce 11 Notification 12 Delete 13 VendorID 15"
                    + " SaKekPayload 16 SaTekPayload 17 KeyDownload 18 SequenceNumber 19 ProofOfPossession 20 NatDiscovery"
                    + " 21 NatOriginalAddress 22 GroupAssociatedPolicy");
    private static final Map<Integer, String> PAYLOADS2 = numbered(
            "0 NoNextPayload 33 SecurityAssociation 34 KeyExchange 35 IdentInitiator 36 IdentResponder 37 Certificate"
                    + " 38 CertificateRequest 39 Authentication 40 Nonce 41 Notify 42 Delete 43 VendorID 44"
                    + " TrafficSelectorInitiator 45 TrafficSelectorResponder 46 EncryptedAndAuthenticated 47 Configuration"
                    + " 48 ExtensibleAuthentication 49 GenericSecurePasswordMethod 50 GroupIdentification 51"
                    + " GroupSecurityAssociation 52 KeyDownload 53 EncryptedAndAuthenticatedFragment");
    private static final Map<Integer, String> NOTIFICATIONS =
            numbered("1 UNSUPPORTED_CRITICAL_PAYLOAD 4 INVALID_IKE_SPI 5 INVALID_MAJOR_VERSION 7 INVALID_SYNTAX 9"
                    + " INVALID_MESSAGE_ID 11 INVALID_SPI 14 NO_PROPOSAL_CHOSEN 17 INVALID_KE_PAYLOAD 24"
                    + " AUTHENTICATION_FAILED 34 SINGLE_PAIR_REQUIRED 35 NO_ADDITIONAL_SAS 36 INTERNAL_ADDRESS_FAILURE 37"
                    + " FAILED_CP_REQUIRED 38 TS_UNACCEPTABLE 39 INVALID_SELECTORS 43 TEMPORARY_FAILURE 44"
                    + " CHILD_SA_NOT_FOUND 16384 INITIAL_CONTACT 16385 SET_WINDOW_SIZE 16386 ADDITIONAL_TS_POSSIBLE 16387"
                    + " IPCOMP_SUPPORTED 16388 NAT_DETECTION_SOURCE_IP 16389 NAT_DETECTION_DESTINATION_IP 16390 COOKIE"
                    + " 16391 USE_TRANSPORT_MODE 16392 HTTP_CERT_LOOKUP_SUPPORTED 16393 REKEY_SA 16394"
                    + " ESP_TFC_PADDING_NOT_SUPPORTED 16395 NON_FIRST_FRAGMENTS_ALSO");

    /** By type of transform. */
    private static final Map<Integer, Map<Integer, String>> ALGORITHMS = Map.of(
            IkeTransform.ENCRYPTION,
            numbered("1 ENCR_DES_IV64 2 ENCR_DES 3 ENCR_3DES 4 ENCR_RC5 5 ENCR_IDEA 6 ENCR_CAST 7 ENCR_BLOWFISH 8"
                    + " ENCR_3IDEA 9 ENCR_DES_IV32 11 ENCR_NULL 12 ENCR_AES_CBC 13 ENCR_AES_CTR 14 ENCR_AES_CCM_8"
                    + " 15 ENCR_AES_CCM_12 16 ENCR_AES_CCM_16 18 ENCR_AES_GCM_8 19 ENCR_AES_GCM_12 20"
                    + " ENCR_AES_GCM_16 21 ENCR_NULL_AUTH_AES_GMAC 23 ENCR_CAMELLIA_CBC 24 ENCR_CAMELLIA_CTR 25"
                    + " ENCR_CAMELLIA_CCM_8 26 ENCR_CAMELLIA_CCM_12 27 ENCR_CAMELLIA_CCM_16 28"
                    + " ENCR_CHACHA20_POLY1305"),
            IkeTransform.PRF,
            numbered("0 PRF_NULL 1 PRF_HMAC_MD5 2 PRF_HMAC_SHA1 3 PRF_HMAC_TIGER 4 PRF_AES128_XCBC 5 PRF_HMAC_SHA2_256"
                    + " 6 PRF_HMAC_SHA2_384 7 PRF_HMAC_SHA2_512 8 PRF_AES128_CMAC"),
            IkeTransform.INTEGRITY,
            numbered("0 NONE 1 AUTH_HMAC_MD5_96 2 AUTH_HMAC_SHA1_96 3 AUTH_DES_MAC 4 AUTH_KPDK_MD5 5 AUTH_AES_XCBC_96 6"
                    + " AUTH_HMAC_MD5_128 7 AUTH_HMAC_SHA1_160 8 AUTH_AES_CMAC_96 9 AUTH_AES_128_GMAC 10"
                    + " AUTH_AES_192_GMAC 11 AUTH_AES_256_GMAC 12 AUTH_HMAC_SHA2_256_128 13 AUTH_HMAC_SHA2_384_192"
                    + " 14 AUTH_HMAC_SHA2_512_256"),
            IkeTransform.GROUP,
            numbered("0 None 1 Modp768 2 Modp1024 5 Modp1536 14 Modp2048 15 Modp3072 16 Modp4096 17 Modp6144 18"
                    + " Modp8192 19 Ecp256 20 Ecp384 21 Ecp521 22 Modp1024s160 23 Modp2048s224 24 Modp2048s256 25"
                    + " Ecp192 26 Ecp224 27 BrainpoolP224r1 28 BrainpoolP256r1 29 BrainpoolP384r1 30"
                    + " BrainpoolP512r1 31 Curve25519 32 Curve448"),
            IkeTransform.SEQUENCE_NUMBERS,
            numbered("0 NoESN 1 ESN"));

    private IkeNames() {}

    private static String[] names(String list) {
        return list.split(" ", -1);
    }

    private static Map<Integer, String> numbered(String list) {
        Map<Integer, String> names = new HashMap<>();
        String[] words = list.split(" ", -1);
        for (int i = 0; i < words.length; i += 2) {
            names.put(Integer.valueOf(words[i]), words[i + 1]);
        }
        return Map.copyOf(names);
    }

    /** The word for an attribute of version 1. */
    static String attribute(int type) {
        return type > 0 && type < ATTRIBUTES.length ? ATTRIBUTES[type] : ATTRIBUTES[0];
    }

    /** The number of an attribute that rules name; -1 when there is none. */
    public static int attributeType(String name) {
        for (int type = 1; type < ATTRIBUTES.length; type++) {
            if (ATTRIBUTES[type].equals(name)) {
                return type;
            }
        }
        return -1;
    }

    static String attributeValue(int type, long number) {
        String[] names = VALUES.get(type);
        return names == null || number < 1 || number > names.length ? UNKNOWN : names[(int) number - 1];
    }

    /** The name of an exchange of version 1. */
    static String exchange(int number) {
        return EXCHANGES.getOrDefault(number, "Unknown Exchange Type");
    }

    static String payload(int version, int number) {
        return version == 1
                ? PAYLOADS1.getOrDefault(number, "")
                : PAYLOADS2.getOrDefault(number, unnamed("IkePayloadType", number));
    }

    static String notification(int number) {
        return NOTIFICATIONS.getOrDefault(number, unnamed("NotifyType", number));
    }

    static String algorithm(int type, int number) {
        return ALGORITHMS.getOrDefault(type, Map.of()).getOrDefault(number, unnamed(UNKNOWN, number));
    }

    private static String unnamed(String kind, int number) {
        return kind + "(" + number + " / 0x" + Integer.toHexString(number) + ")";
    }
}
