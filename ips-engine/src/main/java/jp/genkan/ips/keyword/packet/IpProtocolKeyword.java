package jp.genkan.ips.keyword.packet;

import java.util.Locale;
import java.util.Map;
import jp.genkan.core.frame.Packet;
import jp.genkan.ips.keyword.number.NumberTest;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Keyword;
import jp.genkan.ips.signature.SignatureBuilder;

/** {@code ip_proto}: the transport protocol by number or by its name in IANA's registry, also negated and compared. */
final class IpProtocolKeyword implements Keyword {
    private static final long MAX = 255;

    private static final Map<String, Long> NAMES = Map.ofEntries(
            Map.entry("hopopt", 0L),
            Map.entry("ip", 0L),
            Map.entry("icmp", 1L),
            Map.entry("igmp", 2L),
            Map.entry("ggp", 3L),
            Map.entry("ipencap", 4L),
            Map.entry("ipv4", 4L),
            Map.entry("st", 5L),
            Map.entry("tcp", 6L),
            Map.entry("egp", 8L),
            Map.entry("igp", 9L),
            Map.entry("pup", 12L),
            Map.entry("udp", 17L),
            Map.entry("hmp", 20L),
            Map.entry("xns-idp", 22L),
            Map.entry("rdp", 27L),
            Map.entry("iso-tp4", 29L),
            Map.entry("dccp", 33L),
            Map.entry("xtp", 36L),
            Map.entry("ddp", 37L),
            Map.entry("idpr-cmtp", 38L),
            Map.entry("ipv6", 41L),
            Map.entry("ipv6-route", 43L),
            Map.entry("ipv6-frag", 44L),
            Map.entry("idrp", 45L),
            Map.entry("rsvp", 46L),
            Map.entry("gre", 47L),
            Map.entry("esp", 50L),
            Map.entry("ipsec-esp", 50L),
            Map.entry("ah", 51L),
            Map.entry("ipsec-ah", 51L),
            Map.entry("skip", 57L),
            Map.entry("icmp6", 58L),
            Map.entry("icmpv6", 58L),
            Map.entry("ipv6-icmp", 58L),
            Map.entry("ipv6-nonxt", 59L),
            Map.entry("ipv6-opts", 60L),
            Map.entry("rspf", 73L),
            Map.entry("vmtp", 81L),
            Map.entry("eigrp", 88L),
            Map.entry("ospf", 89L),
            Map.entry("ospfigp", 89L),
            Map.entry("ax.25", 93L),
            Map.entry("ipip", 94L),
            Map.entry("etherip", 97L),
            Map.entry("encap", 98L),
            Map.entry("pim", 103L),
            Map.entry("ipcomp", 108L),
            Map.entry("vrrp", 112L),
            Map.entry("l2tp", 115L),
            Map.entry("isis", 124L),
            Map.entry("sctp", 132L),
            Map.entry("fc", 133L),
            Map.entry("mobility-header", 135L),
            Map.entry("udplite", 136L),
            Map.entry("mpls-in-ip", 137L),
            Map.entry("manet", 138L),
            Map.entry("hip", 139L),
            Map.entry("shim6", 140L),
            Map.entry("wesp", 141L),
            Map.entry("rohc", 142L),
            Map.entry("ethernet", 143L));

    @Override
    public void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.unquoted().strip().toLowerCase(Locale.ROOT);
        NumberTest test = NumberTest.parse(text, NAMES, option);
        if (Long.compareUnsigned(test.first(), MAX) > 0 || Long.compareUnsigned(test.second(), MAX) > 0) {
            throw option.badValue("protocol numbers are at most " + MAX);
        }
        rule.condition(moment -> {
            Packet packet = moment.packet();
            return packet.ipVersion != 0 && packet.ipProtocol != Packet.NONE && test.test(packet.ipProtocol);
        });
    }
}
