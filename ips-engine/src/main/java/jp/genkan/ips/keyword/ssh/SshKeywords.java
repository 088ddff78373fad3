package jp.genkan.ips.keyword.ssh;

import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;

/** Buffers and keywords of SSH. */
public final class SshKeywords implements Family {
    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {}
}
