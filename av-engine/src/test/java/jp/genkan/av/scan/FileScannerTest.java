package jp.genkan.av.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jp.genkan.av.content.Content;
import jp.genkan.av.eicar.Eicar;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.Samples;
import jp.genkan.av.unpack.UnpackException;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.av.unpack.Unpackers;
import org.junit.jupiter.api.Test;

class FileScannerTest {
    private static final byte[] EICAR = ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*")
            .getBytes(StandardCharsets.US_ASCII);

    private static final ScanLimits LIMITS = new ScanLimits(4, 50, 20 << 20, 40 << 20, 250, Duration.ofSeconds(20));

    private static ScanResult scan(byte[] octets, List<Unpacker> unpackers, ScanLimits limits, boolean everything) {
        try (Arena arena = Arena.ofConfined();
                FileScanner scanner = new FileScanner(new ScanSet(List.of(new Eicar())), unpackers, limits)) {
            scanner.findEverything(everything);
            MemorySegment copy = arena.allocate(Math.max(1, octets.length));
            MemorySegment.copy(octets, 0, copy, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, octets.length);
            return scanner.scan(new Content(copy.asSlice(0, octets.length)), "given", List.of(), List.of(), List.of());
        }
    }

    private static ScanResult scan(byte[] octets) {
        return scan(octets, Unpackers.all(), LIMITS, false);
    }

    private static byte[] zip(String name, byte[] member, int times) {
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(made)) {
            for (int i = 0; i < times; i++) {
                zip.putNextEntry(new ZipEntry(times == 1 ? name : name + i));
                zip.write(member);
                zip.closeEntry();
            }
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return made.toByteArray();
    }

    private static byte[] nested(int depth) {
        byte[] file = EICAR;
        for (int i = 0; i < depth; i++) {
            file = zip("level" + i, file, 1);
        }
        return file;
    }

    @Test
    void namesTheContainersOnTheWayToTheMember() {
        ScanResult result = scan(nested(3));
        assertThat(result.verdict()).isEqualTo(ScanResult.Verdict.INFECTED);
        assertThat(result.infection()).isNotNull().satisfies(found -> {
            assertThat(found.detection().signature()).isEqualTo(Eicar.NAME);
            assertThat(found.path()).containsExactly("level2", "level1", "level0");
        });
        assertThat(scan(EICAR).infection())
                .isNotNull()
                .satisfies(found -> assertThat(found.path()).isEmpty());
    }

    @Test
    void callsCleanOnlyWhatItHasSeenToItsEnd() {
        assertThat(scan(zip("a", new byte[10], 3)).verdict()).isEqualTo(ScanResult.Verdict.CLEAN);
        ScanResult deep = scan(nested(7));
        assertThat(deep.verdict()).isEqualTo(ScanResult.Verdict.UNINSPECTABLE);
        assertThat(deep.blind().getFirst().reason()).isEqualTo(Members.Reason.TOO_DEEP);
        ScanResult many = scan(zip("a", new byte[10], 60));
        assertThat(many.blind().getFirst().reason()).isEqualTo(Members.Reason.TOO_MANY);
    }

    @Test
    void endsBombsAndLargeMembersWithAReason() {
        byte[] bomb = zip("zeros", new byte[15 << 20], 1);
        ScanLimits strict = new ScanLimits(4, 50, 20 << 20, 40 << 20, 100, Duration.ofSeconds(20));
        assertThat(scan(bomb, Unpackers.all(), strict, false).blind())
                .anySatisfy(blind -> assertThat(blind.reason()).isEqualTo(Members.Reason.BOMB));
        ScanLimits small = new ScanLimits(4, 50, 1 << 20, 2 << 20, 100_000, Duration.ofSeconds(20));
        assertThat(scan(bomb, Unpackers.all(), small, false).blind())
                .anySatisfy(blind -> assertThat(blind.reason()).isEqualTo(Members.Reason.TOO_LARGE));
    }

    @Test
    void endsWhenItsTimeIsOver() {
        Unpacker endless = new Unpacker() {
            @Override
            public String format() {
                return "endless";
            }

            @Override
            public boolean recognises(Content content, FileFacts facts) {
                return facts.depth() == 0;
            }

            @Override
            public void unpack(Content content, FileFacts facts, Members members) throws IOException {
                while (true) {
                    members.checkTime();
                }
            }
        };
        ScanLimits short_ = new ScanLimits(4, 50, 1 << 20, 2 << 20, 100, Duration.ofMillis(50));
        assertThat(scan(EICAR.clone(), List.of(endless), short_, true).findings())
                .hasSize(1);
        assertThat(scan(new byte[10], List.of(endless), short_, true)
                        .blind()
                        .getFirst()
                        .reason())
                .isEqualTo(Members.Reason.TOO_LONG);
    }

    @Test
    void looksAtWhatCameOfAMemberWhoseUnpackerFailed() {
        Unpacker failing = new Unpacker() {
            @Override
            public String format() {
                return "failing";
            }

            @Override
            public boolean recognises(Content content, FileFacts facts) {
                return facts.depth() == 0;
            }

            @Override
            public void unpack(Content content, FileFacts facts, Members members) throws IOException {
                OutputStream open = members.begin("cut off");
                open.write(EICAR);
                throw new UnpackException(Members.Reason.BROKEN, "as it is");
            }
        };
        ScanResult result = scan(new byte[10], List.of(failing), LIMITS, true);
        assertThat(result.infection()).isNotNull();
        assertThat(result.blind().getFirst().reason()).isEqualTo(Members.Reason.BROKEN);
    }

    @Test
    void triesThePasswordsOfAMailOnTheArchivesInIt() {
        String archive = Base64.getMimeEncoder().encodeToString(Samples.encryptedZip("Ab12cd34", EICAR));
        String mail = "From: a@example.jp\r\nTo: b@example.jp\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=between\r\n\r\n--between\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\n\r\n解凍パスワード：WORD\r\n--between\r\n"
                + "Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + archive + "\r\n--between--\r\n";
        ScanResult known = scan(mail.replace("WORD", "Ab12cd34").getBytes(StandardCharsets.UTF_8));
        assertThat(known.infection())
                .isNotNull()
                .satisfies(found -> assertThat(found.path()).endsWith("a.zip", "a.txt"));
        ScanResult unknown = scan(mail.replace("WORD", "Zz98yy76").getBytes(StandardCharsets.UTF_8));
        assertThat(unknown.verdict()).isEqualTo(ScanResult.Verdict.UNINSPECTABLE);
        assertThat(unknown.blind().getFirst().reason()).isEqualTo(Members.Reason.ENCRYPTED);
    }

    @Test
    void aPasswordBehindTheArchiveOrInTheSubjectOpensIt() {
        String archive = Base64.getMimeEncoder().encodeToString(Samples.encryptedZip("Ab12cd34", EICAR));
        String mail = "From: a@example.jp\r\nTo: b@example.jp\r\nSubject: SAID\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=between\r\n\r\n--between\r\n"
                + "Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + archive + "\r\n--between\r\nContent-Type: text/plain\r\n\r\nWORDS\r\n--between--\r\n";
        ScanResult behind = scan(mail.replace("WORDS", "password: Ab12cd34").getBytes(StandardCharsets.UTF_8));
        assertThat(behind.verdict()).isEqualTo(ScanResult.Verdict.INFECTED);
        assertThat(behind.blind()).isEmpty();
        ScanResult above =
                scan(mail.replace("SAID", "your file,\r\n password: Ab12cd34").getBytes(StandardCharsets.UTF_8));
        assertThat(above.verdict()).isEqualTo(ScanResult.Verdict.INFECTED);
        ScanResult never = scan(mail.getBytes(StandardCharsets.UTF_8));
        assertThat(never.verdict()).isEqualTo(ScanResult.Verdict.UNINSPECTABLE);
        assertThat(never.blind()).hasSize(1);
    }

    @Test
    void findsEverythingWhenThatIsWanted() {
        assertThat(scan(zip("a", EICAR, 3), Unpackers.all(), LIMITS, true).findings())
                .hasSize(3);
        assertThat(scan(zip("a", EICAR, 3), Unpackers.all(), LIMITS, false).findings())
                .hasSize(1);
    }

    @Test
    void knowsTheTestFileButNotTextsThatQuoteIt() {
        byte[] text = new byte[5_000];
        System.arraycopy(EICAR, 0, text, 3_000, EICAR.length);
        assertThat(scan(text).verdict()).isEqualTo(ScanResult.Verdict.CLEAN);
        System.arraycopy(EICAR, 0, text, 0, EICAR.length);
        assertThat(scan(text).verdict()).isEqualTo(ScanResult.Verdict.INFECTED);
    }
}
