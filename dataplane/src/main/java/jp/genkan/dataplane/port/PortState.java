package jp.genkan.dataplane.port;

/** How the interface of a port is. */
public enum PortState {
    /** There, up, and with a cable as far as its driver can tell. */
    UP,
    /** There and up, but nothing is connected, or the other end is down. */
    NO_CARRIER,
    /** There, but administratively down. */
    DOWN,
    /** There is no interface of this name. */
    GONE
}
