package jp.genkan.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
    private static final Pattern PROTOCOL = Pattern.compile("\"app_proto\":\"(\\w+)\"");

    @TempDir
    Path folder;

    /** What is rehearsed has to be what it is meant to be, or the JVM learns the way of errors. */
    @Test
    void playsWhatTheParsersUnderstand() throws Exception {
        Path rules = Files.writeString(folder.resolve("none.rules"), "# none\n");
        int played = Training.run(folder, List.of(rules), Duration.ofSeconds(60), 200);
        assertThat(played).isEqualTo(200);
        Set<String> protocols = new TreeSet<>();
        List<String> lines = Files.readAllLines(folder.resolve("eve.json"));
        for (String line : lines) {
            Matcher found = PROTOCOL.matcher(line);
            if (found.find()) {
                protocols.add(found.group(1));
            }
            assertThat(line).doesNotContain("\"event_type\":\"anomaly\"").doesNotContain("\"event_type\":\"drop\"");
        }
        assertThat(protocols).contains("http", "tls", "smtp", "dns");
        assertThat(lines).anyMatch(line -> line.contains("\"sni\":\"www."));
        assertThat(lines).anyMatch(line -> line.contains("\"event_type\":\"fileinfo\"") && line.contains(".dat\""));
        assertThat(lines).anyMatch(line -> line.contains("\"event_type\":\"dns\"") && line.contains("198.51.100.1"));
    }
}
