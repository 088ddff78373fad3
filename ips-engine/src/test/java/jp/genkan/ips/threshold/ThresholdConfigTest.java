package jp.genkan.ips.threshold;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import jp.genkan.ips.network.Variables;
import jp.genkan.ips.rule.Rule.Expression;
import jp.genkan.ips.rule.RuleAction;
import jp.genkan.ips.threshold.ThresholdEntry.End;
import jp.genkan.ips.threshold.ThresholdEntry.EventFilter;
import jp.genkan.ips.threshold.ThresholdEntry.RateFilter;
import jp.genkan.ips.threshold.ThresholdEntry.Subject;
import jp.genkan.ips.threshold.ThresholdEntry.Suppression;
import jp.genkan.ips.threshold.ThresholdEntry.Track;
import org.junit.jupiter.api.Test;

class ThresholdConfigTest {
    private final Variables variables = Variables.stock();

    private ThresholdConfig parse(String text) {
        return ThresholdConfig.parse(Path.of("threshold.config"), text, variables);
    }

    private List<String> problems(String text) {
        return parse(text).problems().stream().map(Object::toString).toList();
    }

    @Test
    void readsEveryCommand() throws Exception {
        ThresholdConfig config = parse("""
                # suppress gen_id 1, sig_id 9

                suppress gen_id 1, sig_id 5
                suppress gen_id 1, sig_id 5, track by_either, ip [10.0.0.0/8, !10.1.1.1]
                suppress gen_id 0, sig_id 0, track by_src, ip $HOME_NET
                threshold gen_id 1, sig_id 6, type limit, track by_src, count 1, seconds 60
                event_filter gen_id 1,sig_id 0,type both,track by_flow,count 5,seconds 10
                rate_filter gen_id 1, sig_id 7, track by_both, \\
                  count 3, seconds 60, new_action drop, timeout 30
                """);
        assertThat(config.problems()).isEmpty();
        assertThat(config.entries())
                .containsExactly(
                        new Suppression(new Subject(1, 5), End.EITHER, null, 3),
                        new Suppression(
                                new Subject(1, 5),
                                End.EITHER,
                                variables.addresses(new Expression("[10.0.0.0/8,!10.1.1.1]", 1)),
                                4),
                        new Suppression(
                                new Subject(0, 0), End.SOURCE, variables.addresses(new Expression("$HOME_NET", 1)), 5),
                        new EventFilter(new Subject(1, 6), ThresholdEntry.Type.LIMIT, Track.SOURCE, 1, 60, 6),
                        new EventFilter(new Subject(1, 0), ThresholdEntry.Type.BOTH, Track.FLOW, 5, 10, 7),
                        new RateFilter(new Subject(1, 7), Track.BOTH, 3, 60, RuleAction.DROP, 30, 8));
    }

    @Test
    void tellsWhichRulesAreMeant() {
        assertThat(new Subject(0, 0).covers(3, 9)).isTrue();
        assertThat(new Subject(1, 0).covers(1, 9)).isTrue();
        assertThat(new Subject(1, 0).covers(3, 9)).isFalse();
        assertThat(new Subject(1, 9).covers(1, 9)).isTrue();
        assertThat(new Subject(1, 9).covers(1, 8)).isFalse();
    }

    @Test
    void refusesLinesWithTheColumn() {
        assertThat(problems("supress gen_id 1, sig_id 5\nsuppress gen_id 1, sig_id 5\n"))
                .containsExactly("threshold.config:1:1: E001 unknown command \"supress\" (did you mean suppress?)");
        assertThat(problems("suppress gen_id 1, sigid 5"))
                .containsExactly("threshold.config:1:20: E001 unknown setting \"sigid\" (did you mean sig_id?)");
        assertThat(problems("suppress gen_id 1")).containsExactly("threshold.config:1:18: E001 sig_id is missing");
        assertThat(problems("suppress gen_id 0, sig_id 5"))
                .containsExactly("threshold.config:1:17: E011 gen_id 0 means every rule, sig_id names one");
        assertThat(problems("suppress gen_id 1, sig_id 5, track by_srcs, ip 1.1.1.1"))
                .containsExactly(
                        "threshold.config:1:36: E010 track: by_src, by_dst, by_either were expected, not \"by_srcs\" (did you mean by_src?)");
        assertThat(problems("suppress gen_id 1, sig_id 5, track by_src, ip $HOM_NET"))
                .containsExactly("threshold.config:1:47: E006 unknown variable \"$HOM_NET\" (did you mean $HOME_NET?)");
        assertThat(problems("threshold gen_id 1, sig_id 5, type limit, track by_src, count 0, seconds 1"))
                .containsExactly(
                        "threshold.config:1:63: E010 count: a number from 1 to 4294967295 was expected, not \"0\"");
        assertThat(problems("threshold gen_id 1, gen_id 5, type"))
                .containsExactly("threshold.config:1:21: E011 gen_id is given twice");
        assertThat(problems("rate_filter gen_id 1, sig_id ,"))
                .containsExactly("threshold.config:1:23: E008 sig_id needs a value");
        assertThat(problems("suppress gen_id 1, \\")).hasSize(1);
    }
}
