package jp.genkan.core.decode;

import org.jspecify.annotations.Nullable;

/** What a frame starts with, by libpcap's link-layer header types. */
public enum LinkType {
    /** BSD loopback: an address family of four octets in the byte order of the machine that captured. */
    NULL(0, "NULL"),
    /** Ethernet II or IEEE 802.3. */
    ETHERNET(1, "EN10MB"),
    /** PPP, with or without the address and control octets (RFC 1662). */
    PPP(9, "PPP"),
    /** PPP in HDLC-like framing, or Cisco HDLC. */
    PPP_HDLC(50, "PPP_SERIAL"),
    /** A PPPoE header without Ethernet before it (RFC 2516). */
    PPPOE(51, "PPP_ETHER"),
    /** An IPv4 or IPv6 packet; its own version says which. */
    RAW(12, "RAW"),
    /** OpenBSD loopback: an address family of four octets in network order. */
    LOOP(108, "LOOP"),
    /** Linux cooked capture. */
    LINUX_SLL(113, "LINUX_SLL"),
    /** Linux cooked capture, version 2. */
    LINUX_SLL2(276, "LINUX_SLL2"),
    /** An IPv4 packet. */
    IPV4(228, "IPV4"),
    /** An IPv6 packet. */
    IPV6(229, "IPV6"),
    /** Cisco HDLC. */
    CISCO_HDLC(104, "C_HDLC"),
    /** Packets of Linux's netfilter log. */
    NETFILTER_LOG(239, "NFLOG"),
    /** Notes of the program that captured, then a frame of another of these link types. */
    PER_PACKET_NOTES(192, "PPI");

    private final int number;
    private final String eveName;

    LinkType(int number, String eveName) {
        this.number = number;
        this.eveName = eveName;
    }

    /** Its number in capture files; where it has several, the one that libpcap gives a live capture. */
    public int number() {
        return number;
    }

    /** EVE's {@code linktype_name}: libpcap's. */
    public String eveName() {
        return eveName;
    }

    /** The link type with this number in a capture file, or null when there is no decoder for it. */
    public static @Nullable LinkType ofPcap(int number) {
        return switch (number) {
            case 0 -> NULL;
            case 1 -> ETHERNET;
            case 9 -> PPP;
            case 12, 14, 101 -> RAW;
            case 50 -> PPP_HDLC;
            case 51 -> PPPOE;
            case 104 -> CISCO_HDLC;
            case 108 -> LOOP;
            case 113 -> LINUX_SLL;
            case 192 -> PER_PACKET_NOTES;
            case 228 -> IPV4;
            case 229 -> IPV6;
            case 239 -> NETFILTER_LOG;
            case 276 -> LINUX_SLL2;
            default -> null;
        };
    }
}
