package jp.genkan.core.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random fragments, overlapping as they like, against the slow oracle, for every policy. */
class DatagramOracleTest {
    private static final int DATAGRAMS = 60;
    private static final int FRAGMENTS = 40;
    private static final int UNITS = 20;

    @ParameterizedTest
    @EnumSource(OverlapPolicy.class)
    void resolvesOverlapsLikeTheSlowOracle(OverlapPolicy policy) {
        long seed = Long.getLong("genkan.seed", 4711L + policy.ordinal());
        Random random = new Random(seed);
        Datagram fast =
                new Datagram(FRAGMENTS, new int[Datagram.piecesMax(FRAGMENTS)], new int[Datagram.piecesMax(FRAGMENTS)]);
        MemorySegment memory = fast.memory(Arena.ofAuto());
        int completed = 0;
        for (int round = 0; round < DATAGRAMS; round++) {
            fast.clear();
            fast.headerLength = 20;
            SlowDatagram slow = new SlowDatagram();
            for (int i = 0; i < FRAGMENTS; i++) {
                String what = "seed " + seed + ", datagram " + round + ", fragment " + i;
                completed += addToBoth(random, fast, memory, slow, policy, what) ? 1 : 0;
            }
        }
        assertThat(completed).as("seed " + seed).isGreaterThan(DATAGRAMS);
    }

    private static boolean addToBoth(
            Random random, Datagram fast, MemorySegment memory, SlowDatagram slow, OverlapPolicy policy, String what) {
        boolean last = random.nextInt(16) == 0;
        int start = 8 * (last ? UNITS + random.nextInt(8) : random.nextInt(UNITS));
        byte[] data = new byte[last ? 1 + random.nextInt(60) : 8 * (1 + random.nextInt(8))];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) random.nextInt(3); // few values, so that overlaps are the same now and then
        }
        boolean taken = slow.add(data, start, last, policy);
        Datagram.Outcome outcome =
                fast.add(memory, MemorySegment.ofArray(data), 0, start, start + data.length, last, policy);
        assertThat(outcome).as(what).isEqualTo(expected(taken, slow));
        byte[] whole = slow.whole();
        assertThat(fast.isComplete()).as(what).isEqualTo(whole.length > 0);
        if (whole.length > 0) {
            assertThat(memory.asSlice(Datagram.HEADROOM, fast.length()).toArray(ValueLayout.JAVA_BYTE))
                    .as(what)
                    .isEqualTo(whole);
        }
        return whole.length > 0;
    }

    private static Datagram.Outcome expected(boolean taken, SlowDatagram slow) {
        if (!taken) {
            return Datagram.Outcome.END_CONTRADICTED;
        }
        if (!slow.overlapped) {
            return Datagram.Outcome.ADDED;
        }
        return slow.differed ? Datagram.Outcome.OVERLAP_DIFFERENT : Datagram.Outcome.OVERLAP_SAME;
    }
}
