package jp.genkan.dataplane.port;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.frame.Side;
import jp.genkan.dataplane.linux.LinuxException;

/**
 * All ports, open: a queue for each worker on each of them, and one {@link Poller} a worker.
 *
 * <p>The order is {@link PortSetup#prepare} (finds and checks the interfaces), then whatever needs to know them (the gate), then
 * {@link PortSetup#open}, and {@link #close} when the workers have stopped.
 *
 * <p>Thread rule: made and closed by the thread that starts and stops the box; what {@link #queues} and {@link #poller} answer belongs to
 * the worker of that number.
 */
public final class Ports implements AutoCloseable {
    private final List<Port> ports;
    private final PortSettings settings;
    private final int workers;
    private final RingFilters filters;
    /** By port, then by worker. */
    private final List<List<AfPacketQueue>> queues = new ArrayList<>();

    private final List<Poller> pollers = new ArrayList<>();
    private final PortKeeper keeper;

    Ports(PortSetup setup, int workers, RingFilters filters, PortListener listener) throws PortException {
        this.ports = setup.ports();
        this.settings = setup.settings();
        this.workers = workers;
        this.filters = filters;
        try {
            for (Port port : ports) {
                queues.add(openQueues(port));
            }
            this.keeper = new PortKeeper(this, setup, listener);
        } catch (LinuxException e) {
            closeQueues();
            throw new PortException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            closeQueues();
            throw e;
        }
        for (int worker = 0; worker < workers; worker++) {
            List<AfPacketQueue> own = new ArrayList<>();
            for (List<AfPacketQueue> byWorker : queues) {
                own.add(byWorker.get(worker));
            }
            pollers.add(new Poller(own, settings.spin().toNanos()));
        }
        keeper.start();
    }

    /** The ports in the order of their numbers. */
    public List<Port> ports() {
        return ports;
    }

    /** What a worker receives and sends by, in the order of the ports' numbers. */
    public List<PortQueue> queues(int worker) {
        List<PortQueue> own = new ArrayList<>();
        for (List<AfPacketQueue> byWorker : queues) {
            own.add(byWorker.get(worker));
        }
        return Collections.unmodifiableList(own);
    }

    /** What a worker waits by. */
    public Poller poller(int worker) {
        return pollers.get(worker);
    }

    /** Closes all queues; the workers have stopped. */
    @Override
    public void close() {
        keeper.close();
        closeQueues();
    }

    List<AfPacketQueue> queuesOf(Port port) {
        return queues.get(port.number());
    }

    private List<AfPacketQueue> openQueues(Port port) throws LinuxException {
        List<PacketSockets> opened = openSockets(port, port.index());
        RingSize size = ringSize(port);
        List<AfPacketQueue> made = new ArrayList<>();
        List<CounterSet<PortCounter>> counters = new ArrayList<>();
        for (PacketSockets sockets : opened) {
            AfPacketQueue queue =
                    new AfPacketQueue(port, sockets, size, settings.stallLimit().toNanos(), settings.batchMax());
            made.add(queue);
            counters.add(queue.counters());
        }
        port.count(counters);
        return made;
    }

    /** Opens the sockets of all workers on an interface, in the order of the workers; all or none. */
    List<PacketSockets> openSockets(Port port, int index) throws LinuxException {
        List<PacketSockets> opened = new ArrayList<>();
        try {
            int selector = filters.selector(port);
            boolean filtered = filters.filter(port, 0) >= 0;
            boolean shared = selector >= 0 || (workers > 1 && !filtered);
            int group = -1;
            for (int worker = 0; worker < workers; worker++) {
                PacketSockets sockets = PacketSockets.open(port.name(), index, ringSize(port));
                opened.add(sockets);
                if (shared && worker == 0) {
                    group = sockets.openFanout(selector);
                } else if (shared) {
                    sockets.joinFanout(group, selector);
                }
            }
            for (int worker = 0; worker < workers; worker++) {
                opened.get(worker).listen(filters.filter(port, worker));
            }
            return opened;
        } catch (LinuxException | RuntimeException e) {
            opened.forEach(PacketSockets::close);
            throw e;
        }
    }

    private RingSize ringSize(Port port) {
        return port.side() == Side.HOST ? settings.hostRing() : settings.ring();
    }

    private void closeQueues() {
        for (List<AfPacketQueue> byWorker : queues) {
            byWorker.forEach(AfPacketQueue::close);
        }
    }
}
