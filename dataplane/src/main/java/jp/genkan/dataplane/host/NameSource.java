package jp.genkan.dataplane.host;

/** Where a machine's name comes from, the most trusted last: a later constant replaces an earlier one. */
public enum NameSource {
    /** No name is known. */
    NONE("none"),
    LLMNR("llmnr"),
    NETBIOS("netbios"),
    MDNS("mdns"),
    /** The client FQDN of DHCPv6 or of DHCP, where there is no host name option. */
    DHCP_FQDN("dhcp-fqdn"),
    /** DHCP's host name option. */
    DHCP("dhcp");

    private final String label;

    NameSource(String label) {
        this.label = label;
    }

    /** The name in events and the state file. */
    public String label() {
        return label;
    }

    static NameSource ofLabel(String label) {
        for (NameSource source : values()) {
            if (source.label.equals(label)) {
                return source;
            }
        }
        return NONE;
    }
}
