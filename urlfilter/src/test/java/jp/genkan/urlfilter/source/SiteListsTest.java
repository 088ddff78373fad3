package jp.genkan.urlfilter.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jp.genkan.urlfilter.list.ListFormat;
import jp.genkan.urlfilter.site.ListAction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteListsTest {
    @TempDir
    Path folder;

    private SiteRig rig;
    private Path store;

    @BeforeEach
    void open() throws IOException {
        rig = new SiteRig(folder);
        store = folder.resolve("store");
    }

    private List<Path> tables() throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            return files.toList();
        }
    }

    @Test
    void takesOverAFileThatHasChangedAndThenStayedTheSame() throws IOException {
        SiteLists lists = rig.list("d", ListFormat.DOMAINS, ListAction.BLOCK, "one.example")
                .load();
        int generation = rig.base.current().generation();
        rig.write("d", "two.example");
        assertThat(lists.poll()).isFalse();
        assertThat(rig.ask("two.example")).isEqualTo("allowed");
        assertThat(lists.poll()).isTrue();
        assertThat(rig.ask("two.example")).isEqualTo("d BLOCK");
        assertThat(rig.ask("one.example")).isEqualTo("allowed");
        assertThat(rig.base.current().generation()).isGreaterThan(generation);
        assertThat(lists.poll()).isFalse();
    }

    @Test
    void keepsTheLastGoodContentOfAListAndTakesTheOthersOver() throws IOException {
        SiteLists lists = rig.list("a", ListFormat.DOMAINS, ListAction.BLOCK, "a.example")
                .list("b", ListFormat.DOMAINS, ListAction.BLOCK, "b.example")
                .load();
        Files.delete(folder.resolve("a"));
        rig.write("b", "new.example");
        lists.load();
        assertThat(rig.ask("a.example")).isEqualTo("a BLOCK");
        assertThat(rig.ask("b.example")).isEqualTo("allowed");
        assertThat(rig.ask("new.example")).isEqualTo("b BLOCK");
        assertThat(lists.problems())
                .containsExactly(folder.resolve("a")
                        + ": no such file or folder: the list goes on with the 1 entries that were read before");
        assertThat(rig.events).hasSize(1);
        rig.write("a", "<html>", "not a list at all", "</html>");
        lists.load();
        assertThat(rig.ask("a.example")).isEqualTo("a BLOCK");
        assertThat(lists.problems()).hasSize(1).first().asString().contains("not one of its 3 rows can be used");
        rig.write("a", "again.example");
        lists.load();
        assertThat(lists.problems()).isEmpty();
        assertThat(rig.ask("again.example")).isEqualTo("a BLOCK");
        assertThat(rig.ask("a.example")).isEqualTo("allowed");
    }

    @Test
    void keepsPagesAndAddressesOfAListThatIsTakenOver() throws IOException {
        SiteLists lists = rig.list("u", ListFormat.URLS, ListAction.BLOCK, "http://page.example/x")
                .list("n", ListFormat.ADDRESSES, ListAction.LOG, "198.51.100.0/24")
                .list("d", ListFormat.DOMAINS, ListAction.BLOCK, "b.example")
                .load();
        rig.write("d", "c.example");
        lists.load();
        assertThat(rig.ask("http://page.example/x")).isEqualTo("u BLOCK");
        assertThat(rig.ask("198.51.100.9")).isEqualTo("n LOG");
        assertThat(rig.ask("c.example")).isEqualTo("d BLOCK");
        assertThat(rig.ask("b.example")).isEqualTo("allowed");
    }

    @Test
    void tellsRowsThatCannotBeUsedWithTheirLines() throws IOException {
        SiteLists lists = rig.list("d", ListFormat.DOMAINS, ListAction.BLOCK, "ok.example", "two words", "ok2.example")
                .load();
        assertThat(lists.problems())
                .containsExactly(folder.resolve("d") + ":2: more than one word: 'two words': skipped");
        assertThat(lists.status()).hasSize(1);
        assertThat(lists.status().getFirst().entries()).isEqualTo(2);
        assertThat(lists.status().getFirst().skipped()).isEqualTo(1);
    }

    @Test
    void startsFromWhatWasCompiledBefore() throws IOException {
        rig.list("d", ListFormat.DOMAINS, ListAction.BLOCK, "one.example", "two words");
        rig.open(store).load();
        assertThat(tables()).hasSize(1);
        byte[] compiled = Files.readAllBytes(tables().getFirst());
        SiteLists again = rig.open(store);
        again.load();
        assertThat(Files.readAllBytes(tables().getFirst())).isEqualTo(compiled);
        assertThat(rig.ask("one.example")).isEqualTo("d BLOCK");
        assertThat(again.problems()).hasSize(1);
    }

    @Test
    void compilesAgainWhenTheTableIsDamaged() throws IOException {
        rig.list("d", ListFormat.DOMAINS, ListAction.BLOCK, "one.example");
        rig.open(store).load();
        Path table = tables().getFirst();
        byte[] whole = Files.readAllBytes(table);
        for (int at = 0; at < whole.length; at += 7) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x40;
            Files.write(table, damaged);
            rig.open(store).load();
            assertThat(rig.ask("one.example")).isEqualTo("d BLOCK");
        }
        for (int length : new int[] {0, 5, 64, whole.length - 1}) {
            Files.write(table, java.util.Arrays.copyOf(whole, length));
            rig.open(store).load();
            assertThat(rig.ask("one.example")).isEqualTo("d BLOCK");
        }
    }

    @Test
    void aListThatIsMissingAtTheStartIsTakenFromTheTable() throws IOException {
        rig.list("a", ListFormat.DOMAINS, ListAction.BLOCK, "a.example")
                .list("b", ListFormat.DOMAINS, ListAction.BLOCK, "b.example");
        rig.open(store).load();
        Files.delete(folder.resolve("a"));
        rig.open(store).load();
        assertThat(rig.ask("a.example")).isEqualTo("a BLOCK");
        assertThat(rig.ask("b.example")).isEqualTo("b BLOCK");
    }

    @Test
    void goesOnInMemoryWhereTheDiskCannotBeWritten() throws IOException {
        Files.writeString(store, "a file where the folder should be");
        rig.list("a", ListFormat.DOMAINS, ListAction.BLOCK, "a.example");
        rig.open(store).load();
        assertThat(rig.ask("a.example")).isEqualTo("a BLOCK");
    }

    @Test
    void findsTheListsOfAContentFolder() throws IOException {
        Path content = Files.createDirectories(folder.resolve("content"));
        Files.createDirectories(content.resolve("ut1/games"));
        Files.createDirectories(content.resolve("ut1/malware"));
        Files.writeString(content.resolve("feed.csv"), "date,URL,description\n1,https://phish.example/x,bank\n");
        Files.writeString(content.resolve("other.csv"), "a,b\nhttps://other.example/,x\n");
        Files.writeString(content.resolve("ut1/games/domains"), "game.example\n");
        Files.writeString(content.resolve("ut1/malware/domains"), "malware.example\n");
        SiteLists lists = new SiteLists(SitePlan.ofContent(content), rig.base, null, rig, rig.events::add, () -> {});
        lists.load();
        assertThat(rig.ask("https://phish.example/x")).isEqualTo("feed BLOCK");
        assertThat(rig.ask("https://other.example/")).isEqualTo("allowed");
        assertThat(rig.ask("game.example")).isEqualTo("ut1/games LOG");
        assertThat(rig.ask("malware.example")).isEqualTo("ut1/malware BLOCK");
        assertThat(lists.status())
                .extracting(ListStatus::category)
                .containsExactlyInAnyOrder("phishing", "games", "malware");
    }
}
