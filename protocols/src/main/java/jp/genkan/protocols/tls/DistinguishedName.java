package jp.genkan.protocols.tls;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names of certificates as EVE writes them: {@code C=US, O=Let's Encrypt, CN=R3}; parts of one level are joined by " + ".
 *
 * <p>Thread rule: stateless.
 */
final class DistinguishedName {
    /** Most parts of a name; real ones have fewer than fifteen. The rest is left out. */
    static final int PARTS_MAX = 64;

    /** Most characters of a name; X.520's own bounds allow about a thousand. The rest is left out. */
    static final int LENGTH_MAX = 4096;

    private static final int OID_PARTS_MAX = 32; // the longest in use have about fifteen

    private static final Map<String, String> SHORT_NAMES = Map.ofEntries(
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
            Map.entry("2.5.4.41", "name"),
            Map.entry("2.5.4.42", "GN"),
            Map.entry("2.5.4.43", "initials"),
            Map.entry("2.5.4.44", "generationQualifier"),
            Map.entry("2.5.4.46", "dnQualifier"),
            Map.entry("2.5.4.65", "pseudonym"),
            Map.entry("2.5.4.97", "organizationIdentifier"),
            Map.entry("0.9.2342.19200300.100.1.1", "UID"),
            Map.entry("0.9.2342.19200300.100.1.25", "DC"),
            Map.entry("1.2.840.113549.1.9.1", "emailAddress"),
            Map.entry("1.2.840.113549.1.9.2", "unstructuredName"),
            Map.entry("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL"),
            Map.entry("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST"),
            Map.entry("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC"));

    private DistinguishedName() {}

    /**
     * Reads a name.
     *
     * @param parts inside of the name's sequence
     * @param problems where to tell what is odd
     */
    static String read(byte[] octets, DerReader parts, CertificateReader.Problems problems) {
        StringBuilder out = new StringBuilder(80);
        int count = 0;
        while (out.length() < LENGTH_MAX && parts.next()) {
            DerReader level = parts.inside();
            String separator = ", ";
            while (count < PARTS_MAX && level.next()) {
                append(out, octets, level.inside(), count == 0 ? "" : separator, problems);
                separator = " + ";
                count++;
            }
            if (level.isBroken()) {
                problems.add(TlsEvent.CERTIFICATE_INVALID_LENGTH);
            }
        }
        if (parts.isBroken()) {
            problems.add(TlsEvent.CERTIFICATE_INVALID_LENGTH);
        }
        return out.length() > LENGTH_MAX ? out.substring(0, LENGTH_MAX) : out.toString();
    }

    private static void append(
            StringBuilder out, byte[] octets, DerReader pair, String separator, CertificateReader.Problems problems) {
        if (!pair.next() || pair.tag() != DerReader.OID) {
            problems.add(TlsEvent.CERTIFICATE_UNKNOWN_ELEMENT);
            return;
        }
        String type = oid(octets, pair.contentFrom(), pair.contentTo());
        if (!pair.next()) {
            problems.add(TlsEvent.CERTIFICATE_MISSING_ELEMENT);
            return;
        }
        int to = Math.min(pair.contentTo(), pair.contentFrom() + LENGTH_MAX);
        out.append(separator)
                .append(SHORT_NAMES.getOrDefault(type, type))
                .append('=')
                .append(text(octets, pair.tag(), pair.contentFrom(), to, problems));
    }

    private static String text(byte[] octets, int tag, int from, int to, CertificateReader.Problems problems) {
        @Nullable
        Charset charset = switch (tag) {
            case 0x0c -> StandardCharsets.UTF_8;
            case 0x12, 0x13, 0x14, 0x16, 0x1a, 0x1b -> StandardCharsets.ISO_8859_1; // numeric to general
            case 0x1c -> StandardCharsets.UTF_32BE;
            case 0x1e -> StandardCharsets.UTF_16BE;
            default -> null;
        };
        if (charset == null) {
            problems.add(TlsEvent.CERTIFICATE_INVALID_STRING);
            return "#" + HexFormat.of().formatHex(octets, from, to);
        }
        return new String(octets, from, to - from, charset);
    }

    /** An object identifier in dots; one that is too long or broken ends early. */
    static String oid(byte[] octets, int from, int to) {
        StringBuilder out = new StringBuilder(32);
        long value = 0;
        int parts = 0;
        for (int i = from; i < to && parts < OID_PARTS_MAX; i++) {
            value = (value & 0xffffffffffffL) << 7 | octets[i] & 0x7f;
            if (octets[i] < 0) {
                continue;
            }
            if (parts == 0) {
                long first = Math.min(value / 40, 2);
                out.append(first).append('.').append(value - first * 40);
            } else {
                out.append('.').append(value);
            }
            parts++;
            value = 0;
        }
        return out.toString();
    }
}
