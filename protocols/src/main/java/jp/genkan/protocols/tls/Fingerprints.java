package jp.genkan.protocols.tls;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Fingerprints of hellos: JA3 and JA3S (their text is a list of numbers, the fingerprint its MD5), and JA4 (FoxIO's method for TLS clients, published under
 * the BSD licence).
 *
 * <p>Thread rule: stateless.
 */
public final class Fingerprints {
    private static final HexFormat HEX = HexFormat.of();
    private static final String NOTHING = "000000000000"; // JA4's hash of an empty list
    private static final int HASH_LENGTH = 12;
    private static final int COUNT_MAX = 99;

    private Fingerprints() {}

    /** The hash of a text of JA3 or JA3S. */
    public static String md5(String text) {
        return HEX.formatHex(digest("MD5", text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    static String ja3(ClientHello hello) {
        StringBuilder out = new StringBuilder(256);
        out.append(hello.legacyVersion()).append(',');
        join(out, hello.ciphers());
        out.append(',');
        join(out, hello.extensions());
        out.append(',');
        join(out, hello.groups());
        out.append(',');
        join(out, hello.pointFormats());
        return out.toString();
    }

    static String ja3s(ServerHello hello) {
        StringBuilder out = new StringBuilder(64);
        out.append(hello.legacyVersion()).append(',').append(hello.cipher()).append(',');
        join(out, hello.extensions());
        return out.toString();
    }

    private static void join(StringBuilder out, int[] values) {
        boolean first = true;
        for (int value : values) {
            if (TlsVersions.isGrease(value)) {
                continue;
            }
            if (!first) {
                out.append('-');
            }
            out.append(value);
            first = false;
        }
    }

    static String ja4(ClientHello hello) {
        int[] ciphers = Arrays.stream(hello.ciphers())
                .filter(value -> !TlsVersions.isGrease(value))
                .toArray();
        int[] extensions = Arrays.stream(hello.extensions())
                .filter(value -> !TlsVersions.isGrease(value))
                .toArray();
        String ciphersHash = hash(hexList(sorted(ciphers)));
        int[] hashed = Arrays.stream(sorted(extensions))
                .filter(value -> value != TlsExtension.SERVER_NAME && value != TlsExtension.ALPN)
                .toArray();
        String algorithms = hexList(Arrays.stream(hello.signatureAlgorithms())
                .filter(value -> !TlsVersions.isGrease(value))
                .toArray());
        String extensionsText = hexList(hashed);
        return (hello.isQuic() ? "q" : "t")
                + versionOfJa4(hello.highestVersion())
                + (hello.hasServerNameExtension() ? "d" : "i")
                + twoDigits(ciphers.length)
                + twoDigits(extensions.length)
                + alpnOfJa4(hello.alpns())
                + "_" + ciphersHash
                + "_" + hash(algorithms.isEmpty() ? extensionsText : extensionsText + "_" + algorithms);
    }

    private static int[] sorted(int[] values) {
        int[] copy = values.clone();
        Arrays.sort(copy);
        return copy;
    }

    private static String versionOfJa4(int version) {
        return switch (version) {
            case TlsVersions.TLS_1_3 -> "13";
            case TlsVersions.TLS_1_2 -> "12";
            case TlsVersions.TLS_1_1 -> "11";
            case TlsVersions.TLS_1_0 -> "10";
            case TlsVersions.SSL_3 -> "s3";
            case TlsVersions.SSL_2 -> "s2";
            default -> "00";
        };
    }

    private static String twoDigits(int count) {
        int shown = Math.min(count, COUNT_MAX);
        return (shown < 10 ? "0" : "") + shown;
    }

    private static String alpnOfJa4(List<String> alpns) {
        if (alpns.isEmpty() || alpns.getFirst().isEmpty()) {
            return "00";
        }
        String value = alpns.getFirst();
        char first = value.charAt(0);
        char last = value.charAt(value.length() - 1);
        if (isAlphanumeric(first) && isAlphanumeric(last)) {
            return "" + first + last;
        }
        return "" + Character.forDigit(first >> 4 & 0xf, 16) + Character.forDigit(last & 0xf, 16);
    }

    private static boolean isAlphanumeric(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    private static String hexList(int[] values) {
        StringBuilder out = new StringBuilder(values.length * 5);
        for (int value : values) {
            if (!out.isEmpty()) {
                out.append(',');
            }
            HEX.toHexDigits(out, (byte) (value >> 8));
            HEX.toHexDigits(out, (byte) value);
        }
        return out.toString();
    }

    private static String hash(String text) {
        return text.isEmpty()
                ? NOTHING
                : HEX.formatHex(digest("SHA-256", text.getBytes(StandardCharsets.US_ASCII)))
                        .substring(0, HASH_LENGTH);
    }

    static byte[] digest(String algorithm, byte[] octets) {
        try {
            return MessageDigest.getInstance(algorithm).digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
