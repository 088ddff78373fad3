package jp.genkan.appcontrol.behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.genkan.core.frame.Address;

/**
 * Judges what machines do by their flows. Each behaviour of a machine is told once in {@link #SILENCE_NANOS}.
 *
 * <p>Everything it keeps is bounded: what was not seen the longest goes first.
 *
 * <p>Thread rule: any thread; a call locks, and is made once a flow or question.
 */
public final class BehaviourWatch {
    /** Machines that are watched: as many as the host table has. */
    public static final int MACHINES_MAX = 4096;

    /** Places whose rhythm is followed: 100 machines with 80 places each. */
    public static final int PLACES_MAX = 8192;

    /** Domains below which names are counted: those asked for in some minutes. */
    public static final int DOMAINS_MAX = 2048;

    /** Things that were told and are not told again yet. */
    public static final int TOLD_MAX = 8192;

    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;

    /** How long the same is not told again. */
    public static final long SILENCE_NANOS = 60 * MINUTE;

    /** An upload: a backup of a phone is smaller, and a mail with pictures is over sooner. */
    static final long UPLOAD_BYTES_MIN = 50L << 20;

    static final long UPLOAD_NANOS_MIN = 5 * MINUTE;
    private static final int UPLOAD_RATIO = 5;

    /** Peers in {@link #PEERS_WINDOW} of flows that nothing names: browsers meet some dozens, and theirs have names. */
    static final int PEERS_MIN = 120;

    private static final long PEERS_WINDOW = 10 * MINUTE;

    /** Places in {@link #SCAN_WINDOW} that did not answer: a machine that looks for a printer asks ten. */
    static final int SCAN_MIN = 60;

    private static final long SCAN_WINDOW = 5 * MINUTE;

    /** Intervals that have to be even. */
    static final int BEACON_INTERVALS_MIN = 10;

    private static final double BEACON_UNEVENNESS_MAX = 0.1;
    private static final double BEACON_SECONDS_MIN = 5;
    private static final double BEACON_SECONDS_MAX = 3600 * 4;
    private static final long BEACON_BYTES_MAX = 64 << 10;

    /** Different names below one domain in {@link #NAMES_WINDOW}, and how long they are on the average: content networks have many short ones. */
    static final int NAMES_MIN = 80;

    static final int NAME_CHARS_MIN = 28;
    private static final long NAMES_WINDOW = 5 * MINUTE;

    /** A machine whose questions come through here is believed to ask here for all its addresses. */
    private static final long ASKS_HERE_NANOS = 30 * MINUTE;

    private final BoundedMap<Address, Machine> machines = new BoundedMap<>(MACHINES_MAX);
    private final BoundedMap<Place, Rhythm> places = new BoundedMap<>(PLACES_MAX);
    private final BoundedMap<Domain, Names> domains = new BoundedMap<>(DOMAINS_MAX);
    private final BoundedMap<Told, Long> told = new BoundedMap<>(TOLD_MAX);

    private record Place(Address machine, Address peer, int port) {}

    private record Domain(Address machine, String name) {}

    private record Told(Address machine, Behaviour behaviour, String about) {}

    private static final class Machine {
        final DistinctCounter peers = new DistinctCounter(PEERS_WINDOW);
        final DistinctCounter silent = new DistinctCounter(SCAN_WINDOW);
        long askedAt = Long.MIN_VALUE;
    }

    private static final class Names {
        final DistinctCounter names = new DistinctCounter(NAMES_WINDOW);
        double chars;
    }

    /** Judges a flow; what was seen, mostly nothing. */
    public synchronized List<Sighting> ended(EndedFlow flow) {
        List<Sighting> seen = new ArrayList<>(0);
        Machine machine = machines.computeIfAbsent(flow.machine(), any -> new Machine());
        upload(flow, seen);
        if (flow.begunInside()) {
            scan(flow, machine, seen);
            beacon(flow, seen);
        }
        peers(flow, machine, seen);
        return seen;
    }

    private void upload(EndedFlow flow, List<Sighting> seen) {
        boolean large = flow.bytesOut() >= UPLOAD_BYTES_MIN && flow.bytesOut() / UPLOAD_RATIO > flow.bytesIn();
        if (large && flow.toNanos() - flow.fromNanos() >= UPLOAD_NANOS_MIN) {
            tell(
                    flow,
                    Behaviour.LONG_UPLOAD,
                    flow.service() ? 50 : 80,
                    flow.peer().toString(),
                    seen);
        }
    }

    private void scan(EndedFlow flow, Machine machine, List<Sighting> seen) {
        if (flow.answered()) {
            return;
        }
        int places = machine.silent.add(hash(flow.peer()) * 31 + flow.port(), flow.fromNanos());
        if (places >= SCAN_MIN) {
            tell(flow, Behaviour.SCANNING, places >= 4 * SCAN_MIN ? 90 : 60, "", seen);
        }
    }

    private void beacon(EndedFlow flow, List<Sighting> seen) {
        if (flow.service() || flow.bytesOut() + flow.bytesIn() > BEACON_BYTES_MAX || !flow.answered()) {
            return;
        }
        Rhythm rhythm =
                places.computeIfAbsent(new Place(flow.machine(), flow.peer(), flow.port()), any -> new Rhythm());
        rhythm.tick(flow.fromNanos());
        boolean even = rhythm.intervals() >= BEACON_INTERVALS_MIN
                && rhythm.unevenness() <= BEACON_UNEVENNESS_MAX
                && rhythm.meanSeconds() >= BEACON_SECONDS_MIN
                && rhythm.meanSeconds() <= BEACON_SECONDS_MAX;
        if (even) {
            tell(flow, Behaviour.BEACONING, flow.known() ? 40 : 70, flow.peer() + " " + flow.port(), seen);
        }
    }

    private void peers(EndedFlow flow, Machine machine, List<Sighting> seen) {
        if (flow.known() || !flow.answered()) {
            return;
        }
        int peers = machine.peers.add(hash(flow.peer()), flow.fromNanos());
        if (peers >= PEERS_MIN) {
            tell(flow, Behaviour.MANY_PEERS, peers >= 3 * PEERS_MIN ? 80 : 55, "", seen);
        }
    }

    /**
     * A machine has asked DNS.
     *
     * @param name the question
     * @return what was seen, mostly nothing
     */
    public synchronized List<Sighting> asked(Address machine, String name, long nowNanos) {
        machines.computeIfAbsent(machine, any -> new Machine()).askedAt = nowNanos;
        int from = registered(name);
        if (from <= 0) {
            return List.of();
        }
        String domain = name.substring(from).toLowerCase(Locale.ROOT);
        Names names = domains.computeIfAbsent(new Domain(machine, domain), any -> new Names());
        int different = names.names.add(name.hashCode(), nowNanos);
        names.chars += (from - 1 - names.chars) / Math.max(1, Math.min(different, 50));
        if (different < NAMES_MIN || names.chars < NAME_CHARS_MIN) {
            return List.of();
        }
        int confidence = names.chars >= 2 * NAME_CHARS_MIN ? 90 : 65;
        return once(machine, new Sighting(Behaviour.DNS_TUNNEL, confidence, domain), nowNanos);
    }

    /** Where the last two labels of a name begin, the last three below a short second one; 0 when there is nothing before them. */
    private static int registered(String name) {
        int last = name.lastIndexOf('.', name.length() - 2);
        int second = last <= 0 ? -1 : name.lastIndexOf('.', last - 1);
        if (second > 0 && last - second - 1 <= 3 && name.length() - last <= 4) {
            second = name.lastIndexOf('.', second - 1);
        }
        return second + 1;
    }

    /** A machine has begun TLS with an address that it was given by no answer of DNS. */
    public synchronized List<Sighting> unresolved(Address machine, Address peer, boolean named, long nowNanos) {
        Machine known = machines.computeIfAbsent(machine, any -> new Machine());
        boolean asksHere = known.askedAt != Long.MIN_VALUE && nowNanos - known.askedAt < ASKS_HERE_NANOS;
        if (!asksHere) {
            return List.of();
        }
        return once(machine, new Sighting(Behaviour.UNRESOLVED_TLS, named ? 30 : 60, peer.toString()), nowNanos);
    }

    private void tell(EndedFlow flow, Behaviour behaviour, int confidence, String about, List<Sighting> seen) {
        seen.addAll(once(flow.machine(), new Sighting(behaviour, confidence, about), flow.toNanos()));
    }

    private List<Sighting> once(Address machine, Sighting sighting, long nowNanos) {
        Told key = new Told(machine, sighting.behaviour(), sighting.about());
        Long before = told.get(key);
        if (before != null && nowNanos - before < SILENCE_NANOS) {
            return List.of();
        }
        told.put(key, nowNanos);
        return List.of(sighting);
    }

    private static long hash(Address address) {
        return address.high() * 0x9e3779b97f4a7c15L + address.low();
    }
}
