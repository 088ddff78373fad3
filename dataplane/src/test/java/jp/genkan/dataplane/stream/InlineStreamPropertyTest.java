package jp.genkan.dataplane.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import jp.genkan.core.frame.Packet;
import jp.genkan.dataplane.flow.Segments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The proof that the inspector cannot be got past: a sender that does whatever it likes, a net that loses, repeats and reorders before and behind the
 * box, and a receiver of each kind. At every moment what the receiver's program has read is what was inspected, octet by octet.
 */
class InlineStreamPropertyTest {
    private static final int ROUNDS = 300;
    private static final int STREAM = 12_000;
    private static final int WINDOW = 8_192;

    private static final class Sent {
        private final int flags;
        private final int sequence;
        private final byte[] payload;

        Sent(int flags, int sequence, byte[] payload) {
            this.flags = flags;
            this.sequence = sequence;
            this.payload = payload;
        }
    }

    @ParameterizedTest
    @EnumSource(OverlapPolicy.class)
    void receiverReadsNothingButWhatWasInspected(OverlapPolicy policy) {
        long seed = System.nanoTime();
        long readInAll = 0;
        long dropped = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Run run = new Run(policy, seed + round, 0.15);
            run.hostile();
            readInAll += run.receiver.count();
            dropped += run.bench.count(StreamCounter.DROPPED_OVERLAP);
            run.bench.close();
        }
        assertThat(readInAll).as("seed %d: the test says something", seed).isGreaterThan(ROUNDS * 100L);
        assertThat(dropped).as("seed %d: conflicts were met", seed).isGreaterThan(ROUNDS);
    }

    @Test
    void honestTransferArrivesWholeThroughLossAndReordering() {
        long seed = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            Run run = new Run(OverlapPolicy.LINUX, seed + round, 0);
            run.honest();
            assertThat(run.receiver.read()).as("seed %d", seed + round).isEqualTo(run.truth);
            assertThat(run.receiver.isFinished()).as("seed %d", seed + round).isTrue();
            assertThat(run.bench.gapBytes).as("seed %d", seed + round).isZero();
            assertThat(run.bench.count(StreamCounter.DROPPED_OVERLAP))
                    .as("seed %d", seed + round)
                    .isZero();
            assertThat(run.bench.count(StreamCounter.DROPPED_WINDOW))
                    .as("seed %d", seed + round)
                    .isZero();
            run.bench.close();
        }
    }

    /** One connection. */
    private static final class Run {
        private final long seed;
        private final Random random;
        private final double lies;
        private final boolean toServer;
        private final int first;
        private final int other;
        private final byte[] truth = new byte[STREAM];
        private final Receiver receiver;
        private final StreamBench bench = StreamBench.inline();
        private final List<Sent> onTheWay = new ArrayList<>();
        private int read;
        private int acknowledged;

        Run(OverlapPolicy policy, long seed, double lies) {
            this.seed = seed;
            this.lies = lies;
            random = new Random(seed);
            toServer = random.nextBoolean();
            int client = random.nextInt(3) == 0 ? -random.nextInt(STREAM) : random.nextInt();
            int server = random.nextInt(3) == 0 ? -random.nextInt(STREAM) : random.nextInt();
            first = (toServer ? client : server) + 1;
            other = (toServer ? server : client) + 1;
            random.nextBytes(truth);
            receiver = new Receiver(policy, first, WINDOW);
            bench.send(bench.segments.tcp(true, Packet.SYN, client, 0, WINDOW));
            bench.send(bench.segments.tcp(false, Packet.SYN | Packet.ACK, server, client + 1, WINDOW));
            bench.send(bench.segments.tcp(true, Packet.ACK, client + 1, server + 1, WINDOW));
        }

        void hostile() {
            for (int step = 0; step < 400; step++) {
                onTheWay.add(anything());
                deliverSome();
            }
        }

        void honest() {
            int steps = 0;
            while (!receiver.isFinished()) {
                assertThat(steps++).as("seed %d: no progress", seed).isLessThan(20_000);
                onTheWay.add(stretch(acknowledged + random.nextInt(WINDOW), 1 + random.nextInt(1_500)));
                onTheWay.add(stretch(acknowledged, 1 + random.nextInt(1_500)));
                deliverSome();
            }
        }

        /** A stretch of the true stream inside of the receiver's window, with FIN where it ends. */
        private Sent stretch(int from, int length) {
            int begin = Math.min(from, STREAM);
            int end = Math.min(Math.min(begin + length, STREAM), acknowledged + WINDOW);
            end = Math.max(end, begin);
            int fin = end == STREAM ? Packet.FIN : 0;
            return new Sent(Packet.ACK | fin, first + begin, Arrays.copyOfRange(truth, begin, end));
        }

        /** A segment near what the receiver expects, often with other octets than the truth, sometimes with odd flags. */
        private Sent anything() {
            int around = random.nextInt(4) == 0 ? 0 : random.nextInt(3_000) - 500;
            int begin = Math.max(0, Math.min(STREAM - 1, receiver.count() + around));
            int end = Math.min(STREAM, begin + 1 + random.nextInt(random.nextBoolean() ? 20 : 1_500));
            byte[] payload = Arrays.copyOfRange(truth, begin, end);
            if (random.nextDouble() < lies) {
                for (int i = random.nextInt(payload.length); i < payload.length; i += 1 + random.nextInt(50)) {
                    payload[i]++;
                }
            }
            int flags = Packet.ACK;
            int odd = random.nextInt(200);
            if (odd == 0) {
                flags |= Packet.FIN;
            } else if (odd == 1) {
                flags = Packet.PSH;
            } else if (odd == 2) {
                flags = Packet.SYN;
            } else if (odd == 3) {
                flags = Packet.RST;
            } else if (odd == 4) {
                flags |= Packet.URG;
            }
            int sequence = first + begin + (odd == 5 ? random.nextInt(1 << 20) : 0);
            return new Sent(flags, sequence, payload);
        }

        private void deliverSome() {
            while (onTheWay.size() > random.nextInt(6)) {
                Sent sent = onTheWay.remove(random.nextInt(Math.min(onTheWay.size(), 5)));
                if (random.nextInt(10) == 0) {
                    continue; // lost before the box
                }
                if (random.nextInt(10) == 0) {
                    onTheWay.add(sent); // and again
                }
                pass(sent);
            }
        }

        private void pass(Sent sent) {
            Packet packet = bench.segments.tcp(toServer, sent.flags, sent.sequence, other, WINDOW, sent.payload);
            if (bench.send(packet) != StreamAction.FORWARD || random.nextInt(10) == 0) {
                return; // dropped by the box, or lost behind it
            }
            boolean isData =
                    (sent.flags & (Packet.SYN | Packet.RST)) == 0; // data of a RST or of a second SYN is never taken
            if (isData) {
                receiver.take(packet.tcpSequence, Segments.payload(packet), packet.hasFlags(Packet.FIN));
            }
            compare();
            if (random.nextInt(3) > 0) {
                acknowledged = receiver.count();
                bench.send(bench.segments.tcp(!toServer, Packet.ACK, other, receiver.acknowledgment(), WINDOW));
            }
        }

        private void compare() {
            byte[] inspected = (toServer ? bench.toServer : bench.toClient).toByteArray();
            byte[] taken = receiver.read();
            assertThat(taken.length)
                    .as("seed %d: read before it was inspected", seed)
                    .isLessThanOrEqualTo(inspected.length);
            assertThat(Arrays.mismatch(taken, read, taken.length, inspected, read, taken.length))
                    .as("seed %d: read something else than was inspected, after %d octets", seed, read)
                    .isEqualTo(-1);
            assertThat(bench.gapBytes)
                    .as("seed %d: nothing passed unseen", seed)
                    .isZero();
            read = taken.length;
        }
    }
}
