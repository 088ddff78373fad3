package jp.genkan.av.unpack;

import static jp.genkan.av.unpack.CompoundWriter.joined;
import static jp.genkan.av.unpack.CompoundWriter.packaged;
import static jp.genkan.av.unpack.CompoundWriter.u32;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import jp.genkan.av.unpack.flash.FlashUnpacker;
import jp.genkan.av.unpack.ole.ActiveMimeUnpacker;
import jp.genkan.av.unpack.ole.OleUnpacker;
import jp.genkan.av.unpack.onenote.OneNoteUnpacker;
import jp.genkan.av.unpack.rtf.RtfUnpacker;
import jp.genkan.av.unpack.shortcut.ShortcutUnpacker;
import jp.genkan.av.unpack.symbian.SymbianUnpacker;
import jp.genkan.av.unpack.tnef.TnefUnpacker;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private static final Unpacker OLE = new OleUnpacker(OleUnpacker.Kind.DOCUMENT);
    private static final byte[] FILE = MailAndTextTest.file(700);
    private static final byte[] LARGE = MailAndTextTest.file(9000);

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] wide(String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }

    private static byte[] u16(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8)};
    }

    static byte[] deflated(byte[] plain) {
        Deflater deflater = new Deflater();
        deflater.setInput(plain);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] piece = new byte[4096];
        while (!deflater.finished()) {
            out.write(piece, 0, deflater.deflate(piece));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static byte[] record(int id, byte[] data) {
        return joined(u16(id), u32(data.length), data);
    }

    static byte[] macros(String first, String second) {
        byte[] directory = joined(
                u16(9),
                u32(4),
                new byte[6],
                record(0x19, ascii("Module1")),
                record(0x1a, ascii("Module1")),
                record(0x31, u32(5)),
                record(0x21, new byte[0]),
                record(0x2b, new byte[0]),
                record(0x19, ascii("ThisDocument")),
                record(0x1a, ascii("ThisDocument")),
                record(0x31, u32(0)),
                record(0x22, new byte[0]),
                record(0x2b, new byte[0]));
        CompoundWriter writer = new CompoundWriter();
        int macros = writer.storage(0, "Macros");
        int vba = writer.storage(macros, "VBA");
        writer.stream(vba, "dir", CompoundWriter.vba(directory));
        writer.stream(vba, "Module1", joined(new byte[5], CompoundWriter.vba(ascii(first))));
        writer.stream(vba, "ThisDocument", CompoundWriter.vba(ascii(second)));
        return writer.write();
    }

    @Test
    void handsOverEveryStreamOfACompoundFile() {
        CompoundWriter writer = new CompoundWriter();
        int storage = writer.storage(0, "Store");
        Gathered found = Gathered.iffRecognised(
                writer.stream(0, "small", FILE).stream(storage, "large", LARGE).write(), OLE);
        assertThat(found.named("small").octets()).isEqualTo(FILE);
        assertThat(found.named("Store/large").octets()).isEqualTo(LARGE);
        assertThat(found.problems).isEmpty();
    }

    @Test
    void decompressesMacrosAndShowsThemTogether() {
        Gathered found =
                Gathered.iffRecognised(macros("Attribute VB_Name\nSub A()\n", "Attribute x\nSub AutoOpen()\n"), OLE);
        assertThat(found.named("Module1.bas").text()).isEqualTo("Attribute VB_Name\nSub A()\n");
        assertThat(found.named("ThisDocument.cls").text()).contains("AutoOpen");
        assertThat(found.named("all modules.vba").text()).contains("Sub A()").contains("AutoOpen");
    }

    @Test
    void decompressesCopies() {
        // "abcabcabcabc": three literals, then a copy of nine from three back
        byte[] packed = HexFormat.of().parseHex("01" + "05b0" + "08" + "616263" + "0620");
        CompoundWriter writer = new CompoundWriter();
        int vba = writer.storage(0, "VBA");
        byte[] directory = joined(
                record(0x19, ascii("M")), record(0x1a, ascii("M")), record(0x31, u32(0)), record(0x2b, new byte[0]));
        writer.stream(vba, "dir", CompoundWriter.vba(directory)).stream(vba, "M", packed);
        assertThat(Gathered.iffRecognised(writer.write(), OLE).named("M.bas").text())
                .isEqualTo("abcabcabcabc");
    }

    @Test
    void findsMacrosWhoseListIsBroken() {
        CompoundWriter writer = new CompoundWriter();
        int vba = writer.storage(0, "VBA");
        writer.stream(vba, "dir", ascii("nothing")).stream(
                vba, "M", joined(new byte[77], CompoundWriter.vba(ascii("Attribute VB_Name = \"M\"\nSub X()\n"))));
        assertThat(Gathered.iffRecognised(writer.write(), OLE).named("M.bas").text())
                .contains("Sub X()");
    }

    @Test
    void takesTheFileOutOfAPackage() {
        byte[] inside = packaged("cat.exe", FILE);
        byte[] file = new CompoundWriter()
                .stream(0, "\1Ole10Native", joined(u32(inside.length), inside)).write();
        assertThat(Gathered.iffRecognised(file, OLE).named("cat.exe").octets()).isEqualTo(FILE);
    }

    @Test
    void inflatesTheStoragesOfAPresentation() {
        byte[] packed = joined(u32(LARGE.length), deflated(LARGE));
        byte[] stream =
                joined(u16(0), u16(1000), u32(3), new byte[3], u16(0x10), u16(0x1011), u32(packed.length), packed);
        byte[] file =
                new CompoundWriter().stream(0, "PowerPoint Document", stream).write();
        assertThat(Gathered.iffRecognised(file, OLE).has(LARGE)).isTrue();
    }

    @Test
    void namesTheAttachmentsOfAnOutlookMail() {
        CompoundWriter writer = new CompoundWriter();
        writer.stream(0, "__properties_version1.0", new byte[32]);
        int attachment = writer.storage(0, "__attach_version1.0_#00000000");
        writer.stream(attachment, "__substg1.0_37010102", FILE).stream(
                attachment, "__substg1.0_3707001F", wide("請求書.exe"));
        Gathered found = Gathered.iffRecognised(writer.write(), new OleUnpacker(OleUnpacker.Kind.MAIL));
        assertThat(found.named("請求書.exe").octets()).isEqualTo(FILE);
    }

    @Test
    void decodesTheNamesOfAnInstallerPackage() {
        // characters 0 to 63 in pairs: "data.cab"
        String alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._";
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 8; i += 2) {
            int low = alphabet.indexOf("data.cab".charAt(i));
            int high = alphabet.indexOf("data.cab".charAt(i + 1));
            name.append((char) (0x3800 + low + (high << 6)));
        }
        byte[] file = new CompoundWriter().stream(0, name.toString(), LARGE).write();
        assertThat(Gathered.iffRecognised(file, OLE).named("data.cab").octets()).isEqualTo(LARGE);
    }

    @Test
    void saysThatAnEncryptedDocumentWasNotLookedAt() {
        byte[] file = new CompoundWriter().stream(0, "EncryptedPackage", LARGE).write();
        assertThat(Gathered.iffRecognised(file, OLE).problems).anyMatch(problem -> problem.contains("ENCRYPTED"));
    }

    @Test
    void chainsThatRunInCirclesEnd() {
        byte[] file = new CompoundWriter().stream(0, "large", LARGE).write();
        for (int i = 0; i < 30; i++) {
            file[512 + 4 * i] = 1; // every sector is followed by the first one
            file[512 + 4 * i + 1] = 0;
            file[512 + 4 * i + 2] = 0;
            file[512 + 4 * i + 3] = 0;
        }
        assertThat(Gathered.iffRecognised(file, OLE).members.size()).isLessThan(1000);
    }

    @Test
    void everyTruncatedLengthEnds() {
        byte[] file = macros("Attribute a\n", "Attribute b\n");
        for (int length = 0; length < file.length; length += 7) {
            Gathered.iffRecognised(java.util.Arrays.copyOf(file, length), OLE);
        }
    }

    private static String objectData(byte[] data, String className) {
        byte[] object = joined(
                u32(0x501),
                u32(2),
                u32(className.length() + 1),
                ascii(className + "\0"),
                u32(0),
                u32(0),
                u32(data.length),
                data);
        return HexFormat.of().formatHex(object);
    }

    @Test
    void takesThePackageOutOfRichText() {
        String text = "{\\rtf1 hello {\\object\\objemb{\\*\\objdata " + objectData(packaged("a.exe", FILE), "Package")
                + "}}}";
        assertThat(Gathered.iffRecognised(ascii(text), new RtfUnpacker())
                        .named("a.exe")
                        .octets())
                .isEqualTo(FILE);
    }

    @Test
    void readsObfuscatedDigitsAsWordDoes() {
        String digits = objectData(packaged("a.exe", FILE), "Package");
        StringBuilder text = new StringBuilder("{\\rt{\\object{\\*\\objdata\n");
        for (int i = 0; i < digits.length(); i++) {
            text.append(digits.charAt(i));
            switch (i % 50) {
                case 3 -> text.append("\r\n ");
                case 15 -> text.append("{\\*\\nobody deadbeef}");
                case 31 -> text.append("{}");
                default -> {}
            }
        }
        assertThat(Gathered.iffRecognised(ascii(text + "}}}"), new RtfUnpacker())
                        .named("a.exe")
                        .octets())
                .isEqualTo(FILE);
    }

    @Test
    void readsBinaryDataOfRichText() {
        byte[] object = HexFormat.of().parseHex(objectData(packaged("a.exe", FILE), "Package"));
        byte[] text = joined(ascii("{\\rtf1{\\object{\\*\\objdata \\bin" + object.length + " "), object, ascii("}}}"));
        assertThat(Gathered.iffRecognised(text, new RtfUnpacker())
                        .named("a.exe")
                        .octets())
                .isEqualTo(FILE);
    }

    @Test
    void tellsTheTemplateOfRichText() {
        byte[] text = ascii("{\\rtf1{\\*\\template \\u104?\\u116?tp://x.example/a}}");
        assertThat(Gathered.iffRecognised(text, new RtfUnpacker())
                        .named("template")
                        .text())
                .isEqualTo("http://x.example/a");
    }

    @Test
    void takesAttachmentsOutOfTnef() {
        byte[] title = ascii("b.exe\0");
        byte[] file = joined(
                u32(0x223e9f78),
                u16(1),
                attribute(2, 0x9002, new byte[14]),
                attribute(2, 0x8010, title),
                attribute(2, 0x800f, FILE));
        assertThat(Gathered.iffRecognised(file, new TnefUnpacker())
                        .named("b.exe")
                        .octets())
                .isEqualTo(FILE);
    }

    private static byte[] attribute(int level, int id, byte[] data) {
        return joined(new byte[] {(byte) level}, u16(id), u16(6), u32(data.length), data, new byte[2]);
    }

    @Test
    void tellsWhatAShortcutStartsAndWhatIsBehindIt() {
        byte[] header = new byte[76];
        System.arraycopy(HexFormat.of().parseHex("4c0000000114020000000000c000000000000046"), 0, header, 0, 20);
        header[20] = (byte) (0x20 | 0x80);
        String arguments = "/c powershell -enc AAAA";
        byte[] file = joined(header, u16(arguments.length()), wide(arguments), u32(0), FILE);
        Gathered found = Gathered.iffRecognised(file, new ShortcutUnpacker());
        assertThat(found.named("command line").text()).contains(arguments);
        assertThat(found.named("appended").octets()).isEqualTo(FILE);
    }

    @Test
    void takesFilesOutOfOneNote() {
        byte[] head = HexFormat.of().parseHex("e4525c7b8cd8a74daeb15378d02996d3");
        byte[] mark = HexFormat.of().parseHex("e716e3bd65261145a4c48d4d0b7a9eac");
        byte[] file = joined(head, new byte[100], mark, u32(FILE.length), new byte[16], FILE, new byte[50]);
        assertThat(Gathered.iffRecognised(file, new OneNoteUnpacker()).has(FILE))
                .isTrue();
    }

    @Test
    void inflatesAFlashFilm() {
        byte[] file = joined(ascii("CWS\n"), u32(LARGE.length + 8), deflated(LARGE));
        assertThat(Gathered.iffRecognised(file, new FlashUnpacker())
                        .members
                        .getFirst()
                        .octets())
                .isEqualTo(joined(ascii("FWS\n"), u32(LARGE.length + 8), LARGE));
    }

    @Test
    void takesFilesOutOfAnActiveMimeObject() {
        byte[] file = joined(ascii("ActiveMime"), new byte[40], deflated(LARGE));
        assertThat(Gathered.iffRecognised(file, new ActiveMimeUnpacker()).has(LARGE))
                .isTrue();
    }

    @Test
    void takesFilesOutOfSymbianPackages() {
        byte[] packed = deflated(FILE);
        byte[] header = new byte[68];
        System.arraycopy(u32(0x1000006d), 0, header, 4, 4);
        System.arraycopy(u32(0x10000419), 0, header, 8, 4);
        header[18] = 1;
        header[20] = 1;
        System.arraycopy(u32(68), 0, header, 52, 4);
        int data = 68 + 36;
        byte[] record = joined(
                u32(0),
                u32(0),
                u32(0),
                u32(0),
                u32(0),
                u32(5),
                u32(data + packed.length),
                u32(packed.length),
                u32(data));
        Gathered old = Gathered.iffRecognised(joined(header, record, packed, ascii("a.app")), new SymbianUnpacker());
        assertThat(old.named("a.app").octets()).isEqualTo(FILE);
        byte[] modern = joined(u32(0x10201a7a), new byte[90], deflated(LARGE), new byte[20]);
        assertThat(Gathered.iffRecognised(modern, new SymbianUnpacker()).has(LARGE))
                .isTrue();
    }

    @Test
    void findsAFileThroughAllLayersAtOnce() {
        byte[] inside = packaged("cat.exe", FILE);
        byte[] document = new CompoundWriter()
                .stream(0, "\1Ole10Native", joined(u32(inside.length), inside)).write();
        String mail = "From: a@example.jp\nSubject: x\nContent-Type: application/msword; name=a.doc\n"
                + "Content-Transfer-Encoding: base64\n\n"
                + java.util.Base64.getMimeEncoder().encodeToString(document) + "\n";
        Gathered found = Gathered.from(ascii(mail), "x.eml", Unpackers.all());
        assertThat(found.named("cat.exe").facts().formats()).isEqualTo(List.of("mail", "ole2"));
    }
}
