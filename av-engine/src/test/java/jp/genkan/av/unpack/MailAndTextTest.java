package jp.genkan.av.unpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import jp.genkan.av.unpack.mail.MailUnpacker;
import jp.genkan.av.unpack.text.TextUnpacker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MailAndTextTest {
    private static final Unpacker MAIL = new MailUnpacker();
    private static final Unpacker TEXT = new TextUnpacker();
    private static final byte[] FILE = file(700);

    static byte[] file(int length) {
        byte[] octets = new byte[length];
        new Random(7).nextBytes(octets);
        octets[0] = 'M';
        octets[1] = 'Z';
        return octets;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    @Test
    void decodesEachPartOfAMail() {
        String mail = "From: a@example.jp\r\nTo: b@example.jp\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n--b1\r\n\r\nhello\r\n--b1\r\n"
                + "Content-Type: application/octet-stream; name=\"a.exe\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(FILE) + "\r\n--b1--\r\n";
        Gathered found = Gathered.iffRecognised(ascii(mail), MAIL);
        assertThat(found.named("a.exe").octets()).isEqualTo(FILE);
        assertThat(found.named("part1.1.txt").text()).isEqualTo("hello");
    }

    @Test
    void takesTheMailsOfAMailboxApart() {
        String one = "From a@example.jp Thu Jul 31 13:51:21 2026\nFrom: a@example.jp\nSubject: 1\n\nfirst\n\n";
        String two =
                "From b@example.jp Thu Jul 31 13:51:21 2026\nFrom: b@example.jp\nSubject: 2\n\nsecond\nFrom here on\n";
        Gathered found = Gathered.iffRecognised(ascii(one + two), MAIL);
        assertThat(found.names()).containsExactly("mail1/part1.txt", "mail2/part1.txt");
        assertThat(found.named("mail2/part1.txt").text()).contains("From here on");
    }

    @Test
    void findsAFileInsideAMailInsideAMail() {
        String inner = "From: c@example.jp\nSubject: y\nContent-Transfer-Encoding: base64\n"
                + "Content-Type: application/x-any; name=i.bin\n\n" + base64(FILE) + "\n";
        String outer = "From: a@example.jp\nSubject: x\nContent-Type: message/rfc822\n"
                + "Content-Transfer-Encoding: base64\n\n"
                + Base64.getMimeEncoder().encodeToString(ascii(inner)) + "\n";
        Gathered found = Gathered.from(ascii(outer), "x.eml", List.of(MAIL, TEXT));
        assertThat(found.has(FILE)).isTrue();
    }

    @Test
    void decodesDataOfAWebPage() {
        byte[] page = ascii("<html><a href=\"data:application/octet-stream;base64," + base64(FILE) + "\">t</a></html>");
        assertThat(Gathered.iffRecognised(page, TEXT).has(FILE)).isTrue();
    }

    @Test
    void decodesShortDataThatIsAnnounced() {
        byte[] page = ascii("<img src='data:image/x;base64," + base64(ascii("a short file, but a file")) + "'>");
        assertThat(Gathered.iffRecognised(page, TEXT).members.getFirst().text()).isEqualTo("a short file, but a file");
    }

    @Test
    void decodesBase64InPiecesThatAScriptJoins() {
        String digits = base64(FILE);
        StringBuilder script = new StringBuilder("var x = \"");
        for (int at = 0; at < digits.length(); at += 40) {
            script.append(digits, at, Math.min(digits.length(), at + 40)).append("\" +\n    \"");
        }
        assertThat(Gathered.iffRecognised(ascii(script + "\"; run(x);"), TEXT).has(FILE))
                .isTrue();
    }

    @Test
    void decodesBase64InLines() {
        byte[] file = ascii("\n" + Base64.getMimeEncoder().encodeToString(FILE) + "\n");
        assertThat(Gathered.iffRecognised(file, TEXT).has(FILE)).isTrue();
    }

    @Test
    void decodesBase64WithEscapedSlashesAndLineEnds() {
        String digits =
                Base64.getMimeEncoder(76, ascii("\n")).encodeToString(FILE).replace("\n", "\\r\\n");
        byte[] json = ascii("{\"data\":\"" + digits.replace("/", "\\/") + "\"}");
        assertThat(Gathered.iffRecognised(json, TEXT).has(FILE)).isTrue();
    }

    @Test
    void decodesHexadecimalDigits() {
        byte[] text = ascii("x = '" + HexFormat.of().formatHex(FILE) + "'; # data for a program");
        assertThat(Gathered.iffRecognised(text, TEXT).has(FILE)).isTrue();
    }

    @Test
    void decodesNumbersInAnyNotation() {
        StringBuilder decimal = new StringBuilder("var a = new Array(");
        StringBuilder hex = new StringBuilder("byte[] a = {");
        StringBuilder basic = new StringBuilder("a = Array(");
        for (byte octet : FILE) {
            decimal.append(octet & 0xff).append(", ");
            hex.append(String.format("0x%02x,", octet));
            basic.append(String.format("&H%X,", octet));
        }
        assertThat(Gathered.iffRecognised(ascii(decimal + ")"), TEXT).has(FILE)).isTrue();
        assertThat(Gathered.iffRecognised(ascii(hex + "}"), TEXT).has(FILE)).isTrue();
        assertThat(Gathered.iffRecognised(ascii(basic + ")"), TEXT).has(FILE)).isTrue();
    }

    @Test
    void decodesEscapedCharacters() {
        StringBuilder text = new StringBuilder("document.write(unescape('");
        String script = "<script>evil(\"that is long enough to count\")</script>";
        for (int i = 0; i < script.length(); i++) {
            text.append(String.format("%%%02X", (int) script.charAt(i)));
        }
        assertThat(Gathered.iffRecognised(ascii(text + "'))"), TEXT)
                        .members
                        .getFirst()
                        .text())
                .isEqualTo(script);
    }

    @Test
    void leavesAddressesInJapaneseAlone() {
        String address = "https://ja.example.org/" + "%E3%81%82%E3%81%84".repeat(20);
        assertThat(Gathered.iffRecognised(ascii("<a href=\"" + address + "\">"), TEXT).members)
                .isEmpty();
    }

    @Test
    void leavesProseAndHashesAlone() {
        String text = "a long text with words that are nothing but words\n".repeat(100) + "integrity sha512-"
                + base64(file(64)) + "\n" + HexFormat.of().formatHex(file(64)) + "\n";
        assertThat(Gathered.iffRecognised(ascii(text), TEXT).members).isEmpty();
    }

    @Test
    void decodesUuencodeInAText() {
        byte[] text = ascii("see below\nbegin 644 cat.txt\n#0V%T\n`\nend\nthat was it, and it goes on\n");
        Gathered found = Gathered.iffRecognised(text, TEXT);
        assertThat(found.named("cat.txt").text()).isEqualTo("Cat");
    }

    @Test
    void decodesYenc() {
        StringBuilder text = new StringBuilder("=ybegin line=128 size=5 name=a.bin\n");
        for (int i = 0; i < 5; i++) {
            text.append((char) ("hello".charAt(i) + 42 & 0xff));
        }
        Gathered found = Gathered.iffRecognised(ascii(text + "\n=yend size=5\n"), TEXT);
        assertThat(found.named("a.bin").text()).isEqualTo("hello");
    }

    @Test
    void decodesQuotedPrintable() {
        String text = "=3Cscript=3E a =3D b =3B=\n".repeat(30);
        Gathered found = Gathered.iffRecognised(ascii(text), TEXT);
        assertThat(found.members.getFirst().text()).startsWith("<script> a = b ;<script>");
    }

    @Test
    void decodesTheCommandOfPowerShell() {
        String command = base64("IEX (x)".getBytes(StandardCharsets.UTF_16LE));
        String line = "powershell.exe -nop -w hidden -enc " + command + base64(new byte[12]);
        Gathered found = Gathered.from(ascii(line), "a.bat", List.of(TEXT));
        assertThat(found.members.getFirst().text()).startsWith("I\0E\0X\0");
    }

    @Test
    void narrowsTextOfTwoOctetsACharacter() {
        byte[] wide = ("Set x = CreateObject(\"a\")" + " ".repeat(40)).getBytes(StandardCharsets.UTF_16LE);
        assertThat(Gathered.iffRecognised(wide, TEXT).members.getFirst().text()).startsWith("Set x = CreateObject");
    }

    @Test
    void decodesAnEncodedScript() {
        // "a" is 0x61: alphabets give back what the table's columns say
        byte[] text = ascii("#@~^AAAAAA==" + ScriptWriter.encode("var a = 1;\n") + "AAAAAA==^#~@ and more text here");
        assertThat(Gathered.iffRecognised(text, TEXT).members.getFirst().text()).isEqualTo("var a = 1;\n");
    }

    @Test
    @Timeout(60)
    void manyBeginningsWithoutEndAreOneFile() {
        byte[] text = ascii("begin 644 a\n".repeat(100_000));
        assertThat(Gathered.iffRecognised(text, TEXT).members).hasSize(1);
    }
}
