package jp.genkan.av.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import jp.genkan.av.harmless.Outcome.State;
import jp.genkan.av.harmless.Wire.About;
import jp.genkan.av.harmless.Wire.Kind;
import jp.genkan.av.scan.Detection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeutralisedLiteralTest {
    private static final Detection KNOWN = new Detection("Test", Detection.Kind.SIGNATURE);

    private static byte[] base64Body(byte[] content) {
        return MailMaker.wrapped(Base64.getEncoder().encodeToString(content), 76)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] virus(int length) {
        byte[] virus = new byte[length];
        new Random(length).nextBytes(virus);
        System.arraycopy(Viruses.EICAR, 0, virus, 0, Viruses.EICAR.length);
        return virus;
    }

    @Test
    void aPartThatIsFetchedAloneBecomesAFileOfItsKind() {
        byte[] body = base64Body(virus(8_000));
        Outcome outcome = Viruses.neutralise(
                Wire.of(Kind.IMAP_LITERAL, body).with(About.NOTHING.section("2").named("bill.pdf")));
        assertThat(outcome.state()).isEqualTo(State.HARMLESS);
        assertThat(outcome.octets()).hasSameSizeAs(body);
        byte[] file = Base64.getMimeDecoder().decode(outcome.octets());
        assertThat(new String(file, StandardCharsets.ISO_8859_1))
                .startsWith("%PDF-1.4")
                .endsWith("%%EOF\n");
    }

    @Test
    void aPlainPartThatIsFetchedAloneBecomesAText() {
        byte[] body =
                (new String(Viruses.EICAR, StandardCharsets.US_ASCII) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        Outcome outcome = Viruses.neutralise(Wire.of(Kind.IMAP_LITERAL, body).with(About.NOTHING.section("TEXT")));
        assertThat(outcome.state()).isEqualTo(State.HARMLESS);
        assertThat(new String(outcome.octets(), StandardCharsets.US_ASCII))
                .startsWith("A virus was removed")
                .endsWith("\r\n");
    }

    @Test
    void aPlainPartThatBeginsLikeBase64IsSeenThrough() {
        String text = "text\r\n" + new String(Viruses.EICAR, StandardCharsets.US_ASCII) + "\r\n";
        Wire wire = Wire.of(Kind.IMAP_LITERAL, text.getBytes(StandardCharsets.US_ASCII))
                .with(About.NOTHING.section("1"));
        assertThat(Viruses.neutralise(wire).state()).isEqualTo(State.HARMLESS);
    }

    @ParameterizedTest
    @ValueSource(ints = {173, 1_000, 1_024, 4_096})
    void piecesOfAPartFitTogether(int size) {
        byte[] body = base64Body(virus(9_001));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int at = 0; at < body.length; at += size) {
            all.writeBytes(replaced(body, at, Math.min(body.length, at + size)));
        }
        assertThat(all.toByteArray()).isEqualTo(replaced(body, 0, body.length));
        byte[] text = Base64.getMimeDecoder().decode(all.toByteArray());
        assertThat(new String(text, StandardCharsets.UTF_8))
                .startsWith("[ ウイルスを取り除きました ]")
                .contains("A virus was removed");
    }

    private static byte[] replaced(byte[] body, int from, int to) {
        byte[] piece = Arrays.copyOfRange(body, from, to);
        Wire wire = Wire.of(Kind.IMAP_LITERAL, piece)
                .with(About.NOTHING.section("2").piece(from, Long.MAX_VALUE));
        Outcome outcome = new Neutraliser().replace(wire, KNOWN, Viruses.JUDGE, Viruses.NOTICE);
        assertThat(outcome.state()).isEqualTo(State.HARMLESS);
        assertThat(outcome.octets()).hasSize(to - from);
        return outcome.octets();
    }

    @Test
    void aMailThatIsKnownToBeInfectedLosesItsBodyButKeepsItsHeaderAndText() {
        String header = "From: a@example.com\r\nSubject: hello\r\n";
        String mail = header + "Content-Type: multipart/mixed; boundary=\"a-boundary-of-some-length\"\r\n\r\n"
                + "--a-boundary-of-some-length\r\n\r\nDear all, please see below.\r\n--a-boundary-of-some-length\r\n"
                + "Content-Type: application/x\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + new String(base64Body(virus(3_000)), StandardCharsets.US_ASCII).substring(100)
                + "--a-boundary-of-some-length--\r\n";
        byte[] wire = MailMaker.stuffed(mail.getBytes(StandardCharsets.US_ASCII));
        Outcome outcome =
                new Neutraliser().replace(Wire.of(Kind.SMTP_DATA, wire), KNOWN, Viruses.JUDGE, Viruses.NOTICE);
        assertThat(outcome.state()).isEqualTo(State.HARMLESS);
        assertThat(outcome.octets()).hasSameSizeAs(wire);
        String after = new String(outcome.octets(), StandardCharsets.UTF_8);
        assertThat(after)
                .startsWith(header + "Content-Type:")
                .contains("text/plain; charset=utf-8\r\n")
                .contains("> Dear all, please see below.\r\n")
                .contains("ウイルス")
                .endsWith("\r\n.\r\n")
                .doesNotContain("--a-boundary");
    }
}
