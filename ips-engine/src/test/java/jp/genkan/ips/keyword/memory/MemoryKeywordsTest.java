package jp.genkan.ips.keyword.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jp.genkan.ips.match.FlowMemory;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.signature.Memory;
import jp.genkan.ips.signature.Scene;
import jp.genkan.ips.signature.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryKeywordsTest {
    private final Scene scene = new Scene();

    // ---- flowbits

    @Test
    void flowbitIsSeenBySecondRuleOfSameFlowOnly() throws RuleException {
        Scene.Compiled set = scene.rule("flowbits:set,seen;");
        Scene.Compiled asks = scene.rule("flowbits: isset, seen;");
        Scene.Compiled asksNot = scene.rule("flowbits:isnotset,seen;");
        assertThat(asks.matches()).isFalse();
        assertThat(asksNot.matches()).isTrue();
        assertThat(set.matches()).isTrue();
        assertThat(asks.matches()).isTrue();
        assertThat(asksNot.matches()).isFalse();
        scene.memory = new FlowMemory();
        assertThat(asks.matches()).isFalse();
    }

    @Test
    void flowbitIsUnsetAndToggled() throws RuleException {
        Scene.Compiled asks = scene.rule("flowbits:isset,a;");
        scene.rule("flowbits:toggle,a;").matches();
        assertThat(asks.matches()).isTrue();
        scene.rule("flowbits:toggle,a;").matches();
        assertThat(asks.matches()).isFalse();
        scene.rule("flowbits:set,a;").matches();
        scene.rule("flowbits:unset,a;").matches();
        assertThat(asks.matches()).isFalse();
    }

    @Test
    void oneOfSeveralFlowbitsIsEnough() throws RuleException {
        Scene.Compiled any = scene.rule("flowbits:isset,a|b|c;");
        Scene.Compiled anyNot = scene.rule("flowbits:isnotset,a|b;");
        assertThat(any.matches()).isFalse();
        scene.rule("flowbits:set,b;").matches();
        assertThat(any.matches()).isTrue();
        assertThat(anyNot.matches()).isTrue();
        scene.rule("flowbits:set,a;").matches();
        assertThat(anyNot.matches()).isFalse();
    }

    @Test
    void packetWithoutFlowHasNoFlowbits() throws RuleException {
        scene.hasFlow = false;
        assertThat(scene.rule("flowbits:set,a;").matches()).isTrue();
        assertThat(scene.rule("flowbits:isnotset,a;").matches()).isFalse();
    }

    @Test
    void noalertIsTrait() throws RuleException {
        assertThat(scene.rule("flowbits:set,a; flowbits:noalert;").builder().hasTrait(Signature.Trait.NO_ALERT))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"set", "set,", "set,a b", "set,a|b", "take,a", "isset,a|"})
    void refusesFlowbitsThatMeanNothing(String option) {
        assertThatThrownBy(() -> scene.rule("flowbits:" + option + ";")).isInstanceOf(RuleException.class);
    }

    @Test
    void rulesThatWriteStandBeforeThoseThatRead() throws RuleException {
        Memory writes = scene.rule("flowbits:set,a;").memory();
        Memory both = scene.rule("flowbits:isset,a; flowbits:set,b;").memory();
        Memory reads = scene.rule("flowbits:isset,b;").memory();
        assertThat(writes.rank(Memory.Place.FLOWBIT)).isLessThan(both.rank(Memory.Place.FLOWBIT));
        assertThat(both.rank(Memory.Place.FLOWBIT)).isLessThan(reads.rank(Memory.Place.FLOWBIT));
        assertThat(reads.rank(Memory.Place.FLOWBIT)).isLessThan(reads.rank(Memory.Place.FLOWINT));
    }

    // ---- flowint

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n,==,7 | true",
                "n,==,8 | false",
                "n,!=,8 | true",
                "n,<,8 | true",
                "n,<,7 | false",
                "n,<=,7 | true",
                "n,>,6 | true",
                "n,>=,8 | false",
                "n,isset | true",
                "n,notset | false",
                "n,isnotset | false",
                "n,>,m | true",
                "n,==,m | false",
                "other,notset | true",
                "other,==,0 | false",
                "n,<,4294967295 | true",
            })
    void comparesFlowint(String option, boolean expected) throws RuleException {
        scene.rule("flowint:n,=,5;").matches();
        scene.rule("flowint:n,+,2;").matches();
        assertThat(scene.rule("flowint:" + option + ";").matches()).isEqualTo(expected);
    }

    @Test
    void flowintCountsFromNothing() throws RuleException {
        Scene.Compiled counts = scene.rule("flowint:n,+,1;");
        Scene.Compiled third = scene.rule("flowint: n, ==, 3;");
        for (int i = 0; i < 3; i++) {
            assertThat(third.matches()).isFalse();
            counts.matches();
        }
        assertThat(third.matches()).isTrue();
        scene.rule("flowint:n,-,1;").matches();
        assertThat(scene.rule("flowint:n,==,2;").matches()).isTrue();
    }

    @Test
    void flowintTakesAnotherFlowintAsOperand() throws RuleException {
        scene.rule("flowint:step,=,10;").matches();
        scene.rule("flowint:sum,+,step;").matches();
        scene.rule("flowint:sum,+,step;").matches();
        assertThat(scene.rule("flowint:sum,==,20;").matches()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "n,+", "n,+,-1", "n,**,1", "n,isset,1", "n,+,4294967296", ",+,1", "n,+,1x"})
    void refusesFlowintThatMeansNothing(String option) {
        assertThatThrownBy(() -> scene.rule("flowint:" + option + ";")).isInstanceOf(RuleException.class);
    }

    // ---- xbits and hostbits

    @Test
    void bitOfSourceHoldsInOtherFlowsOfTheHostUntilItEnds() throws RuleException {
        Scene.Compiled set = scene.rule("xbits:set,bad,track ip_src,expire 60;");
        Scene.Compiled asks = scene.rule("xbits:isset,bad,track ip_src;");
        set.matches();
        scene.flowId = 2;
        scene.memory = new FlowMemory();
        scene.server = "192.0.2.99";
        assertThat(asks.matches()).isTrue();
        scene.nanos += 60 * Scene.SECOND;
        assertThat(asks.matches()).isTrue();
        scene.nanos += 1;
        assertThat(asks.matches()).isFalse();
    }

    @Test
    void bitOfDestinationIsAskedAsSourceOfTheAnswer() throws RuleException {
        scene.rule("xbits:set,answered,track ip_dst,expire 10;").matches();
        scene.toServer = false;
        assertThat(scene.rule("xbits:isset,answered,track ip_src;").matches()).isTrue();
        assertThat(scene.rule("xbits:isset,answered,track ip_dst;").matches()).isFalse();
    }

    @Test
    void bitOfPairHoldsBothWaysAndForNobodyElse() throws RuleException {
        scene.rule("xbits:set,pair,track ip_pair,expire 10;").matches();
        Scene.Compiled asks = scene.rule("xbits:isset,pair,track ip_pair;");
        assertThat(asks.matches()).isTrue();
        scene.toServer = false;
        assertThat(asks.matches()).isTrue();
        assertThat(scene.rule("xbits:isset,pair,track ip_src;").matches()).isFalse();
        scene.client = "10.0.0.2";
        assertThat(asks.matches()).isFalse();
    }

    @Test
    void bitsAreUnsetAndToggled() throws RuleException {
        Scene.Compiled asks = scene.rule("xbits:isnotset,a,track ip_src;");
        scene.rule("xbits:toggle,a,track ip_src;").matches();
        assertThat(asks.matches()).isFalse();
        scene.rule("xbits:toggle,a,track ip_src;").matches();
        assertThat(asks.matches()).isTrue();
        scene.rule("xbits:set,a,track ip_src;").matches();
        scene.rule("xbits:unset,a,track ip_src;").matches();
        assertThat(asks.matches()).isTrue();
    }

    @Test
    void settingAgainMovesTheEnd() throws RuleException {
        Scene.Compiled set = scene.rule("xbits:set,a,track ip_src,expire 10;");
        set.matches();
        scene.nanos += 9 * Scene.SECOND;
        set.matches();
        scene.nanos += 9 * Scene.SECOND;
        assertThat(scene.rule("xbits:isset,a,track ip_src;").matches()).isTrue();
    }

    @Test
    void hostbitsAndXbitsOfHostsAreTheSame() throws RuleException {
        scene.rule("hostbits:set,a,dst;").matches();
        assertThat(scene.rule("xbits:isset,a,track ip_dst;").matches()).isTrue();
        assertThat(scene.rule("hostbits:isset,a,both;").matches()).isTrue();
        assertThat(scene.rule("hostbits:isset,a;").matches()).isFalse();
        scene.nanos += 299 * Scene.SECOND;
        assertThat(scene.rule("hostbits:isset,a,dst;").matches()).isTrue();
        scene.nanos += 2 * Scene.SECOND;
        assertThat(scene.rule("hostbits:isset,a,dst;").matches()).isFalse();
    }

    @Test
    void bitOfTransactionNeedsTransaction() throws RuleException {
        assertThat(scene.rule("xbits:set,a,track tx;").matches()).isTrue();
        assertThat(scene.rule("xbits:isset,a,track tx;").matches()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set,a",
                "set,a,track",
                "set,a,track ip_any",
                "set,a,track ip_src,expire 0",
                "set,a,track ip_src,expire x",
                "set,a b,track ip_src",
                "put,a,track ip_src",
                "set,a,follow ip_src",
                "set,a,track ip_src,expire 1,x",
            })
    void refusesXbitsThatMeanNothing(String option) {
        assertThatThrownBy(() -> scene.rule("xbits:" + option + ";")).isInstanceOf(RuleException.class);
    }
}
