package jp.genkan.dataplane.pipeline;

import java.util.List;
import jp.genkan.core.decode.FrameDecoder;
import jp.genkan.core.event.EventSink;
import jp.genkan.core.fragment.IpReassembler;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.dataplane.application.ApplicationSettings;
import jp.genkan.dataplane.flow.FlowEndListener;
import jp.genkan.dataplane.flow.FlowTable;
import jp.genkan.dataplane.flow.MidstreamPolicy;
import jp.genkan.dataplane.hold.HoldingFactory;
import jp.genkan.dataplane.host.HostObserver;
import jp.genkan.dataplane.stream.StreamReassembler;
import jp.genkan.protocols.dns.ResolvedNames;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link PipelineRunner} runs with; each part belongs to that runner alone.
 *
 * @param decoder finds the layers
 * @param fragments puts datagrams together
 * @param hosts notes machines; null in a replay
 * @param flows the flow table
 * @param streams TCP reassembly
 * @param stages the engines, in order
 * @param application how the application layer reads, which has the slot behind the last stage's; null for none
 * @param events where events go
 * @param flowEnds is told of flows that have ended, before their event is written
 * @param tellsFlows true when each flow has an event at its end
 * @param ethernet true when frames begin with MAC addresses, so that an answer swaps them
 * @param acting true when verdicts act; false when the traffic is only looked at
 * @param drops which packets of a dropped flow are told
 * @param midstream what is done about TCP connections whose beginning was not seen
 * @param anomalyEventsPerSecond most anomaly events a second
 * @param names by which servers were looked up lately; shared by all workers
 * @param holding makes what holds directions of connections
 */
public record PipelineParts(
        FrameDecoder decoder,
        IpReassembler fragments,
        @Nullable HostObserver hosts,
        FlowTable flows,
        StreamReassembler streams,
        List<Stage> stages,
        @Nullable ApplicationSettings application,
        EventSink events,
        FlowEndListener flowEnds,
        boolean tellsFlows,
        boolean ethernet,
        boolean acting,
        DropTelling drops,
        MidstreamPolicy midstream,
        int anomalyEventsPerSecond,
        ResolvedNames names,
        HoldingFactory holding) {
    /** Copies the list. */
    public PipelineParts {
        stages = List.copyOf(stages);
    }

    /** With resolved names that are shared with no other pipeline; nothing is held. */
    public PipelineParts(
            FrameDecoder decoder,
            IpReassembler fragments,
            @Nullable HostObserver hosts,
            FlowTable flows,
            StreamReassembler streams,
            List<Stage> stages,
            @Nullable ApplicationSettings application,
            EventSink events,
            FlowEndListener flowEnds,
            boolean tellsFlows,
            boolean ethernet,
            boolean acting,
            DropTelling drops,
            MidstreamPolicy midstream,
            int anomalyEventsPerSecond) {
        this(
                decoder,
                fragments,
                hosts,
                flows,
                streams,
                stages,
                application,
                events,
                flowEnds,
                tellsFlows,
                ethernet,
                acting,
                drops,
                midstream,
                anomalyEventsPerSecond,
                new ResolvedNames(OWN_ANSWERS_MAX, 0),
                HoldingFactory.NONE);
    }

    /** Answers that are remembered where names are not shared. */
    private static final int OWN_ANSWERS_MAX = 1_024;

    /** The same for frames that do not begin with MAC addresses. */
    public PipelineParts withoutEthernet() {
        return new PipelineParts(
                decoder,
                fragments,
                hosts,
                flows,
                streams,
                stages,
                application,
                events,
                flowEnds,
                tellsFlows,
                false,
                acting,
                drops,
                midstream,
                anomalyEventsPerSecond,
                names,
                holding);
    }
}
