package jp.genkan.ips.keyword.tls;

import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.Transaction;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.protocols.quic.QuicTransaction;
import jp.genkan.protocols.tls.ClientHello;
import jp.genkan.protocols.tls.Fingerprints;
import jp.genkan.protocols.tls.ServerHello;
import jp.genkan.protocols.tls.TlsTransaction;
import org.jspecify.annotations.Nullable;

/** JA3, JA3S and JA4 of hellos, of TLS over TCP or of QUIC. */
final class FingerprintBuffers {
    private static final Set<AppProtocol> PROTOCOLS = Set.of(AppProtocol.TLS, AppProtocol.QUIC);

    private FingerprintBuffers() {}

    static void register(KeywordTable keywords, BufferTable buffers) {
        client(keywords, buffers, "ja3.string", "ja3_string", ClientHello::ja3);
        client(keywords, buffers, "ja3.hash", "ja3_hash", hello -> Fingerprints.md5(hello.ja3()));
        client(keywords, buffers, "ja4.hash", "ja4_hash", ClientHello::ja4);
        server(keywords, buffers, "ja3s.string", "ja3s_string", ServerHello::ja3s);
        server(keywords, buffers, "ja3s.hash", "ja3s_hash", hello -> Fingerprints.md5(hello.ja3s()));
    }

    /** Makes a text of a hello. */
    @FunctionalInterface
    private interface Text<H> {
        String of(H hello);
    }

    private static void client(
            KeywordTable keywords, BufferTable buffers, String name, String old, Text<ClientHello> text) {
        add(keywords, buffers, name, old, Buffer.Ways.TO_SERVER, (moment, out) -> {
            ClientHello hello = clientHello(moment.transaction());
            if (hello != null && !hello.isSslV2()) {
                out.add(text.of(hello));
            }
        });
    }

    private static void server(
            KeywordTable keywords, BufferTable buffers, String name, String old, Text<ServerHello> text) {
        add(keywords, buffers, name, old, Buffer.Ways.TO_CLIENT, (moment, out) -> {
            ServerHello hello = serverHello(moment.transaction());
            if (hello != null) {
                out.add(text.of(hello));
            }
        });
    }

    private static void add(
            KeywordTable keywords,
            BufferTable buffers,
            String name,
            String old,
            Buffer.Ways ways,
            Buffer.Source source) {
        Buffer buffer = new Buffer(name, Buffer.Origin.TRANSACTION, PROTOCOLS, ways, Progress.LINE, false, source);
        buffers.add(name.endsWith(".hash") ? buffer.caseless() : buffer);
        keywords.addSticky(buffers, name, name, old);
    }

    private static @Nullable ClientHello clientHello(@Nullable Transaction transaction) {
        if (transaction instanceof TlsTransaction tls) {
            return tls.clientHello();
        }
        return transaction instanceof QuicTransaction quic ? quic.clientHello() : null;
    }

    private static @Nullable ServerHello serverHello(@Nullable Transaction transaction) {
        if (transaction instanceof TlsTransaction tls) {
            return tls.serverHello();
        }
        return transaction instanceof QuicTransaction quic ? quic.serverHello() : null;
    }
}
