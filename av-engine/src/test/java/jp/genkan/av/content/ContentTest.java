package jp.genkan.av.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class ContentTest {
    private static Content of(byte[] octets) {
        MemorySegment memory = Arena.ofAuto().allocate(Math.max(1, octets.length));
        MemorySegment.copy(octets, 0, memory, ValueLayout.JAVA_BYTE, 0, octets.length);
        return new Content(memory.asSlice(0, octets.length));
    }

    @Test
    void findsTheFirstOfAnOctetWhereverPiecesMeet() {
        for (int at : new int[] {0, 1, 255, 256, 257, 511, 512, 999}) {
            byte[] octets = new byte[1_000];
            octets[at] = (byte) 0xfe;
            octets[999] = (byte) 0xfe;
            assertThat(of(octets).find(0xfe, 0, 1_000)).isEqualTo(at);
            assertThat(of(octets).find(0xfe, at, 1_000)).isEqualTo(at);
        }
    }

    @Test
    void findsNothingFromTheEndOn() {
        Content content = of(new byte[300]);
        assertThat(content.find('\n', 0, 200)).isEqualTo(200);
        assertThat(content.find('\n', 0, 1L << 40)).isEqualTo(300);
        assertThat(content.find('\n', 300, 400)).isEqualTo(300);
        assertThat(content.find(0, 7, 7)).isEqualTo(7);
    }
}
