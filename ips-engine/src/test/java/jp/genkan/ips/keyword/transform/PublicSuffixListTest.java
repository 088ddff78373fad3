package jp.genkan.ips.keyword.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicSuffixListTest {
    private final PublicSuffixList list = PublicSuffixList.of(
            List.of("// comment", "", "com", "uk", "co.uk", "*.ck", "!www.ck", "kobe.jp // x", "jp", "\u4e2d\u56fd"));

    private String suffix(String name) {
        byte[] octets = ("#" + name).getBytes(StandardCharsets.UTF_8);
        int at = list.suffix(octets, 1, octets.length);
        return at < 0 ? "" : new String(octets, at, octets.length - at, StandardCharsets.UTF_8);
    }

    private String registered(String name) {
        byte[] octets = ("#" + name).getBytes(StandardCharsets.UTF_8);
        int at = list.registered(octets, 1, octets.length);
        return at < 0 ? "" : new String(octets, at, octets.length - at, StandardCharsets.UTF_8);
    }

    @Test
    void takesLongestRule() {
        assertThat(suffix("www.example.co.uk")).isEqualTo("co.uk");
        assertThat(registered("www.example.co.uk")).isEqualTo("example.co.uk");
        assertThat(registered("a.b.Example.COM")).isEqualTo("Example.COM");
        assertThat(registered("x.y.kobe.jp")).isEqualTo("y.kobe.jp");
    }

    @Test
    void followsWildcardsAndTheirExceptions() {
        assertThat(suffix("a.b.ck")).isEqualTo("b.ck");
        assertThat(registered("a.b.ck")).isEqualTo("a.b.ck");
        assertThat(suffix("www.ck")).isEqualTo("ck");
        assertThat(registered("x.www.ck")).isEqualTo("www.ck");
    }

    @Test
    void takesLastLabelOfNameThatNoRuleKnows() {
        assertThat(suffix("printer.local")).isEqualTo("local");
        assertThat(registered("a.printer.local")).isEqualTo("printer.local");
        assertThat(registered("printer")).isEmpty();
    }

    @Test
    void knowsEncodedNames() {
        assertThat(registered("a.b.\u4e2d\u56fd")).isEqualTo("b.\u4e2d\u56fd");
        assertThat(registered("a.b.xn--fiqs8s")).isEqualTo("b.xn--fiqs8s");
    }

    @Test
    void findsNothingInNamesThatAreNone() {
        assertThat(suffix("")).isEmpty();
        assertThat(suffix(".")).isEmpty();
        assertThat(suffix("a..")).isEmpty();
        assertThat(registered(".com")).isEqualTo(".com");
        assertThat(registered("example.com.")).isEqualTo("example.com.");
    }

    @Test
    void readsNamesOfManyLabelsInBoundedTime() {
        assertThat(suffix("a.".repeat(500) + "com")).isEqualTo("com");
    }
}
