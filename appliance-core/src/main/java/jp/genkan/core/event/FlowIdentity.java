package jp.genkan.core.event;

import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.Flow;

/**
 * Which flow an event is about, as EVE's common fields say it.
 *
 * @param flowId {@code flow_id}, 0 for none
 * @param source {@code src_ip}
 * @param sourcePort {@code src_port}; ICMP type for ICMP
 * @param destination {@code dest_ip}
 * @param destinationPort {@code dest_port}; ICMP code for ICMP
 * @param protocol IP protocol number
 * @param vlanIds as in {@link Packet#vlanIds}
 * @param vlanCount how many of them
 * @param sourceMac MAC of the sending machine on this wire, 0 when unknown
 * @param destinationMac MAC of the receiving machine on this wire, 0 when unknown
 * @param captureNumber {@code pcap_cnt}, 0 on a live port
 * @param ingressPort number of the port it came in by, for {@code in_iface}; {@link Packet#NONE} when unknown
 * @param packetSource where the packet came from
 */
public record FlowIdentity(
        long flowId,
        Address source,
        int sourcePort,
        Address destination,
        int destinationPort,
        int protocol,
        long vlanIds,
        int vlanCount,
        long sourceMac,
        long destinationMac,
        long captureNumber,
        int ingressPort,
        PacketSource packetSource) {

    /** The identity of something for which it does not matter where its packet came from. */
    public FlowIdentity(
            long flowId,
            Address source,
            int sourcePort,
            Address destination,
            int destinationPort,
            int protocol,
            long vlanIds,
            int vlanCount,
            long sourceMac,
            long destinationMac,
            long captureNumber,
            int ingressPort) {
        this(
                flowId,
                source,
                sourcePort,
                destination,
                destinationPort,
                protocol,
                vlanIds,
                vlanCount,
                sourceMac,
                destinationMac,
                captureNumber,
                ingressPort,
                PacketSource.NONE);
    }

    /** The identity of something that is not bound to one port. */
    public FlowIdentity(
            long flowId,
            Address source,
            int sourcePort,
            Address destination,
            int destinationPort,
            int protocol,
            long vlanIds,
            int vlanCount,
            long sourceMac,
            long destinationMac,
            long captureNumber) {
        this(
                flowId,
                source,
                sourcePort,
                destination,
                destinationPort,
                protocol,
                vlanIds,
                vlanCount,
                sourceMac,
                destinationMac,
                captureNumber,
                Packet.NONE);
    }

    /** The identity that a packet gives, in the packet's own direction. Allocates: only for events. */
    public static FlowIdentity of(Packet packet, long flowId) {
        // what was cut off before it came here is no packet of anybody, as in Suricata
        boolean cut =
                flowId == 0 && (packet.has(DecodeAnomaly.IPV4_TRUNCATED) || packet.has(DecodeAnomaly.IPV6_TRUNCATED));
        return new FlowIdentity(
                flowId,
                cut ? NOBODY : new Address(packet.sourceHigh, packet.sourceLow),
                packet.sourcePort,
                cut ? NOBODY : new Address(packet.destinationHigh, packet.destinationLow),
                packet.destinationPort,
                cut ? Packet.NONE : packet.ipProtocol,
                packet.vlanIds,
                packet.vlanCount,
                packet.sourceMac,
                packet.destinationMac,
                packet.captureNumber,
                packet.ingressPort);
    }

    /** The identity of a packet with its flow. */
    public static FlowIdentity of(Packet packet, Flow flow) {
        return of(packet, flow.id());
    }

    /** The same flow, told from its other end. */
    public FlowIdentity reversed() {
        return new FlowIdentity(
                flowId,
                destination,
                destinationPort,
                source,
                sourcePort,
                protocol,
                vlanIds,
                vlanCount,
                destinationMac,
                sourceMac,
                captureNumber,
                ingressPort,
                packetSource);
    }

    /** The same, as of a packet from there. */
    public FlowIdentity from(PacketSource from) {
        return new FlowIdentity(
                flowId,
                source,
                sourcePort,
                destination,
                destinationPort,
                protocol,
                vlanIds,
                vlanCount,
                sourceMac,
                destinationMac,
                captureNumber,
                ingressPort,
                from);
    }

    /** The same with another address for one of its ends. */
    public FlowIdentity withEnd(boolean ofSource, Address address) {
        return new FlowIdentity(
                flowId,
                ofSource ? address : source,
                sourcePort,
                ofSource ? destination : address,
                destinationPort,
                protocol,
                vlanIds,
                vlanCount,
                sourceMac,
                destinationMac,
                captureNumber,
                ingressPort,
                packetSource);
    }

    private static final Address NOBODY = new Address(0, 0);

    /** False for what has no network layer: ARP, unknown EtherTypes. */
    public boolean hasAddresses() {
        return protocol != Packet.NONE
                || source.high() != 0
                || source.low() != 0
                || destination.high() != 0
                || destination.low() != 0;
    }
}
