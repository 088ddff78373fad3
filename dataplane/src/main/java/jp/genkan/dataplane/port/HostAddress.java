package jp.genkan.dataplane.port;

import java.util.regex.Pattern;

/** Where the box's own address comes from: {@code host.address} of the configuration. */
public sealed interface HostAddress {
    /** No IP address: the box can be reached only by a cable of its own. */
    record None() implements HostAddress {}

    /** From a DHCP server on the wire. */
    record Dhcp() implements HostAddress {}

    /**
     * A fixed one.
     *
     * @param cidr address and prefix length, for example {@code 192.168.1.9/24} or {@code fd00::9/64}
     */
    record Static(String cidr) implements HostAddress {
        private static final Pattern CIDR =
                Pattern.compile("(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)/[0-9]{1,3}");

        public Static {
            if (!CIDR.matcher(cidr).matches()) {
                throw new IllegalArgumentException(
                        cidr + " is not an address with its prefix length, such as 192.168.1.9/24");
            }
        }
    }

    /** Reads {@code dhcp}, {@code none}, or an address with its prefix length. */
    static HostAddress parse(String text) {
        return switch (text) {
            case "dhcp" -> new Dhcp();
            case "none" -> new None();
            default -> new Static(text);
        };
    }
}
