package jp.genkan.core.frame;

/** The side of the box that a port is on. */
public enum Side {
    /** The LAN: the switch, later the Wi-Fi. */
    INSIDE,
    /** The VPN router and all that is behind it. */
    OUTSIDE,
    /** The box itself, which has its own address on the same wire. */
    HOST;

    private static final Side[] VALUES = values();

    /** The side with this ordinal, without allocating. */
    public static Side of(int ordinal) {
        return VALUES[ordinal];
    }
}
