package jp.genkan.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The text of every complaint: each folder below {@code golden/config} has a file {@code genkan.yaml} and, in {@code expected.txt}, what is
 * said about it. {@code -Dgolden.update=true} writes {@code expected.txt} anew.
 */
class ConfigGoldenTest {
    private static final Path CASES = Path.of("src/test/resources/golden/config");

    @TestFactory
    Stream<DynamicTest> saysWhatIsWrongAndWhere() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.filter(Files::isDirectory).sorted().toList().stream()
                    .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
        }
    }

    private static void check(Path folder) throws IOException {
        String said;
        try {
            String text = Files.readString(folder.resolve("genkan.yaml"));
            Config config = Config.parse(text, "genkan.yaml", Path.of("/etc/genkan"), SampleSchema.SCHEMA);
            said = "accepted; not at their defaults:" + setKeys(config) + "\n";
        } catch (ConfigException refused) {
            said = String.join("\n", refused.problems()) + "\n";
        }
        Path expected = folder.resolve("expected.txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(expected, said);
        }
        assertThat(said).isEqualTo(Files.readString(expected));
    }

    private static String setKeys(Config config) {
        StringBuilder text = new StringBuilder();
        for (ConfigKey<?> key : SampleSchema.SCHEMA.keys()) {
            if (config.isSet(key)) {
                text.append("\n").append(config.where(key)).append(": ").append(written(config, key));
            }
        }
        return text.toString();
    }

    private static <T> String written(Config config, ConfigKey<T> key) {
        return key.name() + ": " + key.type().format(config.get(key));
    }
}
