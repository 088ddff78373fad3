package jp.genkan.appliance.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.genkan.ips.rule.Rule.Expression;
import jp.genkan.ips.rule.RuleAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleSettingsTest {
    @TempDir
    Path folder;

    private SuricataYaml read(String text) throws IOException {
        return SuricataYaml.read(Files.writeString(folder.resolve("suricata.yaml"), text));
    }

    @Test
    void setsVariablesOtherwise() throws Exception {
        SuricataYaml yaml = read("""
                vars:
                  address-groups:
                    HOME_NET: "[192.0.2.0/24,!192.0.2.1]"
                    UNQUOTED: [192.0.2.1, 192.0.2.2]
                  port-groups:
                    HTTP_PORTS: 8080
                """);
        assertThat(yaml.unsupported()).isEmpty();
        assertThat(yaml.rules().variables().addresses(new Expression("$HTTP_SERVERS", 1)))
                .hasToString("[192.0.2.0,192.0.2.2-192.0.2.255]");
        assertThat(yaml.rules().variables().addresses(new Expression("$UNQUOTED", 1)))
                .hasToString("[192.0.2.1-192.0.2.2]");
        assertThat(yaml.rules().variables().ports(new Expression("$FILE_DATA_PORTS", 1)))
                .hasToString("[110,143,8080]");
    }

    @Test
    void refusesVariablesThatCannotBe() {
        assertThatThrownBy(
                        () -> read("vars:\n  address-groups:\n    HOME_NET: any\n    EXTERNAL_NET: \"!$HOME_NET\"\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(
                        "suricata.yaml: vars.address-groups.EXTERNAL_NET: in $EXTERNAL_NET: \"!$HOME_NET\" excludes everything");
        assertThatThrownBy(() -> read("vars:\n  port-groups:\n    HTTP_PORTS: 99999\n"))
                .hasMessageContaining("vars.port-groups.HTTP_PORTS");
    }

    @Test
    void checksOnlyTheVariablesThatAreSet() throws Exception {
        assertThat(read("vars:\n  address-groups:\n    HOME_NET: any\n")
                        .rules()
                        .variables()
                        .addressGroups())
                .containsEntry("HOME_NET", "any");
    }

    @Test
    void findsTheFilesBesideIt() throws Exception {
        Files.createDirectories(folder.resolve("sets"));
        for (String name : new String[] {"threshold.config", "sets/b.rules", "sets/a.rules", "sets/c.txt"}) {
            Files.writeString(folder.resolve(name), "");
        }
        SuricataYaml yaml = read("""
                default-rule-path: sets
                rule-files:
                  - one.rules
                  - "*.rules"
                threshold-file: threshold.config
                classification-file: classification.config
                reference-config-file: /nowhere/reference.config
                default-data-dir: data
                """);
        assertThat(yaml.unsupported()).isEmpty();
        RuleSettings rules = yaml.rules();
        assertThat(rules.ruleFiles())
                .containsExactly(
                        folder.resolve("sets/one.rules"),
                        folder.resolve("sets/a.rules"),
                        folder.resolve("sets/b.rules"));
        assertThat(rules.thresholdFile()).isEqualTo(folder.resolve("threshold.config"));
        assertThat(rules.classificationFile()).isNull();
        assertThat(rules.referenceFile()).isNull();
        assertThat(rules.dataFolder()).isEqualTo(folder.resolve("data"));
    }

    @Test
    void ordersActions() throws Exception {
        assertThat(read("action-order:\n  - drop\n  - pass\n  - reject\n  - alert\n")
                        .rules()
                        .actionOrder())
                .containsExactly(RuleAction.DROP, RuleAction.PASS, RuleAction.REJECT, RuleAction.ALERT);
        assertThat(SuricataYaml.NONE.rules().actionOrder())
                .containsExactly(RuleAction.PASS, RuleAction.DROP, RuleAction.REJECT, RuleAction.ALERT);
        assertThatThrownBy(() -> read("action-order: [drop, pass]\n"))
                .hasMessageEndingWith(
                        "action-order: pass, drop, reject and alert were expected, each once, not [drop, pass]");
    }
}
