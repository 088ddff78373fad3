package jp.genkan.ips.keyword.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import org.junit.jupiter.api.Test;

class FieldTestsTest {
    private static final Map<String, Long> FLAGS = Map.of("retain", 1L, "dup", 8L);

    private static RuleOption option(String value) {
        return new RuleOption("keyword", value, 1, 9);
    }

    private static NumbersTest numbers(String value) throws RuleException {
        return NumbersTest.parse(value, Map.of("connect", 1L, "connack", 2L), option(value));
    }

    @Test
    void oneNumberThatPassesIsEnough() throws RuleException {
        assertThat(numbers("connack").test(new long[] {1, 2})).isTrue();
        assertThat(numbers("connack,any").test(new long[] {1, 2})).isTrue();
        assertThat(numbers("connack").test(new long[] {})).isFalse();
    }

    @Test
    void aPlaceIsCountedFromEitherEnd() throws RuleException {
        assertThat(numbers("connect,0").test(new long[] {1, 2})).isTrue();
        assertThat(numbers("connect,1").test(new long[] {1, 2})).isFalse();
        assertThat(numbers("connack,-1").test(new long[] {1, 2})).isTrue();
        assertThat(numbers("connack,5").test(new long[] {1, 2})).isFalse();
    }

    @Test
    void allNumbersPassWhenThereAreNoneUnlessOneIsAskedFor() throws RuleException {
        assertThat(numbers(">0,all").test(new long[] {1, 2})).isTrue();
        assertThat(numbers(">1,all").test(new long[] {1, 2})).isFalse();
        assertThat(numbers(">1,all").test(new long[] {})).isTrue();
        assertThat(numbers(">1,all1").test(new long[] {})).isFalse();
    }

    @Test
    void numbersThatPassAreCounted() throws RuleException {
        assertThat(numbers(">1,nb>2").test(new long[] {1, 2, 3, 4})).isTrue();
        assertThat(numbers(">1,nb>2").test(new long[] {1, 2, 3})).isFalse();
    }

    @Test
    void refusesAPlaceThatIsNone() {
        assertThatThrownBy(() -> numbers("1,some")).isInstanceOf(RuleException.class);
    }

    @Test
    void flagsAreWantedOrUnwanted() throws RuleException {
        FlagsTest test = FlagsTest.parse(option("retain,!dup"), FLAGS);
        assertThat(test.test(0x31)).isTrue();
        assertThat(test.test(0x39)).isFalse();
        assertThat(test.test(0x30)).isFalse();
    }

    @Test
    void flagsAreANumberToo() throws RuleException {
        assertThat(FlagsTest.parse(option("&0x40=0x40"), FLAGS).test(0xc0)).isTrue();
        assertThat(FlagsTest.parse(option("128"), FLAGS).test(0x80)).isTrue();
    }

    @Test
    void refusesUnknownAndRepeatedFlags() {
        assertThatThrownBy(() -> FlagsTest.parse(option("retian"), FLAGS)).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> FlagsTest.parse(option("dup,!dup"), FLAGS)).isInstanceOf(RuleException.class);
    }

    @FuzzTest
    void anyValueIsReadOrRefused(byte[] data) {
        String value = new String(data, StandardCharsets.ISO_8859_1);
        try {
            numbers(value).test(new long[] {0, 1});
            FlagsTest.parse(option(value), FLAGS).test(1);
        } catch (RuleException refused) {
            assertThat(refused).hasMessageContaining("keyword");
        }
    }
}
