package jp.genkan.testbed.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The network of the tests: one layer-2 segment with the box in its middle.
 *
 * <pre>
 *        lan                          box                             wan
 *  +----------------+    +-----------------------------+    +----------------------+
 *  | lan0           |----| p0     box under test    p1 |----| wan0                 |
 *  | 192.168.77.10  |    |                             |    | 192.168.77.1  router |
 *  | fd77::10       |    |                             |    | fd77::1              |
 *  +----------------+    |                             |    |                      |
 *        lan2            |                             |    | behind it, on lo:    |
 *  +----------------+    |                             |    | 198.18.0.20          |
 *  | lan0           |----| p2   (more inside hosts)    |    | 2001:db8::20         |
 *  | 192.168.77.11  |    |                             |    +----------------------+
 *  +----------------+    +-----------------------------+
 * </pre>
 *
 * With {@link FrameShape#VLAN} and {@link FrameShape#QINQ} the hosts' cards push and pop the tags; with {@link FrameShape#PPPOE} the
 * addresses are on {@code ppp0}. All waits are for a state; everything is gone after {@link #close}, or when the JVM ends.
 */
public final class Topology implements AutoCloseable {
    /** Beginning of the name of every namespace; the id of the test's process follows, so that remains of a dead one can be known. */
    static final String PREFIX = "testbed-";

    /** An address behind the router: somewhere in the internet. */
    public static final String BEHIND_IPV4 = "198.18.0.20";

    /** The same of IPv6. */
    public static final String BEHIND_IPV6 = "2001:db8::20";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final TopologySpec spec;
    private final Path directory;
    private final String prefix;
    private final List<Namespace> namespaces = new ArrayList<>();
    private final List<PppoeEndpoint> pppoeEndpoints = new ArrayList<>();
    private final List<Host> insideHosts = new ArrayList<>();
    private final Namespace box;
    private final Host wan;
    private boolean closed;

    /** Builds the network; the box is empty as yet. */
    public static Topology build(TopologySpec spec) throws IOException {
        return new Topology(spec);
    }

    private Topology(TopologySpec spec) throws IOException {
        this.spec = spec;
        this.prefix = PREFIX + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + "-";
        this.directory = Files.createTempDirectory("genkan-testbed-");
        Leftovers.guard(this);
        try {
            box = namespace("box");
            box.sysctl("net.ipv6.conf.all.disable_ipv6", "1");
            box.sysctl("net.ipv6.conf.default.disable_ipv6", "1");
            for (int i = 0; i < spec.insideHosts(); i++) {
                Namespace lan = namespace(i == 0 ? "lan" : "lan" + (i + 1));
                insideHosts.add(host(lan, "lan0", i == 0 ? "p0" : "p" + (i + 1), 10 + i));
            }
            wan = host(namespace("wan"), "wan0", "p1", 1);
            for (Host host : hosts()) {
                connectIp(host);
            }
            wan.namespace().ip("addr add " + BEHIND_IPV4 + "/32 dev lo");
            wan.namespace().ip("-6 addr add " + BEHIND_IPV6 + "/128 dev lo nodad");
            setOffloads(spec.offloads());
            awaitCarrier();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private Namespace namespace(String role) throws IOException {
        Namespace made = new Namespace(prefix + role, directory);
        namespaces.add(made);
        return made;
    }

    private Host host(Namespace namespace, String link, String port, int number) throws IOException {
        namespace.sysctl("net.ipv6.conf.default.accept_dad", "0");
        namespace.sysctl("net.ipv6.conf.default.accept_ra", "0");
        namespace.sysctl("net.ipv6.conf.default.router_solicitations", "0");
        namespace.sysctl("net.ipv4.ip_local_port_range", "1024 65535");
        namespace.sysctl("net.ipv4.tcp_tw_reuse", "1");
        Host host = new Host(
                namespace,
                link,
                String.format("02:00:00:00:77:%02x", number),
                InetAddress.getByName("192.168.77." + number),
                InetAddress.getByName("fd77::" + number));
        plug(host, port);
        return host;
    }

    private void plug(Host host, String port) throws IOException {
        host.namespace()
                .ip("link add " + host.link() + " address " + host.linkMac() + " txqueuelen 10000 mtu " + spec.linkMtu()
                        + " type veth peer name " + port + " netns " + box.name());
        box.ip("link set " + port + " txqueuelen 10000 mtu " + spec.linkMtu() + " up");
        host.namespace().ip("link set " + host.link() + " up");
    }

    /** Takes a host's interface and the box's port out of the machine, as when a network card is pulled. */
    public void unplug(Host host) throws IOException {
        host.namespace().ip("link del " + host.link());
    }

    /** Puts both back; the port is a new one with the old name. */
    public void replug(Host host) throws IOException {
        plug(host, host.equals(wan) ? outsidePort() : insidePorts().get(insideHosts.indexOf(host)));
        connectIp(host);
        setOffloads(spec.offloads());
    }

    private List<Host> hosts() {
        List<Host> all = new ArrayList<>(insideHosts);
        all.add(wan);
        return all;
    }

    private void connectIp(Host host) throws IOException {
        String device = host.link();
        if (spec.shape() == FrameShape.PPPOE) {
            device = "ppp0";
            Host peer = host.equals(wan) ? insideHosts.getFirst() : wan;
            pppoeEndpoints.add(new PppoeEndpoint(host.namespace(), host.link(), device, host.mac(), peer.mac()));
            host.namespace().ip("link set ppp0 mtu " + spec.ipMtu() + " txqueuelen 10000 up");
        }
        if (spec.shape() == FrameShape.VLAN || spec.shape() == FrameShape.QINQ) {
            pushTags(host);
        }
        Namespace namespace = host.namespace();
        namespace.ip("addr add " + host.ipv4().getHostAddress() + "/24 dev " + device + " noprefixroute");
        namespace.ip("-6 addr add " + host.ipv6().getHostAddress() + "/64 dev " + device + " nodad noprefixroute");
        namespace.ip("route add 192.168.77.0/24 dev " + device + " mtu " + spec.ipMtu());
        namespace.ip("-6 route add fd77::/64 dev " + device + " mtu " + spec.ipMtu());
        if (!host.equals(wan)) {
            namespace.ip("route add default via 192.168.77.1 mtu " + spec.ipMtu());
            namespace.ip("-6 route add default via fd77::1 mtu " + spec.ipMtu());
        }
    }

    private void pushTags(Host host) throws IOException {
        Path object = compileTags();
        String count = spec.shape() == FrameShape.VLAN ? "1" : "2";
        Namespace namespace = host.namespace();
        namespace.run("tc", "qdisc", "add", "dev", host.link(), "clsact");
        for (String hook : List.of("egress push", "ingress pop")) {
            String direction = hook.substring(0, hook.indexOf(' '));
            String section = "tag/" + hook.substring(hook.indexOf(' ') + 1) + count;
            namespace.run(
                    "tc",
                    "filter",
                    "add",
                    "dev",
                    host.link(),
                    direction,
                    "bpf",
                    "direct-action",
                    "object-file",
                    object.toString(),
                    "section",
                    section);
        }
    }

    private Path compileTags() throws IOException {
        Path object = directory.resolve("tags.o");
        if (Files.notExists(object)) {
            Path source = directory.resolve("tags.bpf.c");
            try (InputStream in = Topology.class.getResourceAsStream("tags.bpf.c")) {
                Files.copy(Objects.requireNonNull(in, "tags.bpf.c"), source);
            }
            Commands.run("clang -O2 -target bpf -c " + source + " -o " + object);
        }
        return object;
    }

    /** Sets what hosts and box leave to their network cards. */
    public void setOffloads(OffloadMode mode) throws IOException {
        for (Host host : hosts()) {
            ethtool(host.namespace(), host.link(), mode.host);
        }
        for (String port : boxPorts()) {
            ethtool(box, port, mode.box);
        }
    }

    private static void ethtool(Namespace namespace, String interfaceName, String features) throws IOException {
        List<String> command = new ArrayList<>(List.of("ethtool", "-K", interfaceName));
        command.addAll(List.of(features.split(" ")));
        namespace.run(command.toArray(String[]::new));
    }

    private void awaitCarrier() throws IOException {
        for (String port : boxPorts()) {
            try {
                Await.until(
                        port + " has a carrier",
                        java.time.Duration.ofSeconds(10),
                        () -> box.ip("-o link show " + port).contains("LOWER_UP"));
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }

    /** What was asked for. */
    public TopologySpec spec() {
        return spec;
    }

    /** Where programs keep their files; gone with the topology. */
    public Path directory() {
        return directory;
    }

    /** The namespace of the box under test. */
    public Namespace box() {
        return box;
    }

    /** The ports of the box that lead to inside hosts, in the order of {@link #lan(int)}. */
    public List<String> insidePorts() {
        List<String> ports = new ArrayList<>();
        for (int i = 0; i < insideHosts.size(); i++) {
            ports.add(i == 0 ? "p0" : "p" + (i + 1));
        }
        return ports;
    }

    /** The port of the box that leads to the router. */
    public String outsidePort() {
        return "p1";
    }

    private List<String> boxPorts() {
        List<String> ports = insidePorts();
        ports.add(outsidePort());
        return ports;
    }

    /** The first host inside. */
    public Host lan() {
        return insideHosts.getFirst();
    }

    /** A host inside, from 0. */
    public Host lan(int number) {
        return insideHosts.get(number);
    }

    /** The router outside. */
    public Host wan() {
        return wan;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Leftovers.release(this);
        pppoeEndpoints.forEach(PppoeEndpoint::close);
        namespaces.reversed().forEach(Namespace::close);
        Leftovers.deleteTree(directory);
    }
}
