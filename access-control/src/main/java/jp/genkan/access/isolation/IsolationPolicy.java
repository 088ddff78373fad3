package jp.genkan.access.isolation;

import jp.genkan.access.address.AddressSet;

/**
 * What an isolated machine may still do.
 *
 * <p>It may talk to the exceptions, both ways, and nothing else. ARP and neighbour discovery pass as far as the exceptions need them:
 * not at all when there are none; otherwise towards the exceptions and the gateways, and without restriction when no gateway is named,
 * because an exception behind an unknown router could not be reached otherwise. DHCP is cut by default: a machine keeps its address for as long as its lease lasts.
 *
 * @param exceptions the help desk's addresses, and what it needs (its name server when it is reached by name)
 * @param gateways routers through which exceptions are reached; empty when unknown
 * @param dhcp whether an isolated machine may renew its address
 */
public record IsolationPolicy(AddressSet exceptions, AddressSet gateways, Dhcp dhcp) {
    /** No exceptions, DHCP cut. */
    public static final IsolationPolicy STRICT = new IsolationPolicy(AddressSet.EMPTY, AddressSet.EMPTY, Dhcp.CUT);

    /** What becomes of the DHCP messages of an isolated machine. */
    public enum Dhcp {
        CUT,
        PASS
    }
}
