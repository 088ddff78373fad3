package jp.genkan.urlfilter.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import jp.genkan.core.frame.AddressRange;
import jp.genkan.urlfilter.list.ListFormat;
import jp.genkan.urlfilter.own.SiteException;
import jp.genkan.urlfilter.own.Words;
import jp.genkan.urlfilter.site.ListAction;
import jp.genkan.urlfilter.site.Listing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists as they are written, questions as they are asked, answers. */
class LookUpTest {
    @TempDir
    Path folder;

    private SiteRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new SiteRig(folder);
    }

    @Test
    void aNameTakesInWhatIsBelowIt() throws IOException {
        rig.list("d", ListFormat.DOMAINS, ListAction.BLOCK, "bad.example", "Long.Name.Of.Site.example")
                .load();
        assertThat(rig.ask("bad.example")).isEqualTo("d BLOCK");
        assertThat(rig.ask("https://www.bad.example/x")).isEqualTo("d BLOCK");
        assertThat(rig.ask("a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.bad.example"))
                .isEqualTo("d BLOCK");
        assertThat(rig.ask("verybad.example")).isEqualTo("allowed");
        assertThat(rig.ask("bad.example.org")).isEqualTo("allowed");
        assertThat(rig.ask("name.of.site.example")).isEqualTo("allowed");
        assertThat(rig.ask("example")).isEqualTo("allowed");
    }

    @Test
    void aNameUnderWhichStrangersHaveNamesMeansItselfAlone() throws IOException {
        rig.list(
                        "d",
                        ListFormat.DOMAINS,
                        ListAction.BLOCK,
                        "co.example",
                        "pages.example",
                        "a.city.example",
                        "www.city.example")
                .load();
        assertThat(rig.ask("co.example")).isEqualTo("d BLOCK");
        assertThat(rig.ask("shop.co.example")).isEqualTo("allowed");
        assertThat(rig.ask("me.pages.example")).isEqualTo("allowed");
        assertThat(rig.ask("me.a.city.example")).isEqualTo("allowed");
        assertThat(rig.ask("me.www.city.example")).isEqualTo("d BLOCK");
    }

    @Test
    void aCategoryThatIsOnlyLoggedTakesInThePagesOfAPlatform() throws IOException {
        Files.createDirectories(folder.resolve("blog"));
        rig.write("blog/domains", "pages.example", "co.example");
        rig.lists.add(new SiteList("blog", folder.resolve("blog"), ListFormat.UT1, "", null));
        rig.load();
        assertThat(rig.ask("me.pages.example")).isEqualTo("blog LOG");
        assertThat(rig.ask("me.co.example")).isEqualTo("allowed");
    }

    @Test
    void aUrlMeansThatPageWithWhateverQueryAndNothingElse() throws IOException {
        rig.list(
                        "u",
                        ListFormat.URLS,
                        ListAction.BLOCK,
                        "https://shared.example/a/page",
                        "http://shared.example/q?id=7",
                        "http://odd.example:8080/x",
                        "https://whole.example/")
                .load();
        assertThat(rig.ask("https://shared.example/a/page")).isEqualTo("u BLOCK");
        assertThat(rig.ask("http://SHARED.example:80/a/./%70age#top")).isEqualTo("u BLOCK");
        assertThat(rig.ask("https://shared.example/a/page?utm=1")).isEqualTo("u BLOCK");
        assertThat(rig.ask("https://shared.example/a/pagex")).isEqualTo("allowed");
        assertThat(rig.ask("https://shared.example/a")).isEqualTo("allowed");
        assertThat(rig.ask("https://shared.example/q?id=7")).isEqualTo("u BLOCK");
        assertThat(rig.ask("https://shared.example/q?id=8")).isEqualTo("allowed");
        assertThat(rig.ask("https://shared.example/q")).isEqualTo("allowed");
        assertThat(rig.ask("shared.example")).isEqualTo("allowed");
        assertThat(rig.ask("www.shared.example/a/page")).isEqualTo("allowed");
        assertThat(rig.ask("http://odd.example:8080/x")).isEqualTo("u BLOCK");
        assertThat(rig.ask("http://odd.example/x")).isEqualTo("allowed");
        assertThat(rig.ask("http://whole.example/any")).isEqualTo("u BLOCK");
        assertThat(rig.ask("http://www.whole.example/")).isEqualTo("allowed");
    }

    @Test
    void thePathsOfUt1AreBeginnings() throws IOException {
        Files.createDirectories(folder.resolve("games"));
        rig.write("games/urls", "site.example/games/", "site.example/p.php?a=1");
        rig.lists.add(new SiteList("games", folder.resolve("games"), ListFormat.UT1, "", null));
        rig.load();
        assertThat(rig.ask("http://site.example/games")).isEqualTo("games LOG");
        assertThat(rig.ask("http://www.site.example/games/chess?x")).isEqualTo("games LOG");
        assertThat(rig.ask("http://site.example/gamesters")).isEqualTo("allowed");
        assertThat(rig.ask("http://site.example/p.php?a=1&b=2")).isEqualTo("games LOG");
        assertThat(rig.ask("http://site.example/p.php?a=12")).isEqualTo("allowed");
        assertThat(rig.ask("http://site.example/")).isEqualTo("allowed");
    }

    @Test
    void addressesAreFoundInEverySpellingAndByTheirNetwork() throws IOException {
        rig.list(
                        "a",
                        ListFormat.ADDRESSES,
                        ListAction.BLOCK,
                        "192.0.2.1",
                        "198.51.100.0/25",
                        "203.0.113.3-203.0.113.9",
                        "2001:db8:1::/48")
                .list(
                        "n",
                        ListFormat.ADDRESSES,
                        ListAction.BLOCK,
                        "10.0.0.0/8",
                        "0.0.0.0/0",
                        "2000::/3",
                        "203.0.113.77")
                .list("u", ListFormat.URLS, ListAction.LOG, "http://192.0.2.200/x")
                .load();
        assertThat(rig.ask("http://3221225985/")).isEqualTo("a BLOCK");
        assertThat(rig.ask("http://[::ffff:192.0.2.1]/")).isEqualTo("a BLOCK");
        assertThat(rig.ask("198.51.100.127")).isEqualTo("a BLOCK");
        assertThat(rig.ask("198.51.100.128")).isEqualTo("allowed");
        assertThat(rig.ask("203.0.113.2")).isEqualTo("allowed");
        assertThat(rig.ask("203.0.113.3")).isEqualTo("a BLOCK");
        assertThat(rig.ask("203.0.113.9")).isEqualTo("a BLOCK");
        assertThat(rig.ask("203.0.113.10")).isEqualTo("allowed");
        assertThat(rig.ask("2001:db8:1:2::3")).isEqualTo("a BLOCK");
        assertThat(rig.ask("2001:db8:2::3")).isEqualTo("allowed");
        assertThat(rig.ask("10.1.2.3")).isEqualTo("allowed");
        assertThat(rig.ask("203.0.113.77")).isEqualTo("n BLOCK");
        assertThat(rig.ask("http://192.0.2.200/x")).isEqualTo("u LOG");
        assertThat(rig.ask("2.1")).isEqualTo("allowed");
    }

    @Test
    void theStrongestActionWinsThenTheNearestEntryThenTheOrder() throws IOException {
        rig.list("first", ListFormat.DOMAINS, ListAction.LOG, "site.example", "two.example")
                .list("second", ListFormat.DOMAINS, ListAction.LOG, "www.site.example", "two.example")
                .list("third", ListFormat.DOMAINS, ListAction.BLOCK, "bad.www.site.example", "deep.example")
                .list("fourth", ListFormat.DOMAINS, ListAction.LOG, "very.deep.example")
                .load();
        assertThat(rig.ask("a.site.example")).isEqualTo("first LOG");
        assertThat(rig.ask("www.site.example")).isEqualTo("second LOG");
        assertThat(rig.ask("bad.www.site.example")).isEqualTo("third BLOCK");
        assertThat(rig.ask("two.example")).isEqualTo("first LOG");
        assertThat(rig.ask("very.deep.example")).isEqualTo("third BLOCK");
    }

    @Test
    void anExceptionOfAListTakesOutOfThatListOnly() throws IOException {
        rig.list("ads", ListFormat.ADBLOCK, ListAction.BLOCK, "||bad.example^", "@@||good.bad.example^")
                .list("other", ListFormat.DOMAINS, ListAction.LOG, "bad.example")
                .load();
        assertThat(rig.ask("bad.example")).isEqualTo("ads BLOCK");
        assertThat(rig.ask("good.bad.example")).isEqualTo("other LOG");
        assertThat(rig.ask("very.good.bad.example")).isEqualTo("other LOG");
    }

    @Test
    void zonesTellNamesFromWhatIsBelowThem() throws IOException {
        rig.list("z", ListFormat.RPZ, ListAction.BLOCK, "one.example CNAME .", "*.below.example CNAME .")
                .load();
        assertThat(rig.ask("one.example")).isEqualTo("z BLOCK");
        assertThat(rig.ask("www.one.example")).isEqualTo("allowed");
        assertThat(rig.ask("below.example")).isEqualTo("allowed");
        assertThat(rig.ask("www.below.example")).isEqualTo("z BLOCK");
    }

    @Test
    void anExceptionHoldsForItsSiteItsMachineAndItsTime() throws IOException {
        rig.list("d", ListFormat.DOMAINS, ListAction.BLOCK, "bad.example", "page.example")
                .load();
        Instant end = rig.now.plusSeconds(100);
        rig.exceptions.add(new SiteException("www.bad.example", null, end, "Sato", "needed"));
        rig.exceptions.add(new SiteException("bad.example", AddressRange.parse("192.168.1.0/28"), null, "Sato", ""));
        rig.exceptions.add(new SiteException("http://page.example/only", null, null, "Sato", ""));
        SiteLists lists = rig.load();
        assertThat(rig.askFor("192.168.1.200", "bad.example")).isEqualTo("d BLOCK");
        assertThat(rig.askFor("192.168.1.200", "a.www.bad.example")).isEqualTo("allowed");
        assertThat(rig.askFor("192.168.1.3", "bad.example")).isEqualTo("allowed");
        assertThat(rig.ask("http://page.example/only?x=1")).isEqualTo("allowed");
        assertThat(rig.ask("http://page.example/")).isEqualTo("d BLOCK");
        int before = rig.changes;
        assertThat(lists.poll()).isFalse();
        rig.now = end;
        assertThat(lists.poll()).isTrue();
        assertThat(rig.changes).isGreaterThan(before);
        assertThat(rig.askFor("192.168.1.200", "a.www.bad.example")).isEqualTo("d BLOCK");
    }

    @Test
    void wordsAreFoundInHostsPathsAndQueries() throws IOException {
        rig.list("d", ListFormat.DOMAINS, ListAction.LOG, "site.example");
        word("casino", ListAction.LOG);
        word("転職", ListAction.BLOCK);
        rig.load();
        assertThat(rig.ask("http://MyCasino.example/")).isEqualTo("words LOG");
        assertThat(rig.ask("http://other.example/a?q=CASINO")).isEqualTo("words LOG");
        assertThat(rig.ask("http://other.example/%63asino")).isEqualTo("words LOG");
        assertThat(rig.ask("http://site.example/casino")).isEqualTo("d LOG");
        assertThat(rig.ask("http://site.example/転職")).isEqualTo("words BLOCK");
        assertThat(rig.ask("http://site.example/?q=%E8%BB%A2%E8%81%B7")).isEqualTo("words BLOCK");
        assertThat(rig.ask("http://転職.example/")).isEqualTo("words BLOCK");
        assertThat(rig.ask("http://cas.example/ino")).isEqualTo("allowed");
    }

    private void word(String word, ListAction action) {
        rig.words.add(new Words.Word(word, new Listing("words", "word", action, word, null)));
    }
}
