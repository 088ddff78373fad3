package jp.genkan.dataplane.watchdog;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import jp.genkan.dataplane.gate.Heartbeat;
import jp.genkan.dataplane.linux.LinuxException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every worker once a period by a {@link Probe} that goes the way of a frame. A worker that misses too many in a row is held for dead
 * by its {@link Heartbeat}, whatever it says, until a probe comes through again: probes still reach its ring. Systemd's watchdog is fed
 * only in periods in which every worker answered.
 *
 * <p>To be started after the gate was activated and stopped before it is deactivated: an inactive gate drops probes.
 *
 * <p>Thread rule: a thread of its own; {@link #roundTripNanos} and {@link #isStalled} on any thread.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final String hostInterface;
    private final List<Heartbeat> heartbeats;
    private final WatchdogSettings settings;
    private final SdNotify systemd;
    private final WatchdogListener listener;
    private final Thread thread;
    private final AtomicLongArray roundTrips;
    private final AtomicLongArray stalledSince;
    private final int[] misses;
    private final boolean[] answered;
    private long sequence;
    private boolean blind;
    private volatile boolean stopping;

    /**
     * Makes a watchdog that is not yet started.
     *
     * @param hostInterface the box's end of the host port, for example {@code genkan0}
     * @param heartbeats one for each worker, in the order of their numbers
     */
    public Watchdog(
            String hostInterface,
            List<Heartbeat> heartbeats,
            WatchdogSettings settings,
            SdNotify systemd,
            WatchdogListener listener) {
        this.hostInterface = hostInterface;
        this.heartbeats = List.copyOf(heartbeats);
        this.settings = settings;
        this.systemd = systemd;
        this.listener = listener;
        this.roundTrips = new AtomicLongArray(heartbeats.size());
        this.stalledSince = new AtomicLongArray(heartbeats.size());
        this.misses = new int[heartbeats.size()];
        this.answered = new boolean[heartbeats.size()];
        this.thread = Thread.ofPlatform().name("watchdog").daemon(true).unstarted(this::run);
    }

    /** Begins to probe. */
    public void start() {
        thread.start();
    }

    /** How long the last probe of a worker took, there and back; 0 before the first. */
    public long roundTripNanos(int worker) {
        return roundTrips.get(worker);
    }

    /** True while the worker is held for dead. */
    public boolean isStalled(int worker) {
        return stalledSince.get(worker) != 0;
    }

    private void run() {
        @Nullable ProbeSocket socket = null;
        while (!stopping) {
            long start = System.nanoTime();
            try {
                if (socket == null) {
                    socket = new ProbeSocket(hostInterface);
                }
                round(socket, start);
                blind = false;
            } catch (LinuxException trouble) {
                if (socket != null) {
                    socket.close();
                    socket = null; // its interface may come back under another number
                }
                onBlind(String.valueOf(trouble.getMessage()));
                pauseUntil(start + settings.period().toNanos());
            } catch (RuntimeException broken) {
                LOG.error("the watchdog's round failed; the next one follows", broken);
                pauseUntil(start + settings.period().toNanos());
            }
        }
        if (socket != null) {
            socket.close();
        }
    }

    /** One period: asks all, collects answers until it is over. */
    private void round(ProbeSocket socket, long start) throws LinuxException {
        sequence++;
        for (int worker = 0; worker < answered.length; worker++) {
            answered[worker] = false;
            socket.ask(worker, sequence, System.nanoTime());
        }
        int missing = answered.length;
        long end = start + settings.period().toNanos();
        while (!stopping && System.nanoTime() - end < 0) {
            if (missing == 0) {
                pauseUntil(end);
                break;
            }
            if (socket.receive() && socket.sequence() == sequence) {
                int worker = socket.worker();
                if (worker >= 0 && worker < answered.length && !answered[worker]) {
                    answered[worker] = true;
                    onAnswer(worker, Math.max(1, System.nanoTime() - socket.nanos()));
                    if (--missing == 0) {
                        systemd.watchdog();
                    }
                }
            }
        }
        for (int worker = 0; !stopping && worker < answered.length; worker++) {
            if (!answered[worker]) {
                onMiss(worker);
            }
        }
    }

    private void onAnswer(int worker, long nanos) {
        misses[worker] = 0;
        roundTrips.set(worker, nanos);
        long since = stalledSince.getAndSet(worker, 0);
        if (since != 0) {
            heartbeats.get(worker).release();
            listener.onRecovery(worker, System.nanoTime() - since);
        }
    }

    private void onMiss(int worker) {
        misses[worker]++;
        if (misses[worker] > settings.missesMax() && stalledSince.get(worker) == 0) {
            stalledSince.set(worker, Math.max(1, System.nanoTime()));
            heartbeats.get(worker).hold();
            listener.onStall(worker);
        }
    }

    private void onBlind(String reason) {
        if (!blind && !stopping) {
            blind = true;
            listener.onBlind(reason);
        }
    }

    private void pauseUntil(long end) {
        while (!stopping && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(this, end - System.nanoTime());
        }
    }

    /** Stops probing; workers that were held stay held. */
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join(2 * settings.period().toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
