package jp.genkan.protocols.dns;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Names of the numbers in messages, as the IANA registry of DNS parameters and EVE have them; a number without a name is told as a number. */
public final class DnsType {
    static final int SOA = 6;
    static final int NULL = 10;
    static final int MX = 15;
    static final int OPT = 41;
    static final int SSHFP = 44;
    static final int SVCB = 64;
    static final int HTTPS = 65;
    static final int CAA = 257;

    private static final int NAMES_MAX = 110;
    private static final String[] NAMES = new String[NAMES_MAX];
    private static final String[] CODES = {
        "NOERROR",
        "FORMERR",
        "SERVFAIL",
        "NXDOMAIN",
        "NOTIMP",
        "REFUSED",
        "YXDOMAIN",
        "YXRRSET",
        "NXRRSET",
        "NOTAUTH",
        "NOTZONE"
    };

    static {
        String[] first = {
            "A",
            "NS",
            "MD",
            "MF",
            "CNAME",
            "SOA",
            "MB",
            "MG",
            "MR",
            "NULL",
            "WKS",
            "PTR",
            "HINFO",
            "MINFO",
            "MX",
            "TXT",
            "RP",
            "AFSDB",
            "X25",
            "ISDN",
            "RT",
            "NSAP",
            "NSAPPTR",
            "SIG",
            "KEY",
            "PX",
            "GPOS",
            "AAAA",
            "LOC",
            "NXT",
            "EID",
            "NIMLOC",
            "SRV",
            "ATMA",
            "NAPTR",
            "KX",
            "CERT",
            "A6",
            "DNAME",
            "SINK",
            "OPT",
            "APL",
            "DS",
            "SSHFP",
            "IPSECKEY",
            "RRSIG",
            "NSEC",
            "DNSKEY",
            "DHCID",
            "NSEC3",
            "NSEC3PARAM",
            "TLSA",
            "SMIMEA"
        };
        System.arraycopy(first, 0, NAMES, 1, first.length);
        String[] second = {
            "HIP", "NINFO", "RKEY", "TALINK", "CDS", "CDNSKEY", "OPENPGPKEY", "CSYNC", "ZONEMD", "SVCB", "HTTPS"
        };
        System.arraycopy(second, 0, NAMES, 55, second.length);
        NAMES[99] = "SPF";
    }

    private DnsType() {}

    /** Numbers of types by their names in lower case, as rules spell them. */
    public static Map<String, Long> numbers() {
        Map<String, Long> numbers = new HashMap<>();
        for (int type = 1; type <= CAA; type++) {
            if (isKnown(type)) {
                numbers.put(name(type).toLowerCase(Locale.ROOT), (long) type);
            }
        }
        return numbers;
    }

    /** Numbers of response codes by their names in lower case, as rules spell them. */
    public static Map<String, Long> responseCodes() {
        Map<String, Long> numbers = new HashMap<>();
        for (int code = 0; code < CODES.length; code++) {
            numbers.put(CODES[code].toLowerCase(Locale.ROOT), (long) code);
        }
        return numbers;
    }

    /** The word of {@code rrtype}. */
    static String name(int type) {
        String name = type < NAMES_MAX ? NAMES[type] : null;
        if (name != null) {
            return name;
        }
        return switch (type) {
            case 249 -> "TKEY";
            case 250 -> "TSIG";
            case 251 -> "IXFR";
            case 252 -> "AXFR";
            case 253 -> "MAILB";
            case 254 -> "MAILA";
            case 255 -> "ANY";
            case 256 -> "URI";
            case CAA -> "CAA";
            default -> Integer.toString(type);
        };
    }

    /** True when a type has a name: what a message of another protocol that looks like DNS seldom has. */
    static boolean isKnown(int type) {
        return type > 0 && (type < NAMES_MAX ? NAMES[type] != null : type >= 249 && type <= CAA);
    }

    /** EVE's word for a response code. */
    static String responseCode(int code) {
        return code < CODES.length ? CODES[code] : Integer.toString(code);
    }
}
