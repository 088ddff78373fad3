package jp.genkan.ips.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StateTableTest {
    @Test
    void rowIsFoundUntilItsEndIncluded() {
        StateTable table = new StateTable(100);
        long hash = StateTable.hash(1, 2, 3, 4, 5);
        int row = table.claim(hash, 1, 2, 3, 4, 5, 10, 20);
        table.value(row, 2, 77);
        assertThat(table.find(hash, 1, 2, 3, 4, 5, 20)).isEqualTo(row);
        assertThat(table.value(row, 2)).isEqualTo(77);
        assertThat(table.find(hash, 1, 2, 3, 4, 5, 21)).isNegative();
        assertThat(table.find(hash, 1, 2, 3, 4, 6, 20)).isNegative();
    }

    @Test
    void claimedAgainItStartsFromNothing() {
        StateTable table = new StateTable(100);
        long hash = StateTable.hash(1, 2, 3, 4, 5);
        table.value(table.claim(hash, 1, 2, 3, 4, 5, 10, 20), 0, 9);
        int again = table.claim(hash, 1, 2, 3, 4, 5, 30, 40);
        assertThat(table.value(again, 0)).isZero();
        table.release(again);
        assertThat(table.find(hash, 1, 2, 3, 4, 5, 35)).isNegative();
    }

    @Test
    void fullPlaceGivesUpTheRowThatWouldEndFirst() {
        StateTable table = new StateTable(100);
        long hash = 0;
        for (int i = 0; i < StateTable.WAYS; i++) {
            table.claim(hash, i, 0, 0, 0, 0, 0, 100 + (i == 3 ? 0 : 10 + i));
        }
        assertThat(table.evicted()).isZero();
        table.claim(hash, 99, 0, 0, 0, 0, 0, 500);
        assertThat(table.evicted()).isEqualTo(1);
        assertThat(table.find(hash, 3, 0, 0, 0, 0, 50)).isNegative();
        assertThat(table.find(hash, 2, 0, 0, 0, 0, 50)).isNotNegative();
        assertThat(table.find(hash, 99, 0, 0, 0, 0, 50)).isNotNegative();
    }

    @Test
    void agreesWithMapAsLongAsNothingGivesWay() {
        long seed = 11;
        SplittableRandom random = new SplittableRandom(seed);
        StateTable table = new StateTable(1 << 14);
        Map<Long, Long> ends = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            long now = i;
            long key = random.nextLong(500);
            long hash = StateTable.hash(key, 0, 0, 0, 0);
            int row = table.find(hash, key, 0, 0, 0, 0, now);
            Long end = ends.get(key);
            assertThat(row >= 0).as("seed %d, step %d", seed, i).isEqualTo(end != null && end >= now);
            if (random.nextInt(4) == 0 && row >= 0) {
                table.release(row);
                ends.remove(key);
            } else if (row < 0) {
                long until = now + random.nextLong(2_000);
                table.claim(hash, key, 0, 0, 0, 0, now, until);
                ends.put(key, until);
            }
        }
        assertThat(table.evicted()).isZero();
    }

    @Test
    void bitsOfManyHostsStayBoundedAndAreCounted() {
        HostBits bits = new HostBits();
        int hosts = 2 * HostBits.BITS_MAX;
        for (int i = 0; i < hosts; i++) {
            bits.set(1, 0, i + 1L, 0, 1_000 + i);
        }
        assertThat(bits.evicted()).isBetween((long) hosts - HostBits.BITS_MAX, (long) hosts);
        assertThat(bits.has(1, 0, hosts, 500)).isTrue();
    }

    @Test
    void workersMaySetBitsAtOnce() throws InterruptedException {
        HostBits bits = new HostBits();
        List<Thread> workers = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
            long name = worker;
            workers.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 2_000; i++) {
                    bits.set(name, 0, i, 0, 1_000);
                }
            }));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        for (long name = 0; name < 4; name++) {
            for (int i = 0; i < 2_000; i++) {
                assertThat(bits.has(name, 0, i, 5)).isTrue();
            }
        }
    }
}
