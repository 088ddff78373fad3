package jp.genkan.av.unpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import jp.genkan.av.unpack.pdf.PdfUnpacker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PdfTest {
    private static final Unpacker PDF = new PdfUnpacker();
    private static final byte[] FILE = MailAndTextTest.file(700);

    private final ByteArrayOutputStream pdf = new ByteArrayOutputStream();

    private PdfTest text(String text) {
        pdf.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    private PdfTest stream(String object, byte[] octets) {
        text(object.replace("LENGTH", String.valueOf(octets.length)) + "\nstream\n");
        pdf.writeBytes(octets);
        return text("\nendstream\nendobj\n");
    }

    private Gathered unpacked() {
        return Gathered.iffRecognised(pdf.toByteArray(), PDF);
    }

    @Test
    void inflatesAnEmbeddedFileUnderItsName() {
        text("%PDF-1.7\n1 0 obj <</Type/Filespec/F(cat.exe)/EF<</F 2 0 R>>>> endobj\n");
        stream("2 0 obj <</Type/EmbeddedFile/Filter/FlateDecode/Length LENGTH>>", DocumentsTest.deflated(FILE));
        assertThat(unpacked().named("cat.exe").octets()).isEqualTo(FILE);
    }

    @Test
    void undoesFiltersInTheirOrder() {
        String hex = HexFormat.of().formatHex(DocumentsTest.deflated(FILE)) + ">";
        text("%PDF-1.4\n");
        stream("7 0 obj <</Filter[/ASCIIHexDecode /Fl]/Length LENGTH>>", hex.getBytes(StandardCharsets.US_ASCII));
        assertThat(unpacked().has(FILE)).isTrue();
    }

    @Test
    void decodesBase85AndRuns() {
        text("%PDF-1.4\n");
        stream(
                "1 0 obj <</Filter/ASCII85Decode/Length LENGTH>>",
                "87cURD]i,\"Ebo80~>".getBytes(StandardCharsets.US_ASCII));
        stream(
                "2 0 obj <</Filter/RunLengthDecode/Length LENGTH>>",
                new byte[] {2, 'a', 'b', 'c', (byte) 254, 'x', (byte) 128});
        assertThat(unpacked().named("object1").text()).isEqualTo("Hello World!");
        assertThat(unpacked().named("object2").text()).isEqualTo("abcxxx");
    }

    @Test
    void decodesLzw() {
        text("%PDF-1.4\n"); // the example of ISO 32000: 45 45 45 45 45 65 45 45 45 66
        stream("1 0 obj <</Filter/LZWDecode/Length LENGTH>>", HexFormat.of().parseHex("800b6050220c0c8501"));
        assertThat(unpacked().named("object1").text()).isEqualTo("-----A---B");
    }

    @Test
    void undoesPredictions() {
        byte[] rows = {2, 1, 2, 3, 2, 1, 1, 1};
        text("%PDF-1.4\n");
        stream(
                "1 0 obj <</Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 3>>/Length LENGTH>>",
                DocumentsTest.deflated(rows));
        assertThat(unpacked().named("object1").octets()).containsExactly(1, 2, 3, 2, 3, 4);
    }

    @Test
    void readsObjectsThatLieInStreams() {
        byte[] plain = ("5 0 " + "<</S/JavaScript/JS(app.alert) >>").getBytes(StandardCharsets.US_ASCII);
        text("%PDF-1.5\n");
        stream("1 0 obj <</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length LENGTH>>", DocumentsTest.deflated(plain));
        assertThat(unpacked().named("object5.js").text()).isEqualTo("app.alert");
    }

    @Test
    void findsObjectsWhoseLengthIsALie() {
        text("%PDF-1.4\nxref nonsense\n");
        stream("1 0 obj <</Filter/FlateDecode/Length 3>>", DocumentsTest.deflated(FILE));
        assertThat(unpacked().has(FILE)).isTrue();
    }

    @Test
    void readsNamesThatAreEscaped() {
        text("%PDF-1.4\n1 0 obj <</S/J#61vaScript/#4aS(evil\\050\\051)>> endobj");
        assertThat(unpacked().named("object1.js").text()).isEqualTo("evil()");
    }

    @Test
    void tellsWhatActionsDo() {
        text("%PDF-1.4\n1 0 obj <</Type/Catalog/OpenAction 2 0 R>> endobj\n")
                .text("2 0 obj <</S/Launch/Win<</F(cmd.exe)/P(/c calc)>>>> endobj\n");
        assertThat(unpacked().named("actions").text()).contains("OpenAction Launch cmd.exe /c calc");
    }

    @Test
    void decryptsWhatHasNoPassword() throws Exception {
        encrypted("");
        assertThat(unpacked().has(FILE)).isTrue();
    }

    @Test
    void decryptsWithAPasswordThatIsGiven() throws Exception {
        encrypted("secret");
        assertThat(unpacked().has(FILE)).isTrue();
    }

    @Test
    void saysThatNoPasswordFits() throws Exception {
        encrypted("unknown");
        assertThat(unpacked().problems).anyMatch(problem -> problem.contains("ENCRYPTED"));
    }

    /** Revision 2: RC4 with a key of 40 bits. */
    private void encrypted(String password) throws Exception {
        byte[] padding = HexFormat.of().parseHex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a");
        byte[] padded = Arrays.copyOf(password.getBytes(StandardCharsets.US_ASCII), 32);
        System.arraycopy(padding, 0, padded, password.length(), 32 - password.length());
        var md5 = java.security.MessageDigest.getInstance("MD5");
        md5.update(padded);
        md5.update(new byte[32]);
        md5.update(new byte[] {-4, -1, -1, -1});
        byte[] key = Arrays.copyOf(md5.digest("id".getBytes(StandardCharsets.US_ASCII)), 5);
        byte[] own = Arrays.copyOf(md5.digest(CompoundWriter.joined(key, new byte[] {9, 0, 0, 0, 0})), 10);
        text("%PDF-1.4\n3 0 obj <</Filter/Standard/V 1/R 2/P -4/O<" + "00".repeat(32) + ">/U<"
                + HexFormat.of().formatHex(rc4(key, padding)) + ">>> endobj\n");
        stream("9 0 obj <</Length LENGTH>>", rc4(own, FILE));
        text("trailer <</Encrypt 3 0 R/ID[(id)(id)]>>");
    }

    private static byte[] rc4(byte[] key, byte[] plain) throws Exception {
        var cipher = javax.crypto.Cipher.getInstance("RC4");
        cipher.init(javax.crypto.Cipher.ENCRYPT_MODE, new javax.crypto.spec.SecretKeySpec(key, "RC4"));
        return cipher.doFinal(plain);
    }

    @Test
    void everyTruncatedLengthEnds() {
        readsObjectsThatLieInStreams();
        byte[] whole = pdf.toByteArray();
        for (int length = 0; length < whole.length; length++) {
            Gathered.iffRecognised(Arrays.copyOf(whole, length), PDF);
        }
    }

    @Test
    @Timeout(60)
    void objectsInsideEachOtherEnd() {
        text("%PDF-1.4\n" + "1 0 obj <</A(".repeat(50_000));
        assertThat(unpacked()).isNotNull();
    }
}
