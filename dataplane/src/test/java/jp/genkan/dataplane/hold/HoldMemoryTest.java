package jp.genkan.dataplane.hold;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class HoldMemoryTest {
    private static final int CHUNKS = 200;
    private static final long LATER = 6_000_000_000L;

    private static void use(HoldMemory memory) {
        for (int i = 0; i < CHUNKS; i++) {
            int chunk = memory.take();
            memory.segment().set(ValueLayout.JAVA_BYTE, memory.address(chunk), (byte) 1);
        }
    }

    private static byte first(HoldMemory memory) {
        return memory.segment().get(ValueLayout.JAVA_BYTE, memory.address(0));
    }

    @Test
    void givesItsPagesBackWhenNothingIsHeldForSomeTime() {
        try (HoldMemory memory = new HoldMemory(2L * CHUNKS * HoldMemory.CHUNK, 4)) {
            use(memory);
            int free = memory.free();
            for (int chunk = 0; chunk < CHUNKS; chunk++) {
                memory.rest(0);
                memory.rest(LATER); // something is held still
                memory.give(chunk);
            }
            memory.rest(LATER);
            memory.rest(LATER + 1_000_000L);
            assertThat(first(memory)).as("soon afterwards").isEqualTo((byte) 1);
            memory.give(memory.take());
            memory.rest(2 * LATER);
            assertThat(first(memory)).as("after a use in between").isEqualTo((byte) 1);
            memory.rest(3 * LATER);
            assertThat(first(memory)).isZero();
            assertThat(memory.free()).isEqualTo(free + CHUNKS);
            use(memory);
            assertThat(first(memory)).isEqualTo((byte) 1);
        }
    }
}
