package jp.genkan.appcontrol.stage;

import java.util.List;
import java.util.Locale;
import jp.genkan.appcontrol.definition.DefinitionSet;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.dns.DnsTransaction;
import jp.genkan.protocols.http.head.HttpExchange;
import jp.genkan.protocols.quic.QuicTransaction;
import jp.genkan.protocols.tls.Certificate;
import jp.genkan.protocols.tls.ClientHello;
import jp.genkan.protocols.tls.TlsTransaction;
import org.jspecify.annotations.Nullable;

/**
 * The service that a transaction names: by the server's name, the certificate, ALPN and fingerprint of a handshake; host, user agent, path and media type of HTTP; the
 * question of DNS. Stateless.
 */
final class TransactionNames {
    /** Names of a certificate that are looked up; large hosters have hundreds, and the first ones are theirs. */
    private static final int CERTIFICATE_NAMES_MAX = 32;

    private TransactionNames() {}

    static int ofTls(TlsTransaction tls, DefinitionSet set) {
        ClientHello hello = tls.clientHello();
        int found = hello == null ? 0 : ofHello(hello, set);
        Certificate certificate = tls.serverCertificate();
        if (found == 0 && certificate != null) {
            found = ofCertificate(certificate, set);
        }
        Certificate client = tls.clientCertificate();
        return found != 0 || client == null ? found : ofCertificate(client, set);
    }

    static int ofQuic(QuicTransaction quic, DefinitionSet set) {
        ClientHello hello = quic.clientHello();
        if (hello != null) {
            return ofHello(hello, set);
        }
        String sni = quic.sni();
        return sni == null ? 0 : set.hosts().find(sni);
    }

    static int ofHello(ClientHello hello, DefinitionSet set) {
        String sni = hello.sni();
        int found = sni == null ? 0 : set.hosts().find(sni);
        if (found != 0) {
            return found;
        }
        List<String> alpns = hello.alpns();
        for (int i = 0; i < alpns.size(); i++) {
            found = set.ofAlpn(alpns.get(i));
            if (found != 0) {
                return found;
            }
        }
        if (sni != null && alpns.isEmpty() && RandomName.isTors(sni)) {
            return set.number("Tor");
        }
        if (set.hasFingerprints()) {
            found = set.ofFingerprint(hello.ja4());
        }
        return found;
    }

    private static int ofCertificate(Certificate certificate, DefinitionSet set) {
        String subject = certificate.subject();
        int found = subject == null ? 0 : ofDistinguished(subject, set);
        List<String> names = certificate.alternativeNames();
        int last = Math.min(names.size(), CERTIFICATE_NAMES_MAX);
        for (int i = 0; i < last && found == 0; i++) {
            found = set.hosts().find(withoutAsterisk(names.get(i)));
        }
        String issuer = certificate.issuer();
        return found != 0 || issuer == null ? found : set.ofCertificate(issuer);
    }

    private static int ofDistinguished(String subject, DefinitionSet set) {
        int found = set.ofCertificate(subject);
        int at = subject.indexOf("CN=");
        if (found != 0 || at < 0) {
            return found;
        }
        int end = subject.indexOf(',', at);
        return set.hosts().find(withoutAsterisk(subject.substring(at + 3, end < 0 ? subject.length() : end)));
    }

    private static String withoutAsterisk(String name) {
        return name.startsWith("*.") ? name.substring(2) : name;
    }

    static int ofHttp(HttpExchange http, DefinitionSet set) {
        int found = ofContent(http.contentType(Direction.TO_SERVER), set);
        if (found == 0) {
            found = ofContent(http.contentType(Direction.TO_CLIENT), set);
        }
        String host = http.hostname();
        if (found == 0 && host != null) {
            found = set.hosts().find(host);
        }
        byte[] agent = http.field(Direction.TO_SERVER, "user-agent");
        if (found == 0 && agent != null) {
            found = set.ofAgent(agent);
        }
        byte[] path = http.rawUri();
        if (found == 0 && path != null) {
            found = set.ofPath(path);
        }
        byte[] server = http.server();
        return found != 0 || server == null ? found : set.ofServer(server);
    }

    private static int ofContent(byte @Nullable [] type, DefinitionSet set) {
        if (type == null) {
            return 0;
        }
        String text = new String(type, java.nio.charset.StandardCharsets.ISO_8859_1);
        int end = text.indexOf(';');
        return set.ofContent((end < 0 ? text : text.substring(0, end)).strip().toLowerCase(Locale.ROOT));
    }

    static int ofDns(DnsTransaction dns, DefinitionSet set) {
        return set.hosts().find(dns.question());
    }
}
