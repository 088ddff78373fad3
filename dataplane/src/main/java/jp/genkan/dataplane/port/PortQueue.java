package jp.genkan.dataplane.port;

import java.lang.foreign.MemorySegment;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;

/**
 * One port as one worker sees it: the frames that arrive for this worker, and the way out. A real one is a pair of AF_PACKET sockets; the
 * testbed has one that loses, repeats and reorders.
 *
 * <p>A frame that was received lies in the queue's own memory until {@link #release}; it can be sent from there by another queue without a
 * copy. The {@link #VNET_HEADER_LENGTH} octets before a frame are its virtio-net header (checksum and segmentation state), always; whoever
 * copies a frame to send it later copies them too.
 *
 * <p>Thread rule: one worker. Nothing here waits, and nothing allocates.
 */
public interface PortQueue extends AutoCloseable {
    /** Octets of {@code struct virtio_net_hdr} that stand right before every frame. */
    int VNET_HEADER_LENGTH = 10;

    /** Number of the port, 0 to 254, the same for all workers. */
    int port();

    /** The side that the port is on. */
    Side side();

    /** True while the interface is there and up. */
    boolean isUp();

    /** The descriptor to poll for arriving frames, or -1 when there is none. */
    int descriptor();

    /**
     * Puts the packet over the next frame: segment, offset, lengths, time of arrival, port, side, checksum trust and GRO size are set, nothing
     * is decoded. A VLAN tag that the kernel had taken out is back in its place.
     *
     * @return false when no frame is waiting
     */
    boolean receive(Packet packet);

    /** Gives back the memory of all frames received so far. To be called after every queue has been flushed. */
    void release();

    /**
     * Queues a frame for sending, from where it lies; it must stay there until {@link #flush}.
     *
     * @param segment holds the frame and, before it, its virtio-net header
     * @param offset of the frame's first octet
     * @param length of the frame
     * @return false when the batch is full, and the caller has to flush first
     */
    boolean send(MemorySegment segment, long offset, int length);

    /**
     * Hands everything that was queued to the kernel. What it does not take is dropped and counted by its reason.
     *
     * @return frames that were taken
     */
    int flush();

    /** What has waited up to now is not stale: nobody has forwarded anything past it. */
    void forgiveStall(long nanos);

    /**
     * Looks after the port: binds again when an interface has come back, tells of one that has gone. Cheap; to be called a few times a second.
     *
     * @param nanos monotonic time
     */
    void maintain(long nanos);

    @Override
    void close();
}
