package jp.genkan.ips.keyword.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.ips.keyword.Language;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.rule.Rule;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleParser;
import jp.genkan.ips.signature.Reference;
import jp.genkan.ips.signature.Scene;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityKeywordsTest {
    private final Scene scene = new Scene();

    @Test
    void setsNumbersAndTexts() throws RuleException {
        var rule = scene.rule(
                        "msg:\"a \\\"b\\\" c\\; d\"; sid:2000001; gid:3; rev:4; classtype:trojan-activity; priority:2; target:dest_ip;")
                .builder();
        assertThat(rule.property("msg")).isEqualTo("a \"b\" c; d");
        assertThat(rule.property("sid")).isEqualTo(2_000_001L);
        assertThat(rule.property("gid")).isEqualTo(3L);
        assertThat(rule.property("rev")).isEqualTo(4);
        assertThat(rule.property("classtype")).isEqualTo("trojan-activity");
        assertThat(rule.property("priority")).isEqualTo(2);
        assertThat(rule.property("target")).isEqualTo(Target.DESTINATION);
    }

    @Test
    void collectsReferencesAndMetadata() throws RuleException {
        Scene.Compiled rule = scene.rule(
                "reference:url,www.example.com/a?b=c; reference:CVE,2024-1; metadata:created_at 2024_01_01, tag a b, tag c, alone;");
        assertThat(rule.references())
                .containsExactly(new Reference("url", "www.example.com/a?b=c"), new Reference("cve", "2024-1"));
        assertThat(rule.metadata()).containsEntry("created_at", List.of("2024_01_01"));
        assertThat(rule.metadata()).containsEntry("tag", List.of("a b", "c")).doesNotContainKey("alone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sid:0",
                "sid:x",
                "sid:4294967296",
                "sid",
                "msg:bare",
                "target:nobody",
                "reference:url",
                "reference:url,",
                "sid:1; sid:2",
                "noalert:1",
                "config:logging enable, type tx, scope tx",
                "config:logging disable",
                "config:logging disable, type flow, scope flow",
            })
    void refusesWhatMeansNothing(String options) {
        assertThatThrownBy(() -> scene.rule(options + ";")).isInstanceOf(RuleException.class);
    }

    @Test
    void traitsAreSet() throws RuleException {
        assertThat(scene.rule("noalert;").builder().hasTrait(Signature.Trait.NO_ALERT))
                .isTrue();
        assertThat(scene.rule("alert;").builder().hasTrait(Signature.Trait.ALERT))
                .isTrue();
        assertThat(scene.rule("bypass;").builder().hasTrait(Signature.Trait.BYPASS))
                .isTrue();
    }

    @Test
    void configSilencesTheTransactionOrAllThatFollowInItsFlow() throws RuleException {
        Transaction one = transaction();
        apply(scene.rule("config:logging disable, type tx, scope tx;"), one);
        assertThat(one.isSilenced()).isTrue();
        assertThat(scene.memory.silenced).isFalse();
        apply(scene.rule("config:logging disable, type tx, scope flow;"), transaction());
        assertThat(scene.memory.silenced).isTrue();
    }

    private static Transaction transaction() {
        return new Transaction(AppProtocol.NTP, 0) {
            @Override
            public void writeTo(EveFields out) {}
        };
    }

    private void apply(Scene.Compiled rule, Transaction matched) throws RuleException {
        Moment moment = scene.moment();
        moment.turnTo(matched, Direction.TO_SERVER);
        rule.signature(1).effects().forEach(effect -> effect.apply(moment));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "version >= 8                          ; true",
                "version >= 8.0.0, keyword sid         ; true",
                "version >= 7.0.3 < 8                  ; false",
                "version >= 7.0.3 < 8 | >= 8.0.3       ; true",
                "version >= 7.0.3 < 8 | >= 9.0.99      ; false",
                "version > 8.1                         ; false",
                "version <= 8.0.1                      ; false",
                "version >= 8.0.0-beta1                ; true",
                "keyword nosuchword                    ; false",
                "keyword flowbits, feature ja4         ; true",
                "feature nosuchfeature                 ; false",
                "something else                        ; false",
            })
    void requirementsAreMetOrTheRuleIsPassedOver(String requirement, boolean met) throws RuleException {
        Rule rule = RuleParser.parse(
                "alert ip any any -> any any (nosuchword:1; requires: " + requirement + "; sid:1;)",
                Path.of("x.rules"),
                1);
        if (met) {
            Requirements.check(rule, Language.get().keywords());
        } else {
            RuleException refused = catchThrowableOfType(
                    RuleException.class,
                    () -> Requirements.check(rule, Language.get().keywords()));
            assertThat(refused).isNotNull();
            assertThat(refused.code()).isEqualTo(RuleCode.REQUIRES);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version",
                "version 8",
                "version >= x",
                "version >= 8, version >= 9",
                "feature",
                "version >= 1.2.3.4"
            })
    void requirementsThatCannotBeReadAreErrors(String requirement) {
        RuleException refused =
                catchThrowableOfType(RuleException.class, () -> scene.rule("requires: " + requirement + ";"));
        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo(RuleCode.BAD_VALUE);
    }
}
