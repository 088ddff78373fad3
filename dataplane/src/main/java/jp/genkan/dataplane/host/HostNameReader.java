package jp.genkan.dataplane.host;

import java.lang.foreign.MemorySegment;
import jp.genkan.core.frame.Address;
import jp.genkan.protocols.dhcp.DhcpMessage;
import jp.genkan.protocols.dhcp.Dhcpv6Message;
import jp.genkan.protocols.dns.DnsMessage;
import jp.genkan.protocols.netbios.NetbiosNameMessage;

/**
 * Reads who a machine says that it is from one packet. A name counts only for the machine that speaks: in the answers of mDNS, LLMNR and
 * NetBIOS the address beside the name must be the sender's own, so that nobody names others.
 *
 * <p>One thread; what was read last is in the fields until the next call.
 */
final class HostNameReader {
    private static final String LOCAL = ".local";

    private final DhcpMessage dhcp = new DhcpMessage();
    private final Dhcpv6Message dhcpv6 = new Dhcpv6Message();
    private final DnsMessage dns = new DnsMessage();
    private final NetbiosNameMessage netbios = new NetbiosNameMessage();

    /** Whom the packet speaks of; 0 for its sender. */
    long mac;
    /** True when a machine that is not known yet is not to be made known by this packet: a server speaks of it. */
    boolean knownOnly;
    /** The name; empty when there is none. */
    String name = "";

    NameSource source = NameSource.NONE;
    /** The DHCP vendor class; empty when there is none. */
    String kind = "";
    /** An address that the machine has by this packet; 0 when there is none. */
    int assigned;

    HostNameReader() {}

    /**
     * Reads one packet.
     *
     * @param service the port of the protocol
     * @param senderHigh the sender's address
     * @param senderLow its lower half
     * @return false when it says nothing about a machine
     */
    boolean read(int service, long senderHigh, long senderLow, MemorySegment payload, long offset, int length) {
        mac = 0;
        knownOnly = false;
        name = "";
        source = NameSource.NONE;
        kind = "";
        assigned = 0;
        boolean said = switch (service) {
            case HostObserver.DHCP_SERVER -> readDhcp(payload, offset, length);
            case HostObserver.DHCPV6_SERVER -> readDhcpv6(payload, offset, length);
            case HostObserver.MDNS -> readDns(NameSource.MDNS, senderHigh, senderLow, payload, offset, length);
            case HostObserver.LLMNR -> readDns(NameSource.LLMNR, senderHigh, senderLow, payload, offset, length);
            case HostObserver.NETBIOS_NAME -> readNetbios(senderLow, payload, offset, length);
            default -> false;
        };
        name = HostNameText.clean(name, HostNameText.LENGTH_MAX);
        kind = HostNameText.clean(kind, HostNameText.LENGTH_MAX);
        return said;
    }

    private boolean readDhcp(MemorySegment payload, long offset, int length) {
        if (!dhcp.wrap(payload, offset, length) || dhcp.clientMac() == 0) {
            return false;
        }
        mac = dhcp.clientMac();
        if (dhcp.isReply()) {
            knownOnly = true;
            assigned = dhcp.messageType() == DhcpMessage.ACK ? dhcp.yourAddress() : 0;
            return assigned != 0;
        }
        name = dhcp.hostName();
        source = NameSource.DHCP;
        if (name.isEmpty()) {
            name = dhcp.clientFqdn();
            source = NameSource.DHCP_FQDN;
        }
        kind = dhcp.vendorClass();
        return true;
    }

    private boolean readDhcpv6(MemorySegment payload, long offset, int length) {
        if (!dhcpv6.wrap(payload, offset, length)) {
            return false;
        }
        name = dhcpv6.clientFqdn();
        source = NameSource.DHCP_FQDN;
        return !name.isEmpty();
    }

    private boolean readDns(
            NameSource from, long senderHigh, long senderLow, MemorySegment payload, long offset, int length) {
        if (!dns.wrap(payload, offset, length) || !dns.isResponse() || dns.responseCode() != 0) {
            return false;
        }
        while (dns.nextRecord()) {
            if (dns.recordClass() != DnsMessage.IN || !isSenders(senderHigh, senderLow)) {
                continue;
            }
            boolean local = dns.name().endsWith("local") && dns.name().labels() == 2;
            if (from == NameSource.MDNS ? local : dns.name().labels() == 1) {
                String full = dns.name().toString();
                name = local ? full.substring(0, full.length() - LOCAL.length()) : full;
                source = from;
                return !name.isEmpty();
            }
        }
        return false;
    }

    private boolean isSenders(long senderHigh, long senderLow) {
        return switch (dns.type()) {
            case DnsMessage.A ->
                dns.dataLength() == 4 && Address.isV4(senderHigh, senderLow) && (int) senderLow == dns.addressV4();
            case DnsMessage.AAAA ->
                dns.dataLength() == 16 && dns.addressHigh() == senderHigh && dns.addressLow() == senderLow;
            default -> false;
        };
    }

    private boolean readNetbios(long senderLow, MemorySegment payload, long offset, int length) {
        if (!netbios.wrap(payload, offset, length)
                || !netbios.isMachine()
                || netbios.kind() == NetbiosNameMessage.Kind.RELEASE
                || netbios.address() != (int) senderLow) {
            return false;
        }
        name = netbios.name();
        source = NameSource.NETBIOS;
        return !name.isEmpty();
    }
}
