package jp.genkan.ips.keyword.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.match.Transform;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransformsTest {
    private static final Moment MOMENT = new Moment();

    private static RuleOption option(String name, @Nullable String value) {
        return new RuleOption(name, value, 1, 1);
    }

    private static byte[] octets(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static @Nullable String apply(Transform transform, byte[] input) {
        byte[] padded = new byte[input.length + 4];
        System.arraycopy(input, 0, padded, 2, input.length);
        byte[] out = transform.apply(padded, 2, 2 + input.length, MOMENT);
        return out == null ? null : new String(out, StandardCharsets.ISO_8859_1);
    }

    private static @Nullable String apply(NamedTransform.Change change, String input) {
        return apply(new NamedTransform("x", change), octets(input));
    }

    @Test
    void changesLetterCaseOfAsciiOnly() {
        assertThat(apply(TextChanges::lower, "AZaz[\u00c0")).isEqualTo("azaz[\u00c0");
        assertThat(apply(TextChanges::upper, "AZaz{\u00e0")).isEqualTo("AZAZ{\u00e0");
    }

    @Test
    void stripsAndCompressesWhiteSpace() {
        assertThat(apply(TextChanges::stripSpace, " a\t\r\n\u000b\fb ")).isEqualTo("ab");
        assertThat(apply(TextChanges::compressSpace, "a  \t b c")).isEqualTo("a b c");
    }

    @Test
    void lowersNamesOfHeadersAndNotTheirValues() {
        assertThat(apply(TextChanges::lowerHeaderNames, "Host: A.B\r\nX-Y: Z:W\r\n"))
                .isEqualTo("host: A.B\r\nx-y: Z:W\r\n");
    }

    @Test
    void leavesOutLinesThatBeginWithColon() {
        assertThat(apply(TextChanges::stripPseudoHeaders, ":method: GET\r\nhost: a\r\n:path: /\r\nb: c\r\n"))
                .isEqualTo("host: a\r\nb: c\r\n");
    }

    @Test
    void decodesPercentAndPlusAndKeepsWhatIsNoEscape() {
        assertThat(apply(TextChanges::urlDecode, "a%27b+c%zz%4")).isEqualTo("a'b c%zz%4");
    }

    @Test
    void putsDotInFront() {
        assertThat(apply(TextChanges::dotPrefix, "a.b")).isEqualTo(".a.b");
    }

    @Test
    void digestsAreOctets() {
        assertThat(apply(TextChanges.digest("MD5"), "")).hasSize(16).startsWith("\u00d4\u001d\u008c\u00d9");
        assertThat(apply(TextChanges.digest("SHA-1"), "")).hasSize(20);
        assertThat(apply(TextChanges.digest("SHA-256"), "")).hasSize(32);
    }

    @Test
    void decodesBase64ByMode() throws RuleException {
        assertThat(apply(Base64Transform.parse(option("from_base64", "")), octets("VGhpcyBpcyBm==")))
                .isEqualTo("This is f");
        assertThat(apply(Base64Transform.parse(option("from_base64", "bytes 4, offset 2")), octets("--YWJjZGVm")))
                .isEqualTo("abc");
        assertThat(apply(Base64Transform.parse(option("from_base64", null)), octets("YWJj*ZGVm")))
                .isEqualTo("abc");
        assertThat(apply(Base64Transform.parse(option("from_base64", "mode rfc2045")), octets("YW Jj*ZGVm")))
                .isEqualTo("abcdef");
        assertThat(apply(Base64Transform.parse(option("from_base64", "mode strict")), octets("YWJj*ZGVm")))
                .isNull();
        assertThat(apply(Base64Transform.parse(option("from_base64", "mode strict")), octets("YWI=")))
                .isEqualTo("ab");
        assertThat(apply(Base64Transform.parse(option("from_base64", "offset 90")), octets("YWJj")))
                .isNull();
    }

    @Test
    void refusesOptionsOfBase64ThatAreNone() {
        assertThatThrownBy(() -> Base64Transform.parse(option("from_base64", "bytes x")))
                .isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> Base64Transform.parse(option("from_base64", "offset 70000")))
                .isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> Base64Transform.parse(option("from_base64", "mode x")))
                .isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> Base64Transform.parse(option("from_base64", "offset 1, offset 2")))
                .isInstanceOf(RuleException.class);
    }

    @Test
    void repeatsKeyOfXor() throws RuleException {
        assertThat(apply(XorTransform.parse(option("xor", "\"0102\"")), octets("abcde")))
                .isEqualTo("``bfd");
        assertThatThrownBy(() -> XorTransform.parse(option("xor", "\"012\""))).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> XorTransform.parse(option("xor", "\"\""))).isInstanceOf(RuleException.class);
    }

    @Test
    void takesKeyOfXorFromBuffer() throws RuleException {
        Transform transform = XorTransform.parse(option("xor", "offset  2, extract 1 1"));
        assertThat(apply(transform, octets("a\u0001`c"))).isEqualTo("a\u0001ab");
        assertThat(apply(transform, octets("a"))).isNull();
    }

    @Test
    void capturesFirstGroupOrLeavesBufferAsItIs() throws RuleException {
        Transform transform = PcreTransform.parse(option("pcrexform", "\"[a-z]+\\s+(.*)\\s+HTTP\""));
        assertThat(apply(transform, octets("get /a HTTP/1"))).isEqualTo("/a");
        assertThat(apply(transform, octets("nothing"))).isEqualTo("nothing");
        assertThatThrownBy(() -> PcreTransform.parse(option("pcrexform", "\"abc\"")))
                .isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> PcreTransform.parse(option("pcrexform", "\"(abc\"")))
                .isInstanceOf(RuleException.class);
    }

    @Test
    void unpacksUpToSizeOfRule() throws RuleException, IOException {
        byte[] plain = octets("This is packed. ".repeat(200));
        ByteArrayOutputStream zlib = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(zlib)) {
            out.write(plain);
        }
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(plain);
        }
        Transform eight = InflateTransform.parse(option("zlib_deflate", "max-size 8"), false);
        assertThat(apply(eight, zlib.toByteArray())).isEqualTo("This is ");
        Transform usual = InflateTransform.parse(option("gunzip", null), true);
        assertThat(apply(usual, gzip.toByteArray())).hasSize(1024);
        Transform large = InflateTransform.parse(option("gunzip", "max-size 4kb"), true);
        assertThat(apply(large, gzip.toByteArray())).hasSize(plain.length);
        assertThat(apply(usual, zlib.toByteArray())).isNull();
        assertThatThrownBy(() -> InflateTransform.parse(option("gunzip", "max-size 0"), true))
                .isInstanceOf(RuleException.class);
    }

    @Test
    void slicesFromEitherEnd() throws RuleException {
        assertThat(apply(SliceTransform.parse(option("subslice", "1,2")), octets("abcde")))
                .isEqualTo("bc");
        assertThat(apply(SliceTransform.parse(option("subslice", "-2")), octets("abcde")))
                .isEqualTo("de");
        assertThat(apply(SliceTransform.parse(option("subslice", "1,-1")), octets("abcde")))
                .isEqualTo("bcd");
        assertThat(apply(SliceTransform.parse(option("subslice", "-9")), octets("abcde")))
                .isEmpty();
        assertThat(apply(SliceTransform.parse(option("subslice", "-9,truncate")), octets("abcde")))
                .isEqualTo("abcde");
    }

    @Test
    void equalSpellingsAreEqual() throws RuleException {
        assertThat(XorTransform.parse(option("xor", "\"0A\""))).isEqualTo(XorTransform.parse(option("xor", "\"0a\"")));
        assertThat(Base64Transform.parse(option("from_base64", "offset 1")))
                .isNotEqualTo(Base64Transform.parse(option("from_base64", "offset 2")));
    }

    @Test
    void measuresEntropy() {
        assertThat(Entropy.bits(octets("aaaa"), 0, 4)).isZero();
        assertThat(Entropy.bits(octets("abcd"), 0, 4)).isEqualTo(2);
        assertThat(Entropy.bits(octets(""), 0, 0)).isZero();
    }
}
