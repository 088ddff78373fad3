package jp.genkan.dataplane.host;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jp.genkan.core.frame.Address;

/** A machine in the table while it changes. Guarded by the table. */
final class KnownHost {
    /** An address that was not seen for so long is forgotten: temporary IPv6 addresses live a day (RFC 8981 §3.8). */
    static final Duration ADDRESS_LIFE = Duration.ofDays(7);

    /** More addresses than the table takes within this time are not those of one machine. */
    private static final Duration ROUTER_WINDOW = Duration.ofHours(1);

    long mac;
    Instant firstSeen;
    Instant lastSeen;
    String name = "";
    NameSource nameSource = NameSource.NONE;
    String kind = "";
    int port = -1;
    boolean router;
    boolean announced;
    final List<HostAddress> addresses = new ArrayList<>();

    KnownHost(long mac, Instant seen) {
        this.mac = mac;
        this.firstSeen = seen;
        this.lastSeen = seen;
    }

    /** What became of an address. */
    enum Noted {
        /** Its time was set. */
        KNOWN,
        /** It was added. */
        NEW,
        /** There was no room for it. */
        IGNORED
    }

    Noted note(Address address, Instant now, int addressesMax) {
        for (int i = 0; i < addresses.size(); i++) {
            HostAddress known = addresses.get(i);
            if (known.address().equals(address)) {
                addresses.set(i, new HostAddress(address, known.firstSeen(), later(known.lastSeen(), now)));
                return Noted.KNOWN;
            }
        }
        if (router) {
            return Noted.IGNORED;
        }
        addresses.removeIf(known -> known.lastSeen().plus(ADDRESS_LIFE).isBefore(now));
        if (addresses.size() >= addressesMax) {
            HostAddress oldest = addresses.stream()
                    .min(Comparator.comparing(HostAddress::lastSeen))
                    .orElseThrow();
            if (oldest.lastSeen().plus(ROUTER_WINDOW).isAfter(now)) {
                router = true;
                return Noted.IGNORED;
            }
            addresses.remove(oldest);
        }
        addresses.add(new HostAddress(address, now, now));
        return Noted.NEW;
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** True when the name was taken: it is a new one, from a source at least as good as the last. */
    boolean rename(String newName, NameSource source) {
        if (newName.isEmpty() || source.compareTo(nameSource) < 0 || (newName.equals(name) && source == nameSource)) {
            return false;
        }
        name = newName;
        nameSource = source;
        return true;
    }

    boolean has(Address address) {
        return addresses.stream().anyMatch(known -> known.address().equals(address));
    }

    Host publish(String maker, Host.Medium via) {
        List<HostAddress> sorted = addresses.stream()
                .sorted(Comparator.comparing(HostAddress::lastSeen).reversed())
                .toList();
        return new Host(mac, sorted, name, nameSource, maker, kind, firstSeen, lastSeen, port, via, router);
    }
}
