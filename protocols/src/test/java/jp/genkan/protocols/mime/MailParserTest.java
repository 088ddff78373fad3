package jp.genkan.protocols.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MailParserTest {
    private static final String MIXED = """
            From: a@example.jp
            To: b@example.jp
            Content-Type: multipart/mixed; boundary="outer"

            before
            --outer
            Content-Type: text/plain

            Hello,

            --outer
            Content-Type: application/pdf; name=a.pdf
            Content-Transfer-Encoding: base64

            SGVsbG8=
            --outer
            Content-Type: multipart/alternative; boundary=outer-inner

            --outer-inner
            Content-Type: text/plain
            Content-Transfer-Encoding: quoted-printable

            a=3Db=
            c
            --outer-inner
            Content-Type: text/html

            <p>
            --outer-inner--
            --outer--
            after
            """.replace("\n", "\r\n");

    private static ReadMail read(String mail) {
        byte[] octets = mail.getBytes(StandardCharsets.ISO_8859_1);
        ReadMail whole = ReadMail.of(octets, octets.length);
        for (int size : new int[] {1, 2, 3, 7}) {
            assertThat(ReadMail.of(octets, size).all()).isEqualTo(whole.all());
        }
        return whole;
    }

    private static ReadMail mail(String... lines) {
        return read(String.join("\r\n", lines) + "\r\n");
    }

    @Test
    void readsNestedMultiparts() {
        ReadMail mail = read(MIXED);
        assertThat(mail.tree())
                .containsExactly(
                        "1 MULTIPART",
                        "1.preamble PREAMBLE",
                        "1.1 LEAF",
                        "1.2 LEAF",
                        "1.3 MULTIPART",
                        "1.3.1 LEAF",
                        "1.3.2 LEAF",
                        "1.epilogue EPILOGUE");
        assertThat(mail.part("1.1").text()).isEqualTo("Hello,\r\n");
        assertThat(mail.part("1.2").text()).isEqualTo("Hello");
        assertThat(mail.part("1.2").part.name()).isEqualTo("a.pdf");
        assertThat(mail.part("1.3.1").text()).isEqualTo("a=bc");
        assertThat(mail.part("1.3.2").text()).isEqualTo("<p>");
        assertThat(mail.anomalies).isEmpty();
    }

    @Test
    void tellsWhereABodyStandsInTheMail() {
        ReadMail mail = read(MIXED);
        MailPart part = mail.part("1.2").part;
        assertThat(MIXED.substring((int) part.bodyBegin(), (int) part.bodyEnd()))
                .isEqualTo("SGVsbG8=");
        assertThat(part.isEncodedOutside()).isFalse();
        MailPart inner = mail.part("1.3.1").part;
        assertThat(MIXED.substring((int) inner.bodyBegin(), (int) inner.bodyEnd()))
                .isEqualTo("a=3Db=\r\nc");
    }

    @Test
    void tellsWhereAHeaderStandsInTheMail() {
        ReadMail mail = read(MIXED);
        assertThat(mail.part("1").part.headerBegin()).isZero();
        MailPart part = mail.part("1.2").part;
        assertThat(MIXED.substring((int) part.headerBegin(), (int) part.bodyBegin()))
                .startsWith("Content-Type: application/pdf")
                .endsWith("base64\r\n\r\n");
        String undeclared = "Subject: a\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>\r\n";
        MailPart adopted = read(undeclared).part("1.1").part;
        assertThat(undeclared.substring((int) adopted.headerBegin())).startsWith("Content-Type: text/html");
    }

    @Test
    void readsTheSameWithBareLineFeeds() {
        ReadMail mail = read(MIXED.replace("\r\n", "\n"));
        assertThat(mail.part("1.2").text()).isEqualTo("Hello");
        assertThat(mail.part("1.1").text()).isEqualTo("Hello,\n");
    }

    @Test
    void survivesEveryTruncatedLength() {
        for (int length = 0; length <= MIXED.length(); length++) {
            ReadMail mail = read(MIXED.substring(0, length));
            assertThat(mail.parts()).allMatch(part -> part.over);
        }
    }

    @Test
    void survivesAGapAtEveryPlace() {
        byte[] octets = MIXED.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at <= octets.length; at++) {
            ReadMail read = new ReadMail();
            MailParser parser = new MailParser(read);
            parser.feed(octets, 0, at);
            parser.gap(10);
            parser.feed(octets, Math.min(at + 10, octets.length), octets.length);
            parser.end(true);
            assertThat(read.parts()).allMatch(part -> part.over);
        }
    }

    @Test
    void readsAMessageInsideAMessage() {
        ReadMail mail = mail(
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "Content-Type: message/rfc822",
                "",
                "Subject: inner",
                "Content-Type: application/zip; name=in.zip",
                "Content-Transfer-Encoding: base64",
                "",
                "UEsDBA==",
                "--b--");
        assertThat(mail.tree()).containsExactly("1 MULTIPART", "1.1 MESSAGE", "1.1.1 LEAF");
        assertThat(mail.part("1.1.1").text()).isEqualTo("PK\3\4");
    }

    @Test
    void readsAMessageThatIsEncoded() {
        String inner = "Content-Type: text/plain; name=x.txt\r\n\r\nbody";
        String encoded = Base64.getEncoder().encodeToString(inner.getBytes(StandardCharsets.ISO_8859_1));
        ReadMail mail = mail("Content-Type: message/rfc822", "Content-Transfer-Encoding: base64", "", encoded);
        assertThat(mail.tree()).containsExactly("1 MESSAGE", "1.1 LEAF");
        assertThat(mail.part("1.1").text()).isEqualTo("body");
        assertThat(mail.part("1.1").part.isEncodedOutside()).isTrue();
    }

    @Test
    void readsPartsOfADigestAsMessages() {
        ReadMail mail =
                mail("Content-Type: multipart/digest; boundary=b", "", "--b", "", "Subject: one", "", "text", "--b--");
        assertThat(mail.tree()).containsExactly("1 MULTIPART", "1.1 MESSAGE", "1.1.1 LEAF");
    }

    @Test
    void endsInnerPartsAtTheOuterBoundary() {
        ReadMail mail = mail(
                "Content-Type: multipart/mixed; boundary=o",
                "",
                "--o",
                "Content-Type: multipart/mixed; boundary=i",
                "",
                "--i",
                "",
                "x",
                "--o",
                "",
                "y");
        assertThat(mail.tree()).containsExactly("1 MULTIPART", "1.1 MULTIPART", "1.1.1 LEAF", "1.2 LEAF");
        assertThat(mail.part("1.1.1").text()).isEqualTo("x");
    }

    @Test
    void takesWhiteSpaceBehindABoundaryForPadding() {
        ReadMail mail = mail("Content-Type: multipart/mixed; boundary=b", "", "--b \t", "", "x", "--b-- ");
        assertThat(mail.part("1.1").text()).isEqualTo("x");
    }

    @Test
    void doesNotSplitATextAtALineThatOnlyBeginsLikeABoundary() {
        ReadMail mail =
                mail("Content-Type: multipart/mixed; boundary=b", "", "--b", "", "x", "--better", "y", " --b", "--b--");
        assertThat(mail.part("1.1").text()).isEqualTo("x\r\n--better\r\ny\r\n --b");
    }

    @Test
    void takesALineLikeABoundaryForOneWhenAPartsHeaderFollows() {
        ReadMail mail = mail(
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "",
                "x",
                "--bX",
                "Content-Type: application/zip",
                "",
                "y",
                "--b--");
        assertThat(mail.tree()).contains("1.2 LEAF");
        assertThat(mail.part("1.2").text()).isEqualTo("y");
    }

    @Test
    void findsPartsWithoutADeclaredBoundary() {
        for (String type : new String[] {
            "multipart/mixed", "multipart/mixed; oundary=b", "multipart/mixed; boundary=other", "text/plain"
        }) {
            ReadMail mail = mail(
                    "Content-Type: " + type,
                    "",
                    "--b",
                    "Content-Type: application/zip",
                    "",
                    "y",
                    "--b",
                    "Content-Type: image/png",
                    "",
                    "z",
                    "--b--");
            assertThat(mail.part("1.1").text()).isEqualTo("y");
            assertThat(mail.part("1.2").text()).isEqualTo("z");
        }
    }

    @Test
    void findsPartsOfEveryDeclaredBoundary() {
        ReadMail mail = mail(
                "Content-Type: multipart/mixed; boundary=bad; boundary=good",
                "",
                "--bad",
                "",
                "x",
                "--good",
                "Content-Type: image/png",
                "",
                "y",
                "--good--");
        assertThat(mail.part("1.2").text()).isEqualTo("y");
    }

    @Test
    void beginsTheBodyAtALineThatIsNoneOfAHeader() {
        ReadMail mail = mail("Content-Transfer-Encoding: base64", "UEsD", "BBQA");
        assertThat(mail.part("1").text()).isEqualTo("PK\3\4\24\0");
        assertThat(mail.anomalies).contains(MailAnomaly.MALFORMED_MESSAGE);
    }

    @Test
    void findsPartsBehindAHeaderThatEndsTooEarly() {
        ReadMail mail = mail(
                "Subject: a",
                "strange line",
                "another one",
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "Content-Type: application/zip; name=a.zip",
                "",
                "y",
                "--b--");
        assertThat(mail.part("1.1").text()).isEqualTo("y");
    }

    @Test
    void passesOverAStrangeLineInsideAHeader() {
        ReadMail mail = mail("Subject: a", "strange line", "Content-Transfer-Encoding: base64", "", "UEsD");
        assertThat(mail.part("1").text()).isEqualTo("PK\3");
    }

    @Test
    void readsAMimeFieldThatIsHiddenInAFoldedLine() {
        ReadMail mail = mail(
                "Content-Disposition: attachment; filename=a.zip", " Content-Transfer-Encoding: base64", "", "UEsD");
        assertThat(mail.part("1").text()).isEqualTo("PK\3");
    }

    @Test
    void decodesWhatTheHeaderLeavesInDoubtByItsLook() {
        ReadMail quoted = mail("Content-Transfer-Encoding: base64 quoted-printable", "", "=50=4B=");
        assertThat(quoted.part("1").text()).isEqualTo("PK");
        ReadMail base64 = mail(
                "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable", "", "UEsDBBQA");
        assertThat(base64.part("1").text()).startsWith("PK\3\4");
    }

    @Test
    void takesFilesOutOfATextInUuencodeAndYenc() {
        ReadMail mail = mail(
                "Subject: x",
                "",
                "see",
                "begin 644 a.txt",
                "%2&5L;&\\",
                "`",
                "end",
                "=ybegin line=128 size=2 name=b.bin",
                "\u0092\u0093",
                "=yend size=2");
        assertThat(mail.tree()).containsExactly("1 LEAF", "1.embedded1 EMBEDDED", "1.embedded2 EMBEDDED");
        assertThat(mail.part("1.embedded1").text()).isEqualTo("Hello");
        assertThat(mail.part("1.embedded1").part.name()).isEqualTo("a.txt");
        assertThat(mail.part("1.embedded2").text()).isEqualTo("hi");
        assertThat(mail.part("1.embedded2").part.name()).isEqualTo("b.bin");
    }

    @Test
    void takesAttachmentsOutOfTnef() {
        byte[] title = "report.doc\0".getBytes(StandardCharsets.ISO_8859_1);
        byte[] stream = new TnefStream()
                .attribute(2, 0x69002, new byte[14])
                .attribute(2, 0x18010, title)
                .attribute(2, 0x6800f, "content".getBytes(StandardCharsets.ISO_8859_1))
                .toArray();
        ReadMail mail = mail(
                "Content-Type: application/ms-tnef",
                "Content-Transfer-Encoding: base64",
                "",
                Base64.getMimeEncoder().encodeToString(stream));
        assertThat(mail.part("1.embedded1").text()).isEqualTo("content");
        assertThat(mail.part("1.embedded1").part.name()).isEqualTo("report.doc");
    }

    @Test
    void namesAnAttachmentOfTnefWhoseNameComesLate() {
        byte[] stream = new TnefStream()
                .attribute(2, 0x69002, new byte[14])
                .attribute(2, 0x6800f, new byte[] {'x'})
                .attribute(2, 0x18010, new byte[] {'a', 0})
                .attribute(2, 0x69002, new byte[14])
                .attribute(2, 0x6800f, new byte[] {'y'})
                .attribute(2, 0x18010, new byte[] {'b', 0})
                .toArray();
        ReadMail mail = mail(
                "Content-Type: application/octet-stream; name=winmail.dat",
                "Content-Transfer-Encoding: base64",
                "",
                Base64.getMimeEncoder().encodeToString(stream));
        assertThat(mail.part("1.embedded1").part.name()).isEqualTo("a");
        assertThat(mail.part("1.embedded1").text()).isEqualTo("x");
        assertThat(mail.part("1.embedded2").part.name()).isEqualTo("b");
        assertThat(mail.part("1.embedded2").part.isWhole()).isTrue();
    }

    @Test
    void flagsAPieceOfAMail() {
        ReadMail mail = mail("Content-Type: message/partial; number=1; total=2; id=\"x\"", "", "Subject: y");
        assertThat(mail.part("1").part.isPartial()).isTrue();
    }

    @Test
    void readsNothingDeeperThanItsLimit() {
        StringBuilder text = new StringBuilder();
        for (int i = 100; i < 200; i++) {
            text.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n--b")
                    .append(i)
                    .append("\r\n");
        }
        ReadMail mail = ReadMail.of(text.toString(), 4096);
        assertThat(mail.parts()).hasSize(MailParser.DEPTH_MAX + 1);
        assertThat(mail.anomalies).contains(MailAnomaly.PARSE_FAILED);
    }

    @Test
    void countsNoMorePartsThanItsLimit() {
        ReadMail mail = ReadMail.of(
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(5000), 4096);
        assertThat(mail.parts()).hasSize(MailParser.PARTS_MAX);
        assertThat(mail.anomalies).contains(MailAnomaly.PARSE_FAILED);
    }

    @Test
    void keepsNoMoreOfAHeaderThanItsLimit() {
        ReadMail mail = ReadMail.of("X: y\r\n".repeat(100_000) + "A: " + "z".repeat(1_000_000) + "\r\n\r\nbody", 1460);
        assertThat(mail.part("1").part.fields().fields()).hasSize(HeaderFields.FIELDS_MAX);
        assertThat(mail.part("1").text()).isEqualTo("body");
    }

    @Test
    void passesBinaryOn() {
        String content = "\0\r\n\r\r\n\n" + "x".repeat(20_000) + "\r\ny";
        ReadMail mail = read("Content-Type: application/octet-stream\r\n\r\n" + content);
        assertThat(mail.part("1").text()).isEqualTo(content);
    }

    @Test
    void readsJapaneseNames() {
        String name = "\u5831\u544a\u66f8.zip";
        for (String charset : new String[] {"UTF-8", "Shift_JIS", "EUC-JP", "ISO-2022-JP"}) {
            byte[] octets = name.getBytes(Charset.forName(charset));
            String word = "=?" + charset + "?B?" + Base64.getEncoder().encodeToString(octets) + "?=";
            assertThat(mail("Content-Type: application/zip; name=\"" + word + "\"", "", "x")
                            .part("1")
                            .part
                            .name())
                    .isEqualTo(name);
            StringBuilder percent = new StringBuilder();
            for (byte octet : octets) {
                percent.append(String.format("%%%02X", octet & 0xff));
            }
            int cut = percent.length() / 6 * 3;
            assertThat(mail(
                                    "Content-Disposition: attachment;",
                                    " filename*0*=" + charset + "'ja'" + percent.substring(0, cut) + ";",
                                    " filename*1*=" + percent.substring(cut),
                                    "",
                                    "x")
                            .part("1")
                            .part
                            .name())
                    .isEqualTo(name);
            String raw = new String(octets, StandardCharsets.ISO_8859_1);
            assertThat(mail("Content-Type: application/zip; name=\"" + raw + "\"", "", "x")
                            .part("1")
                            .part
                            .name())
                    .isEqualTo(name);
        }
    }

    @Test
    void prefersTheExtendedFormOfANameAndKeepsTheOther() {
        MailPart part = mail("Content-Disposition: attachment; filename=a.png; filename*=''a%2Ezip", "", "x")
                .part("1")
                .part;
        assertThat(part.names()).containsExactly("a.zip", "a.png");
    }

    @Test
    void endsAFileInsideATextThatTurnsOutToBeAMultipart() {
        ReadMail mail = mail(
                "Subject: a", "stray words", "begin 644 a.txt", "#0V%T", "--x", "Content-Type: text/plain", "", "text");
        assertThat(mail.part("1.embedded1").text()).isEqualTo("Cat");
        assertThat(mail.parts()).allMatch(part -> part.over);
    }

    @Test
    void endsAnAttachmentOfATnefStreamAtAGap() {
        byte[] stream = new TnefStream()
                .attribute(2, 0x69002, new byte[14])
                .attribute(2, 0x6800f, new byte[200])
                .toArray();
        String text = "Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n"
                + Base64.getEncoder().encodeToString(stream);
        ReadMail read = new ReadMail();
        MailParser parser = new MailParser(read);
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        parser.feed(octets, 0, octets.length - 100);
        parser.gap(100);
        parser.end(true);
        assertThat(read.part("1.embedded1").part.isWhole()).isFalse();
        assertThat(read.parts()).allMatch(part -> part.over);
    }

    @Test
    void takesALastLineThatIsNoHeaderForTheBodyOfTheMailInside() {
        ReadMail mail = read("Content-Type: message/rfc822\r\n\r\nwords");
        assertThat(mail.tree()).containsExactly("1 MESSAGE", "1.1 LEAF");
        assertThat(mail.part("1.1").text()).isEqualTo("words");
        mail = read("Content-Type: message/rfc822\r\nwords");
        assertThat(mail.tree()).containsExactly("1 MESSAGE", "1.1 LEAF");
        assertThat(mail.part("1.1").text()).isEqualTo("words");
        assertThat(mail.parts()).allMatch(part -> part.over);
    }

    @Test
    @Timeout(30)
    void doesNotSearchTheClassPathForCharacterSetsThatDoNotExist() {
        for (int i = 0; i < 300; i++) {
            StringBuilder subject = new StringBuilder();
            for (int j = 0; subject.length() < EncodedWords.CHARS_MAX; j++) {
                subject.append("=?x").append(i).append('-').append(j).append("?q?a?= ");
            }
            assertThat(EncodedWords.decode(subject.toString())).startsWith("aaa");
        }
        assertThat(EncodedWords.decode("=?ISO-8859-2?q?=A1?=")).isEqualTo("\u0104");
        assertThat(EncodedWords.decode("=?koi8-r?q?=C1?=")).isEqualTo("\u0430");
    }
}
