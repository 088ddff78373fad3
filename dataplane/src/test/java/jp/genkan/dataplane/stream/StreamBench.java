package jp.genkan.dataplane.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.flow.FlowLimits;
import jp.genkan.dataplane.flow.FlowTable;
import jp.genkan.dataplane.flow.FlowView;
import jp.genkan.dataplane.flow.Segments;

/** A flow table, a reassembler and a consumer that writes down what it inspects, for tests. */
final class StreamBench implements AutoCloseable {
    static final boolean TO_SERVER = true;
    static final boolean TO_CLIENT = false;

    /** Enough for one flow, and quick to set up. */
    static final StreamLimits SMALL = new StreamLimits(1 << 17, 1_024, 512, 8, 4);

    final Segments segments = new Segments();
    final FlowTable table = new FlowTable(FlowLimits.withFlowsMax(64), 1, 0, 1);
    final StreamReassembler reassembler;
    final ByteArrayOutputStream toServer = new ByteArrayOutputStream();
    final ByteArrayOutputStream toClient = new ByteArrayOutputStream();
    long gapBytes;
    Verdict verdict = Verdict.FORWARD;
    FlowView flow = table.newView();
    Packet last = new Packet();
    boolean settleNext;
    private boolean wanted = true;
    private long nanos;

    StreamBench(StreamReassembler reassembler) {
        this.reassembler = reassembler;
    }

    static StreamBench inline() {
        return new StreamBench(new StreamReassembler(
                StreamMode.INLINE,
                OverlapPolicy.LINUX,
                UrgentPolicy.CLEAR,
                InvalidPolicy.DROP,
                LimitPolicy.OPEN,
                SMALL));
    }

    static StreamBench passive(OverlapPolicy policy) {
        return new StreamBench(new StreamReassembler(
                StreamMode.PASSIVE, policy, UrgentPolicy.PASS, InvalidPolicy.DROP, LimitPolicy.OPEN, SMALL));
    }

    StreamBench unwanted() {
        wanted = false;
        return this;
    }

    StreamAction send(Packet packet) {
        last = packet;
        flow = Objects.requireNonNull(table.find(packet, nanos++));
        if (wanted && flow.isNew()) {
            flow.requestStream(0);
        }
        if (settleNext) {
            settleNext = false;
            flow.settle(0);
        }
        return reassembler.accept(flow, packet, this::onBytes);
    }

    StreamAction send(boolean direction, int flags, int sequence, int acknowledgment, String payload) {
        return send(
                direction,
                flags,
                sequence,
                acknowledgment,
                payload.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    StreamAction send(boolean direction, int flags, int sequence, int acknowledgment, byte... payload) {
        return send(segments.tcp(direction, flags, sequence, acknowledgment, 60_000, payload));
    }

    private Verdict onBytes(FlowView view, MemorySegment bytes, long offset, int length, int gap, Packet packet) {
        gapBytes += gap;
        byte[] copy = new byte[length];
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, offset, copy, 0, length);
        (view.toServer() ? toServer : toClient).writeBytes(copy);
        if (verdict != Verdict.FORWARD) {
            packet.dropReason = DropReason.REPUTATION.ordinal();
        }
        return verdict;
    }

    /** Client's first octet has number {@code client + 1}, the server's {@code server + 1}. */
    void open(int client, int server) {
        assertThat(send(TO_SERVER, Packet.SYN, client, 0)).isEqualTo(StreamAction.FORWARD);
        assertThat(send(TO_CLIENT, Packet.SYN | Packet.ACK, server, client + 1)).isEqualTo(StreamAction.FORWARD);
        assertThat(send(TO_SERVER, Packet.ACK, client + 1, server + 1)).isEqualTo(StreamAction.FORWARD);
    }

    String inspectedToServer() {
        return toServer.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    String inspectedToClient() {
        return toClient.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    DropReason dropReason() {
        return DropReason.of(last.dropReason);
    }

    long count(StreamCounter counter) {
        return reassembler.counters().get(counter);
    }

    void finishAll() {
        table.endAll(ended -> reassembler.finish(ended, this::onBytes));
    }

    void endAll() {
        table.endAll(reassembler::release);
    }

    @Override
    public void close() {
        endAll();
        assertThat(reassembler.freeBytes()).as("all memory came back").isEqualTo(reassembler.memoryBytes());
        reassembler.close();
        table.close();
    }
}
