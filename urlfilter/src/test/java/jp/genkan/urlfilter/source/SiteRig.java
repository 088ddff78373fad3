package jp.genkan.urlfilter.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.event.Event;
import jp.genkan.core.frame.Address;
import jp.genkan.urlfilter.list.ListFormat;
import jp.genkan.urlfilter.own.SiteException;
import jp.genkan.urlfilter.own.Words;
import jp.genkan.urlfilter.site.ListAction;
import jp.genkan.urlfilter.site.Listing;
import jp.genkan.urlfilter.site.SiteBase;
import jp.genkan.urlfilter.site.SiteQuery;
import org.jspecify.annotations.Nullable;

/** Lists in a folder, a clock, and questions as text. */
final class SiteRig implements InstantSource {
    final Path folder;
    final SiteBase base = new SiteBase();
    final List<Event> events = new ArrayList<>();
    final List<SiteList> lists = new ArrayList<>();
    final List<SiteException> exceptions = new ArrayList<>();
    final List<Words.Word> words = new ArrayList<>();
    final SiteQuery query = new SiteQuery();
    Instant now = Instant.parse("2027-01-01T00:00:00Z");
    int changes;
    private final Path suffixes;

    SiteRig(Path folder) throws IOException {
        this.folder = folder;
        suffixes = folder.resolve("suffixes.dat");
        Files.writeString(suffixes, """
                // ===BEGIN ICANN DOMAINS===
                example
                co.example
                *.city.example
                !www.city.example
                // ===END ICANN DOMAINS===
                // ===BEGIN PRIVATE DOMAINS===
                pages.example
                // ===END PRIVATE DOMAINS===
                """);
    }

    SiteRig list(String name, ListFormat format, @Nullable ListAction action, String... lines) throws IOException {
        write(name, lines);
        lists.add(new SiteList(name, folder.resolve(name), format, "", action));
        return this;
    }

    void write(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, String.join("\n", lines));
        now = now.plusSeconds(1);
        Files.setLastModifiedTime(file, FileTime.from(now));
    }

    SiteLists open(@Nullable Path store) {
        return new SiteLists(plan(), base, store, this, events::add, () -> changes++);
    }

    SiteLists load() {
        SiteLists opened = open(null);
        opened.load();
        return opened;
    }

    private SitePlan plan() {
        return new SitePlan(lists, null, Categories.DEFAULT, exceptions, words, suffixes);
    }

    /** What becomes of a URL: {@code allowed}, or the list and its action. */
    String ask(String url) {
        Listing found = query.text(url) ? base.current().find(query) : null;
        return found == null ? "allowed" : found.list() + " " + found.action();
    }

    String askFor(String machine, String url) {
        Address address = Address.parse(machine);
        query.client(address.high(), address.low());
        return ask(url);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
