package jp.genkan.ips.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import jp.genkan.core.frame.AddressRange;
import jp.genkan.ips.engine.RuleLoader;
import jp.genkan.ips.engine.RuleSet;
import jp.genkan.ips.network.Variables;
import jp.genkan.ips.rule.RuleAction;
import jp.genkan.ips.rule.RuleReader;
import jp.genkan.ips.rule.RuleSource;
import jp.genkan.ips.signature.EventFilter;
import jp.genkan.ips.signature.RuleEnvironment;
import jp.genkan.ips.signature.Signature;
import jp.genkan.literals.LiteralCompiler;
import org.junit.jupiter.api.Test;

class RulePolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    private static final String SEVERE = "signature_severity Major, confidence High";

    @Test
    void theFirstLineThatCoversARuleDecides() throws Exception {
        String policy = "# ours\nlog ★ sid=7\nblock ★★★ sid=1-9 # a range\noff any\n";
        RuleSet set = load(policy, rule(7, "ET MALWARE a", ""), rule(8, "ET MALWARE b", ""), rule(10, "ET INFO c", ""))
                .set();
        assertThat(set.size()).isEqualTo(2);
        assertThat(of(set, 7).action()).isEqualTo(RuleAction.ALERT);
        assertThat(of(set, 7).grade()).isEqualTo(1);
        assertThat(of(set, 8).action()).isEqualTo(RuleAction.DROP);
        assertThat(of(set, 8).grade()).isEqualTo(3);
    }

    @Test
    void asksForMessageFileClassAndMetadata() throws Exception {
        assertThat(isCovered("message=\"ET MALWARE\"", rule(1, "ET MALWARE x", "")))
                .isTrue();
        assertThat(isCovered("message=\"ET MAL\"", rule(1, "ET MALWARE x", ""))).isFalse();
        assertThat(isCovered("message=\"et info\",\"ET MALWARE x\"", rule(1, "ET MALWARE x", "")))
                .isTrue();
        assertThat(isCovered("file=emerging-test", rule(1, "x", ""))).isTrue();
        assertThat(isCovered("file=emerging", rule(1, "x", ""))).isFalse();
        assertThat(isCovered("classtype=trojan-activity", rule(1, "x", "classtype:trojan-activity;")))
                .isTrue();
        assertThat(isCovered("classtype!=trojan-activity", rule(1, "x", "classtype:trojan-activity;")))
                .isFalse();
        assertThat(isCovered("gid=1", rule(1, "x", ""))).isTrue();
        assertThat(isCovered("confidence=high", rule(1, "x", "metadata:confidence High;")))
                .isTrue();
        assertThat(isCovered("confidence=High,-", rule(1, "x", ""))).isTrue();
        assertThat(isCovered("confidence=High,-", rule(1, "x", "metadata:confidence Low;")))
                .isFalse();
        assertThat(isCovered("metadata.shop=till", rule(1, "x", "metadata:shop till;")))
                .isTrue();
        assertThat(isCovered("sid=1 confidence=High", rule(1, "x", "metadata:confidence Low;")))
                .isFalse();
    }

    @Test
    void namesThePlaceOfEverythingThatIsWrong() {
        String policy =
                "blok ★ any\nlog any\nblock ★★\nlog ★ clastype=x\n  log ★ sid=x\nlog ★ every=0 any\nlog ★ \"a\n";
        assertThatThrownBy(() -> RulePolicy.parse(Path.of("p"), policy))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(
                        "p:1:1: a line begins with block, log or off, not with \"blok\" (did you mean block?)",
                        "p:2:5: block and log are followed by a grade",
                        "p:3:1: which rules?",
                        "p:4:7: unknown condition \"clastype\"",
                        "(did you mean classtype?)",
                        "p:5:9: sid is a number",
                        "p:6:7: every is a number of seconds",
                        "p:7:7: a quote is not closed");
    }

    @Test
    void keepsAnActionThatARuleHasOfItsOwn() throws Exception {
        String pass = rule(1, "x", "").replaceFirst("alert", "pass");
        String drop = rule(2, "x", "").replaceFirst("alert", "drop");
        RuleSet blocked = load("block ★ any\n", pass, drop).set();
        assertThat(of(blocked, 1).action()).isEqualTo(RuleAction.PASS);
        RuleSet off = load("off any\n", pass, drop).set();
        assertThat(of(off, 2).action()).isEqualTo(RuleAction.DROP);
    }

    @Test
    void silencesARuleOnWhichOthersBuildInsteadOfTakingItAway() throws Exception {
        RuleSet set = load("off any\n", rule(1, "x", "flowbits:set,a;"), rule(2, "x", "flowbits:isset,a;"))
                .set();
        assertThat(set.size()).isEqualTo(1);
        assertThat(of(set, 1).traits().has(Signature.Trait.NO_ALERT)).isTrue();
    }

    @Test
    void aRuleThatOnlyPreparesOthersNeverBlocks() throws Exception {
        RuleSet set = load("block ★ any\n", rule(1, "x", "flowbits:set,a; flowbits:noalert;"))
                .set();
        assertThat(of(set, 1).action()).isEqualTo(RuleAction.ALERT);
    }

    @Test
    void countsWhatIsOffAndLimitsWhatSpeaksTooOften() throws Exception {
        RuleLoader.Loaded loaded = load("off sid=1\nlog ★ every=60 any\n", rule(1, "x", ""), rule(2, "x", ""));
        assertThat(loaded.off()).isEqualTo(1);
        assertThat(loaded.loaded()).isEqualTo(2);
        assertThat(of(loaded.set(), 2).memory().filters())
                .containsExactly(EventFilter.window(EventFilter.Type.LIMIT, EventFilter.Track.BY_SOURCE, 1, 60));
    }

    @Test
    void theStockPolicyBlocksWhatIsSevereAndConfident() throws Exception {
        assertStock(
                Answer.BLOCK, 3, "ET MALWARE Some Bot CnC", "classtype:command-and-control; metadata:" + SEVERE + ";");
        assertStock(
                Answer.BLOCK, 3, "ET ATTACK_RESPONSE x", "classtype:bad-unknown; metadata:signature_severity Major;");
        assertStock(Answer.BLOCK, 2, "ET EXPLOIT x", "classtype:attempted-admin; metadata:" + SEVERE + ";");
        assertStock(Answer.BLOCK, 2, "ET DROP Spamhaus", "classtype:misc-attack; metadata:signature_severity Minor;");
        String unsure = "signature_severity Major, confidence Medium";
        assertStock(Answer.LOG, 2, "ET MALWARE x", "classtype:trojan-activity; metadata:" + unsure + ";");
        assertStock(
                Answer.LOG, 1, "ET MALWARE x", "classtype:trojan-activity; metadata:signature_severity Informational;");
        assertStock(Answer.LOG, 1, "ET GAMES x", "classtype:policy-violation; metadata:" + SEVERE + ";");
        assertStock(Answer.LOG, 2, "ET SHELLCODE x", "classtype:shellcode-detect; metadata:signature_severity Major;");
        assertStock(Answer.OFF, 0, "ET INFO x", "classtype:bad-unknown; metadata:" + SEVERE + ";");
        assertStock(Answer.OFF, 0, "ET HUNTING x", "classtype:trojan-activity; metadata:" + SEVERE + ";");
    }

    @Test
    void anExceptionHoldsForItsRuleUntilItsEnd() throws Exception {
        AddressRange pc = AddressRange.parse("192.168.1.20");
        Instant later = NOW.plusSeconds(60);
        List<RuleExemption> exemptions = List.of(
                RuleExemption.of("1", pc, later, "Tanaka", ""),
                RuleExemption.of("1:2", pc, NOW, "Tanaka", "ended"),
                RuleExemption.of("9", null, later, "Tanaka", "no such rule"));
        BoxPolicy policy = new BoxPolicy(RulePolicy.parse(Path.of("p"), "block ★ any\n"), exemptions, NOW);
        RuleSet set = load(policy, rule(1, "x", ""), rule(2, "x", "")).set();
        EventFilter filter = of(set, 1).memory().filters().getFirst();
        assertThat(filter.type()).isEqualTo(EventFilter.Type.EXCEPTION);
        assertThat(filter.untilEpochNanos()).isEqualTo(later.getEpochSecond() * 1_000_000_000L);
        assertThat(of(set, 2).memory().filters()).isEmpty();
        assertThat(policy.unused()).extracting(RuleExemption::rule).containsExactly("9");
    }

    @Test
    void anExceptionNeedsARuleAndAName() {
        assertThatThrownBy(() -> RuleExemption.of("abc", null, NOW, "Tanaka", ""))
                .hasMessageContaining("not a rule's number: 'abc'");
        assertThatThrownBy(() -> RuleExemption.of("1", null, NOW, " ", "")).hasMessageContaining("asked for it");
    }

    private static void assertStock(Answer answer, int grade, String message, String options) throws Exception {
        RulePolicy.Standing standing = RulePolicy.stock()
                .of(of(load("log ★ any\n", rule(5, message, options)).set(), 5));
        assertThat(standing.answer()).as(message).isEqualTo(answer);
        assertThat(standing.grade()).as(message).isEqualTo(grade);
    }

    private static boolean isCovered(String conditions, String rule) throws Exception {
        return of(load("block ★ " + conditions + "\nlog ★★ any\n", rule).set(), 1)
                        .action()
                == RuleAction.DROP;
    }

    private static String rule(long sid, String message, String options) {
        return "alert tcp any any -> any any (msg:\"" + message + "\"; content:\"x\"; " + options + " sid:" + sid
                + ";)";
    }

    private static RuleLoader.Loaded load(String policy, String... rules) throws Exception {
        return load(new BoxPolicy(RulePolicy.parse(Path.of("p"), policy), List.of(), NOW), rules);
    }

    private static RuleLoader.Loaded load(BoxPolicy policy, String... rules) throws Exception {
        byte[] octets = String.join("\n", rules).getBytes(StandardCharsets.UTF_8);
        RuleSource source = RuleReader.read(Path.of("emerging-test.rules"), octets);
        RuleLoader.Loaded loaded = new RuleLoader(
                        new RuleEnvironment(Path.of(".")), Variables.stock(), LiteralCompiler.inJava())
                .under(policy)
                .load(List.of(source), List.of(), RuleSet.ACTIONS);
        assertThat(loaded.problems()).isEmpty();
        return loaded;
    }

    private static Signature of(RuleSet set, long sid) {
        for (int i = 0; i < set.size(); i++) {
            if (set.signature(i).id().sid() == sid) {
                return set.signature(i);
            }
        }
        throw new AssertionError("no rule " + sid);
    }
}
