package jp.genkan.ips.keyword.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.protocols.tls.ClientHello;
import jp.genkan.protocols.tls.TlsTransaction;
import jp.genkan.protocols.tls.TlsVersions;

/**
 * {@code tls.version} and {@code ssl_version}: the version that a side speaks. A client first says the highest that it can, and then speaks the one that the
 * server chose.
 */
final class TlsVersionKeywords {
    private static final int HEXADECIMAL = 16;
    private static final int UNKNOWN = 0;

    private static final Map<String, Integer> TLS = Map.of(
            "1.0",
            TlsVersions.TLS_1_0,
            "1.1",
            TlsVersions.TLS_1_1,
            "1.2",
            TlsVersions.TLS_1_2,
            "1.3",
            TlsVersions.TLS_1_3);

    private static final Map<String, Integer> SSL = Map.of(
            "sslv2", TlsVersions.SSL_2,
            "sslv3", TlsVersions.SSL_3,
            "tls1.0", TlsVersions.TLS_1_0,
            "tls1.1", TlsVersions.TLS_1_1,
            "tls1.2", TlsVersions.TLS_1_2,
            "tls1.3", TlsVersions.TLS_1_3);

    private TlsVersionKeywords() {}

    static void tlsVersion(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.unquoted().strip();
        Integer known = TLS.get(text);
        int wanted = known == null ? hexadecimal(text, option) : known;
        add(option, rule, version -> version == wanted);
    }

    private static int hexadecimal(String text, RuleOption option) throws RuleException {
        try {
            if (text.startsWith("0x") && text.length() <= 6) {
                return Integer.parseInt(text.substring(2), HEXADECIMAL);
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw option.badValue("\"" + text + "\" is no version: 1.0, 1.1, 1.2, 1.3 or its number, 0x7f12");
    }

    static void sslVersion(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.unquoted().strip();
        boolean negated = text.startsWith("!");
        List<Integer> versions = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String name = part.strip();
            if (name.startsWith("!")) {
                if (!negated) {
                    throw option.badValue("either all versions are negated, by a ! before the first, or none is");
                }
                name = name.substring(1).strip();
            }
            Integer version = SSL.get(name);
            if (version == null) {
                throw option.badValue("\"" + name + "\" is no version: sslv2, sslv3, tls1.0 to tls1.3");
            }
            versions.add(version);
        }
        int[] list = versions.stream().mapToInt(Integer::intValue).toArray();
        add(option, rule, version -> contains(list, family(version)) != negated);
    }

    /** Drafts of TLS 1.3 count as it. */
    private static int family(int version) {
        return TlsVersions.isTls13(version) ? TlsVersions.TLS_1_3 : version;
    }

    private static boolean contains(int[] list, int version) {
        for (int each : list) {
            if (each == version) {
                return true;
            }
        }
        return false;
    }

    /** What is asked of a version. */
    @FunctionalInterface
    private interface Test {
        boolean holds(int version);
    }

    private static void add(RuleOption option, SignatureBuilder rule, Test test) throws RuleException {
        rule.check(
                new Check.OfValue(option.name(), TlsKeywords.TLS, Buffer.Ways.BOTH, Progress.LINE, false, moment -> {
                    int version = version(moment);
                    return version != UNKNOWN && test.holds(version);
                }),
                option);
    }

    private static int version(Moment moment) {
        if (!(moment.transaction() instanceof TlsTransaction tls)) {
            return UNKNOWN;
        }
        boolean toServer = moment.direction().isToServer();
        boolean chosen = !toServer || tls.progress(Direction.TO_SERVER).compareTo(Progress.BODY) >= 0;
        ClientHello hello = tls.clientHello();
        if (chosen && tls.version() != UNKNOWN || hello == null) {
            return toServer && hello == null ? UNKNOWN : tls.version();
        }
        if (!toServer) {
            return UNKNOWN;
        }
        return hello.highestVersion();
    }
}
