package jp.genkan.ips.keyword.packet;

import java.util.Locale;
import jp.genkan.core.decode.Checksum;
import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Keyword;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.SignatureBuilder;

/**
 * {@code ipv4-csum:valid} and its like: whether a checksum is right. Where checksums are not verified all of them are right; a packet that was put together has
 * no checksum of its own.
 *
 * @param version of IP
 * @param protocol over it; {@link #HEADER} for IPv4's own
 */
record ChecksumKeyword(int version, int protocol, DecodeAnomaly wrong) implements Keyword {
    private static final int HEADER = -1;

    static void register(KeywordTable keywords) {
        keywords.add(new ChecksumKeyword(4, HEADER, DecodeAnomaly.IPV4_CHECKSUM), "ipv4-csum");
        keywords.add(new ChecksumKeyword(4, IpProtocol.TCP, DecodeAnomaly.TCP_CHECKSUM), "tcpv4-csum");
        keywords.add(new ChecksumKeyword(6, IpProtocol.TCP, DecodeAnomaly.TCP_CHECKSUM), "tcpv6-csum");
        keywords.add(new ChecksumKeyword(4, IpProtocol.UDP, DecodeAnomaly.UDP_CHECKSUM), "udpv4-csum");
        keywords.add(new ChecksumKeyword(6, IpProtocol.UDP, DecodeAnomaly.UDP_CHECKSUM), "udpv6-csum");
        keywords.add(new ChecksumKeyword(4, IpProtocol.ICMP, DecodeAnomaly.ICMP_CHECKSUM), "icmpv4-csum");
        keywords.add(new ChecksumKeyword(6, IpProtocol.ICMPV6, DecodeAnomaly.ICMPV6_CHECKSUM), "icmpv6-csum");
        keywords.add(ChecksumKeyword::igmp, "igmp-csum");
    }

    @Override
    public void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        boolean valid = isValid(option);
        rule.trait(Signature.Trait.NEEDS_PACKET);
        rule.condition(moment -> applies(moment.packet()) && moment.packet().has(wrong) != valid);
    }

    private boolean applies(Packet packet) {
        return packet.ipVersion == version
                && !packet.reassembled
                && (protocol == HEADER || PacketKeywords.isOver(packet, protocol));
    }

    private static void igmp(RuleOption option, SignatureBuilder rule) throws RuleException {
        boolean valid = isValid(option);
        rule.trait(Signature.Trait.NEEDS_PACKET);
        rule.condition(moment -> {
            Packet packet = moment.packet();
            return IgmpMessage.is(packet) && !packet.reassembled && isSound(packet) == valid;
        });
    }

    private static boolean isSound(Packet packet) {
        return Checksum.isSound(
                Checksum.add(0, packet.segment(), IgmpMessage.offset(packet), IgmpMessage.length(packet)));
    }

    private static boolean isValid(RuleOption option) throws RuleException {
        return switch (option.unquoted().strip().toLowerCase(Locale.ROOT)) {
            case "valid" -> true;
            case "invalid" -> false;
            default -> throw option.badValue("a checksum is valid or invalid");
        };
    }
}
