package jp.genkan.dataplane.pipeline;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.decode.ChecksumPolicy;
import jp.genkan.core.decode.FrameDecoder;
import jp.genkan.core.event.Event;
import jp.genkan.core.fragment.FragmentLimits;
import jp.genkan.core.fragment.IpReassembler;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.flow.FlowLimits;
import jp.genkan.dataplane.flow.FlowTable;
import jp.genkan.dataplane.flow.MidstreamPolicy;
import jp.genkan.dataplane.hold.HoldingFactory;
import jp.genkan.dataplane.stream.InvalidPolicy;
import jp.genkan.dataplane.stream.LimitPolicy;
import jp.genkan.dataplane.stream.OverlapPolicy;
import jp.genkan.dataplane.stream.StreamLimits;
import jp.genkan.dataplane.stream.StreamMode;
import jp.genkan.dataplane.stream.StreamReassembler;
import jp.genkan.dataplane.stream.UrgentPolicy;
import jp.genkan.protocols.dns.ResolvedNames;

/** Small pipelines of real parts for the tests of this package. */
final class Pipelines {
    private Pipelines() {}

    /** Everything that left a pipeline otherwise than by its answer. */
    static final class Injected implements FrameOutput {
        final List<byte[]> toSender = new ArrayList<>();
        final List<byte[]> toReceiver = new ArrayList<>();

        @Override
        public void inject(Packet about, boolean goesBack, MemorySegment segment, long offset, int length) {
            byte[] copy = new byte[length];
            MemorySegment.copy(segment, offset, MemorySegment.ofArray(copy), 0, length);
            (goesBack ? toSender : toReceiver).add(copy);
        }
    }

    static PipelineRunner of(List<Stage> stages, List<Event> events, FrameOutput output) {
        return of(stages, events, output, MidstreamPolicy.FOLLOW);
    }

    static PipelineRunner of(List<Stage> stages, List<Event> events, FrameOutput output, MidstreamPolicy midstream) {
        return of(stages, events, output, midstream, HoldingFactory.NONE);
    }

    static PipelineRunner of(
            List<Stage> stages,
            List<Event> events,
            FrameOutput output,
            MidstreamPolicy midstream,
            HoldingFactory holding) {
        FrameDecoder decoder = new FrameDecoder(ChecksumPolicy.VERIFY);
        return new PipelineRunner(
                new PipelineParts(
                        decoder,
                        new IpReassembler(FragmentLimits.DEFAULT, decoder),
                        null,
                        new FlowTable(FlowLimits.withFlowsMax(1_024), stages.size(), 0, 1),
                        new StreamReassembler(
                                StreamMode.INLINE,
                                OverlapPolicy.LINUX,
                                UrgentPolicy.CLEAR,
                                InvalidPolicy.DROP,
                                LimitPolicy.OPEN,
                                new StreamLimits(1 << 16, 64, 256, 8, 4)),
                        stages,
                        null,
                        events::add,
                        flow -> {},
                        true,
                        true,
                        true,
                        DropTelling.START,
                        midstream,
                        Integer.MAX_VALUE,
                        new ResolvedNames(64, 0),
                        holding),
                output);
    }

    /** Refuses what carries this word, and counts what it sees. */
    static final class WordStage implements Stage {
        private final String word;
        private final Verdict verdict;
        int packets;
        int flowless;

        WordStage(String word, Verdict verdict) {
            this.word = word;
            this.verdict = verdict;
        }

        @Override
        public String name() {
            return "word";
        }

        @Override
        public Verdict onPacket(Packet packet, Flow flow, StageContext context) {
            packets++;
            if (!carries(packet)) {
                return Verdict.FORWARD;
            }
            packet.dropReason = DropReason.REPUTATION.ordinal();
            flow.dropRest(DropReason.REPUTATION);
            return verdict;
        }

        @Override
        public Verdict onFlowlessPacket(Packet packet, StageContext context) {
            flowless++;
            return Verdict.FORWARD;
        }

        private boolean carries(Packet packet) {
            int length = packet.payloadLength;
            for (int at = 0; at + word.length() <= length; at++) {
                int i = 0;
                while (i < word.length() && packet.u8(packet.payloadOffset + at + i) == word.charAt(i)) {
                    i++;
                }
                if (i == word.length()) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Asks for every stream, and settles everything else at once. */
    static final class ReaderStage implements Stage {
        long octets;

        @Override
        public String name() {
            return "reader";
        }

        @Override
        public Verdict onPacket(Packet packet, Flow flow, StageContext context) {
            if (flow.protocol() == 6) {
                flow.requestStream(context.stage());
            } else {
                flow.settle(context.stage());
            }
            return Verdict.FORWARD;
        }

        @Override
        public Verdict onStream(
                Flow flow,
                MemorySegment bytes,
                long offset,
                int length,
                int gapBytes,
                Packet packet,
                StageContext context) {
            octets += length;
            return Verdict.FORWARD;
        }
    }
}
