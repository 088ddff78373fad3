package jp.genkan.dataplane.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Both directions and all fragments of an address pair go to one worker, whatever they are wrapped in, and pairs are spread. */
class FanoutSymmetryTest {
    private static final int WORKERS = 4;
    private static final int PAIRS = 400;
    private static final long SEED = Long.getLong("seed", 20260101L);

    /** Sends a frame and says which worker got it. */
    private static int workerOf(PacketSocket sender, List<PacketSocket> workers, byte[] frame) throws IOException {
        sender.send(frame);
        for (int turn = 0; turn < 20; turn++) {
            for (int worker = 0; worker < workers.size(); worker++) {
                if (workers.get(worker).receiveNow() > 0) {
                    return worker;
                }
            }
        }
        throw new AssertionError(
                "frame did not arrive: " + java.util.HexFormat.of().formatHex(frame));
    }

    /** The forms in which one address pair is seen, in one direction. */
    private static List<byte[]> forms(long from, long to, boolean v6, long[] a, long[] b, Random random) {
        List<byte[]> packets = new ArrayList<>();
        int type = v6 ? 0x86dd : 0x0800;
        int source = random.nextInt(65536);
        if (v6) {
            packets.add(Frames.ipv6(a, b, Frames.UDP, Frames.udp(source, 53, 10)));
            packets.add(Frames.ipv6(a, b, Frames.TCP, Frames.tcp(source, 443, Frames.ACK, 10)));
            packets.add(Frames.ipv6(
                    a, b, 44, new byte[] {17, 0, 0, 1, 0, 0, 0, 7, 0, 80, 0, 90, 0, 16, 0, 0})); // first fragment
            packets.add(Frames.ipv6(a, b, 44, new byte[] {17, 0, 0x10, 0, 0, 0, 0, 7, 1, 2, 3, 4})); // last fragment
        } else {
            int x = (int) a[1];
            int y = (int) b[1];
            packets.add(Frames.ipv4(x, y, Frames.UDP, 0, Frames.udp(source, 53, 10)));
            packets.add(Frames.ipv4(x, y, Frames.TCP, 0, Frames.tcp(source, 443, Frames.ACK, 10)));
            packets.add(Frames.ipv4(x, y, Frames.UDP, 0x2000, Frames.udp(source, 53, 16)));
            packets.add(Frames.ipv4(x, y, Frames.UDP, 0x0003, new byte[11]));
        }
        List<byte[]> frames = new ArrayList<>();
        for (byte[] packet : packets) {
            frames.add(Frames.ethernet(to, from, type, packet));
            frames.add(Frames.ethernet(to, from, type, packet, 0x8100, 100));
            frames.add(Frames.ethernet(to, from, type, packet, 0x88a8, 7, 0x8100, 100));
            frames.add(Frames.ethernet(to, from, 0x8864, Frames.pppoe(17, v6, packet)));
            frames.add(Frames.ethernet(to, from, 0x8864, Frames.pppoe(17, v6, packet), 0x8100, 6));
            frames.add(Frames.ethernet(to, from, 0x8847, Frames.mpls(1, packet)));
            frames.add(Frames.ethernet(to, from, 0x8847, Frames.mpls(3, packet), 0x8100, 6));
        }
        return frames;
    }

    @Test
    void keepsPairTogetherAndSpreadsPairs() throws IOException {
        try (TestNetwork network = new TestNetwork(2)) {
            List<GatePort> ports = network.ports();
            Gate gate = TestNetwork.in(
                    network.box(), () -> Gate.prepare(ports, WORKERS, FailPolicy.OPEN, GateSettings.DEFAULT));
            List<PacketSocket> workers = TestNetwork.in(network.box(), () -> workers(gate));
            PacketSocket sender = TestNetwork.in(network.end(0), () -> PacketSocket.to("e0"));
            Random random = new Random(SEED);
            TreeMap<Integer, Integer> pairsOfWorker = new TreeMap<>();
            for (int pair = 0; pair < PAIRS; pair++) {
                boolean v6 = random.nextBoolean();
                // neighbours in one network, as in an office: little varies
                long[] a = {0xfd00_0000_0000_0000L, 0x0a00_0000L | pair / 20};
                long[] b = {0xfd00_0000_0000_0000L, 0x0a00_0100L | pair % 20};
                int worker = -1;
                List<byte[]> all = forms(TestNetwork.mac(0), TestNetwork.mac(1), v6, a, b, random);
                all.addAll(forms(TestNetwork.mac(5), TestNetwork.mac(6), v6, b, a, random));
                for (byte[] frame : all) {
                    int got = workerOf(sender, workers, frame);
                    if (worker < 0) {
                        worker = got;
                    }
                    assertThat(got)
                            .as(
                                    "seed %d pair %d: %s",
                                    SEED, pair, java.util.HexFormat.of().formatHex(frame))
                            .isEqualTo(worker);
                }
                pairsOfWorker.merge(worker, 1, Integer::sum);
            }
            System.out.println("fanout: pairs of each worker " + pairsOfWorker);
            assertThat(pairsOfWorker).hasSize(WORKERS);
            assertThat(pairsOfWorker.values())
                    .allSatisfy(pairs -> assertThat(pairs).isBetween(PAIRS / WORKERS / 2, PAIRS / WORKERS * 2));

            spreadsWhatIsNotIpByMacs(sender, workers, random);
            for (int worker = 0; worker < WORKERS; worker++) {
                assertThat(workerOf(sender, workers, probeFor(worker))).isEqualTo(worker);
            }
            workers.forEach(PacketSocket::close);
            sender.close();
            gate.close();
        }
    }

    private static void spreadsWhatIsNotIpByMacs(PacketSocket sender, List<PacketSocket> workers, Random random)
            throws IOException {
        TreeMap<Integer, Integer> pairsOfWorker = new TreeMap<>();
        for (int pair = 0; pair < 100; pair++) {
            long a = random.nextLong() & 0xfeff_ffff_ffffL;
            long b = random.nextLong() & 0xfeff_ffff_ffffL;
            byte[] arp = new byte[28];
            int there = workerOf(sender, workers, Frames.ethernet(a, b, 0x0806, arp));
            assertThat(workerOf(sender, workers, Frames.ethernet(b, a, 0x0806, arp)))
                    .isEqualTo(there);
            assertThat(workerOf(sender, workers, Frames.ethernet(b, a, 46, new byte[46])))
                    .isEqualTo(there); // 802.3
            pairsOfWorker.merge(there, 1, Integer::sum);
        }
        assertThat(pairsOfWorker).hasSize(WORKERS);
    }

    private static byte[] probeFor(int worker) {
        return Frames.ethernet(
                TestNetwork.mac(1),
                TestNetwork.mac(0),
                0x88b5,
                java.nio.ByteBuffer.allocate(46)
                        .putInt(0x474b5042)
                        .putInt(worker)
                        .array());
    }

    /** One socket for each worker, in one group on p0; binding comes before joining. */
    private static List<PacketSocket> workers(Gate gate) throws IOException {
        List<PacketSocket> workers = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            PacketSocket socket = PacketSocket.on("p0");
            socket.joinFanout(77, gate.fanoutSelectorFd());
            workers.add(socket);
        }
        for (PacketSocket socket : workers) {
            while (socket.receiveNow() > 0) {
                // what came before the group was whole
            }
        }
        return workers;
    }
}
