package jp.genkan.dataplane.port;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import jp.genkan.core.frame.Packet;

/** The least that a worker can be: every frame goes out of every other port. For tests and for measuring the queues alone. */
final class FloodingForwarder implements AutoCloseable {
    private static final int BURST_MAX = 64;

    private final Ports ports;
    private final List<Thread> threads = new ArrayList<>();
    /** Nanoseconds that every worker is to sleep once, to play a stall. */
    final AtomicLong pauseNanos = new AtomicLong();

    private volatile boolean stopping;

    FloodingForwarder(Ports ports, int workers) {
        this.ports = ports;
        for (int worker = 0; worker < workers; worker++) {
            int number = worker;
            threads.add(Thread.ofPlatform().name("worker-" + worker).start(() -> work(number)));
        }
    }

    List<Port> ports() {
        return ports.ports();
    }

    List<Thread> threads() {
        return threads;
    }

    private void work(int worker) {
        PortQueue[] queues = ports.queues(worker).toArray(PortQueue[]::new);
        Poller poller = ports.poller(worker);
        Packet packet = new Packet();
        long maintained = 0;
        while (!stopping) {
            poller.await(10_000_000);
            if (pauseNanos.get() != 0) {
                pause();
            }
            round(queues, packet);
            long now = System.nanoTime();
            if (now - maintained > 100_000_000) {
                for (PortQueue queue : queues) {
                    queue.maintain(now);
                }
                maintained = now;
            }
        }
        for (PortQueue queue : queues) {
            queue.maintain(System.nanoTime());
        }
    }

    static int round(PortQueue[] queues, Packet packet) {
        int frames = 0;
        for (PortQueue from : queues) {
            for (int n = 0; n < BURST_MAX && from.receive(packet); n++) {
                frames++;
                for (PortQueue to : queues) {
                    if (to != from && !to.send(packet.segment(), packet.frameOffset, packet.frameLength)) {
                        to.flush();
                        to.send(packet.segment(), packet.frameOffset, packet.frameLength);
                    }
                }
            }
        }
        if (frames > 0) {
            for (PortQueue queue : queues) {
                queue.flush();
            }
            for (PortQueue queue : queues) {
                queue.release();
            }
        }
        return frames;
    }

    private void pause() {
        try {
            Thread.sleep(pauseNanos.getAndSet(0) / 1_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopping = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        ports.close();
    }
}
