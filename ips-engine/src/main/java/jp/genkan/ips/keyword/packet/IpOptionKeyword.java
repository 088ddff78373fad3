package jp.genkan.ips.keyword.packet;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import jp.genkan.core.frame.Packet;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Keyword;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.SignatureBuilder;

/** {@code ipopts}: an option of the IPv4 header (IANA "IP Option Numbers"). */
final class IpOptionKeyword implements Keyword {
    private static final int ANY = -1;
    private static final int END = 0;
    private static final int NOP = 1;
    private static final int HEADER_LENGTH = 20;

    private static final Map<String, Integer> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("rr", 7);
        NAMES.put("eol", END);
        NAMES.put("nop", NOP);
        NAMES.put("ts", 68);
        NAMES.put("sec", 130);
        NAMES.put("esec", 133);
        NAMES.put("lsrr", 131);
        NAMES.put("ssrr", 137);
        NAMES.put("satid", 136);
        NAMES.put("qs", 25);
        NAMES.put("rtralt", 148);
        NAMES.put("cipso", 134);
        NAMES.put("any", ANY);
    }

    @Override
    public void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        Integer kind = NAMES.get(option.unquoted().strip().toLowerCase(Locale.ROOT));
        if (kind == null) {
            throw option.badValue("no such IP option; there are " + String.join(", ", NAMES.keySet()));
        }
        int wanted = kind;
        rule.trait(Signature.Trait.NEEDS_PACKET);
        rule.condition(moment -> has(moment.packet(), wanted));
    }

    private static boolean has(Packet packet, int wanted) {
        if (packet.ipVersion != 4) {
            return false;
        }
        long at = packet.ipOffset + HEADER_LENGTH;
        long end = packet.ipOffset + packet.ipHeaderLength;
        while (at < end) {
            int kind = packet.u8(at);
            if (kind == wanted || wanted == ANY) {
                return true;
            }
            if (kind == END) {
                return false;
            }
            int length = kind == NOP ? 1 : end - at >= 2 ? packet.u8(at + 1) : 0;
            if (kind != NOP && length < 2) {
                return false;
            }
            at += length;
        }
        return false;
    }
}
