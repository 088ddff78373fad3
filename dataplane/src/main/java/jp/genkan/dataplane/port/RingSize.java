package jp.genkan.dataplane.port;

/**
 * Memory of one receive ring: blocks of 1 MiB with 15 slots each, every slot large enough for a super-frame of 64 KB. A frame of any size
 * takes a slot.
 *
 * @param blocks 1 to {@link #BLOCKS_MAX}
 */
public record RingSize(int blocks) {
    /** Octets of a block: contiguous memory for the kernel, 256 pages. */
    public static final int BLOCK_LENGTH = 1 << 20;

    /**
     * Octets of a slot: 65,535 of the largest IP packet, Ethernet header and VLAN tag, virtio-net header and the ring's own header; 65,536
     * is too small. A multiple of 16, as the kernel demands.
     */
    public static final int SLOT_LENGTH = 65_792;

    /** A slot never crosses a block. */
    public static final int SLOTS_A_BLOCK = BLOCK_LENGTH / SLOT_LENGTH;

    /** 1 GiB; a limit against slips in the configuration. */
    public static final int BLOCKS_MAX = 1024;

    /**
     * 480 slots in 32 MiB: a pause of 25 ms (the longest one measured for a collector that stops the world) at 19,000 frames a second and
     * worker, which is more than 1 Gbit/s makes of super-frames and a quarter of what it makes of full frames without GRO.
     */
    public static final RingSize PORT = new RingSize(32);

    /** 30 slots in 2 MiB for the box's own traffic. */
    public static final RingSize HOST = new RingSize(2);

    public RingSize {
        if (blocks < 1 || blocks > BLOCKS_MAX) {
            throw new IllegalArgumentException("ring blocks " + blocks + " is not in 1.." + BLOCKS_MAX);
        }
    }

    /** Number of slots. */
    public int slots() {
        return blocks * SLOTS_A_BLOCK;
    }

    /** Octets of the whole ring. */
    public long lengthBytes() {
        return (long) blocks * BLOCK_LENGTH;
    }

    /** Where a slot starts. */
    public long slotOffset(int slot) {
        return (long) (slot / SLOTS_A_BLOCK) * BLOCK_LENGTH + (long) (slot % SLOTS_A_BLOCK) * SLOT_LENGTH;
    }
}
