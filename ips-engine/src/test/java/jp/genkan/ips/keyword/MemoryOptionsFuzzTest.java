package jp.genkan.ips.keyword;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.signature.Scene;

/** Options of the keywords of identity, flow, memory, thresholds and lists: each is compiled and held against a packet, or refused by a {@link RuleException}. */
class MemoryOptionsFuzzTest {
    private static final String[] KEYWORDS = {
        "flow", "flow.pkts", "flow.bytes", "flow.age", "stream_size", "app-layer-protocol", "tag", "flowbits",
                "flowint",
        "xbits", "hostbits", "threshold", "detection_filter", "pkt_data; datarep", "iprep", "requires", "config",
                "reference",
        "metadata", "target", "sid", "classtype",
    };

    @FuzzTest
    void compilesOrRefuses(byte[] data) throws RuleException {
        if (data.length < 2) {
            return;
        }
        String keyword = KEYWORDS[(data[0] & 0xff) % KEYWORDS.length];
        String value = new String(data, 1, data.length - 1, java.nio.charset.StandardCharsets.ISO_8859_1);
        Scene.Compiled rule;
        try {
            rule = new Scene().rule(keyword + ":" + value + ";");
        } catch (RuleException refused) {
            return;
        }
        rule.matches();
    }
}
