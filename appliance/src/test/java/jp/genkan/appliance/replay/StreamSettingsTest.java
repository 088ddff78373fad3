package jp.genkan.appliance.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import jp.genkan.dataplane.flow.ExceptionPolicy;
import jp.genkan.dataplane.flow.MidstreamPolicy;
import jp.genkan.dataplane.stream.InvalidPolicy;
import jp.genkan.dataplane.stream.UrgentPolicy;
import org.junit.jupiter.api.Test;

class StreamSettingsTest {
    private static MidstreamPolicy midstream(boolean acting, Map<String, String> values) {
        return new StreamSettings(values, acting).tuning().midstream();
    }

    @Test
    void withoutAConfigurationConnectionsAreFollowedInTheirMiddle() {
        assertThat(midstream(true, Map.of())).isEqualTo(MidstreamPolicy.FOLLOW);
    }

    @Test
    void aConfigurationThatSaysNothingFailsClosedOnlyWhereVerdictsAct() {
        Map<String, String> silent = Map.of("packet-alert-max", "5");
        assertThat(midstream(true, silent).policy()).isEqualTo(ExceptionPolicy.DROP_FLOW);
        assertThat(midstream(false, silent).policy()).isEqualTo(ExceptionPolicy.IGNORE);
        assertThat(midstream(true, Map.of("stream.midstream", "yes")).policy()).isEqualTo(ExceptionPolicy.IGNORE);
    }

    @Test
    void theStreamsOwnPolicyComesBeforeTheGeneralOne() {
        Map<String, String> both = Map.of("exception-policy", "ignore", "stream.midstream-policy", "pass-flow");
        assertThat(midstream(true, both).policy()).isEqualTo(ExceptionPolicy.PASS_FLOW);
        assertThat(midstream(true, Map.of("exception-policy", "bypass")).policy())
                .isEqualTo(ExceptionPolicy.BYPASS);
    }

    @Test
    void anUnknownPolicyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> midstream(true, Map.of("exception-policy", "hope")))
                .withMessageContaining("hope");
    }

    @Test
    void readsWhatIsDoneAboutInvalidSegmentsAndUrgentData() {
        var tuning = new StreamSettings(
                        Map.of("stream.drop-invalid", "no", "stream.reassembly.urgent.policy", "drop"), true)
                .tuning();
        assertThat(tuning.invalid()).isEqualTo(InvalidPolicy.FORWARD);
        assertThat(tuning.urgent()).isEqualTo(UrgentPolicy.DROP);
    }
}
