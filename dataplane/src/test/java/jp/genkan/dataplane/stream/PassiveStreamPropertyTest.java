package jp.genkan.dataplane.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import jp.genkan.core.frame.Packet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Over a capture, what is inspected is what a receiver of the configured kind has read, conflicts and all. */
class PassiveStreamPropertyTest {
    private static final int ROUNDS = 300;
    private static final int STREAM = 6_000;

    @ParameterizedTest
    @EnumSource(OverlapPolicy.class)
    void inspectsWhatThatReceiverReads(OverlapPolicy policy) {
        long seed = System.nanoTime();
        long conflicts = 0;
        for (int round = 0; round < ROUNDS; round++) {
            conflicts += run(policy, seed + round);
        }
        assertThat(conflicts).as("seed %d: conflicts were met", seed).isGreaterThan(ROUNDS);
    }

    private static long run(OverlapPolicy policy, long seed) {
        Random random = new Random(seed);
        int client = random.nextInt(3) == 0 ? -random.nextInt(STREAM) : random.nextInt();
        int server = random.nextInt();
        byte[] truth = new byte[STREAM];
        random.nextBytes(truth);
        Receiver receiver = new Receiver(policy, client + 1, 60_000);
        try (StreamBench bench = StreamBench.passive(policy)) {
            bench.open(client, server);
            for (int step = 0; step < 200; step++) {
                int begin = Math.max(0, Math.min(STREAM - 1, receiver.count() + random.nextInt(220) - 20));
                int end = Math.min(STREAM, begin + 1 + random.nextInt(80));
                byte[] payload = Arrays.copyOfRange(truth, begin, end);
                if (random.nextInt(3) == 0) {
                    random.nextBytes(payload);
                }
                receiver.take(client + 1 + begin, payload, false);
                bench.send(true, Packet.ACK, client + 1 + begin, server + 1, payload);
                assertThat(bench.toServer.toByteArray())
                        .as("seed %d step %d", seed, step)
                        .isEqualTo(receiver.read());
                if (random.nextInt(4) == 0) {
                    bench.send(false, Packet.ACK, server + 1, receiver.acknowledgment());
                }
            }
            assertThat(bench.gapBytes).isZero();
            return bench.count(StreamCounter.OVERLAPS_DIFFERENT);
        }
    }
}
