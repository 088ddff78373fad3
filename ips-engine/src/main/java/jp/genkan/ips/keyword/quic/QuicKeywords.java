package jp.genkan.ips.keyword.quic;

import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;

/** Buffers and keywords of QUIC. */
public final class QuicKeywords implements Family {
    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {}
}
