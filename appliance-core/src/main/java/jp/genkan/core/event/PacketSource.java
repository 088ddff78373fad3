package jp.genkan.core.event;

import jp.genkan.core.frame.Packet;

/** Where the packet came from at which something was noticed, as EVE's {@code pkt_src} says it. */
public enum PacketSource {
    /** No packet, or it does not matter. */
    NONE(""),
    /** From the wire, or a capture of it. */
    WIRE("wire/pcap"),
    /** From inside a tunnel that IPv4 carries. */
    IPV4_TUNNEL("ipv4 tunnel"),
    /** From inside a tunnel that IPv6 carries. */
    IPV6_TUNNEL("ipv6 tunnel"),
    /** No packet: the flow has ended, and what was still open was read to its end. */
    FLOW_TIMEOUT("stream (flow timeout)");

    private final String eveName;

    PacketSource(String eveName) {
        this.eveName = eveName;
    }

    /**
     * Where a packet comes from.
     *
     * @param packet the packet, one without IP for what is noticed when a flow ends
     * @param outermostVersion IP version of the frame's outermost packet
     */
    public static PacketSource of(Packet packet, int outermostVersion) {
        if (packet.ipVersion == 0) {
            return FLOW_TIMEOUT;
        }
        if (packet.isOutermost()) {
            return WIRE;
        }
        return outermostVersion == 4 ? IPV4_TUNNEL : IPV6_TUNNEL;
    }

    /** The word of {@code pkt_src}. */
    public String eveName() {
        return eveName;
    }
}
