package jp.genkan.core.config;

import static jp.genkan.core.config.ConfigKey.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading, changing and describing a configuration. */
class ConfigTest {
    @TempDir
    Path folder;

    private static Config parse(String text) throws ConfigException {
        return Config.parse(text, "genkan.yaml", Path.of("/etc/genkan"), SampleSchema.SCHEMA);
    }

    private static List<String> problemsOf(String text) {
        try {
            parse(text);
            return List.of();
        } catch (ConfigException refused) {
            return refused.problems();
        }
    }

    private Path file(byte[] bytes) throws Exception {
        return Files.write(folder.resolve("genkan.yaml"), bytes);
    }

    @Test
    void findsPathsFromItsOwnFolder() throws Exception {
        Path file = file("content: ../signatures\n".getBytes(StandardCharsets.UTF_8));
        Config config = Config.load(file, SampleSchema.SCHEMA);
        assertThat(config.get(SampleSchema.CONTENT))
                .isEqualTo(folder.resolveSibling("signatures").toAbsolutePath());
        assertThat(config.where(SampleSchema.CONTENT)).isEqualTo(file + ":1:10");
    }

    @Test
    void hasDefaultsForWhatIsNotSet() throws Exception {
        Config config = Config.defaults(SampleSchema.SCHEMA);
        assertThat(config.get(SampleSchema.IDLE)).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.find(SampleSchema.CONTENT)).isNull();
        assertThat(config.where(SampleSchema.IDLE)).isEqualTo("default");
        assertThatThrownBy(() -> config.get(SampleSchema.CONTENT)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> config.get(SampleSchema.LIST_NAME)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void asksForWhatACommandCannotDoWithout() throws Exception {
        Config config = parse("ports: {inside: [p0]}");
        assertThatThrownBy(() -> config.require(SampleSchema.INSIDE, SampleSchema.OUTSIDE, SampleSchema.WORKERS))
                .hasMessage("genkan.yaml: ports.outside is missing (Interfaces on the side of the router); "
                        + "allowed: a list, each item a text without control characters");
    }

    @Test
    void setsSingleValuesUnderTheSameRules() throws Exception {
        Config before = parse("workers: 4");
        Config after =
                before.with("workers", "8").with("ports.inside", "p0, p1").with("ports.outside", "[p2]");
        assertThat(before.get(SampleSchema.WORKERS)).isEqualTo(4);
        assertThat(after.get(SampleSchema.WORKERS)).isEqualTo(8);
        assertThat(after.get(SampleSchema.INSIDE)).containsExactly("p0", "p1");
        assertThat(after.get(SampleSchema.OUTSIDE)).containsExactly("p2");
        assertThat(after.with("ports.inside", "").get(SampleSchema.INSIDE)).isEmpty();
        assertThat(after.where(SampleSchema.WORKERS)).isEqualTo("--set workers");
        assertThatThrownBy(() -> before.with("workers", "x"))
                .hasMessage("--set workers: workers: 'x' is not allowed; allowed: a whole number from 1 to 64");
        assertThatThrownBy(() -> before.with("ports.insid", "p0"))
                .hasMessage("--set ports.insid: unknown key 'ports.insid'; did you mean 'ports.inside'?");
        assertThatThrownBy(() -> before.with("inside", "p0"))
                .hasMessage("--set inside: unknown key 'inside'; did you mean 'ports.inside'?");
        assertThatThrownBy(() -> before.with("ports", "p0"))
                .hasMessage("--set ports: unknown key 'ports'; it is a section with the keys inside, outside");
        assertThatThrownBy(() -> before.with("reputation.lists", "[{name: x, fiel: y}]"))
                .hasMessage("--set reputation.lists: unknown key 'reputation.lists[0].fiel'; "
                        + "did you mean 'reputation.lists[0].file'?");
    }

    @Test
    void readsListsOfObjects() throws Exception {
        Config config = parse(
                "reputation:\n  lists:\n    - {name: bad, file: lists/bad.txt}\n    - name: worse\n      block: false\n");
        List<ConfigObject> lists = config.get(SampleSchema.LISTS);
        assertThat(lists.get(0).get(SampleSchema.LIST_FILE)).isEqualTo(Path.of("/etc/genkan/lists/bad.txt"));
        assertThat(lists.get(0).get(SampleSchema.LIST_BLOCKS)).isTrue();
        assertThat(lists.get(1).get(SampleSchema.LIST_BLOCKS)).isFalse();
        assertThat(lists.get(1).find(SampleSchema.LIST_FILE)).isNull();
        assertThat(lists.get(1).where(SampleSchema.LIST_BLOCKS)).isEqualTo("genkan.yaml:5:14");
    }

    @Test
    void describesItselfAsAFileThatGivesTheDefaults() throws Exception {
        String described = SampleSchema.SCHEMA.describe();
        Config config = parse(described);
        for (ConfigKey<?> key : SampleSchema.SCHEMA.keys()) {
            assertThat((Object) config.find(key)).as(key.name()).isEqualTo(key.defaultValue());
        }
        assertThat(described)
                .contains(
                        "\nstream:\n\n  # Drop what a receiver would have to guess about.\n  # Allowed: true or false.\n  strict: true\n")
                .contains("\n# Folder of signatures.\n", "# Not set: the default content.\n# content:\n")
                .contains("  inside: ['192.168.0.0/16', 'fc00::/7']\n", "  memory: 64MiB\n", "  idle-timeout: 10m\n")
                .doesNotContain("\t");
        assertThat(described.lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void tellsOfAFileThatCannotBeRead() {
        Path missing = folder.resolve("none.yaml");
        assertThatThrownBy(() -> Config.load(missing, SampleSchema.SCHEMA))
                .hasMessage(missing + ": there is no such file");
        assertThatThrownBy(() -> Config.load(folder, SampleSchema.SCHEMA))
                .hasMessageStartingWith(folder + ": cannot be read: ");
    }

    @Test
    void tellsWhereAFileIsNotUtf8() throws Exception {
        Path file = file("workers: 2\nfail: \u00ff\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Config.load(file, SampleSchema.SCHEMA)).hasMessage(file + ":2:7: not UTF-8");
    }

    @Test
    void takesAByteOrderMark() throws Exception {
        Path file = file("\ufeffworkers: 3\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(Config.load(file, SampleSchema.SCHEMA).get(SampleSchema.WORKERS))
                .isEqualTo(3);
    }

    @Test
    void refusesHugeFilesDeepNestingAndFloodsOfProblems() throws Exception {
        Path huge = file(new byte[5 << 20]);
        assertThatThrownBy(() -> Config.load(huge, SampleSchema.SCHEMA)).hasMessageContaining("no configuration");
        assertThat(problemsOf("#".repeat(1 << 21))).singleElement().asString().contains("no configuration");
        assertThat(problemsOf("a: " + "[".repeat(200_000)))
                .anySatisfy(line -> assertThat(line).contains("more than 16 sections or lists within one another"));
        assertThat(problemsOf("- ".repeat(200_000))).isNotEmpty();
        assertThat(problemsOf("x: 1\n".repeat(5_000))).hasSize(101).last().isEqualTo("and 4900 more problems");
        assertThat(problemsOf("ports: {inside: [" + "p,".repeat(20_000) + "]}"))
                .singleElement()
                .asString()
                .contains("ports.inside: a list is not allowed");
    }

    @Test
    void refusesTabsAndTakesAnEmptyFile() throws Exception {
        assertThat(problemsOf("ports:\n\tinside: [p0]\n"))
                .containsExactly(
                        "genkan.yaml:2:1: not YAML: a tab stands where spaces are expected; indent with spaces");
        assertThat(parse("").isSet(SampleSchema.WORKERS)).isFalse();
    }

    @Test
    void neverRepeatsControlCharactersOrLongValues() {
        String said = String.join("\n", problemsOf("workers: \"\\e[2J" + "x".repeat(1_000) + "\"\n"));
        assertThat(said).hasSizeLessThan(200).doesNotContain("\u001b");
    }

    @Test
    void refusesASchemaThatContradictsItself() {
        ConfigKey<Boolean> one = key("a.b", "One").bool().orElse(true);
        ConfigKey<Boolean> two = key("a.b.c", "Two").bool().orElse(true);
        assertThatThrownBy(() -> ConfigSchema.of(one, two)).hasMessage("a.b is a key and a section at once");
        assertThatThrownBy(() -> ConfigSchema.of(one).and(ConfigSchema.of(one)))
                .hasMessage("the key a.b is declared twice");
        assertThatThrownBy(() -> key("A", "Bad name")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> key("a", "A sentence.")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesTypesOfOnesOwn() throws Exception {
        ConfigKey<Integer> even = key("even", "An even number")
                .of(ConfigType.ofText(
                        "an even number",
                        text -> {
                            if (Integer.parseInt(text) % 2 != 0) {
                                throw new IllegalArgumentException("odd");
                            }
                            return Integer.valueOf(text);
                        },
                        Object::toString))
                .orElse(2);
        ConfigSchema schema = ConfigSchema.of(even);
        assertThat(Config.defaults(schema).with("even", "4").get(even)).isEqualTo(4);
        assertThatThrownBy(() -> Config.defaults(schema).with("even", "5"))
                .hasMessage("--set even: even: '5' is not allowed; allowed: an even number");
    }

    @Test
    void readsUnits() {
        assertThat(Units.duration("1h30m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(Units.duration("0")).isEqualTo(Duration.ZERO);
        assertThat(Units.duration("250us")).isEqualTo(Duration.ofNanos(250_000));
        assertThat(Units.size("2GiB")).isEqualTo(2L << 30);
        assertThat(Units.size("1kB")).isEqualTo(1_000);
        for (String bad :
                List.of("", "1", "h", "1x", "-1s", "1.5s", "s1", "99999999999999999999s", "9999999d", "1 0s")) {
            assertThat(Units.duration(bad)).as(bad).isNull();
        }
        assertThat(Units.format(Duration.ofSeconds(90))).isEqualTo("90s");
        assertThat(Units.format(Duration.ZERO)).isEqualTo("0s");
        assertThat(Units.format(1536)).isEqualTo("1536B");
        assertThat(Units.format(3L << 20)).isEqualTo("3MiB");
    }
}
