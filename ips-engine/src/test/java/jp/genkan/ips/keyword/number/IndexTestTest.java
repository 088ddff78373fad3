package jp.genkan.ips.keyword.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import org.junit.jupiter.api.Test;

class IndexTestTest {
    private static boolean holds(String index, int... numbers) throws RuleException {
        RuleOption option = new RuleOption("x", index, 1, 1);
        String[] words = ("1," + index).split(",");
        return IndexTest.parse(words, 1, option).test(numbers.length, place -> numbers[place] == 1);
    }

    @Test
    void anyNeedsOneAndAllNeedsEach() throws RuleException {
        assertThat(holds("any", 2, 1)).isTrue();
        assertThat(holds("any", 2)).isFalse();
        assertThat(holds("all", 1, 1)).isTrue();
        assertThat(holds("all", 1, 2)).isFalse();
        assertThat(holds("all")).isFalse();
        assertThat(holds("all_or_absent")).isTrue();
        assertThat(holds("or_absent")).isTrue();
        assertThat(holds("or_absent", 2)).isFalse();
    }

    @Test
    void placesCountFromEitherEnd() throws RuleException {
        assertThat(holds("0", 1, 2)).isTrue();
        assertThat(holds("-1", 1, 2)).isFalse();
        assertThat(holds("-2", 1, 2)).isTrue();
        assertThat(holds("5", 1, 2)).isFalse();
        assertThat(holds("oob_or 5", 1, 2)).isTrue();
        assertThat(holds("oob_or 1", 1, 2)).isFalse();
    }

    @Test
    void countsThoseThatPass() throws RuleException {
        assertThat(holds("nb>1", 1, 2, 1)).isTrue();
        assertThat(holds("nb1", 1, 2, 1)).isFalse();
    }

    @Test
    void slicesListFirst() throws RuleException {
        assertThat(holds("all,2:4", 2, 2, 1, 1, 2)).isTrue();
        assertThat(holds("all,-3:-1", 2, 2, 1, 1, 2)).isTrue();
        assertThat(holds("any,4:9", 1, 1)).isFalse();
    }

    @Test
    void refusesWordsThatAreNoIndex() {
        assertThatThrownBy(() -> holds("some")).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> holds("99999999999")).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> holds("a:b")).isInstanceOf(RuleException.class);
    }
}
