package jp.genkan.dataplane.port;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.genkan.core.frame.Side;
import jp.genkan.dataplane.linux.CallState;
import jp.genkan.dataplane.linux.Interfaces;
import jp.genkan.dataplane.linux.Link;
import jp.genkan.dataplane.linux.Links;
import jp.genkan.dataplane.linux.LinuxException;
import jp.genkan.dataplane.linux.Sockets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the ports' interfaces: learns from the kernel when one changes, tells the listener, and opens new sockets on one that was
 * removed and has come back, perhaps with another number under the same name. (A socket in a fanout group cannot be bound again, hence new
 * ones.) The workers only take them over, so that none of them ever waits for this.
 *
 * <p>Thread rule: has its own thread, the only one that writes a {@link Port}'s state once the ports are open.
 */
final class PortKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PortKeeper.class);

    /** How long the thread sleeps at most, so that {@link #close} does not wait for longer. */
    private static final long TICK_NANOS = 50_000_000;

    /** The list of interfaces is read this often even when nothing is told, for a message may get lost. */
    private static final int TICKS_A_LOOK = 20;

    private final Ports ports;
    private final PortSetup setup;
    private final PortListener listener;
    private final int changes;
    private final Thread thread;
    private volatile boolean closing;
    private boolean again;
    private @Nullable String lastProblem;

    PortKeeper(Ports ports, PortSetup setup, PortListener listener) throws LinuxException {
        this.ports = ports;
        this.setup = setup;
        this.listener = listener;
        this.changes = Links.openChanges();
        this.thread = Thread.ofPlatform().name("genkan-ports").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment descriptor = arena.allocate(Sockets.POLLFD_LENGTH, Integer.BYTES);
            descriptor.set(JAVA_INT, 0, changes);
            descriptor.set(JAVA_SHORT, 4, (short) Sockets.POLLIN);
            MemorySegment timeout = arena.allocate(2 * Long.BYTES, Long.BYTES);
            timeout.set(JAVA_LONG, Long.BYTES, TICK_NANOS);
            int ticks = 0;
            while (!closing) {
                closeRetired();
                int told = Sockets.ppoll(CallState.current(), descriptor.address(), 1, timeout.address());
                if (told > 0) {
                    Links.drain(changes);
                }
                ticks++;
                if (told > 0 || again || ticks % TICKS_A_LOOK == 1) {
                    again = false;
                    look();
                }
            }
        }
    }

    private void look() {
        try {
            Map<String, Link> links = Links.list().stream()
                    .collect(Collectors.toMap(Link::name, Function.identity(), (first, second) -> first));
            for (Port port : ports.ports()) {
                look(port, links.get(port.name()));
            }
            lastProblem = null;
        } catch (LinuxException | RuntimeException e) {
            String problem = String.valueOf(e.getMessage());
            if (!problem.equals(lastProblem)) {
                LOG.warn("ports: {}; trying again", problem, e);
                lastProblem = problem;
            }
        }
    }

    private void look(Port port, @Nullable Link link) throws LinuxException {
        if (link == null) {
            become(port, PortState.GONE);
            restoreHostPort(port);
        } else if (port.state() == PortState.GONE || link.index() != port.index()) {
            become(port, PortState.GONE);
            reopen(port, link);
        } else {
            become(port, stateOf(link));
        }
    }

    private static PortState stateOf(Link link) {
        if (link.isRunning()) {
            return PortState.UP;
        }
        return link.isUp() ? PortState.NO_CARRIER : PortState.DOWN;
    }

    private void become(Port port, PortState state) {
        PortState before = port.state();
        if (before == state) {
            return;
        }
        port.become(state);
        if (state == PortState.UP) {
            listener.portBack(port, false);
        } else if (before == PortState.UP) {
            listener.portLost(port, state);
        }
    }

    private void reopen(Port port, Link link) throws LinuxException {
        if (!link.isUp()) {
            Interfaces.setUp(link.name());
        }
        List<AfPacketQueue> queues = ports.queuesOf(port);
        if (!queues.stream().allMatch(AfPacketQueue::isReplaceable)) {
            again = true; // a worker has not even taken the sockets before these
            return;
        }
        List<PacketSockets> fresh = ports.openSockets(port, link.index());
        for (int worker = 0; worker < fresh.size(); worker++) {
            queues.get(worker).replace(fresh.get(worker));
        }
        port.moveTo(link.index(), link.mac());
        PortState now = stateOf(Links.find(link.name()).orElse(link));
        port.become(now);
        if (now == PortState.UP) {
            listener.portBack(port, true);
        }
        if (link.mtu() != port.mtu()) {
            LOG.warn(
                    "{} came back with MTU {}, not {}: ip link set {} mtu {}",
                    port,
                    link.mtu(),
                    port.mtu(),
                    link.name(),
                    port.mtu());
        }
    }

    private void restoreHostPort(Port port) {
        HostPort host = setup.hostPort();
        if (port.side() == Side.HOST && host != null) {
            host.restore();
        }
    }

    private void closeRetired() {
        for (Port port : ports.ports()) {
            ports.queuesOf(port).forEach(AfPacketQueue::closeRetired);
        }
    }

    @Override
    public void close() {
        closing = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Sockets.close(changes);
    }
}
