package jp.genkan.av.yara.module.pe;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import jp.genkan.av.der.DerValue;
import jp.genkan.av.yara.module.Undefined;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate says (RFC 5280 §4.1), in the form in which OpenSSL's one-line functions tell it.
 *
 * @param octets all of it
 * @param version 1 to 3
 * @param serialNumber as a value
 * @param algorithmOid of the signature
 * @param issuerName as a value
 * @param notBefore seconds since 1970
 * @param notAfter seconds since 1970
 * @param subjectName as a value
 */
record X509Certificate(
        DerValue octets,
        long version,
        DerValue serialNumber,
        String algorithmOid,
        DerValue issuerName,
        long notBefore,
        long notAfter,
        DerValue subjectName) {
    /** Characters of a name with the zero behind it, as YARA keeps it. */
    private static final int NAME_MAX = 255;

    private static final Map<String, String> ATTRIBUTES = Map.ofEntries(
            Map.entry("2.5.4.3", "CN"),
            Map.entry("2.5.4.4", "SN"),
            Map.entry("2.5.4.5", "serialNumber"),
            Map.entry("2.5.4.6", "C"),
            Map.entry("2.5.4.7", "L"),
            Map.entry("2.5.4.8", "ST"),
            Map.entry("2.5.4.9", "street"),
            Map.entry("2.5.4.10", "O"),
            Map.entry("2.5.4.11", "OU"),
            Map.entry("2.5.4.12", "title"),
            Map.entry("2.5.4.13", "description"),
            Map.entry("2.5.4.15", "businessCategory"),
            Map.entry("2.5.4.17", "postalCode"),
            Map.entry("2.5.4.18", "postOfficeBox"),
            Map.entry("2.5.4.41", "name"),
            Map.entry("2.5.4.42", "GN"),
            Map.entry("2.5.4.43", "initials"),
            Map.entry("2.5.4.46", "dnQualifier"),
            Map.entry("2.5.4.97", "organizationIdentifier"),
            Map.entry("1.2.840.113549.1.9.1", "emailAddress"),
            Map.entry("0.9.2342.19200300.100.1.1", "UID"),
            Map.entry("0.9.2342.19200300.100.1.25", "DC"),
            Map.entry("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL"),
            Map.entry("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST"),
            Map.entry("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC"));

    private static final Map<String, String> ALGORITHMS = Map.ofEntries(
            Map.entry("1.2.840.113549.1.1.2", "md2WithRSAEncryption"),
            Map.entry("1.2.840.113549.1.1.4", "md5WithRSAEncryption"),
            Map.entry("1.2.840.113549.1.1.5", "sha1WithRSAEncryption"),
            Map.entry("1.2.840.113549.1.1.10", "rsassaPss"),
            Map.entry("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
            Map.entry("1.2.840.113549.1.1.12", "sha384WithRSAEncryption"),
            Map.entry("1.2.840.113549.1.1.13", "sha512WithRSAEncryption"),
            Map.entry("1.2.840.113549.1.1.14", "sha224WithRSAEncryption"),
            Map.entry("1.3.14.3.2.29", "sha1WithRSA"),
            Map.entry("1.3.14.3.2.3", "md5WithRSA"),
            Map.entry("1.2.840.10040.4.3", "dsaWithSHA1"),
            Map.entry("2.16.840.1.101.3.4.3.2", "dsa_with_SHA256"),
            Map.entry("1.2.840.10045.4.1", "ecdsa-with-SHA1"),
            Map.entry("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
            Map.entry("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
            Map.entry("1.2.840.10045.4.3.4", "ecdsa-with-SHA512"),
            Map.entry("1.3.101.112", "ED25519"));

    /** Reads a certificate; null when it is none. */
    static @Nullable X509Certificate of(DerValue value) {
        List<DerValue> parts = value.children();
        List<DerValue> fields = parts.isEmpty() ? List.of() : parts.get(0).children();
        int first = !fields.isEmpty() && fields.get(0).tag() == DerValue.CONTEXT_0 ? 1 : 0;
        if (fields.size() < first + 6) {
            return null;
        }
        List<DerValue> algorithm = fields.get(first + 1).children();
        List<DerValue> validity = fields.get(first + 3).children();
        if (fields.get(first).tag() != DerValue.INTEGER || algorithm.isEmpty() || validity.size() < 2) {
            return null;
        }
        List<DerValue> version = first == 0 ? List.of() : fields.get(0).children();
        long number = version.isEmpty() || version.get(0).length() != 1
                ? 1
                : version.get(0).contents()[0] + 1L;
        return new X509Certificate(
                value,
                number,
                fields.get(first),
                algorithm.get(0).oid(),
                fields.get(first + 2),
                seconds(validity.get(0)),
                seconds(validity.get(1)),
                fields.get(first + 4));
    }

    private static long seconds(DerValue time) {
        String text = time.latin();
        boolean isShort = time.tag() == DerValue.UTC_TIME;
        int digits = isShort ? 12 : 14;
        if (text.length() < digits || !text.substring(0, digits).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Undefined.INTEGER;
        }
        String full = isShort ? (text.charAt(0) < '5' ? "20" : "19") + text : text;
        try {
            return LocalDateTime.of(
                            Integer.parseInt(full, 0, 4, 10),
                            Integer.parseInt(full, 4, 6, 10),
                            Integer.parseInt(full, 6, 8, 10),
                            Integer.parseInt(full, 8, 10, 10),
                            Integer.parseInt(full, 10, 12, 10),
                            Integer.parseInt(full, 12, 14, 10))
                    .toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException noDate) {
            return Undefined.INTEGER;
        }
    }

    String issuer() {
        return oneLine(issuerName);
    }

    String subject() {
        return oneLine(subjectName);
    }

    String algorithm() {
        return ALGORITHMS.getOrDefault(algorithmOid, "undefined");
    }

    /** Octets of the number with colons between them, as they stand. */
    @Nullable
    String serial() {
        int length = serialNumber.length();
        return length == 0 || length > 22 ? null : HexFormat.ofDelimiter(":").formatHex(serialNumber.contents());
    }

    /** {@code /C=JP/O=Example}, octets that are not printable as {@code \xHH}. */
    private static String oneLine(DerValue name) {
        StringBuilder line = new StringBuilder();
        for (DerValue relative : name.children()) {
            for (DerValue pair : relative.children()) {
                List<DerValue> typeAndValue = pair.children();
                if (typeAndValue.size() < 2) {
                    continue;
                }
                String oid = typeAndValue.get(0).oid();
                StringBuilder part = new StringBuilder();
                part.append('/').append(ATTRIBUTES.getOrDefault(oid, oid)).append('=');
                append(part, typeAndValue.get(1));
                if (line.length() + part.length() > NAME_MAX) {
                    return line.toString();
                }
                line.append(part);
            }
        }
        return line.toString();
    }

    private static void append(StringBuilder line, DerValue value) {
        String text = value.latin();
        int step = 1;
        int skip = 0;
        if (value.tag() == 0x1e && text.length() % 2 == 0 && isPadded(text, 2)) {
            step = 2;
            skip = 1;
        }
        for (int i = skip; i < text.length() && line.length() <= NAME_MAX; i += step) {
            char octet = text.charAt(i);
            if (octet < ' ' || octet > '~') {
                line.append(String.format("\\x%02X", (int) octet));
            } else {
                line.append(octet);
            }
        }
    }

    private static boolean isPadded(String text, int width) {
        for (int i = 0; i < text.length(); i++) {
            if (i % width != width - 1 && text.charAt(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
