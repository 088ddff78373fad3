package jp.genkan.dataplane.flow;

import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;

/**
 * What is done about TCP connections whose beginning was not seen. Immutable.
 *
 * @param followed true when they are picked up in their middle
 * @param oneSided true when one is picked up whose first packet is a SYN-ACK, even where others are not: the client's packets take another way
 * @param policy what is done about them besides; it never stops traffic that is followed
 */
public record MidstreamPolicy(boolean followed, boolean oneSided, ExceptionPolicy policy) {
    /** They are picked up: the box's way, since every connection is in its middle when it starts. */
    public static final MidstreamPolicy FOLLOW = new MidstreamPolicy(true, true, ExceptionPolicy.IGNORE);

    private static final long WRONG_CHECKSUM = DecodeAnomaly.TCP_CHECKSUM.bit() | DecodeAnomaly.IPV4_CHECKSUM.bit();

    /** Takes what can be done: there is no dropping of what is followed, and a single packet of a connection is never passed or dropped. */
    public MidstreamPolicy {
        policy = switch (policy) {
            case IGNORE, PASS_FLOW, BYPASS -> policy;
            case PASS_PACKET -> ExceptionPolicy.PASS_FLOW;
            case DROP_PACKET, DROP_FLOW, REJECT -> {
                ExceptionPolicy stop = policy == ExceptionPolicy.REJECT ? policy : ExceptionPolicy.DROP_FLOW;
                yield followed ? ExceptionPolicy.IGNORE : stop;
            }
        };
    }

    /** True when nothing is known of the packet's connection, and the packet does not begin one. */
    public boolean concerns(FlowView flow, Packet packet) {
        return packet.ipProtocol == IpProtocol.TCP
                && flow.tcpState() == TcpState.NONE
                && packet.transportOffset != Packet.NONE
                && (packet.anomalies & WRONG_CHECKSUM) == 0
                && (packet.tcpFlags & Packet.RST) == 0
                && (packet.tcpFlags & (Packet.SYN | Packet.ACK)) != Packet.SYN;
    }

    /** True when the connection is picked up with this packet. */
    public boolean follows(Packet packet) {
        return followed || oneSided && packet.hasFlags(Packet.SYN | Packet.ACK);
    }
}
