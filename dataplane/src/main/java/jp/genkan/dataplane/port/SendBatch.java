package jp.genkan.dataplane.port;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jp.genkan.dataplane.linux.CallState;
import jp.genkan.dataplane.linux.Sockets;

/**
 * The frames that wait for one sendmmsg(2): {@code struct mmsghdr[]} with one {@code struct iovec} each, laid out once; only address and
 * length of a frame are written when it is added.
 *
 * <pre>
 * mmsghdr 64 octets: name 0, namelen 8, iov 16, iovlen 24, control 32, controllen 40, flags 48, len 56
 * iovec   16 octets: base 0, len 8
 * </pre>
 *
 * <p>Thread rule: one worker.
 */
final class SendBatch {
    private static final int MMSGHDR_LENGTH = 64;
    private static final int MMSGHDR_IOV = 16;
    private static final int MMSGHDR_IOVLEN = 24;
    private static final int IOVEC_LENGTH = 16;
    private static final int IOVEC_LEN = 8;

    private final int capacity;
    private final MemorySegment vectors;
    private final long messagesAddress;
    private final int[] lengths;
    private final CallState state = new CallState();
    private int size;

    SendBatch(int capacity, Arena arena) {
        this.capacity = capacity;
        this.lengths = new int[capacity];
        this.vectors = arena.allocate((long) capacity * IOVEC_LENGTH, Long.BYTES);
        MemorySegment messages = arena.allocate((long) capacity * MMSGHDR_LENGTH, Long.BYTES);
        this.messagesAddress = messages.address();
        for (int i = 0; i < capacity; i++) {
            long message = (long) i * MMSGHDR_LENGTH;
            messages.set(JAVA_LONG, message + MMSGHDR_IOV, vectors.address() + (long) i * IOVEC_LENGTH);
            messages.set(JAVA_LONG, message + MMSGHDR_IOVLEN, 1);
            messages.set(JAVA_INT, message, 0);
        }
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == capacity;
    }

    /** Octets of the frame at this place, its virtio-net header not counted. */
    int length(int place) {
        return lengths[place];
    }

    /** Adds a frame whose virtio-net header stands right before it. */
    void add(long frameAddress, int length) {
        long vector = (long) size * IOVEC_LENGTH;
        vectors.set(JAVA_LONG, vector, frameAddress - PortQueue.VNET_HEADER_LENGTH);
        vectors.set(JAVA_LONG, vector + IOVEC_LEN, (long) length + PortQueue.VNET_HEADER_LENGTH);
        lengths[size] = length;
        size++;
    }

    /** Offers the frames from this place on to the kernel; how many it took, or -1 when it refused the first: see {@link #errno}. */
    int send(int descriptor, int from) {
        return Sockets.sendmmsg(
                state, descriptor, messagesAddress + (long) from * MMSGHDR_LENGTH, size - from, Sockets.MSG_DONTWAIT);
    }

    int errno() {
        return state.errno();
    }

    void clear() {
        size = 0;
    }
}
