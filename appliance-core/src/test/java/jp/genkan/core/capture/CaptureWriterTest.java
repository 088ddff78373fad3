package jp.genkan.core.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import jp.genkan.core.frame.Packet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaptureWriterTest {
    @TempDir
    private @Nullable Path folder;

    private Path path() {
        return Objects.requireNonNull(folder).resolve("out.pcap");
    }

    @ParameterizedTest
    @EnumSource(TimeResolution.class)
    void writesWhatTheReaderReads(TimeResolution resolution) throws Exception {
        long seed = 5;
        Random random = new Random(seed);
        byte[][] frames = new byte[200][];
        long[] times = new long[frames.length];
        try (CaptureWriter writer = new CaptureWriter(path(), 113, 262_144, resolution)) {
            for (int i = 0; i < frames.length; i++) {
                // super-frames too, and one that is larger than the writer's buffer
                frames[i] = new byte[i == 100 ? 600_000 : random.nextInt(random.nextInt(20) == 0 ? 66_000 : 1500)];
                random.nextBytes(frames[i]);
                times[i] = 1_700_000_000_000_000_000L + random.nextLong(4_000_000_000L);
                Packet packet = new Packet().wrap(MemorySegment.ofArray(frames[i]), 0, frames[i].length);
                packet.epochNanos = times[i];
                packet.wireLength = frames[i].length + i;
                writer.write(packet);
            }
            assertThat(writer.frames()).isEqualTo(frames.length);
        }
        try (CaptureReader reader = CaptureReader.open(path())) {
            assertThat(reader.linkNumber()).isEqualTo(113);
            assertThat(reader.isNanosecond()).isEqualTo(resolution == TimeResolution.NANOSECONDS);
            Packet packet = new Packet();
            for (int i = 0; i < frames.length; i++) {
                assertThat(reader.next(packet)).isTrue();
                MemorySegment octets = packet.segment().asSlice(packet.frameOffset, packet.frameLength);
                assertThat(octets.mismatch(MemorySegment.ofArray(frames[i])))
                        .as("frame " + i)
                        .isEqualTo(-1);
                assertThat(packet.wireLength).isEqualTo(frames[i].length + i);
                assertThat(packet.epochNanos).isEqualTo(times[i] - times[i] % resolution.nanosPerTick);
            }
            assertThat(reader.next(packet)).isFalse();
            assertThat(reader.problem()).isNull();
        }
    }

    @Test
    void writesAnEmptyCapture() throws Exception {
        Files.write(path(), new byte[1000]);
        new CaptureWriter(path(), 1, 65535).close();
        assertThat(Files.size(path())).isEqualTo(24);
    }

    @Test
    void keepsTimesFrom1970To2106() throws Exception {
        MemorySegment frame = MemorySegment.ofArray(new byte[1]);
        long late = 0xffff_ffffL * 1_000_000_000L + 999_999_000L;
        try (CaptureWriter writer = new CaptureWriter(path(), 1, 65535)) {
            writer.write(0, frame, 0, 1, 1);
            writer.write(late, frame, 0, 1, 1);
        }
        try (CaptureReader reader = CaptureReader.open(path())) {
            Packet packet = new Packet();
            assertThat(reader.next(packet)).isTrue();
            assertThat(packet.epochNanos).isZero();
            assertThat(reader.next(packet)).isTrue();
            assertThat(packet.epochNanos).isEqualTo(late);
        }
    }

    @Test
    void saysWhichFileCannotBeCreated() {
        Path nowhere = path().resolve("below/out.pcap");
        assertThatThrownBy(() -> new CaptureWriter(nowhere, 1, 65535))
                .isInstanceOf(IOException.class)
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(nowhere.toString());
    }
}
