package jp.genkan.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    @TempDir
    Path directory;

    @Test
    void hasNoLinesBeforeItIsWritten() throws IOException {
        assertThat(new StateFile(directory.resolve("a/b.jsonl"), 100).readLines())
                .isEmpty();
    }

    @Test
    void replacesTheWholeContentForItsOwnerOnly() throws IOException {
        Path path = directory.resolve("made/on/the/way.jsonl");
        StateFile file = new StateFile(path, 100);
        file.writeLines(List.of("one", "\u4e8c"));
        file.writeLines(List.of("three"));
        assertThat(file.readLines()).containsExactly("three");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        try (var entries = Files.list(path.getParent())) {
            assertThat(entries).containsExactly(path);
        }
    }

    @Test
    void keepsTheOldContentWhenTheNewOneCannotBeWritten() throws IOException {
        StateFile file = new StateFile(directory.resolve("a.jsonl"), 100);
        file.writeLines(List.of("old"));
        Files.createDirectories(directory.resolve("a.jsonl.new").resolve("in the way"));
        assertThatThrownBy(() -> file.writeLines(List.of("new")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file.path() + ": cannot be written: ");
        assertThat(file.readLines()).containsExactly("old");
    }

    @Test
    void readsNoFileThatIsTooLarge() throws IOException {
        Path path = directory.resolve("a.jsonl");
        Files.writeString(path, "x".repeat(101));
        assertThatThrownBy(() -> new StateFile(path, 100).readLines())
                .hasMessage(path + ": 101 octets, and at most 100 are read");
    }
}
