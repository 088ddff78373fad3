package jp.genkan.dataplane.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.genkan.dataplane.bpf.BpfProgram;

/**
 * What the programs cost for each frame, by the kernel's own account (kernel.bpf_stats_enabled). Not a test: run {@code main} as root.
 */
final class GateCost {
    private static final Path STATS = Path.of("/proc/sys/kernel/bpf_stats_enabled");
    private static final int FRAMES = 400_000;

    private GateCost() {}

    public static void main(String[] arguments) throws IOException {
        String before = Files.readString(STATS);
        Files.writeString(STATS, "1");
        try {
            for (int ports = 2; ports <= 3; ports++) {
                measure(ports);
            }
        } finally {
            Files.writeString(STATS, before);
        }
    }

    private static void measure(int count) throws IOException {
        try (TestNetwork network = new TestNetwork(count)) {
            List<GatePort> ports = network.ports();
            Gate gate =
                    TestNetwork.in(network.box(), () -> Gate.prepare(ports, 1, FailPolicy.OPEN, GateSettings.DEFAULT));
            PacketSocket ring = TestNetwork.in(network.box(), () -> {
                PacketSocket socket = new PacketSocket();
                socket.option(1, 50, gate.ringFilterFd(0));
                socket.bindAlone("p0", gate.fanoutSelectorFd());
                return socket;
            });
            AtomicBoolean draining = new AtomicBoolean(true);
            CompletableFuture<Integer> drained = TestNetwork.start(network.box(), () -> {
                int frames = 0;
                while (draining.get()) {
                    frames += ring.receive() > 0 ? 1 : 0;
                }
                return frames;
            });
            PacketSocket sender = TestNetwork.in(network.end(0), () -> PacketSocket.to("e0"));
            PacketSocket answering = TestNetwork.in(network.end(1), () -> PacketSocket.to("e0"));
            answering.send(frame(1, 0)); // for the table of stations
            send(gate, sender, count + " ports, open");
            gate.heartbeat(0).beat(System.nanoTime() + 600_000_000_000L);
            gate.activate();
            send(gate, sender, count + " ports, ring, nothing settled");
            SettledFlows settled = gate.settled();
            FlowTuple flow = new FlowTuple();
            flow.protocol = Frames.TCP;
            flow.clientLow = 0xffff_0a00_0001L;
            flow.serverLow = 0xffff_0a00_0002L;
            flow.serverIngress = 1;
            flow.serverPort = 80;
            for (int i = 0; i < 50_000; i++) {
                flow.clientPort = 2000 + i;
                settled.settle(flow, System.nanoTime());
            }
            send(gate, sender, count + " ports, ring, 50,000 others settled");
            flow.clientPort = 1000;
            settled.settle(flow, System.nanoTime());
            send(gate, sender, count + " ports, settled");
            draining.set(false);
            drained.join();
            gate.close();
        }
    }

    private static byte[] frame(int from, int to) {
        return Frames.ethernet(
                TestNetwork.mac(to),
                TestNetwork.mac(from),
                0x0800,
                Frames.ipv4(0x0a000001, 0x0a000002, Frames.TCP, 0, Frames.tcp(1000, 80, Frames.ACK, 100)));
    }

    private static void send(Gate gate, PacketSocket sender, String what) throws IOException {
        byte[] frame = frame(0, 1);
        Map<String, BpfProgram.Info> start = gate.programs();
        for (int i = 0; i < FRAMES; i++) {
            sender.send(frame);
        }
        StringBuilder line = new StringBuilder(what).append(':');
        gate.programs().forEach((name, end) -> {
            BpfProgram.Info begin = start.get(name);
            long runs = begin == null ? 0 : end.runs() - begin.runs();
            if (begin != null && runs > 0) {
                line.append("  ")
                        .append(name)
                        .append(' ')
                        .append((end.runNanos() - begin.runNanos()) / runs)
                        .append(" ns");
            }
        });
        System.out.println(line);
    }
}
