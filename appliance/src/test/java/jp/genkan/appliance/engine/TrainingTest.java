package jp.genkan.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
    @TempDir
    Path folder;

    @Test
    void loadsItsOwnRulesWithoutARefusalAndPlaysConversations() throws Exception {
        assertThat(Training.run(folder, List.of(), Duration.ofMinutes(1), 3)).isEqualTo(3);
        assertThat(folder.resolve("eve.json")).isNotEmptyFile();
    }
}
