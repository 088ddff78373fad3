package jp.genkan.ips.keyword.quic;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.BufferSink;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.protocols.quic.QuicTransaction;
import jp.genkan.protocols.tls.Fingerprints;
import org.jspecify.annotations.Nullable;

/** Buffers of QUIC's hellos. JA3 and JA4 are with TLS: they are the same buffers. */
public final class QuicKeywords implements Family {
    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        add(keywords, buffers, "quic.sni", Buffer.Ways.TO_SERVER, false, (quic, out) -> out.add(latin(quic.sni())));
        add(
                keywords,
                buffers,
                "quic.ua",
                Buffer.Ways.TO_SERVER,
                false,
                (quic, out) -> out.add(latin(quic.userAgent())));
        add(keywords, buffers, "quic.version", Buffer.Ways.BOTH, false, (quic, out) -> out.add(wire(quic.version())));
        add(keywords, buffers, "quic.cyu.string", Buffer.Ways.TO_SERVER, true, (quic, out) -> out.add(quic.cyu()));
        add(keywords, buffers, "quic.cyu.hash", Buffer.Ways.TO_SERVER, true, QuicKeywords::cyuHash);
    }

    private static void cyuHash(QuicTransaction quic, BufferSink out) {
        String text = quic.cyu();
        if (text != null) {
            out.add(Fingerprints.md5(text));
        }
    }

    /** Reads a field. */
    @FunctionalInterface
    private interface Reader {
        void read(QuicTransaction quic, BufferSink out);
    }

    private static void add(
            KeywordTable keywords,
            BufferTable buffers,
            String name,
            Buffer.Ways ways,
            boolean multiple,
            Reader reader) {
        buffers.add(new Buffer(
                name,
                Buffer.Origin.TRANSACTION,
                Set.of(AppProtocol.QUIC),
                ways,
                Progress.HEADERS,
                multiple,
                BufferTable.reading(QuicTransaction.class, (quic, toServer, out) -> {
                    if (quic.direction() == Direction.of(toServer)) {
                        reader.read(quic, out);
                    }
                })));
        keywords.addSticky(buffers, name);
    }

    private static byte[] wire(int version) {
        return new byte[] {(byte) (version >>> 24), (byte) (version >>> 16), (byte) (version >>> 8), (byte) version};
    }

    private static byte @Nullable [] latin(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
