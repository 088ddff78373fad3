/**
 * TLS 1.0 to 1.3 as far as it can be read without keys: hellos, certificates, alerts; SSL 2.0 and 3.0 are noticed. Main type:
 * {@link jp.genkan.protocols.tls.TlsParser}; QUIC reads its hellos with {@link jp.genkan.protocols.tls.HandshakeReader} too.
 *
 * <p>Sources: RFC 8446, RFC 5246, RFC 6066 (SNI), RFC 7301 (ALPN), RFC 5280 and X.690 (certificates), RFC 6520 (heartbeat), draft-hickman-netscape-ssl
 * (SSL 2.0), the published methods of JA3 and JA4. Not read: compressed certificates (RFC 8879), DTLS, what is encrypted.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow; hellos and certificates are immutable.
 */
@NullMarked
package jp.genkan.protocols.tls;

import org.jspecify.annotations.NullMarked;
