package jp.genkan.protocols.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BodyDecoderTest {
    private static String decode(Supplier<BodyDecoder> decoders, String text) {
        String whole = decode(decoders.get(), text, text.length() + 1);
        for (int size : new int[] {1, 2, 3, 5}) {
            assertThat(decode(decoders.get(), text, size)).isEqualTo(whole);
        }
        return whole;
    }

    private static String decode(BodyDecoder decoder, String text, int size) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BodyDecoder.Sink sink = (piece, from, to) -> out.write(piece, from, to - from);
        for (int at = 0; at < octets.length; at += size) {
            decoder.decode(octets, at, Math.min(octets.length, at + size), sink);
        }
        decoder.end(sink);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static String base64(String text) {
        return decode(Base64Decoder::new, text);
    }

    private static String quoted(String text) {
        return decode(() -> new QuotedPrintableDecoder(QuotedPrintableDecoder.LineEnds.KEPT), text);
    }

    @Test
    void decodesWhatTheJdkEncodes() {
        Random random = new Random(42);
        for (int length = 0; length < 300; length++) {
            byte[] octets = new byte[length];
            random.nextBytes(octets);
            String text = new String(octets, StandardCharsets.ISO_8859_1);
            assertThat(base64(Base64.getMimeEncoder().encodeToString(octets))).isEqualTo(text);
            assertThat(base64(Base64.getEncoder().withoutPadding().encodeToString(octets)))
                    .isEqualTo(text);
        }
    }

    @Test
    void passesOverCharactersOutsideBase64() {
        assertThat(base64("S.G.V s*bG\t8=\r\n")).isEqualTo("Hello");
    }

    @Test
    void decodesBase64ThatIsPutTogetherFromSeveral() {
        assertThat(base64("QQ==QkI=Q0ND\r\nRA==")).isEqualTo("ABBCCCD");
    }

    @Test
    void decodesBase64WithEqualsSignsInBetween() {
        assertThat(base64("SGVs=bG8h=")).isEqualTo("Hello!");
        assertThat(base64("SG=VsbG=8h")).isEqualTo("Hello!");
        assertThat(base64("SA=ZQ=bA=bA=bw=")).isEqualTo("Hello");
        assertThat(base64("=SGVsbG8h")).isEqualTo("Hello!");
    }

    @Test
    void passesOverAnIncompleteGroupBeforeAnEmptyLine() {
        assertThat(base64("ABC\r\n\r\nSGVsbG8h\r\n")).isEqualTo("Hello!");
        assertThat(base64("SGV\r\n\r\nsbG\r\n\r\n8h\r\n")).isEqualTo("Hello!");
    }

    @Test
    void decodesQuotedPrintable() {
        assertThat(quoted("a=3Db=3d=\r\n=41 \t\r\nc")).isEqualTo("a=b=A\r\nc");
    }

    @Test
    void readsBrokenQuotedPrintableAsMailProgramsDo() {
        assertThat(quoted("==41=4=42= =43=  \r\nx")).isEqualTo("ABCx");
        assertThat(quoted("a=xb=")).isEqualTo("a=xb");
        assertThat(quoted("50%= off=4")).isEqualTo("50%= off=4");
    }

    @Test
    void decodesUuencodeWithoutTrailingBlanks() {
        assertThat(decode(UuDecoder::new, "begin 644 x\n#04)#\n!00\n`\nend\njunk\n"))
                .isEqualTo("ABCA");
    }

    @Test
    void decodesYenc() {
        assertThat(decode(
                        YencDecoder::new,
                        "junk\r\n=ybegin line=1 size=3 name=x\r\n=ypart begin=1 end=3\r\nk=}l\r\n=yend size=3\r\nx"))
                .isEqualTo("A\u0013B");
    }

    @Test
    void decodesTheDataForkOfBinHex() {
        String alphabet = "!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr";
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {1, 'x', 0});
        file.writeBytes("TEXTttxt\0\0".getBytes(StandardCharsets.ISO_8859_1));
        file.writeBytes(new byte[] {0, 0, 0, 5, 0, 0, 0, 0, 0, 0});
        file.writeBytes(new byte[] {'A', 'B', (byte) 0x90, 4, 0, 0, 0, 0});
        StringBuilder text = new StringBuilder("(This file must be converted with BinHex 4.0)\r\n:");
        int bits = 0;
        int count = 0;
        for (byte octet : file.toByteArray()) {
            bits = bits << 8 | octet & 0xff;
            count += 8;
            while (count >= 6) {
                count -= 6;
                text.append(alphabet.charAt(bits >> count & 0x3f));
            }
        }
        assertThat(decode(BinHexDecoder::new, text.append(":").toString())).isEqualTo("ABBBB");
    }
}
