package jp.genkan.core.config;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is a configuration or is refused with reasons. */
class ConfigFuzzTest {
    static Stream<Arguments> seeds() {
        return Stream.of(
                        SampleSchema.SCHEMA.describe(),
                        "workers: 4\nports: {inside: [p0], outside: [p1]}\nstream:\n  idle-timeout: 1h30m\n  memory: 64MiB\n",
                        "a: &a [*a, !!int 1]\n? [x]\n: |\n  text\n--- {}\n",
                        "\ufeff{\"fail\": \"open\", workers: 0x10, content: '\u2028'}")
                .map(text -> Arguments.of((Object) text.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void refusesOrReadsWhatStands(byte[] file) {
        try {
            Config.parse(new String(file, StandardCharsets.UTF_8), "f", Path.of("/"), SampleSchema.SCHEMA);
        } catch (ConfigException refused) {
            for (String problem : refused.problems()) {
                if (problem.isBlank() || problem.contains("\n")) {
                    throw new AssertionError("a problem is one line: " + problem);
                }
            }
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void setsOrRefusesWhatStands(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8);
        for (ConfigKey<?> key : SampleSchema.SCHEMA.keys()) {
            try {
                Config.defaults(SampleSchema.SCHEMA).with(key.name(), text);
            } catch (ConfigException refused) {
                // with its reasons
            }
        }
    }
}
