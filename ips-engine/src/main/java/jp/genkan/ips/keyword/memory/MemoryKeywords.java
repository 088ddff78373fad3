package jp.genkan.ips.keyword.memory;

import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;

/** {@code flowbits}, {@code flowint}, {@code xbits}, {@code hostbits}. */
public final class MemoryKeywords implements Family {
    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        keywords.add(FlowBits::compile, "flowbits");
        keywords.add(FlowInt::compile, "flowint");
        keywords.add(XBits::compile, "xbits");
        keywords.add(XBits::compileHostBits, "hostbits");
    }
}
