package jp.genkan.urlfilter.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ListFormatsTest {
    private static RecordedRows auto(String... lines) throws IOException {
        return RecordedRows.of(ListFormat.AUTO, String.join("\n", lines));
    }

    @Test
    void readsHostsFiles() throws IOException {
        RecordedRows list = auto(
                "# a comment",
                "127.0.0.1 localhost",
                "::1 localhost ip6-localhost",
                "fe80::1%lo0 localhost",
                "0.0.0.0 0.0.0.0",
                "",
                "0.0.0.0 bad.example worse.example # why",
                "127.0.0.1\tTabbed.Example.",
                "bad line",
                "0.0.0.0");
        assertThat(list.rows).containsExactly("DOMAIN bad.example", "DOMAIN worse.example", "DOMAIN tabbed.example");
        assertThat(list.problems)
                .containsExactly("9: no address at the beginning: 'bad line'", "10: no name behind the address");
    }

    @Test
    void readsDomainLists() throws IOException {
        RecordedRows list = auto(
                "\ufeffbad.example",
                "*.wild.example",
                ".dotted.example",
                "remark.example # since yesterday",
                "192.0.2.1",
                "198.51.100.0/24",
                "ドメイン.example",
                "site.example/path",
                "two words",
                "bro<ken");
        assertThat(list.rows)
                .containsExactly(
                        "DOMAIN bad.example",
                        "WHOLE_DOMAIN wild.example",
                        "WHOLE_DOMAIN dotted.example",
                        "DOMAIN remark.example",
                        "DOMAIN 192.0.2.1",
                        "addresses 198.51.100.0/24",
                        "DOMAIN xn--eckwd4c7c.example",
                        "PAGE site.example/path");
        assertThat(list.problems).containsExactly("9: more than one word: 'two words'", "10: not a host: 'bro<ken'");
    }

    @Test
    void readsThoseAdblockRulesThatSpeakOfSites() throws IOException {
        RecordedRows list = auto(
                "[Adblock Plus 2.0]",
                "! Title: test",
                "||bad.example^",
                "||*.wild.example^",
                "||strong.example^$important",
                "||paths.example/ads/^",
                "@@||good.bad.example^",
                "@@||good.example^|",
                "plain.example",
                "0.0.0.0 hosts.example",
                "||third.example^$third-party",
                "example.com##.banner",
                "||wild*card.example^",
                "/banner[0-9]+/",
                "|https://exact.example/|",
                "@@||good.example/part");
        assertThat(list.rows)
                .containsExactly(
                        "WHOLE_DOMAIN bad.example",
                        "WHOLE_DOMAIN wild.example",
                        "WHOLE_DOMAIN strong.example",
                        "PATHS paths.example/ads/",
                        "EXCEPTION good.bad.example",
                        "EXCEPTION good.example",
                        "WHOLE_DOMAIN plain.example",
                        "DOMAIN hosts.example");
        assertThat(list.problems)
                .containsExactly(
                        "11: its options need a browser: '||third.example^$third-party'",
                        "12: a rule about parts of pages: 'example.com##.banner'",
                        "13: a pattern that is not about one site: '||wild*card.example^'",
                        "14: a pattern that is not about one site: '/banner[0-9]+/'",
                        "15: a pattern that is not about one site: '|https://exact.example/|'",
                        "16: an exception for a part of a site: '@@||good.example/part'");
    }

    @Test
    void readsListsOfUrls() throws IOException {
        RecordedRows list = auto(
                "# feed",
                "https://Bad.example/login.php?a=1",
                "http://192.0.2.1:8080/x.sh",
                "https://whole.example/",
                "https://bare.example",
                "　https://wide.example/blank",
                "https://");
        assertThat(list.rows)
                .containsExactly(
                        "PAGE bad.example/login.php?a=1",
                        "PAGE 192.0.2.1:8080/x.sh",
                        "HOST whole.example",
                        "HOST bare.example",
                        "PAGE wide.example/blank");
        assertThat(list.problems).containsExactly("7: no URL with a host: 'https://'");
    }

    @Test
    void readsTheCsvOfJpcert() throws IOException {
        RecordedRows list = auto(
                "date,URL,description",
                "2024/01/04 10:02:00,https://bad.example/,A bank",
                "2024/01/04 10:03:00,\"https://bad.example/a,b\",\"Two, words\"",
                "2024/01/04 10:04:00,https://bad.example/c,\"one",
                "two\"",
                "2024/01/04 10:05:00",
                "2024/01/04 10:06:00,https://bad.example/d,x");
        assertThat(list.rows)
                .containsExactly(
                        "HOST bad.example", "PAGE bad.example/a,b", "PAGE bad.example/c", "PAGE bad.example/d");
        assertThat(list.problems).containsExactly("6: no column with a URL: '2024/01/04 10:05:00'");
    }

    @Test
    void aQuoteThatNobodyClosesCostsSomeLinesOnly() throws IOException {
        RecordedRows list = auto(
                "date,URL,description",
                "1,\"https://a.example/x",
                "2",
                "3",
                "4",
                "5",
                "6",
                "7",
                "8",
                "9,https://b.example/y,z");
        assertThat(list.rows).containsExactly("PAGE b.example/y");
        assertThat(list.problems).hasSize(1).first().asString().startsWith("2: a quote that is not closed");
    }

    @Test
    void readsTheCsvOfUrlhaus() throws IOException {
        RecordedRows list = auto(
                "################",
                "# URLhaus dump #",
                "################",
                "#",
                "# id,dateadded,url,url_status,last_online,threat,tags,urlhaus_link,reporter",
                "\"1\",\"2026-01-01 00:00:00\",\"http://bad.example/a.exe\",\"online\",\"\",\"malware_download\",\"exe\","
                        + "\"https://urlhaus.example/url/1/\",\"x\"");
        assertThat(list.rows).containsExactly("PAGE bad.example/a.exe");
        assertThat(list.problems).isEmpty();
    }

    @Test
    void findsTheColumnByItselfWithoutAHead() throws IOException {
        assertThat(RecordedRows.of(ListFormat.CSV, "1,https://bad.example/a,x\n2,https://bad.example/b,y").rows)
                .containsExactly("PAGE bad.example/a", "PAGE bad.example/b");
    }

    @Test
    void readsResponsePolicyZones() throws IOException {
        RecordedRows list = auto(
                "$TTL 60",
                "$ORIGIN rpz.example.",
                "@ IN SOA localhost. root.localhost. (",
                "  1 ; serial",
                "  2h 30m 30d 1h )",
                "  IN NS localhost.",
                "bad.example CNAME .",
                "*.bad.example 300 IN CNAME .",
                "absolute.example.rpz.example. CNAME *.",
                "local.example A 192.0.2.1",
                "              AAAA 2001:db8::1",
                "good.bad.example CNAME rpz-passthru.",
                "24.0.2.0.192.rpz-ip CNAME .",
                "48.zz.2.db8.2001.rpz-ip CNAME .",
                "32.1.2.0.192.rpz-client-ip CNAME .",
                "tcp.example CNAME rpz-tcp-only.",
                "$INCLUDE other");
        assertThat(list.rows)
                .containsExactly(
                        "HOST bad.example",
                        "SUBDOMAINS bad.example",
                        "HOST absolute.example",
                        "HOST local.example",
                        "HOST local.example",
                        "EXCEPTION good.bad.example",
                        "addresses 192.0.2.0/24",
                        "addresses 2001:db8:2::/48");
        assertThat(list.problems)
                .containsExactly(
                        "15: a trigger rpz-client-ip is not supported",
                        "16: rpz-tcp-only is not supported",
                        "17: $include is not supported");
    }

    @Test
    void readsListsOfAddresses() throws IOException {
        RecordedRows list = auto(
                "; drop list",
                "192.0.2.0/24 ; SBL1",
                "198.51.100.7",
                "2001:db8::/32",
                "192.0.2.1-192.0.2.9",
                "300.1.1.1");
        assertThat(list.rows)
                .containsExactly(
                        "addresses 192.0.2.0/24",
                        "addresses 198.51.100.7",
                        "addresses 2001:db8::/32",
                        "addresses 192.0.2.1-192.0.2.9");
        assertThat(list.problems).hasSize(1).first().asString().startsWith("6: '300.1.1.1' is not an address");
    }

    @Test
    void aLineThatIsTooLongIsToldAndTheNextOneRead() throws IOException {
        for (int length : new int[] {300, 70_000, 200_000}) {
            RecordedRows list = auto("a.example", "x".repeat(length), "b.example");
            assertThat(list.rows).containsExactly("DOMAIN a.example", "DOMAIN b.example");
            assertThat(list.problems).containsExactly("2: longer than 256 octets");
        }
    }

    @Test
    void aListOfNothingHasNoRows() throws IOException {
        assertThat(auto("").rows).isEmpty();
        assertThat(auto("# nothing").problems).isEmpty();
    }

    @Test
    void theFormatThatIsConfiguredHolds() throws IOException {
        assertThat(RecordedRows.of(ListFormat.URLS, "bad.example\nbad.example/x").rows)
                .containsExactly("HOST bad.example", "PAGE bad.example/x");
        assertThat(RecordedRows.of(ListFormat.AUTO, "list.rpz", "x CNAME .".getBytes(StandardCharsets.UTF_8)).rows)
                .containsExactly("HOST x");
    }
}
