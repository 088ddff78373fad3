package jp.genkan.dataplane.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.event.EveWriter;
import jp.genkan.core.event.Event;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.pipeline.Pipelines.Injected;
import jp.genkan.dataplane.pipeline.Pipelines.ReaderStage;
import jp.genkan.dataplane.pipeline.Pipelines.WordStage;

/** The whole path of a frame on hostile octets: whatever comes, it answers, keeps its books, and every event can be written. */
class PipelineFuzzTest {
    private static final int FRAMES_MAX = 64;

    @FuzzTest
    void survivesAnyFrames(FuzzedDataProvider data) {
        List<Event> events = new ArrayList<>();
        try (PipelineRunner runner = Pipelines.of(
                List.of(new ReaderStage(), new WordStage("virus", Verdict.REJECT)), events, new Injected())) {
            LinkType link = data.pickValue(LinkType.values());
            long nanos = 1;
            int frames = 0;
            Packet packet = new Packet();
            while (data.remainingBytes() > 0 && frames < FRAMES_MAX) {
                byte[] frame = data.consumeBytes(data.consumeInt(0, 1_600));
                MemorySegment memory = Arena.ofAuto().allocate(frame.length + 10L);
                MemorySegment.copy(MemorySegment.ofArray(frame), 0, memory, 10, frame.length);
                packet.wrap(memory, 10, frame.length);
                packet.checksumTrusted = data.consumeBoolean();
                packet.side = data.consumeBoolean() ? Side.INSIDE : Side.OUTSIDE;
                packet.epochNanos = nanos;
                nanos += data.consumeInt(0, Integer.MAX_VALUE);
                runner.process(packet, link, nanos);
                runner.batchEnded();
                runner.expire(nanos, 4);
                frames++;
            }
            runner.endAll();
            long answered = runner.counters().get(PipelineCounter.FORWARDED)
                    + runner.counters().get(PipelineCounter.DROPPED);
            assertThat(answered).isEqualTo(frames);
        }
        EveWriter writer = new EveWriter(ZoneOffset.UTC);
        events.forEach(event -> assertThat(writer.write(event)).isPositive());
    }
}
