package jp.genkan.access.isolation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import jp.genkan.access.address.AddressSet;
import jp.genkan.access.address.MachineAddress;
import jp.genkan.access.address.OwnAddresses;
import jp.genkan.access.isolation.IsolationChangeEvent.Change;
import jp.genkan.core.event.Event;
import jp.genkan.core.frame.Address;
import jp.genkan.core.state.StateFile;
import org.jspecify.annotations.Nullable;

/**
 * Which machines are isolated, until when, and by whom. Survives a restart: every change is on the disk before the method returns.
 * When the disk fails the isolation holds all the same, until the next restart, and {@link #storageProblem()} says so.
 *
 * <p>Each change is published as one immutable snapshot, which the stages see on their next packet, and then told by {@code onChange}, so
 * that flows which were settled are looked at again.
 *
 * <p>Thread rule: any control-plane thread; methods wait for each other. Workers only read the snapshot.
 */
public final class IsolationTable {
    /** Most machines that can be isolated at one time. More than a small LAN has; one file and one look-up table stay small. */
    public static final int ISOLATIONS_MAX = 256;

    /** Longest time that can be asked for; beyond it, isolate without an end. */
    public static final Duration DURATION_MAX = Duration.ofDays(366);

    private static final String FILE_NAME = "isolation.jsonl";
    private static final long FILE_BYTES_MAX = 1L << 20;
    private static final int TEXT_MAX = 256;

    private final StateFile file;
    private final HostResolver hosts;
    private final AddressSet exceptions;
    private final OwnAddresses ownAddresses;
    private final InstantSource clock;
    private final Consumer<? super Event> events;
    private final Runnable onChange;
    private final List<Isolation> isolations = new ArrayList<>();
    private final List<String> restoreProblems = new ArrayList<>();
    private String storageProblem = "";
    private long lastSerial;
    private int generation;

    private volatile IsolationSnapshot snapshot = IsolationSnapshot.EMPTY;

    /**
     * Restores what was isolated when the box was last running; what has expired since is told as expired.
     *
     * @param stateDirectory where the table keeps its file
     * @param hosts tells which MAC address has an IP address
     * @param policy its exceptions cannot be isolated
     * @param ownAddresses neither can the box
     * @param clock wall time
     * @param events takes an event for each change
     * @param onChange called after each change, to unsettle flows
     */
    public IsolationTable(
            Path stateDirectory,
            HostResolver hosts,
            IsolationPolicy policy,
            OwnAddresses ownAddresses,
            InstantSource clock,
            Consumer<? super Event> events,
            Runnable onChange) {
        this.file = new StateFile(stateDirectory.resolve(FILE_NAME), FILE_BYTES_MAX);
        this.hosts = hosts;
        this.exceptions = policy.exceptions();
        this.ownAddresses = ownAddresses;
        this.clock = clock;
        this.events = events;
        this.onChange = onChange;
        restore();
    }

    private void restore() {
        List<String> lines;
        try {
            lines = file.readLines();
        } catch (IOException unreadable) {
            restoreProblems.add(unreadable + ": nothing is isolated");
            return;
        }
        for (int i = 0; i < lines.size() && isolations.size() < ISOLATIONS_MAX; i++) {
            try {
                isolations.add(IsolationCodec.decode(lines.get(i), ++lastSerial));
            } catch (IOException bad) {
                restoreProblems.add(file.path() + ":" + (i + 1) + ": " + firstLine(bad) + ": skipped");
            }
        }
        if (!removeExpired()) {
            publish();
        }
    }

    private static String firstLine(IOException problem) {
        String message = problem.getMessage() == null ? problem.toString() : problem.getMessage();
        return message.lines().findFirst().orElse(message);
    }

    /** The isolations as the packet path asks; on any thread, without waiting. */
    IsolationSnapshot snapshot() {
        return snapshot;
    }

    /**
     * Cuts a machine off, or sets a new end for one that is cut off already.
     *
     * @param target the machine
     * @param duration for how long; null until it is released
     * @param by who asks for it
     * @param reason why
     * @return the isolation, in force
     * @throws IsolationRefused when the target must not be isolated, the duration is not usable, or the table is full
     */
    public Isolation isolate(IsolationTarget target, @Nullable Duration duration, String by, String reason)
            throws IsolationRefused {
        Isolation made;
        synchronized (this) {
            refuseWhatMustNotBeIsolated(target);
            refuseUnusable(duration);
            int known = indexOf(target);
            if (known < 0 && isolations.size() == ISOLATIONS_MAX) {
                throw new IsolationRefused(
                        ISOLATIONS_MAX + " machines are isolated already, and that is the most: release one first");
            }
            Instant now = clock.instant();
            made = new Isolation(
                    ++lastSerial,
                    target,
                    macOf(target),
                    hosts.nameOf(target),
                    now,
                    duration == null ? null : now.plus(duration),
                    cut(by),
                    cut(reason));
            if (known >= 0) {
                isolations.set(known, made);
            } else {
                isolations.add(made);
            }
            publish();
            save();
        }
        tell(Change.ISOLATED, made, made.by());
        onChange.run();
        return made;
    }

    private void refuseWhatMustNotBeIsolated(IsolationTarget target) throws IsolationRefused {
        if (!(target instanceof IsolationTarget.OfAddress(Address address))) {
            return;
        }
        if (!MachineAddress.isOneMachine(address.high(), address.low())) {
            throw new IsolationRefused(address + " is not the address of one machine");
        }
        if (ownAddresses.contains(address.high(), address.low())) {
            throw new IsolationRefused(address + " is this box itself");
        }
        if (exceptions.contains(address.high(), address.low())) {
            throw new IsolationRefused(address + " is an exception (isolation.exceptions) and always stays reachable");
        }
    }

    private static void refuseUnusable(@Nullable Duration duration) throws IsolationRefused {
        if (duration != null && (duration.isNegative() || duration.isZero() || duration.compareTo(DURATION_MAX) > 0)) {
            throw new IsolationRefused("cannot isolate for " + duration + ": from one second to "
                    + DURATION_MAX.toDays() + " days, or without an end");
        }
    }

    private long macOf(IsolationTarget target) {
        return switch (target) {
            case IsolationTarget.OfMac(long mac) -> mac;
            case IsolationTarget.OfAddress(Address address) -> hosts.macOf(address);
        };
    }

    private static String cut(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
    }

    private int indexOf(IsolationTarget target) {
        for (int i = 0; i < isolations.size(); i++) {
            if (isolations.get(i).target().equals(target)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Frees a machine. Every isolation of it ends: the one of this target, and those that hold its MAC address.
     *
     * @param target as it was isolated, or another address of the same machine
     * @param by who asks for it
     * @return the isolations that ended
     * @throws IsolationRefused when the machine is not isolated; the message names those that are
     */
    public List<Isolation> release(IsolationTarget target, String by) throws IsolationRefused {
        List<Isolation> ended = new ArrayList<>();
        synchronized (this) {
            long mac = macOf(target);
            for (Isolation isolation : isolations) {
                if (isolation.target().equals(target) || (mac != 0 && isolation.mac() == mac)) {
                    ended.add(isolation);
                }
            }
            if (ended.isEmpty()) {
                throw new IsolationRefused(target + " is not isolated" + whoIs());
            }
            isolations.removeAll(ended);
            publish();
            save();
        }
        ended.forEach(isolation -> tell(Change.RELEASED, isolation, cut(by)));
        onChange.run();
        return ended;
    }

    private String whoIs() {
        if (isolations.isEmpty()) {
            return ": no machine is";
        }
        StringBuilder text = new StringBuilder("; isolated: ");
        for (int i = 0; i < Math.min(isolations.size(), 8); i++) {
            text.append(i == 0 ? "" : ", ").append(isolations.get(i).target());
        }
        return text.append(isolations.size() > 8 ? ", ..." : "").toString();
    }

    /** Who is isolated now, in the order in which it began. */
    public synchronized List<Isolation> list() {
        return List.copyOf(isolations);
    }

    /**
     * Ends isolations whose time is over, and learns the MAC address of machines that were isolated by an address before they were seen.
     * To be called about once a second.
     *
     * @return changes made
     */
    public int doWork() {
        int before;
        boolean changed;
        synchronized (this) {
            before = generation;
            changed = pinAddresses();
            if (changed) {
                publish();
                save();
            }
        }
        changed |= removeExpired();
        if (changed) {
            onChange.run();
        }
        synchronized (this) {
            return generation - before;
        }
    }

    private boolean pinAddresses() {
        boolean changed = false;
        for (int i = 0; i < isolations.size(); i++) {
            Isolation isolation = isolations.get(i);
            long mac = isolation.mac() == 0 ? macOf(isolation.target()) : 0;
            if (mac != 0) {
                isolations.set(
                        i,
                        new Isolation(
                                isolation.serial(),
                                isolation.target(),
                                mac,
                                hosts.nameOf(isolation.target()),
                                isolation.since(),
                                isolation.until(),
                                isolation.by(),
                                isolation.reason()));
                changed = true;
            }
        }
        return changed;
    }

    private boolean removeExpired() {
        List<Isolation> ended;
        synchronized (this) {
            Instant now = clock.instant();
            ended = isolations.stream()
                    .filter(isolation -> isolation.isOverAt(now))
                    .toList();
            if (ended.isEmpty()) {
                return false;
            }
            isolations.removeAll(ended);
            publish();
            save();
        }
        ended.forEach(isolation -> tell(Change.EXPIRED, isolation, isolation.by()));
        return true;
    }

    private void publish() {
        snapshot = new IsolationSnapshot(++generation, isolations);
    }

    private void save() {
        try {
            file.writeLines(isolations.stream().map(IsolationCodec::encode).toList());
            storageProblem = "";
        } catch (IOException failed) {
            storageProblem = failed.getMessage() + ": isolations hold until the next restart only";
        }
    }

    private void tell(Change change, Isolation isolation, String by) {
        events.accept(new IsolationChangeEvent(IsolationChangeEvent.nanos(clock.instant()), change, isolation, by));
    }

    /** Why the isolations would not survive a restart; empty when they would. */
    public synchronized String storageProblem() {
        return storageProblem;
    }

    /** What could not be restored at the start, one line each. */
    public synchronized List<String> restoreProblems() {
        return List.copyOf(restoreProblems);
    }
}
