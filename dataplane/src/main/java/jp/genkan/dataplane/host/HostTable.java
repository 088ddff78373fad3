package jp.genkan.dataplane.host;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.event.Event;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Mac;
import jp.genkan.core.state.StateFile;
import org.jspecify.annotations.Nullable;

/**
 * Every machine behind the box: what the workers' observers tell is put together here, kept over a restart, and looked up by MAC address,
 * IP address or name.
 *
 * <p>Time comes with the observations and with {@link #doWork}, so that a replay lives in its capture's time.
 *
 * <p>Thread rule: control plane; any thread, methods wait for each other. {@link #nameOf(long)} never waits.
 */
public final class HostTable implements AutoCloseable {
    private static final String FILE_NAME = "hosts.jsonl";
    private static final long FILE_BYTES_MAX = 32L << 20;
    private static final int DRAIN_MAX = 256;

    /** A new machine is told of once it has said its name, or after this time. */
    private static final Duration ANNOUNCE_AFTER = Duration.ofSeconds(10);

    private static final Duration SAVE_EVERY = Duration.ofMinutes(1);
    /** A new time of last sight alone is not worth writing to a flash disk every minute. */
    private static final Duration SAVE_TIMES_EVERY = Duration.ofMinutes(15);

    private static final String LOCAL = ".local";

    private final HostLimits limits;
    private final OuiTable makers;
    private final IntFunction<Host.Medium> mediumOfPort;
    private final List<NewsRing> rings;
    private final Consumer<? super Event> events;
    private final @Nullable StateFile file;

    private final Map<Long, KnownHost> hosts = new HashMap<>();
    private final Map<Long, String> names = new ConcurrentHashMap<>();
    private final List<KnownHost> unannounced = new ArrayList<>();
    private final HostNameReader reader = new HostNameReader();
    private final CounterSet<HostCounter> counters = new CounterSet<>(HostCounter.class);
    private final List<String> restoreProblems = new ArrayList<>();

    private boolean changed;
    private boolean timesChanged;
    private Instant savedAt = Instant.EPOCH;
    private String storageProblem = "";
    private Instant eventMinute = Instant.EPOCH;
    private int eventsInMinute;

    /**
     * Restores what was known when the box was last running.
     *
     * @param limits how much is kept
     * @param makers tells makers by MAC address
     * @param mediumOfPort tells for a port number how machines are connected there
     * @param rings the observers' news, one ring a worker
     * @param events takes the {@code host} events
     * @param stateDirectory where the table keeps its file; null to keep nothing (a replay)
     */
    public HostTable(
            HostLimits limits,
            OuiTable makers,
            IntFunction<Host.Medium> mediumOfPort,
            List<NewsRing> rings,
            Consumer<? super Event> events,
            @Nullable Path stateDirectory) {
        this.limits = limits;
        this.makers = makers;
        this.mediumOfPort = mediumOfPort;
        this.rings = List.copyOf(rings);
        this.events = events;
        this.file = stateDirectory == null ? null : new StateFile(stateDirectory.resolve(FILE_NAME), FILE_BYTES_MAX);
        restore();
    }

    private void restore() {
        StateFile from = file;
        if (from == null) {
            return;
        }
        try {
            List<String> lines = from.readLines();
            for (int i = 0; i < lines.size() && hosts.size() < limits.hostsMax(); i++) {
                restore(from, lines.get(i), i + 1);
            }
        } catch (IOException unreadable) {
            restoreProblems.add(unreadable.getMessage() + ": starting without known machines");
        }
    }

    private void restore(StateFile from, String line, int number) {
        try {
            KnownHost host = HostCodec.decode(line, limits.addressesMax());
            hosts.put(host.mac, host);
            if (!host.name.isEmpty()) {
                names.put(host.mac, host.name);
            }
        } catch (IOException bad) {
            String message = bad.getMessage() == null ? bad.toString() : bad.getMessage();
            restoreProblems.add(from.path() + ":" + number + ": "
                    + message.lines().findFirst().orElse(message) + ": skipped");
        }
    }

    /**
     * Takes in what the observers have told, announces new machines and saves. To be called some times a second.
     *
     * @param now wall time; capture time in a replay
     * @return observations taken in
     */
    public synchronized int doWork(Instant now) {
        int taken = 0;
        for (NewsRing ring : rings) {
            taken += ring.drain(this::take, DRAIN_MAX);
        }
        announce(now, false);
        Duration wait = changed ? SAVE_EVERY : SAVE_TIMES_EVERY;
        if ((changed || timesChanged) && !now.isBefore(savedAt.plus(wait))) {
            save(now);
        }
        return taken;
    }

    private void take(
            long mac,
            long high,
            long low,
            long epochNanos,
            int port,
            int service,
            MemorySegment payload,
            long offset,
            int length) {
        Instant seen = Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, 1_000_000_000L), Math.floorMod(epochNanos, 1_000_000_000L));
        if (service == 0) {
            KnownHost host = seen(mac, seen, port);
            if (high != 0 || low != 0) {
                note(host, new Address(high, low), seen);
            }
            return;
        }
        if (!reader.read(service, high, low, payload, offset, length)) {
            counters.increment(HostCounter.NAMES_UNREADABLE);
            return;
        }
        long about = reader.mac == 0 ? mac : reader.mac;
        // A frame that was relayed speaks of a machine that may not be behind this box
        KnownHost host = reader.knownOnly || about != mac ? hosts.get(about) : seen(about, seen, port);
        if (host == null) {
            return;
        }
        if (host.rename(reader.name, reader.source)) {
            names.put(host.mac, host.name);
            changed = true;
        }
        if (!reader.kind.isEmpty() && !reader.kind.equals(host.kind)) {
            host.kind = reader.kind;
            changed = true;
        }
        if (reader.assigned != 0) {
            Address assigned = Address.ofV4(reader.assigned);
            if (HostObserver.isUnicast(assigned.high(), assigned.low())) {
                note(host, assigned, seen);
            }
        }
    }

    private KnownHost seen(long mac, Instant seen, int port) {
        KnownHost host = hosts.get(mac);
        if (host == null) {
            if (hosts.size() >= limits.hostsMax()) {
                forgetOne();
            }
            host = new KnownHost(mac, seen);
            hosts.put(mac, host);
            unannounced.add(host);
            counters.increment(HostCounter.HOSTS_NEW);
            changed = true;
        }
        if (port >= 0) {
            host.port = port;
        }
        host.lastSeen = KnownHost.later(host.lastSeen, seen);
        timesChanged = true;
        return host;
    }

    private void note(KnownHost host, Address address, Instant seen) {
        switch (host.note(address, seen, limits.addressesMax())) {
            case NEW -> changed = true;
            case IGNORED -> counters.increment(HostCounter.ADDRESSES_IGNORED);
            case KNOWN -> timesChanged = true;
        }
    }

    /** Gives up the unnamed machine that was seen longest ago, or when all have names, the named one. */
    private void forgetOne() {
        KnownHost oldest = hosts.values().stream()
                .min(Comparator.comparing((KnownHost host) -> !host.name.isEmpty())
                        .thenComparing(host -> host.lastSeen))
                .orElseThrow();
        hosts.remove(oldest.mac);
        names.remove(oldest.mac);
        unannounced.remove(oldest);
        counters.increment(HostCounter.HOSTS_FORGOTTEN);
    }

    private void announce(Instant now, boolean all) {
        unannounced.removeIf(host -> {
            boolean due = all || !host.name.isEmpty() || !now.isBefore(host.firstSeen.plus(ANNOUNCE_AFTER));
            if (due) {
                announce(host, now);
            }
            return due;
        });
    }

    private void announce(KnownHost host, Instant now) {
        host.announced = true;
        if (!now.isBefore(eventMinute.plus(Duration.ofMinutes(1)))) {
            eventMinute = now;
            eventsInMinute = 0;
        }
        if (eventsInMinute++ >= limits.newHostEventsPerMinute()) {
            counters.increment(HostCounter.EVENTS_SHED);
            return;
        }
        Instant first = host.firstSeen;
        events.accept(new HostEvent(first.getEpochSecond() * 1_000_000_000L + first.getNano(), publish(host)));
    }

    private Host publish(KnownHost host) {
        return host.publish(
                makers.makerOf(host.mac), host.port < 0 ? Host.Medium.UNKNOWN : mediumOfPort.apply(host.port));
    }

    private void save(Instant now) {
        savedAt = now;
        changed = false;
        timesChanged = false;
        StateFile to = file;
        if (to == null) {
            return;
        }
        try {
            to.writeLines(hosts.values().stream().map(HostCodec::encode).toList());
            storageProblem = "";
        } catch (IOException failed) {
            storageProblem = failed.getMessage() + ": known machines are not kept over a restart";
            changed = true;
        }
    }

    /** All machines, the one seen last first. */
    public synchronized List<Host> snapshot() {
        return hosts.values().stream()
                .map(this::publish)
                .sorted(Comparator.comparing(Host::lastSeen).reversed().thenComparing(Host::mac))
                .toList();
    }

    /** Looks for a machine by its MAC address, its IP address, or its name with or without {@code .local}. */
    public synchronized HostLookup find(String text) {
        String wanted = text.strip();
        List<Host> found = hosts.values().stream()
                .filter(matcher(wanted))
                .map(this::publish)
                .sorted(Comparator.comparing(Host::lastSeen).reversed())
                .toList();
        return switch (found.size()) {
            case 0 -> new HostLookup.Unknown(wanted);
            case 1 -> new HostLookup.Found(found.getFirst());
            default -> new HostLookup.Ambiguous(wanted, found);
        };
    }

    private static Predicate<KnownHost> matcher(String wanted) {
        try {
            long mac = Mac.parse(wanted);
            return host -> host.mac == mac;
        } catch (IllegalArgumentException notAMac) {
            // another kind of text
        }
        try {
            Address address = Address.parse(wanted);
            return host -> host.has(address);
        } catch (IllegalArgumentException notAnAddress) {
            // a name
        }
        String lower = wanted.toLowerCase(Locale.ROOT);
        String plain = lower.endsWith(LOCAL) ? lower.substring(0, lower.length() - LOCAL.length()) : lower;
        return host -> !host.name.isEmpty() && isNamed(host.name.toLowerCase(Locale.ROOT), plain);
    }

    /** True for the whole name, and for its first label when the name has a domain. */
    private static boolean isNamed(String name, String wanted) {
        return name.equals(wanted) || (!wanted.isEmpty() && name.startsWith(wanted + "."));
    }

    /**
     * The MAC address of the one machine that has this address: the one seen with it last. 0 when none is known, or when it is a router, behind
     * which others are too.
     */
    public synchronized long macOf(Address address) {
        KnownHost best = null;
        Instant bestSeen = Instant.MIN;
        for (KnownHost host : hosts.values()) {
            for (HostAddress known : host.addresses) {
                if (known.address().equals(address) && known.lastSeen().isAfter(bestSeen)) {
                    best = host;
                    bestSeen = known.lastSeen();
                }
            }
        }
        return best == null || best.router ? 0 : best.mac;
    }

    /** The name of the machine with this MAC address, empty when it has none; never waits. */
    public String nameOf(long mac) {
        return names.getOrDefault(mac, "");
    }

    /** How many machines are known. */
    public synchronized int size() {
        return hosts.size();
    }

    /** What the table has counted; written under the table's lock, read by anybody. */
    public CounterSet<HostCounter> counters() {
        return counters;
    }

    /** Why known machines are not kept over a restart; empty when they are. */
    public synchronized String storageProblem() {
        return storageProblem;
    }

    /** What could not be restored at the start, one line each. */
    public synchronized List<String> restoreProblems() {
        return List.copyOf(restoreProblems);
    }

    /** Takes in what is still queued, announces what was not announced yet, and saves. */
    @Override
    public synchronized void close() {
        int taken = 1;
        while (taken > 0) {
            taken = 0;
            for (NewsRing ring : rings) {
                taken += ring.drain(this::take, DRAIN_MAX);
            }
        }
        Instant latest = hosts.values().stream()
                .map(host -> host.lastSeen)
                .max(Comparator.naturalOrder())
                .orElse(savedAt);
        announce(latest, true);
        if (changed || timesChanged) {
            save(latest);
        }
    }
}
