package jp.genkan.protocols.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads certificates that may be anything: goes as far as it can and tells what is odd.
 *
 * <p>Thread rule: one owner, one certificate.
 */
final class CertificateReader {
    /** Most alternative names that are kept; the largest real certificates have a few hundred. */
    static final int NAMES_MAX = 512;

    /** Longest serial number that is shown: RFC 5280 §4.1.2.2 allows 20 octets, and some are longer. The rest is left out. */
    static final int SERIAL_MAX = 64;

    private static final int EXTENSIONS_MAX = 64; // real ones have about ten
    private static final int VERSION_TAG = 0xa0;
    private static final int EXTENSIONS_TAG = 0xa3;
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = {0x55, 0x1d, 0x11};

    private final byte[] octets;
    private final Problems problems = new Problems();
    private final List<String> names = new ArrayList<>();
    private @Nullable String subject;
    private @Nullable String issuer;
    private @Nullable String serial;
    private @Nullable Long notBefore;
    private @Nullable Long notAfter;

    /** What is odd about a certificate. */
    static final class Problems {
        private final Set<TlsEvent> events = EnumSet.noneOf(TlsEvent.class);

        void add(TlsEvent event) {
            events.add(event);
        }

        Set<TlsEvent> events() {
            return events;
        }
    }

    /**
     * Will read a certificate.
     *
     * @param octets nothing but the certificate
     */
    CertificateReader(byte[] octets) {
        this.octets = octets;
    }

    /** What was odd. */
    Set<TlsEvent> events() {
        return problems.events();
    }

    /** Reads it; null when it is no certificate at all. */
    @Nullable
    Certificate read() {
        DerReader whole = new DerReader(octets, 0, octets.length);
        if (!whole.next() || whole.tag() != DerReader.SEQUENCE) {
            problems.add(whole.isBroken() ? TlsEvent.CERTIFICATE_INVALID_LENGTH : TlsEvent.INVALID_CERTIFICATE);
            return null;
        }
        DerReader parts = whole.inside();
        if (!parts.next() || parts.tag() != DerReader.SEQUENCE) {
            problems.add(parts.isBroken() ? TlsEvent.CERTIFICATE_INVALID_LENGTH : TlsEvent.INVALID_CERTIFICATE);
            return null;
        }
        readFields(parts.inside());
        String fingerprint = HexFormat.ofDelimiter(":").formatHex(Fingerprints.digest("SHA-1", octets));
        return new Certificate(subject, issuer, serial, fingerprint, notBefore, notAfter, names);
    }

    private void readFields(DerReader fields) {
        if (!step(fields)) {
            return;
        }
        if (fields.tag() == VERSION_TAG && !step(fields)) {
            return;
        }
        if (fields.tag() != DerReader.INTEGER) {
            problems.add(TlsEvent.CERTIFICATE_UNKNOWN_ELEMENT);
            return;
        }
        int to = Math.min(fields.contentTo(), fields.contentFrom() + SERIAL_MAX);
        serial = HexFormat.ofDelimiter(":").withUpperCase().formatHex(octets, fields.contentFrom(), to);
        if (!stepTo(fields, DerReader.SEQUENCE)) { // algorithm
            return;
        }
        if (!stepTo(fields, DerReader.SEQUENCE)) {
            return;
        }
        issuer = DistinguishedName.read(octets, fields.inside(), problems);
        if (!stepTo(fields, DerReader.SEQUENCE)) {
            return;
        }
        DerReader validity = fields.inside();
        notBefore = step(validity) ? time(validity) : null;
        notAfter = step(validity) ? time(validity) : null;
        if (!stepTo(fields, DerReader.SEQUENCE)) {
            return;
        }
        subject = DistinguishedName.read(octets, fields.inside(), problems);
        while (fields.next()) {
            if (fields.tag() == EXTENSIONS_TAG) {
                readExtensions(fields.inside());
            }
        }
    }

    private boolean step(DerReader fields) {
        if (fields.next()) {
            return true;
        }
        problems.add(fields.isBroken() ? TlsEvent.CERTIFICATE_INVALID_LENGTH : TlsEvent.CERTIFICATE_MISSING_ELEMENT);
        return false;
    }

    private boolean stepTo(DerReader fields, int tag) {
        if (!step(fields)) {
            return false;
        }
        if (fields.tag() != tag) {
            problems.add(TlsEvent.CERTIFICATE_UNKNOWN_ELEMENT);
            return false;
        }
        return true;
    }

    private void readExtensions(DerReader wrapper) {
        if (!wrapper.next()) {
            return;
        }
        DerReader list = wrapper.inside();
        for (int i = 0; i < EXTENSIONS_MAX && list.next(); i++) {
            DerReader extension = list.inside();
            if (!extension.next()
                    || !Arrays.equals(
                            octets,
                            extension.contentFrom(),
                            extension.contentTo(),
                            SUBJECT_ALTERNATIVE_NAME,
                            0,
                            SUBJECT_ALTERNATIVE_NAME.length)) {
                continue;
            }
            boolean there = extension.next();
            if (there && extension.tag() == DerReader.BOOLEAN) { // critical
                there = extension.next();
            }
            if (there && extension.tag() == DerReader.OCTET_STRING) {
                readAlternativeNames(extension.inside());
            }
        }
    }

    private void readAlternativeNames(DerReader value) {
        if (!value.next()) {
            problems.add(TlsEvent.CERTIFICATE_MISSING_ELEMENT);
            return;
        }
        DerReader list = value.inside();
        while (names.size() < NAMES_MAX && list.next()) {
            int from = list.contentFrom();
            int length = list.contentLength();
            switch (list.tag()) {
                case 0x81, 0x82, 0x86 -> // rfc822Name, dNSName, uniformResourceIdentifier
                    names.add(new String(octets, from, length, StandardCharsets.ISO_8859_1));
                case 0x87 -> addAddress(from, length);
                default -> {
                    // the other kinds have no text of their own
                }
            }
        }
        if (list.isBroken()) {
            problems.add(TlsEvent.CERTIFICATE_INVALID_LENGTH);
        }
    }

    private void addAddress(int from, int length) {
        try {
            names.add(InetAddress.getByAddress(Arrays.copyOfRange(octets, from, from + length))
                    .getHostAddress());
        } catch (UnknownHostException e) { // neither 4 nor 16 octets
            problems.add(TlsEvent.CERTIFICATE_INVALID_STRING);
        }
    }

    /** UTCTime or GeneralizedTime (RFC 5280 §4.1.2.5), seconds optional, and with a zone as old certificates have it. */
    private @Nullable Long time(DerReader element) {
        int from = element.contentFrom();
        int digits = 0;
        while (digits < element.contentLength() && digits < 14 && isDigit(octets[from + digits])) {
            digits++;
        }
        int yearDigits = element.tag() == DerReader.UTC_TIME ? 2 : 4;
        boolean known = element.tag() == DerReader.UTC_TIME || element.tag() == DerReader.GENERALIZED_TIME;
        if (!known || digits < yearDigits + 8) {
            problems.add(TlsEvent.CERTIFICATE_INVALID_STRING);
            return null;
        }
        int year = number(from, yearDigits);
        if (yearDigits == 2) {
            year += year < 50 ? 2000 : 1900;
        }
        int at = from + yearDigits;
        int seconds = digits >= yearDigits + 10 ? number(at + 8, 2) : 0;
        try {
            LocalDateTime local = LocalDateTime.of(
                    year, number(at, 2), number(at + 2, 2), number(at + 4, 2), number(at + 6, 2), seconds);
            return local.toEpochSecond(ZoneOffset.UTC) - zoneSeconds(from + digits, element.contentTo());
        } catch (DateTimeException e) { // a thirteenth month
            problems.add(TlsEvent.CERTIFICATE_INVALID_STRING);
            return null;
        }
    }

    private long zoneSeconds(int from, int to) {
        if (to - from != 5 || octets[from] != '+' && octets[from] != '-') {
            return 0;
        }
        for (int i = from + 1; i < to; i++) {
            if (!isDigit(octets[i])) {
                return 0;
            }
        }
        long seconds = number(from + 1, 2) * 3600L + number(from + 3, 2) * 60L;
        return octets[from] == '-' ? -seconds : seconds;
    }

    private int number(int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            value = value * 10 + octets[i] - '0';
        }
        return value;
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }
}
