package jp.genkan.av.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FileMemoryTest {
    private static final Pages PAGES = (length, arena) -> arena.allocate(length);
    private static final byte[] NOISE = new byte[700_000];

    static {
        new Random(3).nextBytes(NOISE);
    }

    @Test
    void keepsTheOctetsOfAFileWhileItGrows() {
        try (FileMemory memory = new FileMemory(8 << 20, 4 << 20, PAGES)) {
            FileMemory.Lease lease = memory.lease();
            for (int at = 0; at < NOISE.length; at += 1_400) {
                assertThat(lease.add(NOISE, at, Math.min(1_400, NOISE.length - at), 4 << 20))
                        .isTrue();
            }
            assertThat(lease.octets().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(NOISE);
            lease.giveBack();
            assertThat(memory.octets()).isZero();
        }
    }

    @Test
    void takesAsMuchOfAFileAsMayBeAndSaysThatItIsNotAll() {
        try (FileMemory memory = new FileMemory(8 << 20, 4 << 20, PAGES)) {
            FileMemory.Lease lease = memory.lease();
            assertThat(lease.add(NOISE, 0, NOISE.length, 300_000)).isFalse();
            assertThat(lease.size()).isEqualTo(300_000);
            lease.giveBack();
        }
    }

    @Test
    void givesNoMoreThanThereIsForAllFiles() {
        try (FileMemory memory = new FileMemory(2L * FileMemory.SMALL, 1 << 20, PAGES)) {
            FileMemory.Lease first = memory.lease();
            FileMemory.Lease second = memory.lease();
            FileMemory.Lease third = memory.lease();
            assertThat(first.add(NOISE, 0, 100, 1 << 20)).isTrue();
            assertThat(second.add(NOISE, 0, 100, 1 << 20)).isTrue();
            assertThat(third.add(NOISE, 0, 100, 1 << 20)).isFalse();
            first.giveBack();
            assertThat(third.add(NOISE, 0, 100, 1 << 20)).isTrue();
            second.giveBack();
            third.giveBack();
        }
    }

    @Test
    void usesRegionsAgainAndCountsWhatIsInThem() {
        try (FileMemory memory = new FileMemory(4 << 20, 1 << 20, PAGES)) {
            for (int round = 0; round < 3; round++) {
                FileMemory.Lease first = memory.lease();
                FileMemory.Lease second = memory.lease();
                assertThat(first.add(NOISE, 0, 70_000, 1 << 20)).isTrue();
                assertThat(second.add(NOISE, 1_000, 90_000, 1 << 20)).isTrue();
                assertThat(memory.octets()).as("in whole pages").isEqualTo(73_728L + 90_112L);
                assertThat(second.octets().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo(NOISE[1_000]);
                assertThat(first.octets().get(ValueLayout.JAVA_BYTE, 69_999)).isEqualTo(NOISE[69_999]);
                first.giveBack();
                second.giveBack();
                assertThat(memory.octets()).isZero();
            }
        }
    }
}
