package jp.genkan.av.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.genkan.av.heuristic.HeuristicPolicy;
import jp.genkan.av.scan.ScanSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignatureLoaderTest {
    private static final String MD5 = "d41d8cd98f00b204e9800998ecf8427e";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private ScanSet load(SignatureLoader loader, boolean builtIn) throws Exception {
        return loader.load(SignatureLoader.files(List.of(folder)), builtIn);
    }

    private static SignatureLoader loader() {
        return new SignatureLoader(null, HeuristicPolicy.defaults());
    }

    @Test
    void looksForNothingInAnEmptyFolder() throws Exception {
        assertThat(load(loader(), false).isEmpty()).isTrue();
        assertThat(load(loader(), true).isEmpty()).isFalse();
    }

    @Test
    void takesHashListsButNoOtherTables() throws Exception {
        Files.writeString(folder.resolve("a.hdb"), MD5 + ":10:One\n");
        Files.writeString(folder.resolve("urls.csv"), "date,URL,description\n2025/01/01,http://www.example.org/,bad\n");
        Files.writeString(folder.resolve("notes.txt"), MD5 + "\n");
        assertThat(SignatureLoader.files(List.of(folder))).containsExactly(folder.resolve("a.hdb"));
        Files.writeString(folder.resolve("hashes.csv"), "sha256_hash,signature\n" + "ab".repeat(32) + ",Two\n");
        SignatureLoader loader = loader();
        assertThat(load(loader, false).signatures().getFirst().count()).isEqualTo(2);
        assertThat(loader.problems()).isEmpty();
    }

    @Test
    void saysWhichLineIsBrokenAndUsesTheOthers() throws Exception {
        Files.writeString(folder.resolve("a.hdb"), "nonsense\n" + MD5 + ":10:One\n");
        SignatureLoader loader = loader();
        assertThat(load(loader, false).signatures().getFirst().count()).isEqualTo(1);
        assertThat(loader.problems()).singleElement().asString().contains("a.hdb:1");
    }
}
