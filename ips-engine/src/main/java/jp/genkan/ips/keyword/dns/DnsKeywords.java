package jp.genkan.ips.keyword.dns;

import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;

/** Buffers and keywords of DNS, multicast DNS and LLMNR. */
public final class DnsKeywords implements Family {
    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {}
}
