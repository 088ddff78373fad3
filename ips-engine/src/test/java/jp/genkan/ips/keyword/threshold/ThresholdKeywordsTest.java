package jp.genkan.ips.keyword.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.signature.EventFilter;
import jp.genkan.ips.signature.Scene;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdKeywordsTest {
    private final Scene scene = new Scene();

    @Test
    void readsWordsInAnyOrder() throws RuleException {
        assertThat(scene.rule("threshold: type both , count 5,track  by_src, seconds 120;")
                        .memory()
                        .filters())
                .containsExactly(EventFilter.window(EventFilter.Type.BOTH, EventFilter.Track.BY_SOURCE, 5, 120));
        assertThat(scene.rule("threshold:type backoff, track by_flow, count 2, multiplier 10;")
                        .memory()
                        .filters())
                .containsExactly(EventFilter.backoff(EventFilter.Track.BY_FLOW, 2, 10));
        assertThat(scene.rule("detection_filter:track by_dst, count 3, seconds 60, unique_on dst_port;")
                        .memory()
                        .filters())
                .containsExactly(EventFilter.detection(
                        EventFilter.Track.BY_DESTINATION, 3, 60, EventFilter.Unique.DESTINATION_PORT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "threshold:type limit, track by_src, count 1",
                "threshold:type limit, track by_src, count 0, seconds 1",
                "threshold:type limit, track by_all, count 1, seconds 1",
                "threshold:type some, track by_src, count 1, seconds 1",
                "threshold:track by_src, count 1, seconds 1",
                "threshold:type limit, track by_src, count 1, seconds 1, seconds 2",
                "threshold:type limit, track by_src, count 1, seconds 1, multiplier 2",
                "threshold:type backoff, track by_flow, count 1, multiplier 1",
                "detection_filter:track by_src, count 1",
                "detection_filter:track by_src, count 1, seconds 60, unique_on port",
                "detection_filter:track by_src, count 1, seconds 60; threshold:type limit, track by_src, count 1, seconds 1",
            })
    void refusesWhatMeansNothing(String options) {
        assertThatThrownBy(() -> scene.rule(options + ";")).isInstanceOf(RuleException.class);
    }
}
