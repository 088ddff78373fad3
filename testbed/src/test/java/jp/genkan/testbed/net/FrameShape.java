package jp.genkan.testbed.net;

/** What the hosts wrap their IP packets in, and the box has to look through. */
public enum FrameShape {
    /** IP right in Ethernet II. */
    PLAIN(0),
    /** One 802.1Q tag. */
    VLAN(4),
    /** An 802.1ad tag with an 802.1Q tag inside. */
    QINQ(8),
    /** IP in PPP in a PPPoE session (RFC 2516 §4). */
    PPPOE(8);

    /** Octets that the wrapping adds to a frame. */
    final int octets;

    FrameShape(int octets) {
        this.octets = octets;
    }
}
