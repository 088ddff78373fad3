package jp.genkan.ips.keyword.packet;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.BufferSink;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.SignatureBuilder;

/** The buffers that hold a header of a packet. */
final class HeaderBuffers {
    private static final int ETHERNET_LENGTH = 14;
    private static final int UDP_LENGTH = 8;
    private static final int ICMPV6_LENGTH = 8;

    private HeaderBuffers() {}

    /** Adds a header of a packet. */
    @FunctionalInterface
    private interface Reader {
        void read(Packet packet, BufferSink out);
    }

    static void register(KeywordTable keywords, BufferTable buffers) {
        add(keywords, buffers, "ether.hdr", (packet, out) -> {
            if (packet.ethernetOffset != Packet.NONE) {
                out.add(octets(packet, packet.ethernetOffset, ETHERNET_LENGTH));
            }
        });
        add(keywords, buffers, "ipv4.hdr", (packet, out) -> ip(packet, 4, out));
        add(keywords, buffers, "ipv6.hdr", (packet, out) -> ip(packet, 6, out));
        add(
                keywords,
                buffers,
                "tcp.hdr",
                (packet, out) -> transport(packet, IpProtocol.TCP, packet.tcpHeaderLength, out));
        add(keywords, buffers, "udp.hdr", (packet, out) -> transport(packet, IpProtocol.UDP, UDP_LENGTH, out));
        add(
                keywords,
                buffers,
                "icmpv4.hdr",
                (packet, out) -> transport(packet, IpProtocol.ICMP, IcmpFields.headerLength(packet), out));
        add(keywords, buffers, "icmpv6.hdr", (packet, out) -> transport(packet, IpProtocol.ICMPV6, ICMPV6_LENGTH, out));
        add(keywords, buffers, "igmp.hdr", (packet, out) -> {
            if (IgmpMessage.is(packet)) {
                out.add(octets(packet, IgmpMessage.offset(packet), IgmpMessage.length(packet)));
            }
        });
        add(keywords, buffers, "sctp.hdr", (packet, out) -> transport(packet, IpProtocol.SCTP, Integer.MAX_VALUE, out));
        buffers.add(new Buffer(
                "sctp.chunk_data",
                Buffer.Origin.PACKET,
                Set.of(),
                Buffer.Ways.BOTH,
                Progress.NONE,
                true,
                (moment, out) -> SctpChunks.data(moment.packet(), out)));
        select(keywords, buffers, "sctp.chunk_data");
    }

    private static void add(KeywordTable keywords, BufferTable buffers, String name, Reader reader) {
        buffers.add(new Buffer(
                name,
                Buffer.Origin.PACKET,
                Set.of(),
                Buffer.Ways.BOTH,
                Progress.NONE,
                false,
                (moment, out) -> reader.read(moment.packet(), out)));
        select(keywords, buffers, name);
    }

    private static void select(KeywordTable keywords, BufferTable buffers, String name) {
        keywords.add((option, rule) -> select(option, rule, buffers.get(name)), name);
    }

    private static void select(RuleOption option, SignatureBuilder rule, Buffer buffer) throws RuleException {
        option.refuseValue();
        rule.trait(Signature.Trait.NEEDS_PACKET);
        rule.select(buffer, option);
    }

    private static void ip(Packet packet, int version, BufferSink out) {
        if (packet.ipVersion == version) {
            out.add(octets(packet, packet.ipOffset, packet.ipHeaderLength));
        }
    }

    private static void transport(Packet packet, int protocol, int length, BufferSink out) {
        if (PacketKeywords.isOver(packet, protocol)) {
            long here = packet.ipOffset + packet.ipLength - packet.transportOffset;
            out.add(octets(packet, packet.transportOffset, (int) Math.min(length, here)));
        }
    }

    /** A copy of octets of a packet. */
    static byte[] octets(Packet packet, long offset, int length) {
        byte[] copy = new byte[length];
        MemorySegment.copy(packet.segment(), ValueLayout.JAVA_BYTE, offset, copy, 0, length);
        return copy;
    }
}
