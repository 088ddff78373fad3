package jp.genkan.dataplane.gate;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.genkan.core.frame.Packet;
import jp.genkan.dataplane.port.Poller;
import jp.genkan.dataplane.port.PortListener;
import jp.genkan.dataplane.port.PortQueue;
import jp.genkan.dataplane.port.PortSettings;
import jp.genkan.dataplane.port.PortSetup;
import jp.genkan.dataplane.port.Ports;

/**
 * The smallest engine: p0 and p1, one worker, nothing inspected. A program of its own, because {@link OutageTest} kills it. Prints "active"
 * when it is, and stops without loss when it is asked to.
 */
final class OutageForwarder {
    private static final int BATCH = 64;

    private OutageForwarder() {}

    public static void main(String[] arguments) throws Exception {
        FailPolicy policy = FailPolicy.valueOf(arguments[0]);
        PortSettings usual = PortSettings.of(List.of("p0"), List.of("p1"), null);
        PortSetup setup = PortSetup.prepare(new PortSettings(
                usual.inside(),
                usual.outside(),
                null,
                usual.ring(),
                usual.hostRing(),
                Duration.ofMillis(Long.parseLong(arguments[1])),
                usual.batchMax(),
                usual.spin()));
        List<GatePort> guarded = setup.ports().stream().map(GatePort::of).toList();
        Gate gate = Gate.prepare(guarded, 1, policy, GateSettings.DEFAULT);
        Ports ports = setup.open(1, gate.ringFilters(), PortListener.NONE);
        AtomicBoolean running = new AtomicBoolean(true);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread worker = new Thread(() -> work(gate.heartbeat(0), ports, running, stopped), "worker-0");
        worker.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            gate.deactivate();
            running.set(false);
            try {
                stopped.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            gate.close();
            ports.close();
            setup.close();
        }));
        while (System.nanoTime() - gate.heartbeat(0).lastNanos() > GateSettings.STALE_NANOS / 2) {
            Thread.onSpinWait();
        }
        gate.activate();
        System.out.println("active");
        worker.join();
    }

    private static void work(Heartbeat heartbeat, Ports ports, AtomicBoolean running, CountDownLatch stopped) {
        Poller poller = ports.poller(0);
        List<PortQueue> queues = ports.queues(0);
        Packet packet = new Packet();
        int frames = 0;
        while (running.get() || frames > 0) {
            heartbeat.beat(System.nanoTime());
            int ready = poller.await(running.get() ? 10_000_000 : 0);
            frames = ready > 0
                    ? forward(queues.get(0), queues.get(1), packet) + forward(queues.get(1), queues.get(0), packet)
                    : 0;
        }
        stopped.countDown();
    }

    private static int forward(PortQueue from, PortQueue to, Packet packet) {
        int frames = 0;
        while (frames < BATCH && from.receive(packet)) {
            frames++;
            if (!to.send(packet.segment(), packet.frameOffset, packet.frameLength)) {
                int ignored = to.flush();
                boolean taken = to.send(packet.segment(), packet.frameOffset, packet.frameLength);
                assert taken;
            }
        }
        int ignored = to.flush();
        from.release();
        return frames;
    }
}
