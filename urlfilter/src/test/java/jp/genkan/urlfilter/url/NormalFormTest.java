package jp.genkan.urlfilter.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import jp.genkan.urlfilter.site.SiteQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URLs as they are written, and as they are compared: cases made from the text of the URL Standard and of RFC 3986 §6. */
class NormalFormTest {
    private final SiteQuery query = new SiteQuery();

    private String normal(String text) {
        return query.text(text) ? query.urlText() : "none";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // scheme, slashes, user information, port
                "http://example.com | example.com/",
                "HTTPS://EXAMPLE.COM/ | example.com/",
                "http:example.com/a | example.com/a",
                "http:\\\\example.com\\a\\b | example.com/a/b",
                "https:///example.com/a | example.com/a",
                "//example.com/a | example.com/a",
                "http://user@example.com/ | example.com/",
                "http://user:secret@example.com/ | example.com/",
                "http://a@b@example.com/ | example.com/",
                "http://evil.example@good.example/ | good.example/",
                "http://good.example\\@evil.example/ | good.example/@evil.example/",
                "http://example.com:80/ | example.com/",
                "https://example.com:443/ | example.com/",
                "https://example.com:80/ | example.com:80/",
                "http://example.com:0080/ | example.com/",
                "http://example.com:/ | example.com/",
                "ftp://example.com:21/a | example.com/a",
                "http://example.com:8080/a | example.com:8080/a",
                "hxxps://example.com/a | example.com/a",
                // hosts alone
                "example.com | example.com/",
                "Example.COM. | example.com/",
                "example.com:8443/a | example.com:8443/a",
                "example.com?x=1 | example.com/?x=1",
                // names
                "http://example.com./a | example.com/a",
                "http://ex%41mple.com/ | example.com/",
                "http://under_score.example.com/ | under_score.example.com/",
                "http://bücher.example/ | xn--bcher-kva.example/",
                "http://BÜCHER.example/ | xn--bcher-kva.example/",
                "http://b%C3%BCcher.example/ | xn--bcher-kva.example/",
                "http://faß.example/ | xn--fa-hia.example/",
                "http://ドメイン.example/ | xn--eckwd4c7c.example/",
                "http://ﾄﾞﾒｲﾝ.example/ | xn--eckwd4c7c.example/",
                "http://ｅｘａｍｐｌｅ。ｃｏｍ/ | example.com/",
                "http://exam\u00adple.com/ | example.com/",
                "http://XN--BCHER-KVA.example/ | xn--bcher-kva.example/",
                // IPv4 in every spelling
                "http://192.0.2.1/ | 192.0.2.1/",
                "http://192.0.2.1./ | 192.0.2.1/",
                "http://0300.0.2.1/ | 192.0.2.1/",
                "http://0xC0.0x00.0x02.0x01/ | 192.0.2.1/",
                "http://3221225985/ | 192.0.2.1/",
                "http://0xc0000201/ | 192.0.2.1/",
                "http://192.0.513/ | 192.0.2.1/",
                "http://192.513/ | 192.0.2.1/",
                "http://１９２.０.２.１/ | 192.0.2.1/",
                "http://0x/ | 0.0.0.0/",
                // IPv6
                "http://[2001:DB8::1]/ | [2001:db8::1]/",
                "http://[2001:db8:0:0:0:0:0:1]:8080/a | [2001:db8::1]:8080/a",
                "http://[::ffff:192.0.2.1]/ | 192.0.2.1/",
                "http://[::ffff:c000:201]/ | 192.0.2.1/",
                "2001:db8::1 | [2001:db8::1]/",
                // paths
                "http://example.com/a/./b | example.com/a/b",
                "http://example.com/a/../b | example.com/b",
                "http://example.com/a/.. | example.com/",
                "http://example.com/a/. | example.com/a/",
                "http://example.com/../../a | example.com/a",
                "http://example.com/a/%2e%2E/b | example.com/b",
                "http://example.com/a/.%2e | example.com/",
                "http://example.com/a/..b | example.com/a/..b",
                "http://example.com//a//b | example.com//a//b",
                "http://example.com/a//../b | example.com/a/b",
                "http://example.com/%61%7E | example.com/a~",
                "http://example.com/%2f%c3%a9 | example.com/%2F%C3%A9",
                "http://example.com/é | example.com/%C3%A9",
                "http://example.com/a b | example.com/a%20b",
                "http://example.com/100% | example.com/100%25",
                "http://example.com/%zz | example.com/%25zz",
                "http://example.com/a;b=1 | example.com/a;b=1",
                // queries and fragments
                "http://example.com/a?b=C | example.com/a?b=C",
                "http://example.com/a?b/../c | example.com/a?b/../c",
                "http://example.com/a?%61=%2f | example.com/a?a=%2F",
                "http://example.com/a?it's | example.com/a?it%27s",
                "http://example.com/a? | example.com/a",
                "http://example.com/a#b?c | example.com/a",
                "http://example.com#a | example.com/",
                "http://example.com/a?b#c | example.com/a?b",
            })
    void readsAsABrowserDoes(String written, String compared) {
        assertThat(normal(written)).isEqualTo(compared);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://",
                "http:///",
                "http://exa mple.com/",
                "http://example.com:a/",
                "http://example.com:65536/",
                "http://exa<mple.com/",
                "http://example.com%00/",
                "http://256.0.0.1/",
                "http://1.2.3.4.5/",
                "http://foo.0x4/",
                "http://09.1.2.3/",
                "http://4294967296/",
                "http://[::1",
                "http://[1:2:3:4:5:6:7]/",
                "http://[::1::2]/",
                "http://[1:2:3:4:5:6:7:8:9]/",
                "http://[fe80::1%25eth0]/",
                "http://[::1.2.3]/",
                "http://[::01.2.3.4]/",
                "http://\ufffd.example/",
                "javascript:alert(1)",
                "."
            })
    void refusesWhatHasNoHost(String written) {
        assertThat(normal(written)).isEqualTo("none");
    }

    @Test
    void passesOverTabsAndLineEndsAndBlanksAround() {
        assertThat(normal(" \thttp://exa\nmple.com/a\r\n/b ")).isEqualTo("example.com/a/b");
    }

    @Test
    void isItsOwnNormalForm() {
        for (String written : new String[] {
            "http://exAmple.com:81/%41/../%zz%/a%2fb?x='%27#f", "http://ドメイン.example/日本?語", "http://0x7f.1/..//a"
        }) {
            String once = normal(written);
            assertThat(normal("http://" + once)).isEqualTo(once);
        }
    }

    @Test
    void aNameLongerThanTheDnsCanResolveIsNone() {
        String label = "a".repeat(63) + ".";
        assertThat(normal(label.repeat(3) + "a".repeat(61))).startsWith("a");
        assertThat(normal(label.repeat(3) + "a".repeat(62))).isEqualTo("none");
    }

    @Test
    void aRequestIsReadLikeTheUrlThatItCameFrom() {
        assertThat(request(false, "Example.com", -1, "/a/../b?c")).isEqualTo("example.com/b?c");
        assertThat(request(false, "example.com", 80, "/")).isEqualTo("example.com/");
        assertThat(request(false, "example.com", 8080, "/")).isEqualTo("example.com:8080/");
        assertThat(request(true, "example.com", 443, "/")).isEqualTo("example.com/");
        assertThat(request(false, "example.com", -1, "http://other.example/a?b"))
                .isEqualTo("example.com/a?b");
        assertThat(request(false, "example.com", -1, "http://other.example")).isEqualTo("example.com/");
        assertThat(request(false, "example.com", -1, "*")).isEqualTo("example.com");
        assertThat(request(false, "[2001:db8::1]", -1, "/a")).isEqualTo("[2001:db8::1]/a");
    }

    private String request(boolean secure, String host, int port, String target) {
        byte[] name = host.getBytes(StandardCharsets.UTF_8);
        byte[] path = target.getBytes(StandardCharsets.UTF_8);
        return query.url(secure, name, 0, name.length, port, path, 0, path.length) ? query.urlText() : "none";
    }

    @Test
    void aTargetThatDoesNotFitIsJudgedByItsPathOrItsHost() {
        assertThat(normal("http://example.com/a?" + "q".repeat(SiteQuery.TARGET_MAX)))
                .isEqualTo("example.com/a");
        assertThat(query.target().isWhole()).isFalse();
        assertThat(normal("http://example.com/" + "p".repeat(SiteQuery.TARGET_MAX)))
                .isEqualTo("example.com");
        assertThat(query.isUrl()).isFalse();
    }
}
