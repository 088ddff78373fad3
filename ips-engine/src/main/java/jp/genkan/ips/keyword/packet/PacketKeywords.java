package jp.genkan.ips.keyword.packet;

import static jp.genkan.ips.keyword.packet.PacketNumber.octet;
import static jp.genkan.ips.keyword.packet.PacketNumber.quad;
import static jp.genkan.ips.keyword.packet.PacketNumber.word;

import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.SignatureBuilder;

/** The keywords about headers of packets. */
public final class PacketKeywords implements Family {
    private static final int IPV4 = 4;
    private static final int UNIT = 8;

    /** The family. */
    public PacketKeywords() {}

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        ip(keywords);
        tcp(keywords);
        icmp(keywords);
        keywords.add(octet(IgmpMessage::type), "igmp.type");
        keywords.add(quad(SctpChunks::verificationTag), "sctp.vtag");
        keywords.add(new SctpChunks.TypeKeyword(), "sctp.chunk_type");
        keywords.add(octet(SctpChunks::count), "sctp.chunk_cnt");
        keywords.add(quad(VxlanHeader::networkIdentifier), "vxlan_vni");
        keywords.add(new VlanKeyword(), "vlan.id");
        keywords.add(octet(packet -> packet.vlanCount), "vlan.layers");
        keywords.add(new RpcKeyword(), "rpc");
        keywords.add(PacketKeywords::geoip, "geoip");
        ChecksumKeyword.register(keywords);
        HeaderBuffers.register(keywords, buffers);
    }

    private static void ip(KeywordTable keywords) {
        keywords.add(octet(packet -> packet.ipVersion == 0 ? PacketNumber.NONE : packet.ipTtl), "ttl");
        keywords.add(octet(packet -> packet.ipVersion == IPV4 ? packet.ipTos : PacketNumber.NONE), "tos");
        keywords.add(word(packet -> packet.ipVersion == IPV4 ? packet.fragmentId : PacketNumber.NONE), "id");
        keywords.add(word(PacketKeywords::fragmentOffset), "fragoffset");
        keywords.add(new FragmentBitsKeyword(), "fragbits");
        keywords.add(new IpOptionKeyword(), "ipopts");
        keywords.add(new IpProtocolKeyword(), "ip_proto");
        keywords.add(PacketKeywords::l3Protocol, "l3_proto");
        keywords.add(PacketKeywords::sameIp, "sameip");
        keywords.add(PacketKeywords::payloadSize, "dsize");
    }

    /** As it stands in the header: in units of eight octets for IPv4, in octets for IPv6. */
    private static long fragmentOffset(Packet packet) {
        return switch (packet.ipVersion) {
            case IPV4 -> packet.fragmentOffset / UNIT;
            case 0 -> PacketNumber.NONE;
            default -> packet.isFragment() ? packet.fragmentOffset : PacketNumber.NONE;
        };
    }

    /** Any other number than one is said of packets that have a payload, as in Suricata. */
    private static void payloadSize(RuleOption option, SignatureBuilder rule) throws RuleException {
        boolean negated = option.unquoted().strip().startsWith("!");
        word(negated ? PacketKeywords::someLength : PacketKeywords::payloadLength)
                .compile(option, rule);
    }

    private static long someLength(Packet packet) {
        return packet.payloadLength == 0 ? PacketNumber.NONE : payloadLength(packet);
    }

    /** Octets behind the transport header, or behind the IP header where there is no transport layer that is known. */
    private static long payloadLength(Packet packet) {
        return packet.ipVersion == 0 ? PacketNumber.NONE : packet.payloadLength;
    }

    private static void l3Protocol(RuleOption option, SignatureBuilder rule) throws RuleException {
        int version = switch (option.unquoted()) {
            case "ipv4", "ip4" -> IPV4;
            case "ipv6", "ip6" -> 6;
            default -> throw option.badValue("only ipv4 and ipv6 are layer 3 protocols");
        };
        rule.condition(moment -> moment.packet().ipVersion == version);
    }

    private static void sameIp(RuleOption option, SignatureBuilder rule) throws RuleException {
        option.refuseValue();
        rule.trait(Signature.Trait.NEEDS_PACKET);
        rule.condition(moment -> {
            Packet packet = moment.packet();
            return packet.ipVersion != 0
                    && packet.sourceHigh == packet.destinationHigh
                    && packet.sourceLow == packet.destinationLow;
        });
    }

    private static void geoip(RuleOption option, SignatureBuilder rule) throws RuleException {
        throw new RuleException(
                RuleCode.NOT_SUPPORTED,
                option.column(),
                "geoip needs a database of countries that rules cannot use here");
    }

    private static void tcp(KeywordTable keywords) {
        keywords.add(new TcpFlagsKeyword(), "tcp.flags", "flags");
        keywords.add(quad(tcp(packet -> packet.tcpSequence & 0xffff_ffffL)), "tcp.seq", "seq");
        keywords.add(quad(tcp(packet -> packet.tcpAcknowledgment & 0xffff_ffffL)), "tcp.ack", "ack");
        keywords.add(word(tcp(packet -> packet.tcpWindow)), "tcp.window", "window");
        keywords.add(word(tcp(TcpOptionFields::maximumSegmentSize)), "tcp.mss");
        keywords.add(octet(tcp(TcpOptionFields::windowScale)), "tcp.wscale");
    }

    private static PacketNumber.Field tcp(PacketNumber.Field field) {
        return packet -> isOver(packet, IpProtocol.TCP) ? field.of(packet) : PacketNumber.NONE;
    }

    private static void icmp(KeywordTable keywords) {
        keywords.add(octet(packet -> IcmpFields.isIcmp(packet) ? packet.sourcePort : PacketNumber.NONE), "itype");
        keywords.add(octet(packet -> IcmpFields.isIcmp(packet) ? packet.destinationPort : PacketNumber.NONE), "icode");
        keywords.add(word(IcmpFields::identifier), "icmp_id");
        keywords.add(word(IcmpFields::sequence), "icmp_seq");
        keywords.add(quad(IcmpFields::mtu), "icmpv6.mtu");
    }

    /** True when the packet has a header of this transport protocol. */
    static boolean isOver(Packet packet, int protocol) {
        return packet.ipProtocol == protocol && packet.ipVersion != 0 && packet.transportOffset != Packet.NONE;
    }
}
