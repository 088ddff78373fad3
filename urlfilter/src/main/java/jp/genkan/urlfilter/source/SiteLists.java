package jp.genkan.urlfilter.source;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.HealthEvent;
import jp.genkan.urlfilter.compiled.CompiledBook;
import jp.genkan.urlfilter.compiled.CompiledList;
import jp.genkan.urlfilter.compiled.SiteTable;
import jp.genkan.urlfilter.compiled.TableStore;
import jp.genkan.urlfilter.list.ListLimits;
import jp.genkan.urlfilter.own.SiteExceptions;
import jp.genkan.urlfilter.own.Words;
import jp.genkan.urlfilter.site.ListAction;
import jp.genkan.urlfilter.site.Listing;
import jp.genkan.urlfilter.site.SiteBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lists of sites: read and compiled at the start, and again whenever a file has changed and then has stayed the same, while traffic flows
 * under the book before. A list that has gone or cannot be read leaves its last good content in force, and a problem line says so. Whoever
 * settles flows must unsettle them when {@code onChange} is called.
 *
 * <p>Thread rule: workers read the base; all other methods may be called by any control-plane thread. Those that load wait for each other, and take
 * seconds for five million names; those that tell do not wait.
 */
public final class SiteLists implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SiteLists.class);

    private final SitePlan plan;
    private final SiteBase base;
    private final ListCompiler compiler;
    private final InstantSource clock;
    private final Consumer<? super Event> events;
    private final Runnable onChange;

    private volatile List<SiteList> lists = List.of();
    private final Map<String, ListState> loaded = new HashMap<>();
    private final Map<String, ListState> seen = new HashMap<>();
    private volatile Map<String, String> problems = Map.of();
    private volatile @Nullable CompiledBook book;
    private @Nullable Thread watcher;
    private Instant exceptionsCheckedAt;
    private volatile double seconds;

    /**
     * Lists that are not loaded yet: nothing is found until {@link #load}.
     *
     * @param plan what is configured
     * @param base takes the book
     * @param store folder for what is compiled; null for nowhere
     * @param clock wall time
     * @param events takes the health events about files that could not be used
     * @param onChange called after another book has come into force
     */
    public SiteLists(
            SitePlan plan,
            SiteBase base,
            @Nullable Path store,
            InstantSource clock,
            Consumer<? super Event> events,
            Runnable onChange) {
        this.plan = plan;
        this.base = base;
        this.compiler =
                new ListCompiler(store == null ? null : new TableStore(store), ListLimits.DEFAULT, plan.suffixes());
        this.clock = clock;
        this.events = events;
        this.onChange = onChange;
        this.exceptionsCheckedAt = clock.instant();
    }

    /** Reads all lists as they are now, and puts them in force. Never fails for what a file holds: see {@link #status()}. */
    public synchronized void load() {
        long started = System.nanoTime();
        Map<String, String> wrong = new HashMap<>();
        lists = named(wrong);
        loaded.clear();
        for (SiteList list : lists) {
            loaded.put(list.name(), ListState.of(list.file(), ListLimits.DEFAULT));
        }
        seen.clear();
        seen.putAll(loaded);
        CompiledBook inForce = book;
        SiteTable before = inForce == null ? null : inForce.table();
        ListCompiler.Result result = compiler.compile(lists, before);
        wrong.putAll(result.problems());
        problems = Map.copyOf(wrong);
        publish(result.table());
        seconds = (System.nanoTime() - started) / 1e9;
        report();
    }

    /** Those of the configuration, then those of the content folder; of two with one name the first. */
    private List<SiteList> named(Map<String, String> wrong) {
        List<SiteList> all = new ArrayList<>(plan.lists());
        Path content = plan.content();
        if (content != null) {
            try {
                all.addAll(ContentLists.below(content));
            } catch (IOException unreadable) {
                wrong.put(content.toString(), unreadable.toString());
            }
        }
        Set<String> names = new HashSet<>();
        all.removeIf(list -> !names.add(list.name()));
        return all;
    }

    private void publish(SiteTable table) {
        Map<String, Integer> places = new HashMap<>();
        Map<String, SiteList> byName = new HashMap<>();
        for (int i = 0; i < lists.size(); i++) {
            places.put(lists.get(i).name(), i);
            byName.put(lists.get(i).name(), lists.get(i));
        }
        List<Listing> listings = new ArrayList<>();
        int[] order = new int[table.lists().size()];
        for (CompiledList compiled : table.lists()) {
            SiteList list = byName.get(compiled.source());
            order[listings.size()] = places.getOrDefault(compiled.source(), Integer.MAX_VALUE);
            listings.add(listing(list, compiled));
        }
        Instant now = clock.instant();
        exceptionsCheckedAt = now;
        int generation = base.current().generation() + 1;
        SiteExceptions exceptions = new SiteExceptions(plan.exceptions(), now);
        CompiledBook next = new CompiledBook(table, listings, order, exceptions, new Words(plan.words()), generation);
        book = next;
        base.replace(next);
        onChange.run();
    }

    private Listing listing(@Nullable SiteList list, CompiledList compiled) {
        String name = compiled.source();
        String given = list == null ? "" : list.category();
        String category = !given.isEmpty() ? given : !compiled.category().isEmpty() ? compiled.category() : name;
        ListAction action = list == null ? null : list.action();
        if (action == null) {
            boolean isSorted = !compiled.category().isEmpty();
            action = isSorted ? plan.categories().actionFor(category) : ListAction.BLOCK;
        }
        ListState state = loaded.get(name);
        String source = list == null ? name : list.file().toString();
        return new Listing(name, category, action, source, state == null ? null : state.date());
    }

    /**
     * Loads the lists whose files have changed since they were loaded and have stayed the same since the last call, and ends exceptions whose
     * time is over.
     *
     * @return true when another book is in force now
     */
    public synchronized boolean poll() {
        boolean changed = false;
        for (SiteList list : lists) {
            ListState state = ListState.of(list.file(), ListLimits.DEFAULT);
            boolean settled = state.equals(seen.put(list.name(), state));
            changed |= settled && !state.equals(loaded.get(list.name()));
        }
        if (changed) {
            load();
            return true;
        }
        CompiledBook held = book;
        if (held != null && exceptionEnded()) {
            publish(held.table());
            return true;
        }
        return false;
    }

    private boolean exceptionEnded() {
        Instant now = clock.instant();
        Instant before = exceptionsCheckedAt;
        exceptionsCheckedAt = now;
        return plan.exceptions().stream().anyMatch(one -> one.holdsAt(before) && !one.holdsAt(now));
    }

    /** Looks after the files on a thread of its own until {@link #close}. */
    public synchronized void watch(Duration every) {
        if (watcher == null) {
            watcher = Thread.ofPlatform().daemon().name("site-lists").start(() -> watchUntilInterrupted(every));
        }
    }

    private void watchUntilInterrupted(Duration every) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(every);
                poll();
            } catch (InterruptedException closed) {
                return;
            } catch (RuntimeException failed) {
                LOG.error("the lists of sites could not be looked after; those before stay in force", failed);
            }
        }
    }

    @Override
    public void close() {
        Thread watching;
        synchronized (this) {
            watching = watcher;
            watcher = null;
        }
        if (watching != null) {
            watching.interrupt();
        }
    }

    private void report() {
        List<String> all = problems();
        if (!all.isEmpty()) {
            Instant now = clock.instant();
            events.accept(HealthEvent.of(
                            now.getEpochSecond() * 1_000_000_000L + now.getNano(),
                            "site_list_problem",
                            HealthEvent.Severity.WARNING,
                            all.getFirst())
                    .with("problems", all.size()));
        }
    }

    /** What is known of each list and category. */
    public List<ListStatus> status() {
        CompiledBook held = book;
        if (held == null) {
            return List.of();
        }
        List<ListStatus> status = new ArrayList<>();
        for (int i = 0; i < held.listings().size(); i++) {
            CompiledList compiled = held.table().lists().get(i);
            Listing listing = held.listings().get(i);
            status.add(new ListStatus(
                    listing.list(),
                    listing.category(),
                    listing.action(),
                    compiled.entries(),
                    compiled.skipped(),
                    listing.date(),
                    rowProblems(listing, compiled)));
        }
        return status;
    }

    private static List<String> rowProblems(Listing listing, CompiledList compiled) {
        List<String> lines = new ArrayList<>();
        for (String problem : compiled.problems()) {
            boolean hasLine = !problem.isEmpty() && problem.charAt(0) == ':';
            lines.add(listing.source() + (hasLine ? "" : ": ") + problem + ": skipped");
        }
        if (compiled.skipped() > lines.size()) {
            lines.add(listing.source() + ": " + (compiled.skipped() - lines.size()) + " more rows were skipped");
        }
        return lines;
    }

    /** What is wrong with the files as they are now, each in one line; empty when all is well. */
    public List<String> problems() {
        List<String> lines = new ArrayList<>();
        Map<String, Long> held = new HashMap<>();
        status().forEach(one -> held.merge(one.list(), one.entries(), Long::sum));
        for (Map.Entry<String, String> problem : problems.entrySet()) {
            String place = lists.stream()
                    .filter(list -> list.name().equals(problem.getKey()))
                    .map(list -> list.file() + ": ")
                    .findFirst()
                    .orElse(problem.getKey().isEmpty() ? "" : problem.getKey() + ": ");
            long entries = held.getOrDefault(problem.getKey(), 0L);
            lines.add(place
                    + problem.getValue()
                    + (entries > 0
                            ? ": the list goes on with the " + entries + " entries that were read before"
                            : ": the list is empty"));
        }
        status().forEach(one -> lines.addAll(one.problems()));
        return lines;
    }

    /** False when there is no public suffix list, so that entries for names like {@code co.jp} take in what is below them. */
    public boolean knowsSuffixes() {
        return compiler.hasSuffixes();
    }

    /** Names, addresses and pages in force. */
    public long keys() {
        CompiledBook held = book;
        return held == null ? 0 : held.table().keys();
    }

    /** Octets that the compiled lists take. */
    public long compiledBytes() {
        CompiledBook held = book;
        return held == null ? 0 : held.table().bytes();
    }

    /** How long the last loading took. */
    public double seconds() {
        return seconds;
    }
}
