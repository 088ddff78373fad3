package jp.genkan.ips.keyword.tls;

import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;

/** Buffers and keywords of TLS. */
public final class TlsKeywords implements Family {
    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {}
}
