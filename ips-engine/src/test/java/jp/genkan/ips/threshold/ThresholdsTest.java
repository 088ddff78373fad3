package jp.genkan.ips.threshold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import jp.genkan.core.frame.Address;
import jp.genkan.ips.rule.RuleAction;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.signature.EventFilter;
import jp.genkan.ips.signature.Scene;
import jp.genkan.ips.signature.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdsTest {
    private final Scene scene = new Scene();

    private Signature with(String options) throws RuleException {
        return scene.rule(options).signature(1);
    }

    /** One letter a match: A event, s silent, - nothing; a match every tenth of a second. */
    private String run(Signature signature, int matches) {
        StringBuilder told = new StringBuilder();
        for (int i = 0; i < matches; i++) {
            told.append(letter(scene.decide(signature)));
            scene.nanos += Scene.SECOND / 10;
        }
        return told.toString();
    }

    private static char letter(Decision decision) {
        return switch (decision.outcome()) {
            case ALERT ->
                decision.newAction() == null
                        ? 'A'
                        : Character.toUpperCase(decision.newAction().word().charAt(0)) == 'D' ? 'D' : 'X';
            case SILENT -> 's';
            case NO_MATCH -> '-';
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "threshold:type limit, track by_src, count 2, seconds 1;      | AAsssssssssAAs",
                "threshold:type threshold, track by_src, count 3, seconds 10; | --A--A--A--A--",
                "threshold:type both, track by_src, count 3, seconds 1;       | --Assssssss--A",
                "threshold:type backoff, track by_flow, count 1, multiplier 3; | AsAsssssAsssss",
                "threshold:type backoff, track by_flow, count 2, multiplier 2; | -AsAsssAsssssssA",
                "threshold:type limit, track by_rule, count 1, seconds 1;     | AssssssssssAss",
                "detection_filter:track by_src, count 3, seconds 10;          | ---AAAAAAAAAAA",
                "detection_filter:track by_src, count 20, seconds 1;          | --------------",
            })
    void countsAsEachTypeSays(String options, String expected) throws RuleException {
        assertThat(run(with(options), expected.length())).isEqualTo(expected);
    }

    @Test
    void windowIncludesItsEnd() throws RuleException {
        Signature limit = with("threshold:type limit, track by_src, count 1, seconds 1;");
        assertThat(scene.decide(limit)).isSameAs(Decision.ALERT);
        scene.nanos += Scene.SECOND;
        assertThat(scene.decide(limit)).isSameAs(Decision.SILENT);
        scene.nanos += 1;
        assertThat(scene.decide(limit)).isSameAs(Decision.ALERT);
    }

    @Test
    void hostsAreCountedApart() throws RuleException {
        Signature bySource = with("threshold:type limit, track by_src, count 1, seconds 60;");
        assertThat(scene.decide(bySource)).isSameAs(Decision.ALERT);
        scene.client = "10.0.0.2";
        assertThat(scene.decide(bySource)).isSameAs(Decision.ALERT);
        assertThat(scene.decide(bySource)).isSameAs(Decision.SILENT);
        scene.server = "192.0.2.7";
        assertThat(scene.decide(bySource)).isSameAs(Decision.SILENT);
    }

    @Test
    void pairIsTheSameBothWays() throws RuleException {
        Signature byBoth = with("threshold:type limit, track by_both, count 1, seconds 60;");
        assertThat(scene.decide(byBoth)).isSameAs(Decision.ALERT);
        scene.toServer = false;
        assertThat(scene.decide(byBoth)).isSameAs(Decision.SILENT);
        scene.client = "10.0.0.2";
        assertThat(scene.decide(byBoth)).isSameAs(Decision.ALERT);
    }

    @Test
    void flowsAreCountedApart() throws RuleException {
        Signature byFlow = with("threshold:type limit, track by_flow, count 1, seconds 60;");
        assertThat(scene.decide(byFlow)).isSameAs(Decision.ALERT);
        assertThat(scene.decide(byFlow)).isSameAs(Decision.SILENT);
        scene.flowId = 2;
        assertThat(scene.decide(byFlow)).isSameAs(Decision.ALERT);
    }

    @Test
    void rulesAreCountedApart() throws RuleException {
        Scene.Compiled rule = scene.rule("threshold:type limit, track by_src, count 1, seconds 60;");
        assertThat(scene.decide(rule.signature(1))).isSameAs(Decision.ALERT);
        assertThat(scene.decide(rule.signature(2))).isSameAs(Decision.ALERT);
        assertThat(scene.decide(rule.signature(1))).isSameAs(Decision.SILENT);
    }

    @Test
    void onlyDistinctPortsCount() throws RuleException {
        Signature distinct = with("detection_filter:track by_dst, count 2, seconds 60, unique_on dst_port;");
        for (int i = 0; i < 5; i++) {
            assertThat(scene.decide(distinct)).isSameAs(Decision.NO_MATCH);
        }
        scene.serverPort = 81;
        assertThat(scene.decide(distinct)).isSameAs(Decision.NO_MATCH);
        scene.serverPort = 82;
        assertThat(scene.decide(distinct)).isSameAs(Decision.ALERT);
    }

    @Test
    void suppressionIsSilentForTheNamedEnd() throws RuleException {
        Address named = Address.parse("10.0.0.1");
        EventFilter.Addresses addresses = (high, low) -> high == named.high() && low == named.low();
        Scene.Compiled rule = scene.rule("sid:1;");
        Signature source = rule.signature(1, EventFilter.suppress(EventFilter.Track.BY_SOURCE, addresses));
        Signature destination = rule.signature(1, EventFilter.suppress(EventFilter.Track.BY_DESTINATION, addresses));
        Signature either = rule.signature(1, EventFilter.suppress(EventFilter.Track.BY_EITHER, addresses));
        Signature all = rule.signature(1, EventFilter.suppress(EventFilter.Track.BY_RULE, null));
        assertThat(scene.decide(source)).isSameAs(Decision.SILENT);
        assertThat(scene.decide(destination)).isSameAs(Decision.ALERT);
        assertThat(scene.decide(either)).isSameAs(Decision.SILENT);
        scene.toServer = false;
        assertThat(scene.decide(source)).isSameAs(Decision.ALERT);
        assertThat(scene.decide(destination)).isSameAs(Decision.SILENT);
        assertThat(scene.decide(all)).isSameAs(Decision.SILENT);
    }

    @Test
    void rateFilterChangesActionForAWhile() throws RuleException {
        Signature rated = scene.rule("sid:1;")
                .signature(1, EventFilter.rate(EventFilter.Track.BY_SOURCE, 2, 60, RuleAction.DROP, 1));
        assertThat(run(rated, 4)).isEqualTo("AADD");
        scene.nanos += 2 * Scene.SECOND;
        assertThat(run(rated, 2)).isEqualTo("AD");
    }

    @Test
    void filtersAreAskedInOrderAndFirstThatRefusesDecides() throws RuleException {
        Signature both = scene.rule("threshold:type limit, track by_src, count 1, seconds 60;")
                .signature(1, EventFilter.rate(EventFilter.Track.BY_SOURCE, 1, 60, RuleAction.DROP, 60));
        assertThat(run(both, 3)).isEqualTo("Ass");
    }

    @Test
    void packetWithoutAddressesIsNotCounted() throws RuleException {
        Signature limit = with("threshold:type limit, track by_src, count 1, seconds 60;");
        scene.hasFlow = false;
        var moment = scene.moment();
        moment.packet().ipVersion = 0;
        assertThat(scene.thresholds().decide(limit, moment)).isSameAs(Decision.ALERT);
        assertThat(scene.thresholds().decide(limit, moment)).isSameAs(Decision.ALERT);
    }

    /** The same as a slow count in a map, for random hosts and times. */
    @Test
    void agreesWithSlowCount() throws RuleException {
        long seed = 7;
        SplittableRandom random = new SplittableRandom(seed);
        Signature limit = with("threshold:type limit, track by_src, count 3, seconds 5;");
        Signature filter =
                scene.rule("detection_filter:track by_dst, count 2, seconds 5;").signature(2);
        Map<String, Deque<Long>> limits = new HashMap<>();
        Map<String, Deque<Long>> filters = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            scene.client = "10.0.0." + random.nextInt(1, 20);
            scene.server = "192.0.2." + random.nextInt(1, 20);
            scene.nanos += random.nextLong(Scene.SECOND);
            int inLimit = slow(limits, scene.client);
            int inFilter = slow(filters, scene.server);
            assertThat(scene.decide(limit))
                    .as("seed %d, match %d", seed, i)
                    .isSameAs(inLimit <= 3 ? Decision.ALERT : Decision.SILENT);
            assertThat(scene.decide(filter))
                    .as("seed %d, match %d", seed, i)
                    .isSameAs(inFilter > 2 ? Decision.ALERT : Decision.NO_MATCH);
        }
    }

    private int slow(Map<String, Deque<Long>> windows, String host) {
        Deque<Long> window = windows.computeIfAbsent(host, ignored -> new ArrayDeque<>());
        if (!window.isEmpty() && scene.nanos - window.peekFirst() > 5 * Scene.SECOND) {
            window.clear();
        }
        window.addLast(scene.nanos);
        return window.size();
    }
}
