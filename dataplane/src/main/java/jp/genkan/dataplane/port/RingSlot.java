package jp.genkan.dataplane.port;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import jp.genkan.core.frame.Packet;

/**
 * What stands in a slot of a TPACKET_V2 ring with virtio-net headers. The kernel writes it, then sets the status; after that it does not
 * touch the slot until the status is given back.
 *
 * <pre>
 *  0 struct tpacket2_hdr   status 0, len 4, snaplen 8, mac 12, net 14, sec 16, nsec 20, vlan_tci 24, vlan_tpid 26
 * 32 struct sockaddr_ll
 * 52 14 octets of room, of which the headers take 4 when a VLAN tag is put back
 * 66 struct virtio_net_hdr   flags 0, gso_type 1, hdr_len 2, gso_size 4, csum_start 6, csum_offset 8
 * 76 the frame, without its outermost VLAN tag (where exactly, mac says)
 * </pre>
 *
 * <p>All numbers but those of the frame are in the machine's byte order.
 */
final class RingSlot {
    /** Octets of a VLAN tag. */
    static final int VLAN_TAG_LENGTH = 4;

    private static final VarHandle STATUS = JAVA_INT.varHandle();

    /** {@code struct tpacket2_hdr}, linux/if_packet.h. */
    private static final int TP_LEN = 4;

    private static final int TP_SNAPLEN = 8;
    private static final int TP_MAC = 12;
    private static final int TP_SEC = 16;
    private static final int TP_NSEC = 20;
    private static final int TP_VLAN_TCI = 24;
    private static final int TP_VLAN_TPID = 26;

    private static final int TP_STATUS_KERNEL = 0;
    private static final int TP_STATUS_USER = 1;
    private static final int TP_STATUS_VLAN_VALID = 1 << 4;
    private static final int TP_STATUS_VLAN_TPID_VALID = 1 << 6;

    /** {@code struct virtio_net_hdr}, linux/virtio_net.h; octets before the frame. */
    private static final int VNET_FLAGS = -10;

    private static final int VNET_GSO_TYPE = -9;
    private static final int VNET_HDR_LEN = -8;
    private static final int VNET_GSO_SIZE = -6;
    private static final int VNET_CSUM_START = -4;
    private static final int VIRTIO_NET_HDR_F_NEEDS_CSUM = 1;
    private static final int VIRTIO_NET_HDR_F_DATA_VALID = 2;

    /** IEEE 802.3, 802.1Q. */
    private static final int MACS_LENGTH = 12;

    private static final int ETHERTYPE_VLAN = 0x8100;

    private RingSlot() {}

    /** The status; everything else is valid once it says that the slot is ready. */
    static int status(MemorySegment ring, long slot) {
        return (int) STATUS.getAcquire(ring, slot);
    }

    static boolean isReady(int status) {
        return (status & TP_STATUS_USER) != 0;
    }

    /** Gives the slot back to the kernel. */
    static void giveBack(MemorySegment ring, long slot) {
        STATUS.setRelease(ring, slot, TP_STATUS_KERNEL);
    }

    /** Octets of the frame that are here. */
    static int capturedLength(MemorySegment ring, long slot) {
        return ring.get(JAVA_INT, slot + TP_SNAPLEN);
    }

    /** Octets that the frame had, a VLAN tag that was taken out not counted. */
    static int wireLength(MemorySegment ring, long slot) {
        return ring.get(JAVA_INT, slot + TP_LEN);
    }

    /** Where the frame starts. */
    static long frame(MemorySegment ring, long slot) {
        return slot + (ring.get(JAVA_SHORT, slot + TP_MAC) & 0xffff);
    }

    /** When it arrived. */
    static long epochNanos(MemorySegment ring, long slot) {
        return (ring.get(JAVA_INT, slot + TP_SEC) & 0xffff_ffffL) * 1_000_000_000L + ring.get(JAVA_INT, slot + TP_NSEC);
    }

    /**
     * True when the card or the kernel vouches for the transport checksum. TP_STATUS_CSUM_VALID is not asked: it says no more than
     * DATA_VALID does, and on older kernels also stood for a sum that nobody had compared.
     */
    static boolean isChecksumTrusted(MemorySegment ring, long frame) {
        int flags = ring.get(JAVA_BYTE, frame + VNET_FLAGS);
        return (flags & (VIRTIO_NET_HDR_F_NEEDS_CSUM | VIRTIO_NET_HDR_F_DATA_VALID)) != 0;
    }

    /** Octets of each segment of a super-frame; 0 for an ordinary frame. */
    static int segmentSize(MemorySegment ring, long frame) {
        return ring.get(JAVA_BYTE, frame + VNET_GSO_TYPE) == 0
                ? 0
                : ring.get(JAVA_SHORT_UNALIGNED, frame + VNET_GSO_SIZE) & 0xffff;
    }

    /** True when the kernel has taken the frame's outermost VLAN tag out, even one of all zeros. */
    static boolean lacksVlanTag(int status) {
        return (status & TP_STATUS_VLAN_VALID) != 0;
    }

    /**
     * Puts the VLAN tag back: moves virtio-net header and MAC addresses down by its length, writes it behind them, and corrects what the
     * virtio-net header counts from the frame's start.
     *
     * @return where the frame starts now
     */
    static long restoreVlanTag(MemorySegment ring, long slot, long frame, int status) {
        int tci = ring.get(JAVA_SHORT, slot + TP_VLAN_TCI) & 0xffff;
        int tpid = (status & TP_STATUS_VLAN_TPID_VALID) == 0
                ? ETHERTYPE_VLAN
                : ring.get(JAVA_SHORT, slot + TP_VLAN_TPID) & 0xffff;
        long from = frame - PortQueue.VNET_HEADER_LENGTH;
        long first = ring.get(JAVA_LONG_UNALIGNED, from);
        long second = ring.get(JAVA_LONG_UNALIGNED, from + 8);
        int third = ring.get(JAVA_INT_UNALIGNED, from + 16);
        short fourth = ring.get(JAVA_SHORT_UNALIGNED, from + 20);
        long to = from - VLAN_TAG_LENGTH;
        ring.set(JAVA_LONG_UNALIGNED, to, first);
        ring.set(JAVA_LONG_UNALIGNED, to + 8, second);
        ring.set(JAVA_INT_UNALIGNED, to + 16, third);
        ring.set(JAVA_SHORT_UNALIGNED, to + 20, fourth);
        long tagged = frame - VLAN_TAG_LENGTH;
        ring.set(Packet.U16, tagged + MACS_LENGTH, (short) tpid);
        ring.set(Packet.U16, tagged + MACS_LENGTH + 2, (short) tci);
        if ((ring.get(JAVA_BYTE, tagged + VNET_FLAGS) & VIRTIO_NET_HDR_F_NEEDS_CSUM) != 0) {
            lengthen(ring, tagged + VNET_CSUM_START);
        }
        if (ring.get(JAVA_SHORT_UNALIGNED, tagged + VNET_HDR_LEN) != 0) {
            lengthen(ring, tagged + VNET_HDR_LEN);
        }
        return tagged;
    }

    private static void lengthen(MemorySegment ring, long field) {
        ring.set(JAVA_SHORT_UNALIGNED, field, (short) (ring.get(JAVA_SHORT_UNALIGNED, field) + VLAN_TAG_LENGTH));
    }
}
