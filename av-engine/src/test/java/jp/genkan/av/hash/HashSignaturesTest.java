package jp.genkan.av.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import jp.genkan.av.content.Content;
import jp.genkan.av.executable.PeSamples;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.scan.SignatureMatcher;
import jp.genkan.av.source.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashSignaturesTest {
    private static final byte[] SAMPLE = "a program that nobody wants\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER = "another one, a bit longer than that\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final Problems problems = new Problems();

    @Test
    void findsFilesByClamAvSignatures() throws Exception {
        HashSignatures signatures = compile(
                "own.hdb",
                hex("MD5", SAMPLE) + ":" + SAMPLE.length + ":Test.Md5-17-0\n",
                "own.hsb",
                "# comment\r\n\n" + hex("SHA-256", SAMPLE) + ":*:Test.Sha256:73\r\n" + hex("SHA-1", OTHER) + ":"
                        + OTHER.length + ":Test.Sha1\n");
        assertThat(detections(signatures, SAMPLE)).containsExactlyInAnyOrder("Test.Md5-17-0", "Test.Sha256");
        assertThat(detections(signatures, OTHER)).containsExactly("Test.Sha1");
        assertThat(detections(signatures, new byte[SAMPLE.length])).isEmpty();
        assertThat(problems.count()).isZero();
    }

    @Test
    void keepsSizeToTheLetter() throws Exception {
        HashSignatures signatures =
                compile("own.hdb", hex("MD5", SAMPLE) + ":" + (SAMPLE.length + 1) + ":Test.WrongSize\n");
        assertThat(detections(signatures, SAMPLE)).isEmpty();
    }

    @Test
    void hashesOnlyFilesOfSizesThatOccur() throws Exception {
        HashTable table = compile("own.hdb", hex("MD5", SAMPLE) + ":" + SAMPLE.length + ":Test\n")
                .table();
        assertThat(table.filter(HashKind.FILE_MD5).wants(SAMPLE.length)).isTrue();
        assertThat(table.filter(HashKind.FILE_MD5).wants(OTHER.length)).isFalse();
        assertThat(table.filter(HashKind.FILE_SHA256).wants(SAMPLE.length)).isFalse();
    }

    @Test
    void findsSectionsOfPrograms() throws Exception {
        byte[] program = PeSamples.program();
        byte[] text = PeSamples.section(program, 0);
        HashSignatures signatures = compile(
                "own.mdb",
                text.length + ":" + hex("MD5", text) + ":Test.Section\n",
                "own.msb",
                "*:" + hex("SHA-256", text) + ":Test.Section.Sha\n");
        assertThat(detections(signatures, program)).containsExactlyInAnyOrder("Test.Section", "Test.Section.Sha");
        assertThat(detections(signatures, text)).isEmpty();
    }

    @Test
    void readsPlainListsWithComments() throws Exception {
        HashSignatures signatures = compile(
                "bad-files.txt",
                "# a list\n; of hashes\n// and nothing else\n\n" + hex("MD5", SAMPLE) + "\n  "
                        + hex("SHA-256", OTHER).toUpperCase(Locale.ROOT) + ";seen in the wild\n");
        assertThat(detections(signatures, SAMPLE)).containsExactly("bad-files");
        assertThat(detections(signatures, OTHER)).containsExactly("bad-files");
        assertThat(problems.count()).isZero();
    }

    @Test
    void readsCsvByItsHead() throws Exception {
        String other = "0123456789abcdef0123456789abcdef";
        HashSignatures signatures = compile(
                "recent.csv",
                "####\n# a head line\n"
                        + "# \"first_seen_utc\",\"sha256_hash\",\"md5_hash\",\"sha1_hash\",\"reporter\",\"signature\",\"imphash\"\n"
                        + "\"2024-05-01 10:00:00\", \"" + hex("SHA-256", SAMPLE) + "\", \"" + other
                        + "\", \"n/a\", \"somebody, \"\"one\"\"\", \"AgentTesla\", \"" + other + "\"\n"
                        + "\"2024-05-01 10:00:01\", \"" + hex("SHA-256", OTHER)
                        + "\", \"\", \"\", \"x\", \"n/a\", \"\"\n");
        assertThat(detections(signatures, SAMPLE)).containsExactly("AgentTesla");
        assertThat(detections(signatures, OTHER)).containsExactly("recent");
        assertThat(signatures.count()).isEqualTo(2);
        assertThat(problems.count()).isZero();
    }

    @Test
    void readsCsvWithoutHead() throws Exception {
        HashSignatures signatures = compile("x.csv", "2024," + hex("SHA-1", SAMPLE) + ",whatever\n");
        assertThat(detections(signatures, SAMPLE)).containsExactly("x");
    }

    @Test
    void saysWhichRowsAreMalformed() throws Exception {
        HashSignatures signatures = compile(
                "own.hdb",
                "nonsense\n" + hex("MD5", SAMPLE).substring(1) + ":5:Short\n" + hex("MD5", SAMPLE) + ":-5:Size\n"
                        + hex("MD5", SAMPLE) + ":5:\n" + hex("MD5", SAMPLE) + ":" + SAMPLE.length + ":Good\n"
                        + "x".repeat(70_000) + "\n" + hex("MD5", OTHER) + ":" + OTHER.length + ":AlsoGood");
        assertThat(problems.kept().stream().map(Object::toString))
                .containsExactly(
                        "own.hdb:1: three fields with a colon between them are expected",
                        "own.hdb:2: this is no MD5, SHA-1 or SHA-256 in hexadecimal digits",
                        "own.hdb:3: the size is a number or *",
                        "own.hdb:4: the signature has no name",
                        "own.hdb:6: the line has more than 65536 octets");
        assertThat(detections(signatures, SAMPLE)).containsExactly("Good");
        assertThat(detections(signatures, OTHER)).containsExactly("AlsoGood");
    }

    @Test
    void leavesSignaturesOfOtherLevelsOut() throws Exception {
        String row = hex("MD5", SAMPLE) + ":" + SAMPLE.length + ":";
        HashSignatures signatures = compile("own.hdb", row + "Newer:9999\n" + row + "Older:10:99\n");
        assertThat(signatures.count()).isZero();
        assertThat(problems.count()).isZero();
    }

    @Test
    void keepsFirstNameOfEqualSignatures() throws Exception {
        String row = hex("MD5", SAMPLE) + ":" + SAMPLE.length + ":";
        HashSignatures signatures = compile("own.hdb", (row + "First\n" + row + "Second\n").repeat(500));
        assertThat(signatures.count()).isEqualTo(1);
        assertThat(detections(signatures, SAMPLE)).containsExactly("First");
    }

    @Test
    void namesComeBackAsTheyWere() {
        Names names = new Names();
        for (String name :
                List.of("Win.Trojan.Agent-1388639-0", "W32.A", "X-007", "99", "0", "A-12345678901-2", "é-4")) {
            assertThat(Names.name(names.stems().get(names.add(name)), names.number()))
                    .isEqualTo(name);
        }
        assertThat(names.add("Win.Trojan.Agent-4-0")).isEqualTo(names.add("Win.Trojan.Agent-512-0"));
    }

    @Test
    void answersAsASlowMapDoes() throws Exception {
        long seed = 20_261_126;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<byte[]> hashes = new ArrayList<>();
        try (HashTableBuilder builder = new HashTableBuilder(random.nextLong())) {
            for (int i = 0; i < 20_000; i++) {
                byte[] hash = new byte[32];
                random.nextBytes(hash);
                hashes.add(hash);
                builder.add(HashKind.FILE_SHA256, hash, i % 2 == 0 ? i : HashKey.ANY_SIZE, "Name-" + i, "list");
            }
            Path file = folder.resolve("t.hashset");
            HashTableFile.write(file, builder);
            for (HashTable table : List.of(HashTableFile.open(file), HashTableFile.inMemory(builder))) {
                assertThat(table.count()).isEqualTo(hashes.size());
                for (int i = 0; i < hashes.size(); i++) {
                    long entry = table.find(HashKind.FILE_SHA256, i, hashes.get(i));
                    assertThat(table.name(entry)).isEqualTo("Name-" + i);
                    long wrong = table.find(HashKind.FILE_SHA256, i + 1L, hashes.get(i));
                    assertThat(wrong >= 0).isEqualTo(i % 2 == 1);
                    assertThat(table.find(HashKind.SECTION_SHA256, i, hashes.get(i)))
                            .isNegative();
                }
            }
        }
    }

    @Test
    void compilesAgainWhatIsBrokenOnDisk() throws Exception {
        StringBuilder rows = new StringBuilder();
        byte[] hash = new byte[16];
        for (int i = 0; i < 110_000; i++) {
            hash[i % 16] += (byte) (i * 31 + 1);
            rows.append(HexFormat.of().formatHex(hash))
                    .append(":7:A-")
                    .append(i)
                    .append('\n');
        }
        rows.append(hex("MD5", SAMPLE)).append(':').append(SAMPLE.length).append(":Test\n");
        Path source = Files.writeString(folder.resolve("big.hdb"), rows);
        Path cache = folder.resolve("cache");
        int count = new HashCompiler(cache).compile(List.of(source), problems).count();
        Path kept;
        try (var files = Files.list(cache)) {
            kept = files.findFirst().orElseThrow();
        }
        for (long at : new long[] {0, 9, 70, Files.size(kept) / 2, Files.size(kept) - 3}) {
            flip(kept, at);
            assertThat(new HashCompiler(cache)
                            .compile(List.of(source), problems)
                            .count())
                    .isEqualTo(count);
            HashTableFile.open(kept);
        }
        Files.writeString(kept, "foreign");
        HashSignatures again = new HashCompiler(cache).compile(List.of(source), problems);
        assertThat(detections(again, SAMPLE)).containsExactly("Test");
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(at);
            int octet = access.read();
            access.seek(at);
            access.write(octet ^ 0x40);
        }
    }

    private HashSignatures compile(String... namesAndTexts) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            files.add(Files.writeString(folder.resolve(namesAndTexts[i]), namesAndTexts[i + 1]));
        }
        return new HashCompiler(null).compile(files, problems);
    }

    private static List<String> detections(HashSignatures signatures, byte[] octets) {
        List<String> names = new ArrayList<>();
        FileFacts facts =
                new FileFacts(null, null, List.of(), List.of(), List.of(), System.nanoTime() + 10_000_000_000L);
        try (Arena arena = Arena.ofConfined();
                SignatureMatcher matcher = signatures.matcher()) {
            MemorySegment memory = arena.allocate(octets.length).copyFrom(MemorySegment.ofArray(octets));
            matcher.match(new Content(memory), facts, detection -> names.add(detection.signature()));
        }
        return names;
    }

    private static String hex(String algorithm, byte[] octets) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(octets));
    }
}
