package jp.genkan.access.isolation;

import jp.genkan.access.address.AddressSet;
import jp.genkan.access.tunnel.TunnelFlow;
import jp.genkan.core.counter.CounterCollector;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.core.pipeline.Verdict;

/**
 * Drops what isolated machines send and what is sent to them, by MAC address and by IP address, on every packet: an isolation works from
 * the next packet on, for flows that exist as for new ones, and ends the same way. {@link IsolationPolicy} says what still passes.
 *
 * <p>TCP is rejected, so that programs fail at once and do not hang; only a connection attempt from outside is dropped without a word.
 * Everything else is dropped.
 *
 * <p>A flow is settled as long as its machines are free; whoever isolates a machine must unsettle all flows
 * ({@code IsolationTable}'s {@code onChange}).
 *
 * <p>One object a worker.
 */
public final class IsolationStage implements Stage {
    private static final int NOT_ISOLATED = -1;

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMPV6 = 58;

    // RFC 826, after the Ethernet header and its tags
    private static final int ETHERTYPE_ARP = 0x0806;
    private static final int ETHERNET_LENGTH = 14;
    private static final int VLAN_TAG_LENGTH = 4;
    private static final int ARP_LENGTH = 28;
    private static final int ARP_TYPES_OFFSET = 0;
    private static final long ARP_ETHERNET_IPV4 = 0x0001_0800_0604L; // hardware type, protocol type, the two lengths
    private static final int ARP_SENDER_IP_OFFSET = 14;
    private static final int ARP_TARGET_IP_OFFSET = 24;

    // RFC 4861 §4.3, §4.4
    private static final int NEIGHBOUR_SOLICITATION = 135;
    private static final int NEIGHBOUR_ADVERTISEMENT = 136;
    private static final int ND_TARGET_OFFSET = 8;
    private static final int ND_LENGTH = 24;

    private static final int BOOTP_SERVER = 67;
    private static final int BOOTP_CLIENT = 68;
    private static final int DHCPV6_CLIENT = 546;
    private static final int DHCPV6_SERVER = 547;

    private final IsolationTable table;
    private final IsolationPolicy policy;
    private final CounterSet<IsolationCounter> counters = new CounterSet<>(IsolationCounter.class);

    /** A stage for one worker. */
    public IsolationStage(IsolationTable table, IsolationPolicy policy) {
        this.table = table;
        this.policy = policy;
    }

    @Override
    public String name() {
        return "isolation";
    }

    /** What this worker's stage has counted. */
    public CounterSet<IsolationCounter> counters() {
        return counters;
    }

    @Override
    public void collect(CounterCollector to) {
        to.add(name(), counters);
    }

    @Override
    public Verdict onPacket(Packet packet, Flow flow, StageContext context) {
        IsolationSnapshot snapshot = table.snapshot();
        int isolated = snapshot.isEmpty() ? NOT_ISOLATED : cutOff(snapshot, packet);
        if (isolated == NOT_ISOLATED) {
            settle(packet, flow, context);
            return Verdict.FORWARD;
        }
        counters.increment(IsolationCounter.PACKETS_CUT);
        Isolation isolation = snapshot.get(isolated);
        if (flow.slot(context.stage()) != isolation.serial()) {
            tell(isolation, packet, flow, context);
        }
        packet.dropReason = DropReason.ISOLATION.ordinal();
        boolean unsolicited = flow.clientSide() == Side.OUTSIDE && flow.isNew() && !flow.isMidstream();
        boolean answerable = packet.ipProtocol == TCP && (packet.tcpFlags & Packet.RST) == 0;
        return answerable && !unsolicited ? Verdict.REJECT : Verdict.DROP;
    }

    private static void settle(Packet packet, Flow flow, StageContext context) {
        if (!TunnelFlow.mayCarryPackets(packet, flow)) {
            flow.settle(context.stage());
        }
    }

    private void tell(Isolation isolation, Packet packet, Flow flow, StageContext context) {
        boolean taken = context.emit(
                new IsolationEvent(context.epochNanos(), FlowIdentity.of(packet, flow), flow.toServer(), isolation));
        if (taken) {
            flow.slot(context.stage(), isolation.serial());
            counters.increment(IsolationCounter.FLOWS_CUT);
        } else {
            counters.increment(IsolationCounter.EVENTS_SHED);
        }
    }

    @Override
    public Verdict onFlowlessPacket(Packet packet, StageContext context) {
        IsolationSnapshot snapshot = table.snapshot();
        if (snapshot.isEmpty() || cutOff(snapshot, packet) == NOT_ISOLATED) {
            return Verdict.FORWARD;
        }
        counters.increment(IsolationCounter.FLOWLESS_CUT);
        packet.dropReason = DropReason.ISOLATION.ordinal();
        return Verdict.DROP;
    }

    /** The isolation because of which the packet must not pass, or {@link #NOT_ISOLATED}. */
    private int cutOff(IsolationSnapshot snapshot, Packet packet) {
        long sourceHigh = packet.sourceHigh;
        long sourceLow = packet.sourceLow;
        long destinationHigh = packet.destinationHigh;
        long destinationLow = packet.destinationLow;
        boolean hasAddresses = packet.ipVersion != 0;
        long arp = arpOffset(packet);
        if (arp >= 0) {
            hasAddresses = true;
            sourceHigh = 0;
            destinationHigh = 0;
            sourceLow = Address.MAPPED_PREFIX | (packet.u32(arp + ARP_SENDER_IP_OFFSET) & 0xffff_ffffL);
            destinationLow = Address.MAPPED_PREFIX | (packet.u32(arp + ARP_TARGET_IP_OFFSET) & 0xffff_ffffL);
        }
        int sender = snapshot.ofMac(packet.sourceMac);
        int receiver = snapshot.ofMac(packet.destinationMac);
        if (hasAddresses) {
            sender = sender >= 0 ? sender : snapshot.ofAddress(sourceHigh, sourceLow);
            receiver = receiver >= 0 ? receiver : snapshot.ofAddress(destinationHigh, destinationLow);
        }
        if (sender < 0 && receiver < 0) {
            return NOT_ISOLATED;
        }
        boolean isResolution = arp >= 0 || isNeighbourDiscovery(packet);
        // Each isolated end needs an exception at the other: an isolated sender cannot free itself by a forged source
        // address.
        boolean passes = hasAddresses
                && (sender < 0 || mayReach(packet, destinationHigh, destinationLow, isResolution))
                && (receiver < 0 || mayReach(packet, sourceHigh, sourceLow, isResolution));
        if (passes) {
            counters.increment(IsolationCounter.EXCEPTED);
            return NOT_ISOLATED;
        }
        return sender >= 0 ? sender : receiver;
    }

    private boolean mayReach(Packet packet, long otherHigh, long otherLow, boolean isResolution) {
        AddressSet exceptions = policy.exceptions();
        if (exceptions.contains(otherHigh, otherLow)) {
            return true;
        }
        if (isResolution && !exceptions.isEmpty()) {
            return mayResolve(packet, otherHigh, otherLow);
        }
        return policy.dhcp() == IsolationPolicy.Dhcp.PASS && isDhcp(packet);
    }

    private boolean mayResolve(Packet packet, long otherHigh, long otherLow) {
        AddressSet gateways = policy.gateways();
        if (gateways.isEmpty()) {
            return true;
        }
        if (gateways.contains(otherHigh, otherLow)) {
            return true;
        }
        if (!isNeighbourDiscovery(packet) || packet.transportOffset + ND_LENGTH > packet.frameEnd()) {
            return false;
        }
        long targetHigh = packet.u64(packet.transportOffset + ND_TARGET_OFFSET);
        long targetLow = packet.u64(packet.transportOffset + ND_TARGET_OFFSET + 8);
        return gateways.contains(targetHigh, targetLow) || policy.exceptions().contains(targetHigh, targetLow);
    }

    private static boolean isNeighbourDiscovery(Packet packet) {
        return packet.ipProtocol == ICMPV6
                && packet.transportOffset != Packet.NONE
                && (packet.sourcePort == NEIGHBOUR_SOLICITATION || packet.sourcePort == NEIGHBOUR_ADVERTISEMENT);
    }

    private static boolean isDhcp(Packet packet) {
        return packet.ipProtocol == UDP
                && (isBetween(packet, BOOTP_CLIENT, BOOTP_SERVER) || isBetween(packet, DHCPV6_CLIENT, DHCPV6_SERVER));
    }

    private static boolean isBetween(Packet packet, int client, int server) {
        return (packet.sourcePort == client && packet.destinationPort == server)
                || (packet.sourcePort == server && packet.destinationPort == client);
    }

    /** Where the ARP packet begins, or -1 when the frame holds none for Ethernet and IPv4. */
    private static long arpOffset(Packet packet) {
        if (packet.etherType != ETHERTYPE_ARP) {
            return -1;
        }
        long offset = packet.frameOffset + ETHERNET_LENGTH + (long) VLAN_TAG_LENGTH * packet.vlanCount;
        boolean whole = offset + ARP_LENGTH <= packet.frameEnd();
        return whole && packet.u64(offset + ARP_TYPES_OFFSET) >>> 16 == ARP_ETHERNET_IPV4 ? offset : -1;
    }
}
