package jp.genkan.ips.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashListTest {
    private static final String ONE = "0cc175b9c0f1b6a831c399e269772661";
    private static final String OTHER = "92eb5ffee6ae2fec3ad71c777531578f";

    @TempDir
    Path folder;

    @Test
    void findsHashesOnly() throws IOException, DatasetException {
        Path file = folder.resolve("list");
        Files.write(file, List.of("# bad files", ONE, "", OTHER + " name"));
        HashList list = HashList.read(file, 16);
        assertThat(list.size()).isEqualTo(2);
        assertThat(list.contains(ONE)).isTrue();
        assertThat(list.contains(OTHER)).isTrue();
        assertThat(list.contains("4a8a08f09d37b73795649038408b5f33")).isFalse();
        assertThat(list.contains("no hash")).isFalse();
    }

    @Test
    void refusesHashOfAnotherLength() throws IOException {
        Path file = folder.resolve("list");
        Files.write(file, List.of(ONE + "00"));
        assertThatThrownBy(() -> HashList.read(file, 16)).hasMessageContaining(":1:");
    }
}
