package jp.genkan.av.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jp.genkan.av.content.Content;
import jp.genkan.av.eicar.Eicar;
import jp.genkan.av.scan.ScanResult.Blind;
import jp.genkan.av.unpack.Members.Reason;
import jp.genkan.av.unpack.Samples;
import jp.genkan.av.unpack.Unpackers;
import org.junit.jupiter.api.Test;

/** Files that are made to cost: all end within the bounds, with a reason. */
class BombsTest {
    private static final ScanLimits LIMITS = new ScanLimits(16, 1_000, 20 << 20, 40 << 20, 250, Duration.ofSeconds(30));

    private static ScanResult scan(byte[] octets, ScanLimits limits, LongSupplier clock) {
        try (Arena arena = Arena.ofConfined();
                FileScanner scanner =
                        new FileScanner(new ScanSet(List.of(new Eicar())), Unpackers.all(), limits, clock)) {
            MemorySegment copy = arena.allocate(Math.max(1, octets.length)).asSlice(0, octets.length);
            MemorySegment.copy(octets, 0, copy, ValueLayout.JAVA_BYTE, 0, octets.length);
            return scanner.scan(new Content(copy), "bomb", List.of(), List.of(), List.of());
        }
    }

    private static ScanResult scan(byte[] octets) {
        return scan(octets, LIMITS, System::nanoTime);
    }

    private static List<Reason> reasons(ScanResult result) {
        return result.blind().stream().map(Blind::reason).distinct().toList();
    }

    private static byte[] zip(int times, byte[] member) throws IOException {
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(made)) {
            for (int i = 0; i < times; i++) {
                zip.putNextEntry(new ZipEntry("member" + i + ".zip"));
                zip.write(member);
                zip.closeEntry();
            }
        }
        return made.toByteArray();
    }

    @Test
    void aFileThatUnpacksToItselfEndsByDepth() throws IOException {
        byte[] quine = GzipQuine.make();
        assertThat(new GZIPInputStream(new ByteArrayInputStream(quine)).readAllBytes())
                .isEqualTo(quine);
        ScanResult result = scan(quine);
        assertThat(reasons(result)).containsExactly(Reason.TOO_DEEP);
        assertThat(result.octets()).isLessThanOrEqualTo((LIMITS.depth() + 2L) * quine.length);
        assertThat(reasons(scan(zip(2, quine)))).containsExactly(Reason.TOO_DEEP);
    }

    @Test
    void tenLevelsOfTenEndByTheNumberOfMembers() throws IOException {
        byte[] file = new byte[100];
        for (int level = 0; level < 10; level++) {
            file = zip(10, file);
        }
        assertThat(reasons(scan(file))).contains(Reason.TOO_MANY);
    }

    @Test
    void largeMembersOfNestedArchivesEndByOctetsOrRatio() throws IOException {
        byte[] file = zip(1, new byte[30 << 20]);
        for (int level = 0; level < 3; level++) {
            file = zip(5, file);
        }
        ScanResult result = scan(file);
        assertThat(reasons(result)).isSubsetOf(Reason.TOO_LARGE, Reason.BOMB).isNotEmpty();
        assertThat(result.octets()).isLessThan(2 * LIMITS.totalOctets());
    }

    @Test
    void aDictionaryThatIsOnlyAnnouncedTakesNoMemory() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<byte[]> files = new ArrayList<>();
        for (int dictionary : new int[] {1 << 24, 1 << 30, -1}) {
            files.add(sevenZip(dictionary));
            files.add(ByteBuffer.allocate(200)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put((byte) 0x5d)
                    .putInt(dictionary)
                    .putLong(1L << 40)
                    .put((byte) 0)
                    .array());
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        files.forEach(BombsTest::scan);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(64L << 20);
    }

    /** One member by LZMA with so large a dictionary; the few octets of its stream are nonsense. */
    private static byte[] sevenZip(int dictionary) {
        byte[] packed = new byte[64];
        ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        header.put(new byte[] {1, 4, 6, 0, 1, 9, 64, 0}); // header, streams, packed: at 0, one of 64
        header.put(new byte[] {7, 11, 1, 0, 1, 0x23, 3, 1, 1, 5, 0x5d})
                .putInt(dictionary); // one folder, one coder, five octets of properties
        header.put(new byte[] {12, (byte) 0xf0}).putInt(1 << 30).put((byte) 0); // a gigabyte unpacked
        header.put(new byte[] {0, 5, 1, 17, 5, 0, 'a', 0, 0, 0, 0, 0}); // one file, its name
        byte[] rest = new byte[header.position()];
        header.flip().get(rest);
        ByteBuffer start = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(packed.length).putLong(rest.length).putInt(crc(rest));
        ByteBuffer file = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {'7', 'z', (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c, 0, 4})
                .putInt(crc(start.array()));
        return Samples.join(file.array(), start.array(), packed, rest);
    }

    private static int crc(byte[] octets) {
        CRC32 crc = new CRC32();
        crc.update(octets);
        return (int) crc.getValue();
    }

    @Test
    void entitiesOfADocumentAreNotExpanded() throws IOException {
        StringBuilder laughs = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY e0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            laughs.append("<!ENTITY e")
                    .append(i)
                    .append(" \"")
                    .append(("&e" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        laughs.append("]><w:document><w:t>&e29;</w:t></w:document>");
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(made)) {
            for (String name : List.of("[Content_Types].xml", "word/document.xml", "word/_rels/settings.xml.rels")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(laughs.toString().getBytes(StandardCharsets.US_ASCII));
                zip.closeEntry();
            }
        }
        ScanResult result = scan(made.toByteArray());
        assertThat(result.blind()).isEmpty();
        assertThat(result.octets()).isLessThan(made.size() + 4L * laughs.length());
    }

    @Test
    void membersAtOnePlaceAreReadOnce() throws IOException {
        byte[] one = zip(1, new byte[4 << 20]);
        int directory = directory(one);
        byte[] entry = Arrays.copyOfRange(one, directory, one.length - 22);
        int times = 5_000;
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(one, 0, directory);
        for (int i = 0; i < times; i++) {
            file.writeBytes(entry);
        }
        file.writeBytes(ByteBuffer.allocate(22)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) times)
                .putShort((short) times)
                .putInt(entry.length * times)
                .putInt(directory)
                .array());
        assertThat(scan(file.toByteArray()).octets()).isLessThan(3L * (4 << 20) + file.size());
    }

    private static int directory(byte[] zip) {
        return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(zip.length - 6);
    }

    /** Files that take long in every way: many members, long ones, many levels, much to decode. */
    private static List<byte[]> slow() throws IOException {
        byte[] text = Samples.text(15_000);
        byte[] nested = new byte[1_000];
        for (int level = 0; level < 5; level++) {
            nested = zip(4, nested);
        }
        String encoded = Base64.getMimeEncoder().encodeToString(Samples.zip("a.txt", text));
        String mail = "From: a@example.jp\r\nTo: b@example.jp\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=between\r\n\r\n"
                + ("--between\r\nContent-Transfer-Encoding: base64\r\n\r\n" + encoded + "\r\n").repeat(5);
        StringBuilder pdf = new StringBuilder("%PDF-1.7\n");
        for (int i = 1; i < 4_000; i++) {
            pdf.append(i).append(" 0 obj<</Length 3>>stream\nabc\nendstream endobj\n");
        }
        String page = "<html>" + ("<a href=\"data:text/plain;base64," + "QUJD".repeat(500) + "\">").repeat(100);
        return List.of(
                nested,
                zip(900, new byte[10]),
                zip(3, new byte[2 << 20]),
                Samples.gzip(text),
                mail.getBytes(StandardCharsets.US_ASCII),
                pdf.toString().getBytes(StandardCharsets.US_ASCII),
                page.getBytes(StandardCharsets.US_ASCII));
    }

    /** When its time is over a scan asks what time it is this often at most before it ends: once or twice a level and an unpacker. */
    private static final int SLACK = 64;

    @Test
    void aScanEndsSoonAfterItsTimeIsOver() throws IOException {
        int number = 0;
        for (byte[] file : slow()) {
            number++;
            long[] asked = {0};
            scan(file, LIMITS, () -> asked[0]++ * 0);
            long whole = asked[0];
            assertThat(whole).as("file %d", number).isGreaterThan(3);
            for (long part = 1; part <= 9; part += 2) {
                long over = Math.max(1, (whole - 2) * part / 10); // the last look is behind the scan
                asked[0] = 0;
                // the clock stands still until it has been asked so often, then its time is over
                ScanResult result = scan(
                        file,
                        LIMITS,
                        () -> asked[0]++ < over ? 0 : LIMITS.time().toNanos() + 1);
                assertThat(asked[0] - over)
                        .as("file %d, %d tenths", number, part)
                        .isBetween(0L, (long) SLACK);
                assertThat(reasons(result))
                        .as("file %d, %d tenths", number, part)
                        .contains(Reason.TOO_LONG);
            }
        }
    }

    /** Octets that may be unpacked between two looks at the clock. */
    private static final long OCTETS_BETWEEN = 2L << 20;

    @Test
    void theClockIsAskedAsOctetsCome() throws IOException {
        byte[] large = zip(1, new byte[16 << 20]);
        long[] asked = {0};
        scan(
                large,
                new ScanLimits(16, 1_000, 20 << 20, 40 << 20, 10_000, Duration.ofSeconds(30)),
                () -> asked[0]++ * 0);
        assertThat(asked[0]).isGreaterThan((16 << 20) / OCTETS_BETWEEN);
    }

    @Test
    void everyPrefixOfAFileEndsWithinTheBounds() throws IOException {
        List<byte[]> files = new ArrayList<>(slow());
        files.add(GzipQuine.make());
        files.add(sevenZip(1 << 20));
        files.add(Samples.encryptedZip("secret", Samples.text(20)));
        ScanLimits narrow = new ScanLimits(6, 100, 1 << 20, 4 << 20, 250, Duration.ofSeconds(30));
        for (byte[] file : files) {
            for (int step = 0; step < 16; step++) {
                int length = step < 8 ? Math.min(file.length, step * step * 3) : (int) ((long) file.length * step / 16);
                scan(Arrays.copyOf(file, length), narrow, System::nanoTime);
            }
        }
    }
}
