package jp.genkan.ips.keyword.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.ips.keyword.http.Exchanges;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.signature.TriedRule;
import jp.genkan.protocols.tls.TlsParser;
import org.junit.jupiter.api.Test;

class TlsKeywordsTest {
    private static final String SERVER = Handshakes.certificate("www.example.com", "Example CA", "example.net");
    private static final String CLIENT = Handshakes.certificate("somebody", "Example CA", "mail.example.net");

    private static final Transaction TLS = Exchanges.play(
                    new TlsParser(),
                    "C: " + Handshakes.clientHello("www.example.com", "h2", "http/1.1"),
                    "S: " + Handshakes.serverHello("h2") + Handshakes.certificates(SERVER, CLIENT)
                            + Handshakes.message(12, "k") + Handshakes.message(14, ""),
                    "C: " + Handshakes.certificates(CLIENT) + Handshakes.message(16, "k"))
            .transactions
            .getFirst();

    private static List<String> toServer(String buffer) {
        return TriedRule.buffer(buffer, TLS, Direction.TO_SERVER);
    }

    private static List<String> toClient(String buffer) {
        return TriedRule.buffer(buffer, TLS, Direction.TO_CLIENT);
    }

    private static boolean toServerHolds(String options) throws RuleException {
        return TriedRule.of("tls", options + " sid:1;").finds(TLS, Direction.TO_SERVER);
    }

    private static boolean toClientHolds(String options) throws RuleException {
        return TriedRule.of("tls", options + " sid:1;").finds(TLS, Direction.TO_CLIENT);
    }

    @Test
    void helloHasNameProtocolsAndRandom() {
        assertThat(toServer("tls.sni")).containsExactly("www.example.com");
        assertThat(toServer("tls.alpn")).containsExactly("h2", "http/1.1");
        assertThat(toClient("tls.alpn")).containsExactly("h2");
        assertThat(toServer("tls.random")).containsExactly("r".repeat(32));
        assertThat(toClient("tls.random_time")).containsExactly("ssss");
        assertThat(toClient("tls.random_bytes")).containsExactly("s".repeat(28));
    }

    @Test
    void eachSideHasItsCertificate() {
        assertThat(toClient("tls.cert_subject")).containsExactly("CN=www.example.com");
        assertThat(toServer("tls.cert_subject")).containsExactly("CN=somebody");
        assertThat(toClient("tls.cert_issuer")).containsExactly("CN=Example CA");
        assertThat(toClient("tls.cert_serial")).containsExactly("01:AB");
        assertThat(toClient("tls.certs")).containsExactly(SERVER, CLIENT);
        assertThat(toServer("tls.certs")).containsExactly(CLIENT);
        assertThat(toClient("tls.subjectaltname")).containsExactly("example.net");
    }

    @Test
    void hexadecimalFieldsAreFoundInEitherLetterCase() throws RuleException, NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-1").digest(SERVER.getBytes(StandardCharsets.ISO_8859_1));
        String text = HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
        assertThat(toClientHolds("tls.cert_fingerprint; content:\"" + text + "\";"))
                .isTrue();
        assertThat(toClientHolds("tls.cert_serial; content:\"01:ab\";")).isTrue();
        assertThat(toClientHolds("tls.cert_subject; content:\"WWW\";")).isFalse();
    }

    @Test
    void olderSpellingsLookForTexts() throws RuleException {
        assertThat(toClientHolds("tls.subject:\"CN=www.example\";")).isTrue();
        assertThat(toClientHolds("tls.subject:!\"CN=www.example\";")).isFalse();
        assertThat(toClientHolds("tls.issuerdn:!\"CN=Other\";")).isTrue();
        assertThatThrownBy(() -> toClientHolds("tls.subject:\"\";")).isInstanceOf(RuleException.class);
    }

    @Test
    void countsChain() throws RuleException {
        assertThat(toClientHolds("tls.cert_chain_len:2;")).isTrue();
        assertThat(toServerHolds("tls.cert_chain_len:<2;")).isTrue();
        assertThat(toClientHolds("tls.cert_chain_len:>2;")).isFalse();
    }

    @Test
    void comparesVersions() throws RuleException {
        assertThat(toClientHolds("tls.version:1.2;")).isTrue();
        assertThat(toClientHolds("tls.version:0x0303;")).isTrue();
        assertThat(toServerHolds("tls.version:1.3;")).isFalse();
        assertThat(toServerHolds("ssl_version:tls1.1,tls1.2;")).isTrue();
        assertThat(toServerHolds("ssl_version:!tls1.1,tls1.2;")).isFalse();
        assertThat(toServerHolds("ssl_version:!sslv3;")).isTrue();
        assertThatThrownBy(() -> toServerHolds("ssl_version:tls9;")).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> toServerHolds("tls.version:9;")).isInstanceOf(RuleException.class);
    }

    @Test
    void statesAreOfDirection() throws RuleException {
        assertThat(toServerHolds("ssl_state:client_hello;")).isTrue();
        assertThat(toClientHolds("ssl_state:client_hello;")).isFalse();
        assertThat(toClientHolds("ssl_state:server_hello|unknown;")).isTrue();
        assertThat(toServerHolds("ssl_state:client_keyx;")).isTrue();
        assertThat(toClientHolds("ssl_state:server_keyx;")).isTrue();
        assertThat(toClientHolds("ssl_state:!server_hello;")).isFalse();
    }

    @Test
    void comparesTimesOfCertificates() throws RuleException {
        assertThat(toClientHolds("tls_cert_notbefore:2019-06-01<>2020-06-01;")).isTrue();
        assertThat(toClientHolds("tls_cert_notbefore:>2021;")).isFalse();
        assertThat(toClientHolds("tls_cert_notafter:<2030-01-01 00:00:00;")).isTrue();
        assertThat(toClientHolds("tls_cert_valid;")).isTrue();
        assertThat(toClientHolds("tls_cert_expired;")).isFalse();
        assertThatThrownBy(() -> toClientHolds("tls_cert_notafter:2030-13;")).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> toClientHolds("tls_cert_notafter:2031<>2030;")).isInstanceOf(RuleException.class);
    }

    @Test
    void fingerprintsAreThoseOfHellos() throws RuleException {
        assertThat(toServer("ja3.string")).containsExactly("771,49199-49200,0-16,,");
        assertThat(toServer("ja3.hash").getFirst()).hasSize(32);
        assertThat(toServer("ja4.hash").getFirst()).startsWith("t12d0202h2_");
        assertThat(toClient("ja3s.string")).containsExactly("771,49199,16");
        assertThat(toServerHolds("ja3_string; content:\"771,\"; startswith;")).isTrue();
    }
}
