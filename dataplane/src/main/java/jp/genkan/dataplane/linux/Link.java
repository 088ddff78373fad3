package jp.genkan.dataplane.linux;

/**
 * One interface, as the kernel lists it.
 *
 * @param index its number
 * @param name its name
 * @param flags bits {@link Interfaces#IFF_UP} and others
 * @param mtu octets of the largest packet
 * @param mac hardware address in the low 48 bits; 0 where it has none of six octets
 * @param masterIndex number of the bridge, bond or VRF that it belongs to; 0 when none
 * @param peerIndex number of the interface that it is paired with or stands on; 0 when none
 * @param kind the driver's word for a virtual interface, for example {@code veth}; empty for a card
 */
public record Link(int index, String name, int flags, int mtu, long mac, int masterIndex, int peerIndex, String kind) {
    /** True when it is administratively up. */
    public boolean isUp() {
        return (flags & Interfaces.IFF_UP) != 0;
    }

    /** True when it is up and its cable is connected, as far as the driver can tell. */
    public boolean isRunning() {
        return isUp() && (flags & Interfaces.IFF_RUNNING) != 0;
    }
}
