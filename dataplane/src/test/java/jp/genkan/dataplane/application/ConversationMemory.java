package jp.genkan.dataplane.application;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import jp.genkan.core.decode.ChecksumPolicy;
import jp.genkan.core.decode.FrameDecoder;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.fragment.FragmentLimits;
import jp.genkan.core.fragment.IpReassembler;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.PacketBuilder;
import jp.genkan.dataplane.flow.FlowLimits;
import jp.genkan.dataplane.flow.FlowTable;
import jp.genkan.dataplane.pipeline.DropTelling;
import jp.genkan.dataplane.pipeline.PipelineParts;
import jp.genkan.dataplane.pipeline.PipelineRunner;
import jp.genkan.dataplane.stream.StreamMode;
import jp.genkan.dataplane.stream.StreamReassembler;

/**
 * What flows cost that are held open in the middle of a request: so many connections are opened through the whole pipeline, each sends the beginning of a
 * request, and the heap is weighed. Prints Markdown.
 */
public final class ConversationMemory {
    private static final int FLOWS = 100_000;

    private ConversationMemory() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        System.out.println("| " + FLOWS + " flows that have sent | heap, octets a flow | live flows |");
        System.out.println("| --- | ---: | ---: |");
        weigh("a SYN", new byte[0]);
        weigh(
                "half an HTTP request",
                "GET /index.html HTTP/1.1\r\nHost: www.exam".getBytes(StandardCharsets.ISO_8859_1));
        weigh(
                "half a TLS hello",
                HexFormat.of().parseHex("16030102000100".concat("01fc0303").concat("5a".repeat(200))));
        weigh("half a line of something else", "220 mail.example".getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void weigh(String what, byte[] begin) {
        FrameDecoder decoder = new FrameDecoder(ChecksumPolicy.VERIFY);
        PipelineParts parts = new PipelineParts(
                decoder,
                new IpReassembler(FragmentLimits.DEFAULT, decoder),
                null,
                new FlowTable(FlowLimits.withFlowsMax(131_072), 1, 0, 1),
                new StreamReassembler(StreamMode.PASSIVE),
                List.of(),
                ApplicationSettings.DEFAULT,
                event -> true,
                flow -> {},
                true,
                true,
                true,
                DropTelling.START,
                jp.genkan.dataplane.flow.MidstreamPolicy.FOLLOW,
                0);
        try (PipelineRunner runner = new PipelineRunner(parts, (about, toSender, segment, offset, length) -> {})) {
            long before = heap();
            Packet packet = new Packet();
            MemorySegment memory = Arena.ofAuto().allocate(2_048);
            for (int i = 0; i < FLOWS; i++) {
                pass(runner, packet, memory, frame(i, true, Packet.SYN, 100, 0, new byte[0]));
                if (begin.length > 0) {
                    pass(runner, packet, memory, frame(i, false, Packet.SYN | Packet.ACK, 900, 101, new byte[0]));
                    pass(runner, packet, memory, frame(i, true, Packet.ACK, 101, 901, begin));
                }
            }
            long octets = (heap() - before) / FLOWS;
            System.out.printf(
                    "| %s | %,d | %,d |%n", what, octets, runner.flows().flows());
        }
    }

    private static byte[] frame(
            int number, boolean byClient, int flags, long sequence, long acknowledgment, byte[] payload) {
        String client = "10." + (number >> 14 & 0xff) + "." + (number >> 6 & 0xff) + "." + (1 + (number & 0x3f));
        return PacketBuilder.ethernet()
                .ipv4(byClient ? client : "192.0.2.9", byClient ? "192.0.2.9" : client)
                .tcp(byClient ? 40_000 : 8_080, byClient ? 8_080 : 40_000)
                .sequence(sequence)
                .acknowledgment(acknowledgment)
                .flags(flags)
                .payload(payload)
                .bytes();
    }

    private static void pass(PipelineRunner runner, Packet packet, MemorySegment memory, byte[] frame) {
        MemorySegment.copy(MemorySegment.ofArray(frame), 0, memory, 0, frame.length);
        packet.wrap(memory, 0, frame.length);
        packet.epochNanos = 1_000_000_000L;
        runner.process(packet, LinkType.ETHERNET, 1);
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
