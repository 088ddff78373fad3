package jp.genkan.literals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiled databases on disk: used when they fit, replaced when they do not, never a reason to fail. */
class DatabaseCacheTest {
    private static final byte[] KEY = {1, 2, 3};
    private static final List<Literal> LITERALS = List.of(Literals.exact("first"), Literals.caseless("second"));

    @TempDir
    Path folder;

    @Test
    void givesBackWhatWasPut() {
        DatabaseCache cache = new DatabaseCache(folder.resolve("made"));
        assertThat(cache.get(KEY)).isNull();
        cache.put(KEY, new byte[] {4, 5});
        assertThat(cache.get(KEY)).containsExactly(4, 5);
        assertThat(cache.get(new byte[] {9})).isNull();
    }

    @Test
    void aFileThatIsCutOrChangedIsAbsent() throws IOException {
        DatabaseCache cache = new DatabaseCache(folder);
        cache.put(KEY, new byte[100]);
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(cache.get(KEY)).isNull();
        }
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            assertThat(cache.get(KEY)).isNull();
        }
    }

    @Test
    void deletesWhatWasUsedTheLongestAgo() throws IOException {
        DatabaseCache cache = new DatabaseCache(folder, 3, 1 << 20);
        for (int i = 0; i < 5; i++) {
            cache.put(new byte[] {(byte) i}, new byte[10]);
            Files.setLastModifiedTime(
                    folder.resolve(String.format("%02x.hsdb", i)), FileTime.fromMillis(1_000_000L + i * 1_000L));
            cache.get(new byte[] {0}); // used all the time
        }
        assertThat(files().stream().map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrder("00.hsdb", "03.hsdb", "04.hsdb");
    }

    @Test
    void keepsWithinItsOctets() throws IOException {
        DatabaseCache cache = new DatabaseCache(folder, 100, 1_000);
        for (int i = 0; i < 10; i++) {
            cache.put(new byte[] {(byte) i}, new byte[300]);
        }
        assertThat(files()).hasSize(3);
    }

    @Test
    void aFolderThatCannotBeWrittenCostsNothingButTime() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        DatabaseCache cache = new DatabaseCache(file.resolve("below"));
        cache.put(KEY, new byte[10]);
        assertThat(cache.get(KEY)).isNull();
    }

    @Test
    void theSecondCompilationReadsWhatTheFirstWrote() throws IOException {
        LiteralCompiler compiler = nativeCompiler();
        assertFinds(compiler.compile(LITERALS, Mode.STREAM));
        List<Path> files = files();
        assertThat(files).hasSize(2);
        Object before = inode(files.getFirst());
        assertFinds(compiler.compile(LITERALS, Mode.STREAM));
        assertThat(inode(files.getFirst())).isEqualTo(before);
        compiler.compile(LITERALS, Mode.BLOCK);
        assertThat(files()).hasSize(2);
        compiler.compile(List.of(LITERALS.get(1), LITERALS.get(0)), Mode.BLOCK);
        assertThat(files()).hasSize(3);
    }

    @Test
    void aBrokenFileIsCompiledAgainAndReplaced() throws IOException {
        LiteralCompiler compiler = nativeCompiler();
        assertFinds(compiler.compile(LITERALS, Mode.BLOCK));
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, new byte[] {1, 2, 3});
        assertFinds(compiler.compile(LITERALS, Mode.BLOCK));
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }

    @Test
    void aDatabaseOfAnotherReleaseIsCompiledAgainAndReplaced() throws IOException {
        LiteralCompiler compiler = nativeCompiler();
        assertFinds(compiler.compile(LITERALS, Mode.BLOCK));
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        byte[] other = Arrays.copyOfRange(whole, 32, whole.length);
        other[5]++; // the minor version, behind four octets of magic; the sum is right
        String name = file.getFileName().toString();
        byte[] key = HexFormat.of().parseHex(name.substring(0, name.indexOf('.')));
        new DatabaseCache(folder).put(key, other);
        assertThat(Files.readAllBytes(file)).isNotEqualTo(whole);
        assertFinds(compiler.compile(LITERALS, Mode.BLOCK));
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }

    private LiteralCompiler nativeCompiler() {
        LiteralCompiler compiler = LiteralCompiler.open(folder);
        assumeThat(compiler.isNative()).as(compiler.describe()).isTrue();
        return compiler;
    }

    private static void assertFinds(LiteralDatabase database) {
        assertThat(database).isInstanceOf(NativeDatabase.class);
        LiteralHits hits = new LiteralHits();
        try (LiteralScanner scanner = new LiteralScanner()) {
            byte[] text = Literals.octets("the SECOND First first");
            scanner.scan(database, text, 0, text.length, hits);
        }
        assertThat(hits.count()).isEqualTo(2);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.sorted().toList());
        }
    }

    private static Object inode(Path file) throws IOException {
        return Objects.requireNonNull(Files.getAttribute(file, "unix:ino"));
    }
}
