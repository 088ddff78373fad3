package jp.genkan.protocols.tls;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate says (RFC 5280). Fields that could not be read are null.
 *
 * @param subject as EVE writes it
 * @param issuer as EVE writes it
 * @param serial octets in upper-case hexadecimal with colons, as they are encoded
 * @param fingerprint SHA-1 of the whole in lower-case hexadecimal with colons
 * @param notBefore seconds since 1970
 * @param notAfter seconds since 1970
 * @param alternativeNames names of hosts, mail addresses, URIs and addresses for which it is good
 */
public record Certificate(
        @Nullable String subject,
        @Nullable String issuer,
        @Nullable String serial,
        String fingerprint,
        @Nullable Long notBefore,
        @Nullable Long notAfter,
        List<String> alternativeNames) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    /** Copies the names. */
    public Certificate {
        alternativeNames = List.copyOf(alternativeNames);
    }

    /** A moment as EVE writes it in certificates: UTC, without saying so. */
    static String time(long epochSeconds) {
        return TIME.format(LocalDateTime.ofEpochSecond(epochSeconds, 0, ZoneOffset.UTC));
    }
}
