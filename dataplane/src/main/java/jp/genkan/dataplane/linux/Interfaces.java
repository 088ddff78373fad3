package jp.genkan.dataplane.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Facts about one interface by its name, and the little that is changed on one: ioctl(2) with {@code struct ifreq} (netdevice(7)).
 * {@link Links} lists all of them.
 */
public final class Interfaces {
    /** Octets of an interface's name with its closing zero, {@code IFNAMSIZ}. */
    public static final int NAME_LENGTH = 16;

    /** Bits of the flags, linux/if.h. */
    public static final int IFF_UP = 0x1;

    public static final int IFF_LOOPBACK = 0x8;
    public static final int IFF_RUNNING = 0x40;

    private static final long SIOCGIFFLAGS = 0x8913;
    private static final long SIOCSIFFLAGS = 0x8914;
    private static final long SIOCGIFMTU = 0x8921;
    private static final long SIOCGIFINDEX = 0x8933;
    private static final long SIOCETHTOOL = 0x8946;
    private static final int ETHTOOL_GFLAGS = 0x25;
    private static final int ETH_FLAG_LRO = 1 << 15;

    /** {@code struct ifreq}: the name, then a union whose largest member is 24 octets long. */
    private static final int IFREQ_LENGTH = 40;

    private static final int IFREQ_VALUE = 16;

    private Interfaces() {}

    /** True when the name can be an interface's at all: 1 to 15 octets without slash, colon or blank. */
    public static boolean isName(String name) {
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        return octets.length > 0
                && octets.length < NAME_LENGTH
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c == '/' || c == ':' || Character.isWhitespace(c));
    }

    /** The interface's number, or 0 when there is none of this name. */
    public static int index(String name) throws LinuxException {
        try {
            return read(name, SIOCGIFINDEX, "SIOCGIFINDEX");
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENODEV) {
                return 0;
            }
            throw e;
        }
    }

    /** Octets of the largest packet, link layer not counted. */
    public static int mtu(String name) throws LinuxException {
        return read(name, SIOCGIFMTU, "SIOCGIFMTU");
    }

    /** Bits {@code IFF_*}. */
    public static int flags(String name) throws LinuxException {
        return read(name, SIOCGIFFLAGS, "SIOCGIFFLAGS") & 0xffff;
    }

    /** Brings the interface up, as {@code ip link set NAME up} does. */
    public static void setUp(String name) throws LinuxException {
        int flags = flags(name);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = request(arena, name);
            request.set(JAVA_SHORT, IFREQ_VALUE, (short) (flags | IFF_UP));
            call(request, SIOCSIFFLAGS, "SIOCSIFFLAGS(" + name + ", up)");
        }
    }

    /** True when the card merges segments by itself (LRO), which cannot be undone when forwarding; false also where it cannot tell. */
    public static boolean mergesInHardware(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(2 * Integer.BYTES, Integer.BYTES);
            value.set(JAVA_INT, 0, ETHTOOL_GFLAGS);
            MemorySegment request = request(arena, name);
            request.set(JAVA_LONG, IFREQ_VALUE, value.address());
            call(request, SIOCETHTOOL, "ETHTOOL_GFLAGS(" + name + ")");
            return (value.get(JAVA_INT, Integer.BYTES) & ETH_FLAG_LRO) != 0;
        } catch (LinuxException e) {
            return false;
        }
    }

    private static int read(String name, long request, String what) throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ifreq = request(arena, name);
            call(ifreq, request, what + "(" + name + ")");
            return ifreq.get(JAVA_INT, IFREQ_VALUE);
        }
    }

    private static MemorySegment request(Arena arena, String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a name of an interface: " + name);
        }
        MemorySegment ifreq = arena.allocate(IFREQ_LENGTH, Long.BYTES);
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(octets, 0, ifreq, JAVA_BYTE, 0, octets.length);
        return ifreq;
    }

    private static void call(MemorySegment ifreq, long request, String what) throws LinuxException {
        CallState state = CallState.current();
        int descriptor = Sockets.open(Sockets.AF_INET, Sockets.SOCK_DGRAM, 0, "socket(AF_INET)");
        try {
            if (Sockets.ioctl(state, descriptor, request, ifreq.address()) < 0) {
                throw new LinuxException(what, state.errno());
            }
        } finally {
            Sockets.close(descriptor);
        }
    }
}
