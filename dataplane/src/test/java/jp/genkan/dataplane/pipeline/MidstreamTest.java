package jp.genkan.dataplane.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.event.Event;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.dataplane.flow.ExceptionPolicy;
import jp.genkan.dataplane.flow.FlowState;
import jp.genkan.dataplane.flow.FlowView;
import jp.genkan.dataplane.flow.MidstreamPolicy;
import jp.genkan.dataplane.flow.Segments;
import jp.genkan.dataplane.flow.TcpState;
import org.junit.jupiter.api.Test;

/** Connections whose beginning was not seen. */
class MidstreamTest {
    private final List<Event> events = new ArrayList<>();
    private final Segments segments = new Segments();
    private long nanos;

    private PipelineRunner runner(boolean followed, ExceptionPolicy policy) {
        return Pipelines.of(List.of(), events, new Pipelines.Injected(), new MidstreamPolicy(followed, false, policy));
    }

    private boolean passes(PipelineRunner runner, boolean toServer, int flags, int sequence, int acknowledgment) {
        Packet packet = segments.tcp(toServer, flags, sequence, acknowledgment, 8_192, new byte[10]);
        return runner.process(packet, LinkType.ETHERNET, ++nanos);
    }

    private static FlowView flow(PipelineRunner runner) {
        return Objects.requireNonNull(runner.lastFlow());
    }

    @Test
    void areFollowedByDefault() {
        PipelineRunner runner = runner(true, ExceptionPolicy.IGNORE);
        assertThat(passes(runner, true, Packet.ACK, 100, 200)).isTrue();
        assertThat(flow(runner).tcpState()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(flow(runner).midstreamPolicy()).isEqualTo(ExceptionPolicy.IGNORE);
    }

    @Test
    void areLeftAloneWhenTheyAreNotFollowed() {
        PipelineRunner runner = runner(false, ExceptionPolicy.IGNORE);
        assertThat(passes(runner, true, Packet.ACK, 100, 200)).isTrue();
        assertThat(passes(runner, false, Packet.ACK, 200, 110)).isTrue();
        assertThat(flow(runner).tcpState()).isEqualTo(TcpState.NONE);
        assertThat(runner.midstreamPolicies().get(ExceptionPolicy.IGNORE)).isEqualTo(2);
    }

    @Test
    void areDroppedWithTheirReasonAndLaterFramesWithTheFlow() {
        PipelineRunner runner = runner(false, ExceptionPolicy.DROP_FLOW);
        assertThat(passes(runner, true, Packet.ACK, 100, 200)).isFalse();
        assertThat(passes(runner, false, Packet.ACK, 200, 110)).isFalse();
        assertThat(runner.drops().get(DropReason.STREAM_MIDSTREAM)).isEqualTo(1);
        assertThat(runner.drops().get(DropReason.FLOW_DROPPED)).isEqualTo(1);
    }

    @Test
    void arePassedByRulesOrByEverything() {
        PipelineRunner passing = runner(false, ExceptionPolicy.PASS_FLOW);
        assertThat(passes(passing, true, Packet.ACK, 100, 200)).isTrue();
        assertThat(flow(passing).isPassed()).isTrue();
        assertThat(flow(passing).isExempt()).isFalse();
        PipelineRunner bypassing = runner(true, ExceptionPolicy.BYPASS);
        assertThat(passes(bypassing, true, Packet.ACK, 100, 200)).isTrue();
        assertThat(flow(bypassing).state()).isEqualTo(FlowState.BYPASSED);
        assertThat(flow(bypassing).tcpState()).isEqualTo(TcpState.NONE);
    }

    @Test
    void whatIsFollowedIsNeverStopped() {
        assertThat(new MidstreamPolicy(true, false, ExceptionPolicy.REJECT).policy())
                .isEqualTo(ExceptionPolicy.IGNORE);
        assertThat(new MidstreamPolicy(false, false, ExceptionPolicy.DROP_PACKET).policy())
                .isEqualTo(ExceptionPolicy.DROP_FLOW);
    }
}
