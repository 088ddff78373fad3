package jp.genkan.access.reputation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import jp.genkan.access.address.AddressException;
import jp.genkan.access.address.OwnAddresses;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.HealthEvent;
import org.jspecify.annotations.Nullable;

/**
 * The lists that are in force, shared by the stages of all workers and swapped as a whole while traffic flows.
 *
 * <p>{@link #poll()}, called about once a second, looks whether a file has changed and loads it once it has stopped changing;
 * {@link #reload()} loads everything at once. A file that has gone, cannot be read or holds no usable entry leaves the last good content
 * of its list in force, and a problem line says so. Whoever settles flows must unsettle them when {@code onChange} is called.
 *
 * <p>Thread rule: workers read by {@link #current()}; all other methods may be called by any control-plane thread and wait for each other.
 */
public final class ReputationLists {
    private final List<Source> sources = new ArrayList<>();
    private final List<AddressException> exceptions;
    private final ListLimits limits;
    private final OwnAddresses ownAddresses;
    private final InstantSource clock;
    private final Consumer<? super Event> events;
    private final Runnable onChange;
    private Instant exceptionsCheckedAt;

    private volatile ReputationSet current;

    /**
     * Loads all lists. Never fails for what a file holds: see {@link #problems()}.
     *
     * @param lists the lists; of two that block the same address, the earlier one is named in the event
     * @param exceptions addresses that no list may block
     * @param limits how much the lists may hold
     * @param ownAddresses the box's own addresses, which no list may block either
     * @param clock wall time
     * @param events takes the health events about files that could not be used
     * @param onChange called after other lists have come into force, to unsettle flows
     * @throws IllegalArgumentException when there are more lists than the limit or two of one name
     */
    public ReputationLists(
            List<ReputationList> lists,
            List<AddressException> exceptions,
            ListLimits limits,
            OwnAddresses ownAddresses,
            InstantSource clock,
            Consumer<? super Event> events,
            Runnable onChange) {
        if (lists.size() > limits.listsMax()) {
            throw new IllegalArgumentException(lists.size() + " reputation lists are configured, and at most "
                    + limits.listsMax() + " can be used");
        }
        if (lists.stream().map(ReputationList::name).distinct().count() < lists.size()) {
            throw new IllegalArgumentException("two reputation lists have the same name");
        }
        lists.forEach(list -> sources.add(new Source(list)));
        this.exceptions = List.copyOf(exceptions);
        this.limits = limits;
        this.ownAddresses = ownAddresses;
        this.clock = clock;
        this.events = events;
        this.onChange = onChange;
        this.exceptionsCheckedAt = clock.instant();
        sources.forEach(this::load);
        this.current = compile(1);
    }

    /** No lists: nothing is ever blocked. */
    public static ReputationLists none() {
        return new ReputationLists(
                List.of(),
                List.of(),
                ListLimits.DEFAULT,
                OwnAddresses.NONE,
                InstantSource.system(),
                event -> {},
                () -> {});
    }

    /** The lists in force; on any thread, without waiting. */
    ReputationSet current() {
        return current;
    }

    OwnAddresses ownAddresses() {
        return ownAddresses;
    }

    /** Number of the set in force; another number means other lists. */
    public int generation() {
        return current().generation();
    }

    /**
     * Loads the files that have changed since they were loaded and have stayed the same since the last call, and ends exceptions whose time
     * is over.
     *
     * @return true when other lists are in force now
     */
    public synchronized boolean poll() {
        boolean changed = false;
        for (Source source : sources) {
            Stamp stamp = Stamp.of(source.list.file());
            boolean settled = stamp.equals(source.seen);
            source.seen = stamp;
            if (settled && !stamp.equals(source.loaded)) {
                changed |= load(source);
            }
        }
        changed |= exceptionEnded();
        if (changed) {
            publish();
        }
        return changed;
    }

    /** Loads all files now, changed or not. */
    public synchronized void reload() {
        sources.forEach(this::load);
        publish();
    }

    private boolean exceptionEnded() {
        Instant now = clock.instant();
        Instant before = exceptionsCheckedAt;
        exceptionsCheckedAt = now;
        return exceptions.stream().anyMatch(exception -> exception.holdsAt(before) && !exception.holdsAt(now));
    }

    private void publish() {
        current = compile(current.generation() + 1);
        onChange.run();
    }

    private ReputationSet compile(int generation) {
        return ReputationSet.compile(
                generation,
                sources.stream().map(source -> source.list).toList(),
                sources.stream().map(source -> source.entries).toList(),
                exceptions);
    }

    /** Loads one list; true when its content is another one now. */
    private boolean load(Source source) {
        Path file = source.list.file();
        Stamp stamp = Stamp.of(file);
        source.loaded = stamp;
        source.seen = stamp;
        String broken;
        try {
            ListReader.Result result = ListReader.read(file, limits);
            if (!result.isBroken()) {
                source.entries = result.entries();
                source.skipped = result.skipped();
                source.loadedAt = clock.instant();
                report(source, result.problems());
                return true;
            }
            broken = "not one of its " + result.skipped() + " lines is an address";
        } catch (NoSuchFileException gone) {
            broken = "no such file";
        } catch (IOException unusable) {
            broken = unusable.getMessage() == null ? unusable.toString() : unusable.getMessage();
        }
        String kept = source.loadedAt == null
                ? "list '" + source.list.name() + "' is empty"
                : "list '" + source.list.name() + "' goes on with the " + source.entries.size()
                        + " entries that were read at " + source.loadedAt;
        report(source, List.of(new ListProblem(file, 0, broken + ": " + kept)));
        return false;
    }

    private void report(Source source, List<ListProblem> problems) {
        source.problems = problems;
        if (!problems.isEmpty()) {
            Instant now = clock.instant();
            events.accept(HealthEvent.of(
                            now.getEpochSecond() * 1_000_000_000L + now.getNano(),
                            "reputation_list_problem",
                            HealthEvent.Severity.WARNING,
                            problems.getFirst().toString())
                    .with("list", source.list.name())
                    .with("problems", problems.size()));
        }
    }

    /** What is known of each list. */
    public synchronized List<ListStatus> status() {
        return sources.stream()
                .map(source -> new ListStatus(
                        source.list, source.entries.size(), source.skipped, source.loadedAt, source.problems))
                .toList();
    }

    /** What is wrong with the files as they are now; empty when all is well. */
    public synchronized List<ListProblem> problems() {
        return sources.stream().flatMap(source -> source.problems.stream()).toList();
    }

    /** Octets that the compiled lists take. */
    public long compiledBytes() {
        return current().bytes();
    }

    private static final class Source {
        final ReputationList list;
        RangeColumns entries = new RangeColumns();
        int skipped;

        @Nullable
        Instant loadedAt;

        List<ListProblem> problems = List.of();
        Stamp loaded = Stamp.ABSENT;
        Stamp seen = Stamp.ABSENT;

        Source(ReputationList list) {
            this.list = list;
        }
    }

    /** What tells one state of a file from another. */
    private record Stamp(@Nullable Object inode, long size, long modifiedNanos) {
        static final Stamp ABSENT = new Stamp(null, -1, 0);

        static Stamp of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                Instant modified = attributes.lastModifiedTime().toInstant();
                return new Stamp(
                        attributes.fileKey(),
                        attributes.size(),
                        modified.getEpochSecond() * 1_000_000_000L + modified.getNano());
            } catch (IOException absent) {
                return ABSENT;
            }
        }
    }
}
