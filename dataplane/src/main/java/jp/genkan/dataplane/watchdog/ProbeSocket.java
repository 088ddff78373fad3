package jp.genkan.dataplane.watchdog;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import jp.genkan.core.frame.Packet;
import jp.genkan.dataplane.linux.CallState;
import jp.genkan.dataplane.linux.Errno;
import jp.genkan.dataplane.linux.Interfaces;
import jp.genkan.dataplane.linux.LinuxException;
import jp.genkan.dataplane.linux.Sockets;

/**
 * Sends probes at the box's end of the host port and receives what comes back there.
 *
 * <p>Thread rule: the watchdog's thread.
 */
final class ProbeSocket implements AutoCloseable {
    private static final int SOCKADDR_LL_BYTES = 20;
    private static final int SO_RCVTIMEO = 20;
    private static final int FRAME_BYTES_MAX = 128;

    /** Longest wait in one call, so that the watchdog can be stopped. */
    private static final long WAIT_MICROS = TimeUnit.MILLISECONDS.toMicros(50);

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment frame = arena.allocate(FRAME_BYTES_MAX, Long.BYTES);
    private final CallState state = new CallState();
    private final String name;
    private final int descriptor;
    private final long mac;

    ProbeSocket(String name) throws LinuxException {
        this.name = name;
        MemorySegment address = arena.allocate(SOCKADDR_LL_BYTES, Integer.BYTES);
        address.set(JAVA_SHORT, 0, (short) Sockets.AF_PACKET);
        address.set(Packet.U16, 2, (short) Probe.ETHERTYPE);
        address.set(JAVA_INT, 4, Interfaces.index(name));
        MemorySegment timeout = arena.allocate(16, Long.BYTES);
        timeout.set(JAVA_LONG, 8, WAIT_MICROS);
        int opened = Sockets.open(Sockets.AF_PACKET, Sockets.SOCK_RAW, 0, "watchdog: socket(AF_PACKET)");
        boolean done = false;
        try {
            Sockets.setOption(opened, Sockets.SOL_SOCKET, SO_RCVTIMEO, timeout, "watchdog: setsockopt(SO_RCVTIMEO)");
            Sockets.bind(opened, address, "watchdog: " + name);
            done = true;
        } finally {
            if (!done) {
                Sockets.close(opened);
            }
        }
        descriptor = opened;
        mac = 0x0247_4b57_4400L; // our own, locally administered: the switch behind never sees it
    }

    void ask(int worker, long sequence, long nanos) throws LinuxException {
        Probe.ask(frame, mac, worker, sequence, nanos);
        if (Sockets.send(state, descriptor, frame.address(), Probe.LENGTH, Sockets.MSG_DONTWAIT) < 0) {
            throw new LinuxException("watchdog: sending by " + name, state.errno());
        }
    }

    /** Waits a short time for an answer. */
    boolean receive() throws LinuxException {
        long length = Sockets.recv(state, descriptor, frame.address(), FRAME_BYTES_MAX, 0);
        if (length >= 0) {
            return Probe.isAnswer(frame, length);
        }
        if (state.errno() == Errno.EAGAIN || state.errno() == Errno.EINTR) {
            return false;
        }
        throw new LinuxException("watchdog: receiving by " + name, state.errno());
    }

    int worker() {
        return Probe.worker(frame);
    }

    long sequence() {
        return Probe.sequence(frame);
    }

    long nanos() {
        return Probe.nanos(frame);
    }

    @Override
    public void close() {
        Sockets.close(descriptor);
        arena.close();
    }
}
