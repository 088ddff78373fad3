package jp.genkan.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Order, bounds and counting of both queues. */
class EventQueueTest {
    private record Numbered(int producer, long number) implements Event {
        @Override
        public String type() {
            return "numbered";
        }

        @Override
        public long epochNanos() {
            return number;
        }

        @Override
        public @Nullable FlowIdentity identity() {
            return null;
        }

        @Override
        public void writeTo(EveFields out) {}
    }

    private static EventQueue queue(boolean one, int capacity) {
        return one ? EventQueue.ofOneProducer("q", capacity) : EventQueue.ofManyProducers("q", capacity);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsOrderAndShedsWhatDoesNotFit(boolean one) {
        EventQueue queue = queue(one, 5);
        assertThat(queue.capacity()).isEqualTo(8);
        List<Long> seen = new ArrayList<>();
        long next = 0;
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < 11; i++) {
                assertThat(queue.offer(new Numbered(0, next++))).isEqualTo(i < 8);
            }
            assertThat(queue.size()).isEqualTo(8);
            assertThat(queue.drain(event -> seen.add(event.epochNanos()), 3)).isEqualTo(3);
            assertThat(queue.drain(event -> seen.add(event.epochNanos()), 100)).isEqualTo(5);
            assertThat(queue.drain(event -> seen.add(event.epochNanos()), 100)).isZero();
        }
        assertThat(queue.shed()).isEqualTo(300);
        assertThat(seen).hasSize(800).isSorted();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void losesAndRepeatsNothingBetweenThreads(boolean one) throws InterruptedException {
        int producers = one ? 1 : 3;
        int each = 200_000;
        EventQueue queue = queue(one, 64);
        long[] offeredBy = new long[producers];
        CountDownLatch done = new CountDownLatch(producers);
        for (int p = 0; p < producers; p++) {
            int producer = p;
            Thread.ofPlatform().daemon().start(() -> {
                for (int i = 0; i < each; i++) {
                    if (queue.offer(new Numbered(producer, i))) {
                        offeredBy[producer]++;
                    }
                }
                done.countDown();
            });
        }
        long[] last = new long[producers];
        java.util.Arrays.fill(last, -1);
        long[] seen = new long[producers];
        boolean over = false;
        while (!over) {
            over = done.getCount() == 0; // looked at before the last drain, so that nothing stays behind
            int taken = 1;
            while (taken > 0) {
                taken = queue.drain(
                        event -> {
                            Numbered numbered = (Numbered) event;
                            assertThat(numbered.number()).isGreaterThan(last[numbered.producer()]);
                            last[numbered.producer()] = numbered.number();
                            seen[numbered.producer()]++;
                        },
                        16);
            }
            Thread.onSpinWait();
        }
        long total = 0;
        for (int p = 0; p < producers; p++) {
            assertThat(seen[p]).isEqualTo(offeredBy[p]);
            total += seen[p];
        }
        assertThat(total + queue.shed()).isEqualTo((long) producers * each);
    }

    @Test
    void anEventThatFailsItsConsumerIsGoneAndTheNextOnesAreNot() {
        EventQueue queue = EventQueue.ofOneProducer("q", 8);
        queue.offer(new Numbered(0, 1));
        queue.offer(new Numbered(0, 2));
        List<Long> seen = new ArrayList<>();
        try {
            queue.drain(
                    event -> {
                        throw new IllegalStateException("no");
                    },
                    8);
        } catch (IllegalStateException expected) {
            seen.add(-1L);
        }
        queue.drain(event -> seen.add(event.epochNanos()), 8);
        assertThat(seen).containsExactly(-1L, 2L);
    }
}
