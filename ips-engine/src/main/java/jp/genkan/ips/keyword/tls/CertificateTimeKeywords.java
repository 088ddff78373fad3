package jp.genkan.ips.keyword.tls;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.protocols.tls.Certificate;
import jp.genkan.protocols.tls.TlsTransaction;
import org.jspecify.annotations.Nullable;

/** When the server's certificate is good: {@code tls_cert_notbefore:1998-05-01<>2008-05-01}, {@code tls_cert_notafter:>2015}, {@code tls_cert_expired}, {@code tls_cert_valid}. */
final class CertificateTimeKeywords {
    private static final long NANOS = 1_000_000_000L;
    private static final Pattern MOMENT =
            Pattern.compile("(\\d{4})(?:-(\\d{2})(?:-(\\d{2})(?:[ T](\\d{2})(?::(\\d{2})(?::(\\d{2}))?)?)?)?)?");

    private CertificateTimeKeywords() {}

    static void register(KeywordTable keywords) {
        keywords.add(
                (option, rule) -> add(option, rule, limits(option), Certificate::notBefore),
                "tls_cert_notbefore",
                "tls.cert_notbefore");
        keywords.add(
                (option, rule) -> add(option, rule, limits(option), Certificate::notAfter),
                "tls_cert_notafter",
                "tls.cert_notafter");
        keywords.add((option, rule) -> expired(option, rule, true), "tls_cert_expired", "tls.cert_expired");
        keywords.add((option, rule) -> expired(option, rule, false), "tls_cert_valid", "tls.cert_valid");
    }

    /** From when to when, both included; seconds since 1970. */
    private record Limits(long from, long to) {}

    private static Limits limits(RuleOption option) throws RuleException {
        String text = option.unquoted().strip();
        int between = text.indexOf("<>");
        if (between > 0) {
            long from = moment(text.substring(0, between), option);
            long to = moment(text.substring(between + 2), option);
            if (from >= to) {
                throw option.badValue("the range is empty");
            }
            return new Limits(from, to);
        }
        if (text.startsWith("<")) {
            return new Limits(Long.MIN_VALUE, moment(text.substring(1), option));
        }
        if (text.startsWith(">")) {
            return new Limits(moment(text.substring(1), option), Long.MAX_VALUE);
        }
        long exact = moment(text.startsWith("=") ? text.substring(1) : text, option);
        return new Limits(exact, exact);
    }

    private static long moment(String text, RuleOption option) throws RuleException {
        Matcher parts = MOMENT.matcher(text.strip());
        if (parts.matches()) {
            try {
                return LocalDateTime.of(
                                part(parts, 1, 0),
                                part(parts, 2, 1),
                                part(parts, 3, 1),
                                part(parts, 4, 0),
                                part(parts, 5, 0),
                                part(parts, 6, 0))
                        .toEpochSecond(ZoneOffset.UTC);
            } catch (DateTimeException noSuchDay) {
                // told below
            }
        }
        throw option.badValue("\"" + text.strip() + "\" is no date: 2015, 2015-10, 2015-10-22, 2015-10-22 23:59:59");
    }

    private static int part(Matcher parts, int group, int absent) {
        String text = parts.group(group);
        return text == null ? absent : Integer.parseInt(text);
    }

    /** A time of a certificate. */
    @FunctionalInterface
    private interface Time {
        @Nullable
        Long of(Certificate certificate);
    }

    private static void add(RuleOption option, SignatureBuilder rule, Limits limits, Time time) throws RuleException {
        check(option, rule, moment -> {
            Certificate certificate = certificate(moment);
            Long seconds = certificate == null ? null : time.of(certificate);
            return seconds != null && seconds >= limits.from() && seconds <= limits.to();
        });
    }

    private static void expired(RuleOption option, SignatureBuilder rule, boolean wanted) throws RuleException {
        option.refuseValue();
        check(option, rule, moment -> {
            Certificate certificate = certificate(moment);
            Long end = certificate == null ? null : certificate.notAfter();
            return end != null && moment.context().epochNanos() / NANOS > end == wanted;
        });
    }

    private static void check(RuleOption option, SignatureBuilder rule, jp.genkan.ips.match.Condition condition)
            throws RuleException {
        rule.check(
                new Check.OfValue(
                        option.name(), TlsKeywords.TLS, Buffer.Ways.TO_CLIENT, Progress.BODY, false, condition),
                option);
    }

    private static @Nullable Certificate certificate(Moment moment) {
        return moment.transaction() instanceof TlsTransaction tls ? tls.serverCertificate() : null;
    }
}
