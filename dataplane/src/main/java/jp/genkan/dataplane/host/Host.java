package jp.genkan.dataplane.host;

import java.time.Instant;
import java.util.List;
import jp.genkan.core.frame.Mac;

/**
 * One machine behind the box, as it was known at one moment.
 *
 * @param mac its MAC address
 * @param addresses the addresses that it has used lately, the one seen last first
 * @param name what it calls itself; empty when unknown
 * @param nameSource where the name comes from
 * @param maker who made its network interface; {@code private address} for a MAC address that the machine made up itself; empty when unknown
 * @param kind its DHCP vendor class, which tells the operating system mostly; empty when unknown
 * @param firstSeen when it first sent a frame
 * @param lastSeen when it last did, to within a minute
 * @param port the inside port that it was last seen at; -1 when unknown
 * @param via wire or Wi-Fi
 * @param isRouter true when many addresses are behind this one MAC address: a router, whose addresses are not listed any further
 */
public record Host(
        long mac,
        List<HostAddress> addresses,
        String name,
        NameSource nameSource,
        String maker,
        String kind,
        Instant firstSeen,
        Instant lastSeen,
        int port,
        Medium via,
        boolean isRouter) {
    public Host {
        addresses = List.copyOf(addresses);
    }

    /** How the machine is connected. */
    public enum Medium {
        WIRE("wire"),
        WIFI("wifi"),
        UNKNOWN("unknown");

        private final String label;

        Medium(String label) {
            this.label = label;
        }

        /** The name in events. */
        public String label() {
            return label;
        }
    }

    /** Its name and MAC address, for people. */
    public String label() {
        return name.isEmpty() ? Mac.format(mac) : name + " (" + Mac.format(mac) + ")";
    }
}
