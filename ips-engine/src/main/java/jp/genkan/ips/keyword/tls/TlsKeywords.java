package jp.genkan.ips.keyword.tls;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.keyword.number.NumberKeyword;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.BufferSink;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.protocols.tls.Certificate;
import jp.genkan.protocols.tls.ClientHello;
import jp.genkan.protocols.tls.ServerHello;
import jp.genkan.protocols.tls.TlsTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Buffers and keywords of TLS. Hellos are there when their direction has reached {@link Progress#LINE}, certificates and key exchanges at {@link Progress#BODY}: TLS
 * 1.3 encrypts those.
 */
public final class TlsKeywords implements Family {
    static final Set<AppProtocol> TLS = Set.of(AppProtocol.TLS);

    private static final int TIME_OCTETS = 4; // RFC 5246 §7.4.1.2: the first octets of a random are the time

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        hello(keywords, buffers);
        certificates(keywords, buffers);
        FingerprintBuffers.register(keywords, buffers);
        keywords.add(TlsVersionKeywords::tlsVersion, "tls.version");
        keywords.add(TlsVersionKeywords::sslVersion, "ssl_version");
        keywords.add(TlsStateKeyword::compile, "ssl_state");
        CertificateTimeKeywords.register(keywords);
        keywords.add(TlsKeywords::store, "tls.store", "tls_store");
        keywords.add(
                new NumberKeyword<>(
                        TlsTransaction.class,
                        TLS,
                        Buffer.Ways.BOTH,
                        Progress.BODY,
                        (tls, toServer) -> {
                            int length = (toServer ? tls.clientChain() : tls.serverChain()).size();
                            return length == 0 ? NumberKeyword.NONE : length;
                        },
                        Map.of()),
                "tls.cert_chain_len");
    }

    /** Certificates are not kept: the events of the handshake have what is in them. */
    private static void store(RuleOption option, SignatureBuilder rule) {
        // nothing to add
    }

    private static void hello(KeywordTable keywords, BufferTable buffers) {
        buffers.add(single(
                "tls.sni", Buffer.Ways.TO_SERVER, Progress.LINE, (tls, toServer, out) -> out.add(latin(tls.sni()))));
        keywords.addSticky(buffers, "tls.sni", "tls.sni", "tls_sni");
        buffers.add(multiple("tls.alpn", Buffer.Ways.BOTH, Progress.LINE, TlsKeywords::alpns));
        keywords.addSticky(buffers, "tls.alpn");
        buffers.add(single(
                "tls.random", Buffer.Ways.BOTH, Progress.LINE, (tls, toServer, out) -> out.add(random(tls, toServer))));
        keywords.addSticky(buffers, "tls.random");
        buffers.add(single("tls.random_time", Buffer.Ways.BOTH, Progress.LINE, (tls, toServer, out) -> {
            byte[] random = random(tls, toServer);
            if (random != null && random.length > TIME_OCTETS) {
                out.add(random, 0, TIME_OCTETS);
            }
        }));
        keywords.addSticky(buffers, "tls.random_time");
        buffers.add(single("tls.random_bytes", Buffer.Ways.BOTH, Progress.LINE, (tls, toServer, out) -> {
            byte[] random = random(tls, toServer);
            if (random != null && random.length > TIME_OCTETS) {
                out.add(random, TIME_OCTETS, random.length);
            }
        }));
        keywords.addSticky(buffers, "tls.random_bytes");
    }

    private static void alpns(TlsTransaction tls, boolean toServer, BufferSink out) {
        ClientHello client = tls.clientHello();
        ServerHello server = tls.serverHello();
        if (toServer && client != null) {
            client.alpns().forEach(name -> out.add(latin(name)));
        } else if (!toServer && server != null) {
            server.alpns().forEach(name -> out.add(latin(name)));
        }
    }

    private static byte @Nullable [] random(TlsTransaction tls, boolean toServer) {
        ClientHello client = tls.clientHello();
        ServerHello server = tls.serverHello();
        if (toServer) {
            return client == null || client.isSslV2() ? null : client.random();
        }
        return server == null ? null : server.random();
    }

    private static void certificates(KeywordTable keywords, BufferTable buffers) {
        buffers.add(certificate("tls.cert_subject", Certificate::subject));
        keywords.addSticky(buffers, "tls.cert_subject", "tls.cert_subject", "tls_cert_subject");
        buffers.add(certificate("tls.cert_issuer", Certificate::issuer));
        keywords.addSticky(buffers, "tls.cert_issuer", "tls.cert_issuer", "tls_cert_issuer");
        buffers.add(certificate("tls.cert_serial", Certificate::serial).caseless());
        keywords.addSticky(buffers, "tls.cert_serial", "tls.cert_serial", "tls_cert_serial");
        buffers.add(
                certificate("tls.cert_fingerprint", Certificate::fingerprint).caseless());
        keywords.addSticky(buffers, "tls.cert_fingerprint", "tls.cert_fingerprint", "tls_cert_fingerprint");
        buffers.add(multiple(
                "tls.certs",
                Buffer.Ways.BOTH,
                Progress.BODY,
                (tls, toServer, out) -> (toServer ? tls.clientChain() : tls.serverChain()).forEach(out::add)));
        keywords.addSticky(buffers, "tls.certs");
        buffers.add(multiple("tls.subjectaltname", Buffer.Ways.TO_CLIENT, Progress.BODY, (tls, toServer, out) -> {
            Certificate certificate = tls.serverCertificate();
            if (certificate != null) {
                certificate.alternativeNames().forEach(name -> out.add(latin(name)));
            }
        }));
        keywords.addSticky(buffers, "tls.subjectaltname");
        OldCertificateKeyword.register(keywords, buffers);
    }

    private static Buffer certificate(String name, Function<Certificate, @Nullable String> field) {
        return single(name, Buffer.Ways.BOTH, Progress.BODY, (tls, toServer, out) -> {
            Certificate certificate = toServer ? tls.clientCertificate() : tls.serverCertificate();
            if (certificate != null) {
                out.add(field.apply(certificate));
            }
        });
    }

    private static Buffer single(
            String name, Buffer.Ways ways, Progress at, BufferTable.Reader<TlsTransaction> reader) {
        return new Buffer(
                name,
                Buffer.Origin.TRANSACTION,
                TLS,
                ways,
                at,
                false,
                BufferTable.reading(TlsTransaction.class, reader));
    }

    private static Buffer multiple(
            String name, Buffer.Ways ways, Progress at, BufferTable.Reader<TlsTransaction> reader) {
        return new Buffer(
                name,
                Buffer.Origin.TRANSACTION,
                TLS,
                ways,
                at,
                true,
                BufferTable.reading(TlsTransaction.class, reader));
    }

    /** The octets of a text that has one character an octet. */
    static byte @Nullable [] latin(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
