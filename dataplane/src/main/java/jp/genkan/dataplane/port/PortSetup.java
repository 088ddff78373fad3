package jp.genkan.dataplane.port;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.genkan.core.frame.Side;
import jp.genkan.dataplane.linux.Interfaces;
import jp.genkan.dataplane.linux.Link;
import jp.genkan.dataplane.linux.Links;
import jp.genkan.dataplane.linux.LinuxException;
import jp.genkan.dataplane.linux.Sockets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the interfaces of a configuration, refuses what cannot work with one line that says what to do, and makes the rest ready: brings
 * interfaces up and creates the host port. Nothing is changed before everything has been checked.
 *
 * <p>Thread rule: the thread that starts the box.
 */
public final class PortSetup implements AutoCloseable {
    /** Ports in all: as many as the gate's programs have counters for ({@code PORTS_MAX} of gate.c). */
    public static final int PORTS_MAX = 16;

    private final PortSettings settings;
    private final List<Port> ports;
    private final @Nullable HostPort hostPort;
    private final List<String> warnings;

    private PortSetup(PortSettings settings, List<Port> ports, @Nullable HostPort hostPort, List<String> warnings) {
        this.settings = settings;
        this.ports = List.copyOf(ports);
        this.hostPort = hostPort;
        this.warnings = List.copyOf(warnings);
    }

    /** Checks and makes ready. */
    public static PortSetup prepare(PortSettings settings) throws PortException {
        try {
            Map<String, Side> sides = sides(settings);
            List<Link> links = Links.list();
            List<Found> found = new ArrayList<>();
            for (Map.Entry<String, Side> wanted : sides.entrySet()) {
                found.add(new Found(find(wanted.getKey(), wanted.getValue(), links), wanted.getValue()));
            }
            checkMtu(found);
            checkPermission();
            return ready(settings, found);
        } catch (LinuxException e) {
            throw new PortException(String.valueOf(e.getMessage()), e);
        }
    }

    /** An interface that a port is to be made of. */
    private record Found(Link link, Side side) {
        String describe() {
            return word(side) + " " + link.name() + " has " + link.mtu();
        }
    }

    private static PortSetup ready(PortSettings settings, List<Found> found) throws PortException, LinuxException {
        List<Port> ports = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        int mtu = 0;
        for (Found each : found) {
            Link link = each.link();
            if (!link.isUp()) {
                Interfaces.setUp(link.name());
            }
            if (Interfaces.mergesInHardware(link.name())) {
                warnings.add(
                        link.name() + ": the card merges segments by itself (LRO), which cannot be undone when they are"
                                + " sent on; switch it off: ethtool -K " + link.name() + " lro off");
            }
            mtu = link.mtu();
            ports.add(new Port(ports.size(), link.name(), each.side(), link.index(), link.mtu(), link.mac()));
        }
        HostPortSettings host = settings.host();
        if (host == null) {
            return new PortSetup(settings, ports, null, warnings);
        }
        HostPort hostPort = HostPort.create(host, mtu, ports.getLast().mac());
        try {
            Link link = Links.find(host.portName())
                    .orElseThrow(() -> new PortException("host port: " + host.portName() + " was removed at once"));
            ports.add(new Port(ports.size(), link.name(), Side.HOST, link.index(), mtu, link.mac()));
            return new PortSetup(settings, ports, hostPort, warnings);
        } catch (LinuxException | PortException e) {
            hostPort.close();
            throw e;
        }
    }

    /** The ports in the order of their numbers; their interfaces are there and up, nothing is received yet. */
    public List<Port> ports() {
        return ports;
    }

    /** The box's own port, or null. */
    public @Nullable HostPort hostPort() {
        return hostPort;
    }

    /** What works but should be known, one line each. */
    public List<String> warnings() {
        return warnings;
    }

    PortSettings settings() {
        return settings;
    }

    /**
     * Opens the rings; on failure nothing of this call is left.
     *
     * @param workers number of workers, at least 1
     */
    public Ports open(int workers, RingFilters filters, PortListener listener) throws PortException {
        if (workers < 1) {
            throw new IllegalArgumentException("workers " + workers);
        }
        return new Ports(this, workers, filters, listener);
    }

    /** Removes the host port; the other interfaces stay as they are. */
    @Override
    public void close() {
        HostPort host = hostPort;
        if (host != null) {
            host.close();
        }
    }

    private static Map<String, Side> sides(PortSettings settings) throws PortException {
        Map<String, Side> sides = new LinkedHashMap<>();
        addSide(sides, settings.inside(), Side.INSIDE);
        addSide(sides, settings.outside(), Side.OUTSIDE);
        if (sides.size() >= PORTS_MAX) {
            throw new PortException("ports: " + sides.size() + " interfaces are more than " + (PORTS_MAX - 1));
        }
        return sides;
    }

    private static void addSide(Map<String, Side> sides, List<String> names, Side side) throws PortException {
        String word = word(side);
        if (names.isEmpty()) {
            throw new PortException("ports." + word + ": name at least one interface");
        }
        for (String name : names) {
            if (!Interfaces.isName(name)) {
                throw new PortException("ports." + word + ": \"" + name + "\" cannot be the name of an interface");
            }
            Side other = sides.put(name, side);
            if (other != null) {
                throw new PortException("ports." + word + ": " + name + " is already named in ports." + word(other)
                        + "; every port needs an interface of its own");
            }
        }
    }

    private static Link find(String name, Side side, List<Link> links) throws PortException {
        Optional<Link> found =
                links.stream().filter(link -> link.name().equals(name)).findFirst();
        String where = "ports." + word(side) + ": ";
        if (found.isEmpty()) {
            throw new PortException(where + "there is no interface " + name + "; " + existing(name, links));
        }
        Link link = found.get();
        if ((link.flags() & Interfaces.IFF_LOOPBACK) != 0) {
            throw new PortException(where + name + " is the loopback interface and connects nothing");
        }
        if (link.mac() == 0) {
            throw new PortException(where + name + " is not an Ethernet interface (" + link.kind() + ")");
        }
        if (link.masterIndex() != 0) {
            String master = links.stream()
                    .filter(other -> other.index() == link.masterIndex())
                    .map(other -> (other.kind().isEmpty() ? "" : other.kind() + " ") + other.name())
                    .findFirst()
                    .orElse("another interface");
            throw new PortException(where + name + " belongs to the " + master
                    + ", which would forward every frame a second time; take it out: ip link set " + name
                    + " nomaster");
        }
        return link;
    }

    private static String existing(String name, List<Link> links) {
        List<String> names = links.stream()
                .filter(link -> (link.flags() & Interfaces.IFF_LOOPBACK) == 0)
                .map(Link::name)
                .sorted(Comparator.comparingInt((String other) -> distance(name, other))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        if (names.isEmpty()) {
            return "there are none but loopback";
        }
        String list = names.stream().limit(4).collect(Collectors.joining(", "));
        return "there are " + list + (names.size() > 4 ? " and " + (names.size() - 4) + " more" : "");
    }

    private static void checkMtu(List<Found> found) throws PortException {
        Found smallest = found.stream()
                .min(Comparator.comparingInt(each -> each.link().mtu()))
                .orElseThrow();
        int mtu = smallest.link().mtu();
        for (Found each : found) {
            if (each.link().mtu() != mtu) {
                throw new PortException("ports: the MTU differs: " + each.describe() + ", " + smallest.describe()
                        + "; make them equal, for example: ip link set "
                        + each.link().name() + " mtu " + mtu);
            }
        }
    }

    private static void checkPermission() throws LinuxException {
        Sockets.close(Sockets.open(Sockets.AF_PACKET, Sockets.SOCK_RAW, 0, "ports: socket(AF_PACKET)"));
    }

    private static String word(Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }

    /** Levenshtein distance, to tell the nearest names first. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
