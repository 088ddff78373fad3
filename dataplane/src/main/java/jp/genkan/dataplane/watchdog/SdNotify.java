package jp.genkan.dataplane.watchdog;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import jp.genkan.dataplane.linux.CallState;
import jp.genkan.dataplane.linux.LinuxException;
import jp.genkan.dataplane.linux.Native;
import jp.genkan.dataplane.linux.Sockets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the service does (sd_notify(3)): datagrams to the socket that {@code NOTIFY_SOCKET} names, a path or (with a leading
 * {@code @}) an abstract name. Without that variable every call does nothing.
 *
 * <p>Thread rule: any thread. Never fails: trouble is logged once, systemd's own time-out says the rest.
 */
public final class SdNotify {
    private static final Logger LOG = LoggerFactory.getLogger(SdNotify.class);
    private static final int AF_UNIX = 1;
    private static final int MSG_NOSIGNAL = 0x4000;
    /** {@code sun_path} of {@code struct sockaddr_un}. */
    private static final int PATH_BYTES_MAX = 108;

    private static final MethodHandle SENDTO = Native.function(
            "sendto", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));

    private final @Nullable String socket;
    private final long watchdogNanos;
    private boolean complained;

    private SdNotify(@Nullable String socket, long watchdogNanos) {
        this.socket = socket;
        this.watchdogNanos = watchdogNanos;
    }

    /** As the service manager has set up this process. */
    public static SdNotify ofEnvironment() {
        return of(System.getenv());
    }

    /** As these variables say: NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID. */
    static SdNotify of(Map<String, String> environment) {
        String socket = environment.get("NOTIFY_SOCKET");
        if (socket != null && !socket.startsWith("/") && !socket.startsWith("@")) {
            LOG.warn("NOTIFY_SOCKET={} is neither a path nor an abstract name: systemd is not told anything", socket);
            socket = null;
        }
        return new SdNotify(socket, watchdogNanos(environment));
    }

    private static long watchdogNanos(Map<String, String> environment) {
        String micros = environment.get("WATCHDOG_USEC");
        String pid = environment.get("WATCHDOG_PID");
        if (micros == null
                || (pid != null
                        && !pid.equals(Long.toString(ProcessHandle.current().pid())))) {
            return 0;
        }
        try {
            return Math.multiplyExact(Long.parseLong(micros), 1000L);
        } catch (ArithmeticException | NumberFormatException wrong) {
            LOG.warn("WATCHDOG_USEC={} is not a number of microseconds", micros);
            return 0;
        }
    }

    /** Tells nobody. */
    public static SdNotify none() {
        return new SdNotify(null, 0);
    }

    /** True when there is somebody to tell. */
    public boolean isEnabled() {
        return socket != null;
    }

    /** Within which time systemd wants to hear {@link #watchdog}, 0 when it does not wait for it. */
    public long watchdogNanos() {
        return watchdogNanos;
    }

    /** The service has started: frames are being inspected. */
    public void ready() {
        send("READY=1");
    }

    /** The service is on its way out. */
    public void stopping() {
        send("STOPPING=1");
    }

    /** The data path is alive. */
    public void watchdog() {
        send("WATCHDOG=1");
    }

    /** One line for {@code systemctl status}. */
    public void status(String line) {
        send("STATUS=" + line.replace('\n', ' '));
    }

    private void send(String message) {
        String name = socket;
        if (name == null) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            send(name, message, arena);
        } catch (LinuxException trouble) {
            complain(String.valueOf(trouble.getMessage()));
        }
    }

    private static void send(String name, String message, Arena arena) throws LinuxException {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if (path.length >= PATH_BYTES_MAX) {
            throw new LinuxException("NOTIFY_SOCKET is longer than " + (PATH_BYTES_MAX - 1), 0);
        }
        boolean isAbstract = path[0] == '@';
        if (isAbstract) {
            path[0] = 0;
        }
        MemorySegment address = arena.allocate(2 + PATH_BYTES_MAX, Long.BYTES);
        address.set(JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(path, 0, address, JAVA_BYTE, 2, path.length);
        int length = 2 + path.length + (isAbstract ? 0 : 1);
        byte[] octets = message.getBytes(StandardCharsets.UTF_8);
        MemorySegment text = arena.allocateFrom(JAVA_BYTE, octets);
        CallState state = CallState.current();
        int descriptor = Sockets.open(AF_UNIX, Sockets.SOCK_DGRAM, 0, "socket(AF_UNIX)");
        try {
            long sent = (long) SENDTO.invokeExact(
                    state.segment(),
                    descriptor,
                    text.address(),
                    (long) octets.length,
                    MSG_NOSIGNAL | Sockets.MSG_DONTWAIT,
                    address.address(),
                    length);
            if (sent < 0) {
                throw new LinuxException("telling systemd " + message + " by " + name, state.errno());
            }
        } catch (LinuxException refused) {
            throw refused;
        } catch (Throwable cause) {
            throw Native.unexpected(cause);
        } finally {
            Sockets.close(descriptor);
        }
    }

    private synchronized void complain(String trouble) {
        if (!complained) {
            complained = true;
            LOG.warn("{}", trouble);
        }
    }
}
