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

    /** 240 slots in 16 MiB: 5 ms of small frames at half a million a second for one worker, and 15 MB of super-frames. */
    public static final RingSize PORT = new RingSize(16);

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
