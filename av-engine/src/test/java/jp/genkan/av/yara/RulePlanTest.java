package jp.genkan.av.yara;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import jp.genkan.av.content.Content;
import jp.genkan.av.pattern.PatternSet;
import jp.genkan.av.pattern.PatternSetBuilder;
import jp.genkan.av.pattern.PatternSignatures;
import jp.genkan.av.scan.SignatureMatcher;
import jp.genkan.literals.LiteralCompiler;
import org.junit.jupiter.api.Test;

class RulePlanTest {
    private static final int RULES = 400;
    private static final String[] GATES = {
        "", "uint16(0) == 0x4241 and ", "uint32(0) == 0x44434241 and ", "filesize < 40 and "
    };
    private static final String[] CONDITIONS = {
        "$a",
        "$a and $b",
        "$a or $b",
        "2 of them",
        "any of them",
        "not $a and $b",
        "#a > 1 or $c at 2",
        "$a at 0 or filesize == 40",
        "none of them"
    };

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 2 + random.nextInt(4); i++) {
            word.append((char) ('A' + random.nextInt(4)));
        }
        return word.toString();
    }

    private static String rules(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < RULES; i++) {
            text.append("rule r").append(i).append(" { strings: ");
            for (String name : List.of("a", "b", "c")) {
                text.append('$')
                        .append(name)
                        .append(" = \"")
                        .append(word(random))
                        .append("\" ");
            }
            String gate = GATES[random.nextInt(GATES.length)];
            String condition = CONDITIONS[random.nextInt(CONDITIONS.length)];
            String names = "$a in (0..99) or $b in (0..99) or $c in (0..99)";
            text.append("condition: ")
                    .append(gate)
                    .append('(')
                    .append(condition)
                    .append(')');
            // Names all strings, as has to be, and says nothing new.
            text.append(random.nextInt(4) == 0 ? " or (filesize == 0 and (" : " and (filesize > 0 or (");
            text.append(names).append(")) }\n");
        }
        return text.toString();
    }

    private static List<String> found(String rules, boolean planned, List<Content> contents) {
        PatternSetBuilder patterns = new PatternSetBuilder();
        YaraCompiler compiler = new YaraCompiler(patterns);
        assertThat(compiler.add("test.yar", rules)).isEmpty();
        if (planned) {
            compiler.plan();
        }
        PatternSet set = patterns.build(LiteralCompiler.open(null));
        List<String> all = new ArrayList<>();
        try (SignatureMatcher matcher = new PatternSignatures(set, List.of(compiler.build(set))).matcher()) {
            for (Content content : contents) {
                TreeSet<String> found = new TreeSet<>();
                matcher.match(content, Yara.facts("a"), detection -> found.add(detection.signature()));
                all.add(found.toString());
            }
        }
        return all;
    }

    @Test
    void findsTheSameWithPatternsPostponedOrNot() {
        long seed = 20_261_126;
        Random random = new Random(seed);
        for (int round = 0; round < 5; round++) {
            String rules = rules(random);
            List<Content> contents = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                StringBuilder text = new StringBuilder(i % 3 == 0 ? "ABCD" : "");
                while (text.length() < 40) {
                    text.append((char) ('A' + random.nextInt(5)));
                }
                contents.add(Yara.content(text.substring(0, 40).getBytes(StandardCharsets.ISO_8859_1)));
            }
            assertThat(found(rules, true, contents)).as("seed %d", seed).isEqualTo(found(rules, false, contents));
        }
    }
}
