package jp.genkan.dataplane.port;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import jp.genkan.dataplane.linux.Link;
import jp.genkan.dataplane.linux.Links;
import jp.genkan.dataplane.linux.LinuxException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The box's own port. A veth pair makes the box a machine on the wire that it guards, without a cable more:
 *
 * <pre>
 *  the box's IP stack ── genkan0 ══ genkan0p ── ring ── pipeline ── inside, outside
 *                        address    port
 * </pre>
 *
 * <p>A pair that a killed predecessor left behind is taken over as it is, so that connections to the box survive.
 *
 * <p>Thread rule: the thread that starts and stops the box, and the one that looks after the ports for {@link #restore}.
 */
public final class HostPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostPort.class);
    private static final String VETH = "veth";
    private static final Path MACHINE_ID = Path.of("/etc/machine-id");

    private final HostPortSettings settings;
    private final int mtu;
    private final long mac;
    private final @Nullable DhcpClient dhcp;
    private volatile boolean closed;

    private HostPort(HostPortSettings settings, int mtu, long mac) {
        this.settings = settings;
        this.mtu = mtu;
        this.mac = mac;
        this.dhcp = settings.address() instanceof HostAddress.Dhcp ? new DhcpClient(settings.name()) : null;
    }

    /**
     * Makes the pair, or takes over one that is there, gives it its address and brings it up.
     *
     * @param mtu of the other ports
     * @param neighbourMac hardware address of another port of the box, which sets two boxes on one machine apart
     */
    static HostPort create(HostPortSettings settings, int mtu, long neighbourMac) throws PortException {
        HostPort port = new HostPort(settings, mtu, stableMac(neighbourMac));
        try {
            port.makePair();
            port.setAddress();
            if (port.dhcp != null) {
                port.dhcp.start();
            }
            return port;
        } catch (PortException | LinuxException e) {
            port.close();
            throw e instanceof PortException known ? known : new PortException("host port: " + e.getMessage(), e);
        }
    }

    /** Name of the end that has the box's address. */
    public String name() {
        return settings.name();
    }

    /** Hardware address of that end, in the low 48 bits: the same after every start of this box. */
    public long mac() {
        return mac;
    }

    private void makePair() throws PortException, LinuxException {
        Optional<Link> own = Links.find(settings.name());
        Optional<Link> other = Links.find(settings.portName());
        boolean paired = own.isPresent()
                && other.isPresent()
                && own.get().kind().equals(VETH)
                && own.get().peerIndex() == other.get().index()
                && other.get().peerIndex() == own.get().index();
        if (!paired) {
            removeHalf(own);
            removeHalf(other);
            Command.ip("link", "add", settings.name(), "type", VETH, "peer", "name", settings.portName());
        }
        quiet(settings.portName());
        if (settings.address() instanceof HostAddress.None) {
            quiet(settings.name());
        }
        setLink(settings.name(), mac);
        setLink(settings.portName(), mac ^ 1);
    }

    /** A veth by one of our names that is no pair is what is left of one; anything else is somebody's. */
    private static void removeHalf(Optional<Link> link) throws PortException, LinuxException {
        if (link.isEmpty() || Links.find(link.get().name()).isEmpty()) {
            return;
        }
        String name = link.get().name();
        if (!link.get().kind().equals(VETH)) {
            throw new PortException("host port: there is already an interface " + name
                    + " that is not ours; remove it: ip link del " + name);
        }
        Command.ip("link", "del", name);
    }

    private void setLink(String name, long address) throws PortException, LinuxException {
        Optional<Link> link = Links.find(name);
        if (link.isPresent() && link.get().mac() != address) {
            Command.ip("link", "set", "dev", name, "address", text(address));
        }
        Command.ip("link", "set", "dev", name, "mtu", Integer.toString(mtu), "up");
    }

    /** Keeps the kernel's IPv6 from speaking on an end that is nobody's address. */
    private static void quiet(String name) {
        Path setting = Path.of("/proc/sys/net/ipv6/conf", name, "disable_ipv6");
        try {
            if (Files.exists(setting)) {
                Files.writeString(setting, "1");
            }
        } catch (IOException e) {
            LOG.warn(
                    "host port: {} cannot be written ({}); {} may send IPv6 housekeeping",
                    setting,
                    e.getMessage(),
                    name);
        }
    }

    private void setAddress() throws PortException {
        String name = settings.name();
        switch (settings.address()) {
            case HostAddress.None none -> Command.ip("address", "flush", "dev", name);
            case HostAddress.Static fixed -> {
                removeOtherAddresses(
                        name, fixed.cidr()); // first: with them the kernel would remove later ones of their subnet
                Command.ip("address", "replace", fixed.cidr(), "dev", name);
            }
            case HostAddress.Dhcp dhcpAddress -> {
                // the client's script sets it, and keeps the one that is there when it is still good
            }
        }
    }

    private static void removeOtherAddresses(String name, String keep) throws PortException {
        String family = keep.contains(":") ? "-6" : "-4";
        for (String line : Command.ip("-o", family, "address", "show", "dev", name, "scope", "global")
                .lines()
                .toList()) {
            String[] words = line.strip().split("\\s+", -1);
            // 7: genkan0    inet 192.168.1.9/24 brd …
            if (words.length > 3 && !words[3].equals(keep) && !line.contains("dynamic")) {
                Command.ip("address", "del", words[3], "dev", name);
            }
        }
    }

    /** Makes the pair again after somebody has removed it. */
    void restore() {
        if (closed) {
            return;
        }
        try {
            makePair();
            setAddress();
            LOG.info("host port: {} was removed and has been made again", settings.name());
        } catch (PortException | LinuxException e) {
            LOG.warn("host port: {} was removed and cannot be made again: {}", settings.name(), e.getMessage());
        }
    }

    /** Ends the DHCP client and removes the pair. */
    @Override
    public void close() {
        closed = true;
        if (dhcp != null) {
            dhcp.close();
        }
        try {
            Optional<Link> own = Links.find(settings.name());
            if (own.isPresent() && own.get().kind().equals(VETH)) {
                Command.ip("link", "del", settings.name());
            }
        } catch (PortException | LinuxException e) {
            LOG.warn("host port: {} is left behind: {}", settings.name(), e.getMessage());
        }
    }

    /** Locally administered, unicast, and from what does not change: the machine's id and the hardware address of a neighbouring port. */
    private static long stableMac(long neighbourMac) throws PortException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            if (Files.isReadable(MACHINE_ID)) {
                digest.update(Files.readAllBytes(MACHINE_ID));
            }
            digest.update(Long.toHexString(neighbourMac).getBytes(StandardCharsets.US_ASCII));
            byte[] hash = digest.digest();
            long mac = 0;
            for (int i = 0; i < 6; i++) {
                mac = mac << 8 | hash[i] & 0xff;
            }
            return mac & ~0x0100_0000_0001L | 0x0200_0000_0000L;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        } catch (IOException e) {
            throw new PortException("host port: " + MACHINE_ID + ": " + e.getMessage(), e);
        }
    }

    private static String text(long mac) {
        StringBuilder text = new StringBuilder(17);
        for (int shift = 40; shift >= 0; shift -= 8) {
            text.append(text.isEmpty() ? "" : ":").append(String.format("%02x", mac >> shift & 0xff));
        }
        return text.toString();
    }
}
