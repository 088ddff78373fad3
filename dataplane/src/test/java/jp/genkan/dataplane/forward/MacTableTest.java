package jp.genkan.dataplane.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MacTableTest {
    private static final long PRINTER = 0x0000_1b21_0a0bL;

    private final MacTable table = new MacTable();

    @Test
    void knowsThePortThatAnAddressWasLastSeenBehind() {
        assertThat(table.portOf(PRINTER, 0)).isEqualTo(MacTable.UNKNOWN);
        assertThat(table.learn(PRINTER, 1, 0)).isFalse();
        assertThat(table.portOf(PRINTER, 0)).isEqualTo(1);
    }

    @Test
    void tellsWhenAnAddressMoves() {
        table.learn(PRINTER, 1, 0);
        assertThat(table.learn(PRINTER, 1, 1)).isFalse();
        assertThat(table.learn(PRINTER, 2, 2)).isTrue();
        assertThat(table.portOf(PRINTER, 3)).isEqualTo(2);
    }

    @Test
    void forgetsWhatIsOlderThanTheAgeingTime() {
        table.learn(PRINTER, 1, 0);
        long tick = 1L << 32;
        assertThat(table.portOf(PRINTER, MacTable.AGEING_NANOS - tick)).isEqualTo(1);
        assertThat(table.portOf(PRINTER, MacTable.AGEING_NANOS + 2 * tick)).isEqualTo(MacTable.UNKNOWN);
    }

    @Test
    void neverLearnsGroupAddresses() {
        table.learn(0x0100_5e00_0001L, 1, 0);
        table.learn(0xffff_ffff_ffffL, 1, 0);
        assertThat(table.portOf(0x0100_5e00_0001L, 0)).isEqualTo(MacTable.UNKNOWN);
        assertThat(table.portOf(0xffff_ffff_ffffL, 0)).isEqualTo(MacTable.UNKNOWN);
    }

    @Test
    void neverNamesAWrongPortWhenItOverflows() {
        Random random = new Random(7);
        Map<Long, Integer> oracle = new HashMap<>();
        for (int i = 0; i < 4 * MacTable.ENTRIES; i++) {
            long mac = random.nextLong() & 0xfeff_ffff_ffffL;
            int port = random.nextInt(255);
            table.learn(mac, port, 0);
            oracle.put(mac, port);
        }
        int known = 0;
        for (Map.Entry<Long, Integer> entry : oracle.entrySet()) {
            int port = table.portOf(entry.getKey(), 0);
            if (port != MacTable.UNKNOWN) {
                assertThat(port).isEqualTo(entry.getValue());
                known++;
            }
        }
        assertThat(known).isGreaterThan(MacTable.ENTRIES / 2);
    }
}
