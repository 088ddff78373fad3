package jp.genkan.av.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Debian's packers make comes out octet for octet; damaged, it ends with a reason. A packer that is not installed is skipped. */
class PackedByToolsTest {
    private static final byte[] PLAIN = Samples.text(1500);
    private static final int DAMAGES = 10;
    private static final int PREFIXES = 80;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "zip,zip -q o a",
        "zip,zip -q -Z bzip2 o.zip a",
        "zip,zip -q -P secret o.zip a",
        "zip,7z a -bd -tzip -mm=Deflate64 o.zip a",
        "zip,7z a -bd -tzip -mm=LZMA o.zip a",
        "zip,7z a -bd -tzip -psecret -mem=AES256 o.zip a",
        "bzip2,bzip2 -k a",
        "xz,xz -k a",
        "xz,xz -k --x86 --lzma2 a",
        "xz,xz -k --delta=dist=3 --lzma2 a",
        "lzma,lzma -k a",
        "zstd,zstd -q -3 a",
        "zstd,zstd -q -19 a",
        "lz4,lz4 -q a a.lz4",
        "compress,compress -k a",
        "7z,7z a -bd o.7z a",
        "7z,7z a -bd -m0=BCJ2 -m1=LZMA -m2=LZMA -m3=LZMA -mb0:1 -mb0s1:2 -mb0s2:3 o.7z a",
        "7z,7z a -bd -m0=Deflate64 o.7z a",
        "7z,7z a -bd -m0=BZip2 o.7z a",
        "7z,7z a -bd -psecret -mhe=on o.7z a",
        "cab,gcab -c -z o.cab a",
        "tar,tar cf o.tar a",
        "tar,tar --format=v7 -cf o.tar a",
        "ar,ar qc o.a a",
        "arj,arj a -m1 o.arj a",
        "arj,arj a -m4 o.arj a",
        "arj,arj a -m0 -gsecret o.arj a",
        "arj,arj a -m1 -gsecret o.arj a",
        "arj,arj a -m4 -gsecret o.arj a",
        "lzh,jlha ao5 o.lzh a",
        "lzh,jlha ao7 o.lzh a",
        "lzh,jlha a0 o.lzh a",
        "lzh,jlha a1 o.lzh a",
        "iso,genisoimage -quiet -J -o o.iso a",
        "szdd,mscompress a",
    })
    void comesOutAsItWas(String format, String command) throws IOException, InterruptedException {
        byte[] packed = pack(command);
        Unpacker unpacker = Unpacking.unpacker(format);
        Unpacking unpacking = Unpacking.of(unpacker, packed, "secret");
        assertThat(unpacking.end()).isNull();
        assertThat(unpacking.members().reasons()).isEmpty();
        assertThat(unpacking.members().octets()).hasSize(1);
        assertThat(unpacking.members().octets().getFirst()).isEqualTo(PLAIN);
        damage(unpacker, packed);
        truncate(unpacker, packed);
    }

    /** The first octets one by one, then samples: what is missing is never anything but a reason. */
    private static void truncate(Unpacker unpacker, byte[] packed) {
        for (int i = 0; i < PREFIXES; i++) {
            int length = i < PREFIXES / 2 ? i : (int) ((long) packed.length * i / PREFIXES);
            Unpacking.of(unpacker, Arrays.copyOf(packed, Math.min(length, packed.length)), "secret");
        }
    }

    private static void damage(Unpacker unpacker, byte[] packed) {
        Random random = new Random(packed.length);
        for (int i = 0; i < DAMAGES; i++) {
            byte[] damaged =
                    Arrays.copyOf(packed, random.nextBoolean() ? packed.length : random.nextInt(packed.length));
            for (int k = random.nextInt(4); k >= 0 && damaged.length > 0; k--) {
                int near = random.nextBoolean() ? damaged.length : Math.min(damaged.length, 128);
                damaged[random.nextInt(near)] = (byte) random.nextInt();
            }
            // Anything but an IOException fails the test.
            Unpacking.of(unpacker, damaged, "secret");
        }
    }

    private byte[] pack(String command) throws IOException, InterruptedException {
        List<String> words = List.of(command.split(" ", -1));
        boolean installed = Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path, words.getFirst())));
        assumeTrue(installed, words.getFirst() + " is not installed");
        Files.write(folder.resolve("a"), PLAIN);
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assumeTrue(process.waitFor(30, TimeUnit.SECONDS), command + " takes too long");
        try (var files = Files.list(folder)) {
            Path made = files.filter(file ->
                            !List.of("a", "log").contains(file.getFileName().toString()))
                    .findFirst()
                    .orElse(null);
            assumeTrue(made != null, command + " does not work here");
            return Files.readAllBytes(made);
        }
    }
}
