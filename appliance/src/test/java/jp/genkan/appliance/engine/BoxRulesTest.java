package jp.genkan.appliance.engine;

import static jp.genkan.appliance.engine.RulesRig.OUTSIDE;
import static jp.genkan.appliance.engine.RulesRig.PC;
import static jp.genkan.appliance.engine.RulesRig.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules, policy and exceptions of a box's configuration, together. */
class BoxRulesTest {
    private static final String IPS =
            "ips:\n  starter-rules: false\n  rules: [box.rules]\n  policy: box.policy\n  exceptions:\n";
    private static final byte[] BAD = octets("something bad");

    @TempDir
    Path folder;

    @BeforeEach
    void aRuleThatIsBlocked() throws Exception {
        Files.writeString(
                folder.resolve("box.rules"),
                "alert tcp any any -> any any (msg:\"BAD\"; flow:established; content:\"bad\"; sid:7;)\n");
        Files.writeString(folder.resolve("box.policy"), "block ★★★ sid=7\n");
    }

    @Test
    void blocksWhatThePolicyBlocksAndSaysSo() throws Exception {
        try (RulesRig rig = new RulesRig(folder, IPS.replace("  exceptions:\n", ""))) {
            assertThat(talk(rig, PC)).isFalse();
            assertThat(rig.alerts().getFirst().path("action").asText()).isEqualTo("blocked");
            assertThat(rig.alerts().getFirst().path("grade").asInt()).isEqualTo(3);
            assertThat(rig.rules.status().answers()).isEqualTo(new LiveRules.Answers(1, 0, 0));
        }
    }

    @Test
    void exceptsOneMachineFromOneRuleUntilTheDayIsOver() throws Exception {
        String yaml = IPS + "    - {sid: 7, address: " + PC + ", until: 2099-12-31, by: Tanaka, reason: test}\n";
        try (RulesRig rig = new RulesRig(folder, yaml)) {
            assertThat(talk(rig, PC)).isTrue();
            assertThat(rig.sids()).isEmpty();
            assertThat(talk(rig, "192.168.1.11")).isFalse();
            assertThat(rig.sids()).containsExactly(7L);
            rig.nanos = 4_110_000_000L * 1_000_000_000L; // in 2100
            assertThat(talk(rig, PC)).isFalse();
        }
    }

    @Test
    void ignoresAnExceptionThatHasEndedAndKeepsItForTheStatus() throws Exception {
        String yaml = IPS + "    - {sid: 7, until: 2020-01-01, by: Tanaka}\n";
        try (RulesRig rig = new RulesRig(folder, yaml)) {
            assertThat(talk(rig, PC)).isFalse();
            assertThat(rig.rules.status().exemptions()).hasSize(1);
        }
    }

    @Test
    void aPolicyThatCannotBeReadLeavesTheRulesBeforeInForce() throws Exception {
        try (RulesRig rig = new RulesRig(folder, IPS.replace("  exceptions:\n", ""))) {
            Files.writeString(folder.resolve("box.policy"), "blok ★★★ sid=7\n");
            assertThatThrownBy(rig.rules::load).isInstanceOf(IOException.class).hasMessageContaining("box.policy:1:1:");
            assertThat(talk(rig, PC)).isFalse();
        }
    }

    private static boolean talk(RulesRig rig, String client) {
        return rig.talk(client, 40_000, OUTSIDE, 8000, BAD, new byte[0]);
    }
}
