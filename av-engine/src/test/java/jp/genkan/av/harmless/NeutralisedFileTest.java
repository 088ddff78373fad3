package jp.genkan.av.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import jp.genkan.av.harmless.Outcome.State;
import jp.genkan.av.harmless.Replaced.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeutralisedFileTest {
    /** Finds a mark that no compression hides, so that files of any length are infected. */
    private static final String MARK = "this-is-the-virus";

    private static final Judge MARKS = (octets, from, to, name, formats, passwords) -> {
        byte[] file = Arrays.copyOfRange(octets, from, to);
        return new String(file, StandardCharsets.ISO_8859_1).contains(MARK)
                ? Viruses.JUDGE.look(Viruses.EICAR, 0, Viruses.EICAR.length, null, formats, passwords)
                : Viruses.JUDGE.look(file, 0, file.length, name, formats, passwords);
    };

    private static byte[] random(int length, long seed) {
        byte[] octets = new byte[length];
        new Random(seed).nextBytes(octets);
        return octets;
    }

    /** The test file with as much noise behind it as makes this length. */
    private static byte[] virus(int length) {
        byte[] virus = random(length, 9);
        System.arraycopy(Viruses.EICAR, 0, virus, 0, Viruses.EICAR.length);
        return virus;
    }

    private static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
        Map<String, byte[]> members = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                members.put(entry.getName(), in.readAllBytes());
            }
        }
        return members;
    }

    private static byte[] member(byte[] zip, String name) throws IOException {
        byte[] found = unzipped(zip).get(name);
        assertThat(found).as(name).isNotNull();
        return found == null ? new byte[0] : found;
    }

    private static Outcome raw(String name, byte[] file) {
        return Viruses.neutralise(Wire.of(Wire.Kind.RAW, file).with(Wire.About.NOTHING.named(name)));
    }

    @Test
    void onlyTheInfectedMemberOfAnArchiveDies() throws IOException {
        byte[] photo = random(5000, 1);
        byte[] zip = MailMaker.zip(
                "photo.jpg",
                photo,
                "bill.exe",
                Viruses.EICAR,
                "readme.txt",
                "hello".getBytes(StandardCharsets.US_ASCII));
        Outcome outcome = raw("all.zip", zip);
        assertThat(outcome.state()).isEqualTo(State.HARMLESS);
        assertThat(outcome.octets()).hasSameSizeAs(zip);
        assertThat(outcome.replaced()).singleElement().satisfies(replaced -> {
            assertThat(replaced.path()).isEqualTo("bill.exe");
            assertThat(replaced.form()).isEqualTo(Form.TEXT);
        });
        Map<String, byte[]> members = unzipped(outcome.octets());
        assertThat(members).containsOnlyKeys("photo.jpg", "bill.txt", "readme.txt");
        assertThat(member(outcome.octets(), "photo.jpg")).isEqualTo(photo);
        assertThat(new String(member(outcome.octets(), "bill.txt"), StandardCharsets.UTF_8))
                .containsIgnoringCase("virus");
    }

    @Test
    void anArchiveInAnArchiveKeepsItsCleanMembers() throws IOException {
        byte[] text = "a longer text, a longer text, a longer text".repeat(40).getBytes(StandardCharsets.US_ASCII);
        byte[] inner = MailMaker.zip("clean.txt", text, "x.exe", virus(600), "c.bin", random(200, 3));
        byte[] zip = MailMaker.zip("first.txt", text, "inner.zip", inner);
        Outcome outcome = raw("outer.zip", zip);
        assertThat(outcome.state()).isEqualTo(State.HARMLESS);
        assertThat(outcome.replaced())
                .singleElement()
                .satisfies(replaced -> assertThat(replaced.path()).isEqualTo("inner.zip/x.exe"));
        Map<String, byte[]> members = unzipped(member(outcome.octets(), "inner.zip"));
        assertThat(members.getOrDefault("clean.txt", new byte[0])).isEqualTo(text);
        assertThat(members).containsKey("x.txt");
    }

    @Test
    void storedMembersAreReplacedToo() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry entry = new ZipEntry("virus.com");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(Viruses.EICAR.length);
            CRC32 crc = new CRC32();
            crc.update(Viruses.EICAR);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(Viruses.EICAR);
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("clean.txt"));
            zip.write('a');
            zip.closeEntry();
        }
        Outcome outcome = raw("x.zip", out.toByteArray());
        assertThat(outcome.state()).isEqualTo(State.HARMLESS);
        assertThat(unzipped(outcome.octets())).containsOnlyKeys("virus.txt", "clean.txt");
    }

    @Test
    void anArchiveOfNothingButVirusesBecomesAnotherArchive() throws IOException {
        byte[] zip = MailMaker.zip("a.exe", virus(900), "b.exe", Viruses.EICAR);
        Outcome outcome = raw("x.zip", zip);
        assertThat(unzipped(outcome.octets())).containsOnlyKeys("virus-removed.txt");
        assertThat(outcome.octets()).hasSameSizeAs(zip);
    }

    @Test
    void memberOfATarArchiveKeepsItsNameAndLength() throws IOException {
        byte[] tar = tar(
                "a.txt", "hello".getBytes(StandardCharsets.US_ASCII), "v.com", Viruses.EICAR, "b.bin", random(700, 5));
        Outcome outcome = raw("x.tar", tar);
        assertThat(outcome.state()).isEqualTo(State.HARMLESS);
        byte[] after = outcome.octets();
        assertThat(after).hasSameSizeAs(tar);
        for (int i = 0; i < tar.length; i++) {
            boolean isVirus = i >= 1536 && i < 1536 + Viruses.EICAR.length;
            assertThat(isVirus || tar[i] == after[i]).as("octet %d", i).isTrue();
        }
        Outcome packed = raw("x.tar.gz", MailMaker.gzip(tar));
        assertThat(packed.replaced())
                .singleElement()
                .satisfies(replaced -> assertThat(replaced.name()).isEqualTo("v.com"));
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.octets())).readAllBytes())
                .hasSameSizeAs(tar);
    }

    static byte[] tar(Object... members) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < members.length; i += 2) {
            byte[] content = (byte[]) members[i + 1];
            byte[] head = new byte[512];
            put(head, 0, (String) members[i]);
            put(head, 100, "0000644\0");
            put(head, 124, String.format("%011o", content.length));
            put(head, 148, "        ");
            head[156] = '0';
            put(head, 257, "ustar\00000");
            int sum = 0;
            for (byte octet : head) {
                sum += octet & 0xff;
            }
            put(head, 148, String.format("%06o\0 ", sum));
            out.write(head);
            out.write(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
        }
        out.write(new byte[1024]);
        return out.toByteArray();
    }

    private static void put(byte[] into, int at, String text) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octets, 0, into, at, octets.length);
    }

    @ParameterizedTest
    @CsvSource({
        "a.pdf, PDF, %PDF-1.4",
        "a.html, HTML, <!doctype",
        "a.docx, DOCX, PK",
        "a.xlsx, XLSX, PK",
        "a.doc, RTF, {\\rtf1",
        "a.pptx, ZIP, PK",
        "a.js, SCRIPT, /*",
        "a.css, SCRIPT, /*",
        "a.gz, GZIP, '\u001f'",
        "a.exe, TEXT, \u00ef"
    })
    void whatIsOpenedByItsKindIsOfItsKind(String name, Form form, String beginning) {
        for (int length : new int[] {6000, 6001, 9999, 70_000, 200_001}) {
            byte[] file = random(length, length);
            System.arraycopy(MARK.getBytes(StandardCharsets.US_ASCII), 0, file, 100, MARK.length());
            Outcome outcome = new Neutraliser()
                    .neutralise(
                            Wire.of(Wire.Kind.RAW, file).with(Wire.About.NOTHING.named(name)), MARKS, Viruses.NOTICE);
            assertThat(outcome.state()).isEqualTo(State.HARMLESS);
            assertThat(outcome.octets()).hasSize(length);
            assertThat(outcome.replaced())
                    .singleElement()
                    .satisfies(replaced -> assertThat(replaced.form()).isEqualTo(form));
            assertThat(new String(outcome.octets(), StandardCharsets.ISO_8859_1))
                    .startsWith(beginning);
        }
    }

    @Test
    void howeverShortAFileIsItIsReplaced() {
        Judge all = (octets, from, to, name, formats, passwords) -> to > from && octets[from] == '!'
                ? Viruses.JUDGE.look(Viruses.EICAR, 0, Viruses.EICAR.length, null, formats, passwords)
                : Viruses.JUDGE.look(octets, from, from, name, formats, passwords);
        for (String name :
                new String[] {"a.pdf", "a.html", "a.docx", "a.xlsx", "a.doc", "a.zip", "a.js", "a.gz", "a.exe"}) {
            for (int length = 1; length < 3000; length += length < 100 ? 1 : 37) {
                byte[] file = new byte[length];
                file[0] = '!';
                Outcome outcome = new Neutraliser()
                        .neutralise(
                                Wire.of(Wire.Kind.RAW, file).with(Wire.About.NOTHING.named(name)), all, Viruses.NOTICE);
                assertThat(outcome.state()).as("%s of %d", name, length).isEqualTo(State.HARMLESS);
                assertThat(outcome.octets()).hasSize(length);
            }
        }
    }
}
