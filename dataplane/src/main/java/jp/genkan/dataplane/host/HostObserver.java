package jp.genkan.dataplane.host;

import java.lang.foreign.MemorySegment;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;

/**
 * Watches the frames that come in by an inside port and tells the host table what is new: a MAC address, another address of it, that it is
 * still there (once a minute), and packets in which a machine says its name.
 *
 * <p>A small cache of what was told lately keeps everything else away from the queue: four places for each of 1,024 hash values, the one
 * that was told longest ago is given up. Forgetting too early only means telling again.
 *
 * <p>One a worker; allocates nothing.
 */
public final class HostObserver {
    private static final int WAYS = 4;
    private static final int SETS = 1024;
    private static final int WIDTH = 4; // mac, high, low, when it was told
    private static final long RETELL_NANOS = 60_000_000_000L;
    private static final long NAME_PAUSE_NANOS = 1_000_000_000L;
    private static final int DHCP_PER_SECOND_MAX = 100; // an office that comes back after a power cut stays below

    /** Stands for the upper half of the address in cache entries about name packets; no unicast address begins so. */
    private static final long NAME_ENTRY = 0xff00_0000_0000_0001L;

    private static final int UDP = 17;
    private static final int ETHERTYPE_ARP = 0x0806;

    // RFC 826, after the Ethernet header and its tags
    private static final int ETHERNET_LENGTH = 14;
    private static final int VLAN_TAG_LENGTH = 4;
    private static final int ARP_LENGTH = 28;
    private static final long ARP_ETHERNET_IPV4 = 0x0001_0800_0604L;
    private static final int ARP_SENDER_IP_OFFSET = 14;

    // RFC 1035 §4.1.1
    private static final int DNS_HEADER_LENGTH = 12;
    private static final int DNS_FLAGS_OFFSET = 2;
    private static final int DNS_RESPONSE = 0x80;

    static final int DHCP_SERVER = 67;
    static final int DHCP_CLIENT = 68;
    static final int NETBIOS_NAME = 137;
    static final int DHCPV6_SERVER = 547;
    static final int MDNS = 5353;
    static final int LLMNR = 5355;

    private final NewsRing ring;
    private final CounterSet<HostObserverCounter> counters = new CounterSet<>(HostObserverCounter.class);
    private final long[] told = new long[SETS * WAYS * WIDTH];
    private long dhcpSecond;
    private int dhcpInSecond;

    /** An observer whose news goes to this ring. */
    public HostObserver(NewsRing ring) {
        this.ring = ring;
    }

    /** What this observer has counted. */
    public CounterSet<HostObserverCounter> counters() {
        return counters;
    }

    /**
     * Looks at one frame, the outermost layer of it.
     *
     * @param packet the decoded frame
     * @param nanos monotonic time; capture time in a replay
     */
    public void observe(Packet packet, long nanos) {
        boolean inside = packet.side == Side.INSIDE;
        if (packet.ipProtocol == UDP && packet.payloadLength > 0 && packet.payloadOffset != Packet.NONE) {
            int service = serviceOf(packet, inside);
            if (service != 0 && !isQuestion(packet, service)) {
                observeName(packet, service, nanos);
            }
        }
        long mac = packet.sourceMac;
        if (!inside || mac == 0 || (mac & 0x0100_0000_0000L) != 0) {
            return;
        }
        long high = 0;
        long low = 0;
        if (packet.ipVersion != 0) {
            if (isUnicast(packet.sourceHigh, packet.sourceLow)) {
                high = packet.sourceHigh;
                low = packet.sourceLow;
            }
        } else if (packet.etherType == ETHERTYPE_ARP) {
            low = arpSender(packet);
        }
        if (isDue(mac, high, low, nanos, RETELL_NANOS)) {
            tell(packet, high, low, 0, MemorySegment.NULL, 0, 0);
        }
    }

    /** The port of the protocol in which a machine says its name with this packet; 0 when it does not. */
    private static int serviceOf(Packet packet, boolean inside) {
        int source = packet.sourcePort;
        int destination = packet.destinationPort;
        if (destination == DHCP_CLIENT && source == DHCP_SERVER) {
            return DHCP_SERVER; // the server's answer, from whichever side
        }
        if (!inside) {
            return 0;
        }
        return switch (destination) {
            case DHCP_SERVER, DHCPV6_SERVER -> destination;
            case NETBIOS_NAME -> NETBIOS_NAME;
            case MDNS -> MDNS;
            default -> source == LLMNR || source == MDNS || source == NETBIOS_NAME ? source : 0;
        };
    }

    /** True for a DNS message that asks: most of mDNS is that. */
    private static boolean isQuestion(Packet packet, int service) {
        return (service == MDNS || service == LLMNR)
                && (packet.payloadLength < DNS_HEADER_LENGTH
                        || (packet.u8(packet.payloadOffset + DNS_FLAGS_OFFSET) & DNS_RESPONSE) == 0);
    }

    private void observeName(Packet packet, int service, long nanos) {
        if (packet.isFragment() && !packet.reassembled) {
            return;
        }
        boolean due = service == DHCP_SERVER
                ? isWithinDhcpRate(nanos)
                : isDue(packet.sourceMac, NAME_ENTRY, service, nanos, NAME_PAUSE_NANOS);
        if (!due) {
            counters.increment(HostObserverCounter.NAME_PACKETS_THROTTLED);
            return;
        }
        if (tell(
                packet,
                packet.sourceHigh,
                packet.sourceLow,
                service,
                packet.segment(),
                packet.payloadOffset,
                packet.payloadLength)) {
            counters.increment(HostObserverCounter.NAME_PACKETS);
        }
    }

    /** DHCP's messages come in quick succession, and each counts: held back only when there are too many from all machines together. */
    private boolean isWithinDhcpRate(long nanos) {
        if (nanos - dhcpSecond >= NAME_PAUSE_NANOS) {
            dhcpSecond = nanos;
            dhcpInSecond = 0;
        }
        return ++dhcpInSecond <= DHCP_PER_SECOND_MAX;
    }

    private boolean tell(
            Packet packet, long high, long low, int service, MemorySegment payload, long offset, int length) {
        boolean taken = ring.offer(
                packet.sourceMac, high, low, packet.epochNanos, packet.ingressPort, service, payload, offset, length);
        counters.increment(taken ? HostObserverCounter.NEWS : HostObserverCounter.NEWS_DROPPED);
        if (!taken) {
            forget(packet.sourceMac, high, low);
        }
        return taken;
    }

    /** True when this was not told within the pause; notes that it is told now. */
    private boolean isDue(long mac, long high, long low, long nanos, long pauseNanos) {
        int first = set(mac, high, low);
        int oldest = first;
        for (int at = first; at < first + WAYS * WIDTH; at += WIDTH) {
            if (told[at] == mac && told[at + 2] == low && told[at + 1] == high) {
                if (nanos - told[at + 3] < pauseNanos) {
                    return false;
                }
                told[at + 3] = nanos;
                return true;
            }
            if (told[at] == 0 || (told[oldest] != 0 && told[at + 3] - told[oldest + 3] < 0)) {
                oldest = at;
            }
        }
        told[oldest] = mac;
        told[oldest + 1] = high;
        told[oldest + 2] = low;
        told[oldest + 3] = nanos;
        return true;
    }

    private void forget(long mac, long high, long low) {
        int first = set(mac, high, low);
        for (int at = first; at < first + WAYS * WIDTH; at += WIDTH) {
            if (told[at] == mac && told[at + 2] == low && told[at + 1] == high) {
                told[at] = 0;
            }
        }
    }

    private static int set(long mac, long high, long low) {
        long mixed = (mac * 31 + high) * 31 + low;
        mixed *= 0x9e37_79b9_7f4a_7c15L;
        return (int) (mixed >>> 40 & (SETS - 1)) * WAYS * WIDTH;
    }

    /** The sender's address in an ARP packet for Ethernet and IPv4, as the lower half; 0 when there is none. */
    private static long arpSender(Packet packet) {
        long offset = packet.frameOffset + ETHERNET_LENGTH + (long) VLAN_TAG_LENGTH * packet.vlanCount;
        if (offset + ARP_LENGTH > packet.frameEnd() || packet.u64(offset) >>> 16 != ARP_ETHERNET_IPV4) {
            return 0;
        }
        long low = Address.MAPPED_PREFIX | packet.u32(offset + ARP_SENDER_IP_OFFSET) & 0xffff_ffffL;
        return isUnicast(0, low) ? low : 0;
    }

    /** True for an address that one machine can have on a wire: no group, no loopback, not 0.0.0.0/8, not broadcast. */
    static boolean isUnicast(long high, long low) {
        if (Address.isV4(high, low)) {
            int first = (int) (low >>> 24) & 0xff;
            return first != 0 && first != 127 && first < 224;
        }
        return high >>> 56 != 0xff && (high != 0 || low >>> 32 != 0);
    }
}
