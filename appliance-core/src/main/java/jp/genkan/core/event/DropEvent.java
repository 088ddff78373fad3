package jp.genkan.core.event;

import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * A frame that was not forwarded, as EVE's {@code drop}: the header fields that say which one it was, and why it died.
 *
 * @param epochNanos when
 * @param identity of the packet
 * @param header its fields
 * @param reason why
 * @param circumstances what else is known of it
 */
public record DropEvent(
        long epochNanos, FlowIdentity identity, Header header, DropReason reason, Circumstances circumstances)
        implements Event {
    private static final int TCP_URGENT_POINTER_OFFSET = 18;
    private static final int TCP_RESERVED_OFFSET = 12;
    private static final int ICMP_ID_OFFSET = 4;
    private static final int ICMP_SEQUENCE_OFFSET = 6;
    private static final int ICMP_HEADER_LENGTH = 8;
    private static final int IPV4_ID_OFFSET = 4;
    private static final int IPV6_FLOW_LABEL_MASK = 0xf_ffff;

    /** Makes the event of a packet that has its {@link Packet#dropReason}. Allocates: only for events. */
    public static DropEvent of(Packet packet, long flowId) {
        return new DropEvent(
                packet.epochNanos,
                FlowIdentity.of(packet, flowId),
                Header.of(packet),
                DropReason.of(packet.dropReason),
                Circumstances.NONE);
    }

    /**
     * What stands beside the packet itself.
     *
     * @param appProtocol EVE's {@code app_proto}; null when it is not known
     * @param cause the rule for which it was dropped; null for another reason
     * @param verdict what became of it; null when that is not to be told
     */
    public record Circumstances(
            @Nullable String appProtocol,
            @Nullable DropCause cause,
            @Nullable VerdictFields verdict) {
        /** Nothing is known. */
        public static final Circumstances NONE = new Circumstances(null, null, null);
    }

    /** The same in these circumstances. */
    public DropEvent in(Circumstances other) {
        return new DropEvent(epochNanos, identity, header, reason, other);
    }

    /** The same as of a packet from there. */
    public DropEvent from(PacketSource source) {
        return new DropEvent(epochNanos, identity.from(source), header, reason, circumstances);
    }

    @Override
    public String type() {
        return "drop";
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("drop");
        out.put("len", header.length);
        if (header.ipVersion == 4) {
            out.put("tos", header.trafficClass).put("ttl", header.hopLimit).put("ipid", header.ipIdOrFlowLabel);
        } else if (header.ipVersion == 6) {
            out.put("tc", header.trafficClass).put("hoplimit", header.hopLimit).put("flowlbl", header.ipIdOrFlowLabel);
        }
        header.transport.writeTo(out);
        out.put("reason", reason.eveWords());
        out.end();
        DropCause cause = circumstances.cause;
        if (cause != null) {
            out.object("alert");
            cause.writeAlert(out);
            out.end();
        }
        String appProtocol = circumstances.appProtocol;
        if (appProtocol != null) {
            out.put("app_proto", appProtocol);
        }
        VerdictFields verdict = circumstances.verdict;
        if (verdict != null) {
            verdict.writeTo(out);
        }
    }

    /**
     * What identifies the packet.
     *
     * @param length octets of the IP packet, or of the frame where there is none
     * @param ipVersion 4, 6, or 0
     * @param trafficClass TOS or traffic class
     * @param hopLimit TTL or hop limit
     * @param ipIdOrFlowLabel identification of IPv4, flow label of IPv6
     * @param transport the transport layer's
     */
    public record Header(
            int length, int ipVersion, int trafficClass, int hopLimit, int ipIdOrFlowLabel, Transport transport) {
        static Header of(Packet packet) {
            int length = packet.ipVersion == 0 ? packet.frameLength : packet.ipLength;
            return new Header(
                    length,
                    packet.ipVersion,
                    packet.ipTos,
                    packet.ipTtl,
                    ipIdOrFlowLabel(packet),
                    Transport.of(packet));
        }

        private static int ipIdOrFlowLabel(Packet packet) {
            return switch (packet.ipVersion) {
                case 4 -> packet.u16(packet.ipOffset + IPV4_ID_OFFSET);
                case 6 -> packet.u32(packet.ipOffset) & IPV6_FLOW_LABEL_MASK;
                default -> 0;
            };
        }
    }

    /** The transport layer's part of the drop object. */
    public sealed interface Transport {
        /** Writes the fields. */
        void writeTo(EveFields out);

        private static Transport of(Packet packet) {
            long offset = packet.transportOffset;
            if (offset == Packet.NONE) {
                return new None();
            }
            int here = packet.payloadOffset == Packet.NONE ? 0 : (int) (packet.payloadOffset - offset);
            return switch (packet.ipProtocol) {
                case IpProtocol.TCP ->
                    new Tcp(
                            packet.tcpSequence & 0xffff_ffffL,
                            packet.tcpAcknowledgment & 0xffff_ffffL,
                            packet.tcpWindow,
                            packet.tcpFlags,
                            packet.u8(offset + TCP_RESERVED_OFFSET) & 0x0f,
                            packet.u16(offset + TCP_URGENT_POINTER_OFFSET));
                case IpProtocol.UDP -> new Udp(packet.u16(offset + 4));
                case IpProtocol.ICMP, IpProtocol.ICMPV6 ->
                    here >= ICMP_HEADER_LENGTH
                            ? new Icmp(packet.u16(offset + ICMP_ID_OFFSET), packet.u16(offset + ICMP_SEQUENCE_OFFSET))
                            : new None();
                default -> new None();
            };
        }
    }

    /** No transport layer that is told about. */
    public record None() implements Transport {
        @Override
        public void writeTo(EveFields out) {}
    }

    /**
     * A TCP header (RFC 9293 §3.1).
     *
     * @param sequence number of the first octet
     * @param acknowledgment number
     * @param window not scaled
     * @param flags as in {@link Packet#tcpFlags}
     * @param reserved the four reserved bits
     * @param urgentPointer as in the header
     */
    public record Tcp(long sequence, long acknowledgment, int window, int flags, int reserved, int urgentPointer)
            implements Transport {
        @Override
        public void writeTo(EveFields out) {
            out.put("tcpseq", sequence).put("tcpack", acknowledgment).put("tcpwin", window);
            out.put("syn", has(Packet.SYN)).put("ack", has(Packet.ACK)).put("psh", has(Packet.PSH));
            out.put("rst", has(Packet.RST)).put("urg", has(Packet.URG)).put("fin", has(Packet.FIN));
            out.put("tcpres", reserved).put("tcpurgp", urgentPointer);
        }

        private boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }

    /**
     * A UDP header.
     *
     * @param length its length field
     */
    public record Udp(int length) implements Transport {
        @Override
        public void writeTo(EveFields out) {
            out.put("udplen", length);
        }
    }

    /**
     * An ICMP or ICMPv6 header.
     *
     * @param id identifier of an echo
     * @param sequence of an echo
     */
    public record Icmp(int id, int sequence) implements Transport {
        @Override
        public void writeTo(EveFields out) {
            out.put("icmp_id", id).put("icmp_seq", sequence);
        }
    }
}
