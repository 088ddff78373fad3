package jp.genkan.access.isolation;

import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Mac;

/** What is isolated: a network interface by its MAC address, or whoever has an IP address. */
public sealed interface IsolationTarget {
    /**
     * A MAC address.
     *
     * @param mac in the low 48 bits
     */
    record OfMac(long mac) implements IsolationTarget {
        public OfMac {
            if (mac == 0 || Mac.isGroup(mac)) {
                throw new IllegalArgumentException(Mac.format(mac) + " is not the MAC address of one machine");
            }
        }

        @Override
        public String toString() {
            return Mac.format(mac);
        }
    }

    /**
     * An IP address.
     *
     * @param address IPv4 or IPv6
     */
    record OfAddress(Address address) implements IsolationTarget {
        @Override
        public String toString() {
            return address.toString();
        }
    }

    /**
     * Parses a MAC or IP address. A machine's name is for the caller to look up in the host table first.
     *
     * @throws IllegalArgumentException when the text is neither
     */
    static IsolationTarget parse(String text) {
        if (text.length() == 17
                && (text.charAt(2) == ':' || text.charAt(2) == '-')
                && text.charAt(5) == text.charAt(2)) {
            return new OfMac(Mac.parse(text));
        }
        return new OfAddress(Address.parse(text));
    }
}
