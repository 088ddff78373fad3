package jp.genkan.urlfilter.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.genkan.protocols.tls.Certificate;
import org.jspecify.annotations.Nullable;

/** The hosts that a certificate is for. Thread rule: stateless. */
final class CertificateNames {
    private static final String COMMON_NAME = "CN=";
    private static final String WILDCARD = "*.";

    private CertificateNames() {}

    /**
     * The alternative names; where there are none, the common name. A wildcard is taken for the name that it stands below.
     *
     * @param max above this many they say nothing: an empty list
     */
    static List<String> of(Certificate certificate, int max) {
        List<String> names = certificate.alternativeNames();
        if (names.size() > max) {
            return List.of();
        }
        List<String> hosts = new ArrayList<>();
        names.forEach(name -> hosts.add(withoutWildcard(name)));
        String common = commonName(certificate.subject());
        if (hosts.isEmpty() && common != null) {
            hosts.add(withoutWildcard(common));
        }
        return hosts;
    }

    private static @Nullable String commonName(@Nullable String subject) {
        int at = subject == null ? -1 : subject.toUpperCase(Locale.ROOT).lastIndexOf(COMMON_NAME);
        if (subject == null || at < 0) {
            return null;
        }
        int end = subject.indexOf(',', at);
        return subject.substring(at + COMMON_NAME.length(), end < 0 ? subject.length() : end)
                .strip();
    }

    private static String withoutWildcard(String name) {
        return name.startsWith(WILDCARD) ? name.substring(WILDCARD.length()) : name;
    }
}
