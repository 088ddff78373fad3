package jp.genkan.core.frame;

/** EtherTypes that the path of the frame knows (IEEE 802 Numbers, IANA). */
public final class EtherType {
    /** What is smaller is the length of an 802.3 frame, or nothing at all (IEEE 802.3-2022 §3.2.6). */
    public static final int SMALLEST = 0x0600;

    public static final int IPV4 = 0x0800;
    public static final int ARP = 0x0806;
    /** Transparent Ethernet bridging: a whole Ethernet frame inside GRE. */
    public static final int TRANSPARENT_BRIDGING = 0x6558;

    public static final int VLAN = 0x8100;
    public static final int IPV6 = 0x86dd;
    public static final int MPLS = 0x8847;
    public static final int MPLS_MULTICAST = 0x8848;
    public static final int PPPOE_DISCOVERY = 0x8863;
    public static final int PPPOE_SESSION = 0x8864;
    /** PPP inside GRE (RFC 2637). */
    public static final int PPP = 0x880b;
    /** IEEE Std 802.1Q S-tag. */
    public static final int SERVICE_VLAN = 0x88a8;
    /** Backbone service instance tag, MAC in MAC (IEEE Std 802.1Q, first 802.1ah). */
    public static final int BACKBONE = 0x88e7;
    /** Cisco's tag for virtual network interfaces. */
    public static final int VN_TAG = 0x8926;
    /** Mirrored frames inside GRE. */
    public static final int ERSPAN = 0x88be;
    /** Network service header (RFC 8300). */
    public static final int SERVICE_HEADER = 0x894f;
    /** The S-tag before it had a number of its own. */
    public static final int OLD_SERVICE_VLAN = 0x9100;

    private EtherType() {}

    /** True for the tags that name a VLAN. */
    public static boolean isVlanTag(int etherType) {
        return etherType == VLAN || etherType == SERVICE_VLAN || etherType == OLD_SERVICE_VLAN;
    }
}
