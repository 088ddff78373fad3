package jp.genkan.dataplane.port;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a DHCP client of the system in the foreground as a child: udhcpc, dhcpcd or dhclient, the first that is there. Its script sets the
 * address and a default route that gives way to every other, and never touches {@code resolv.conf}.
 *
 * <p>A client that ends is started again, later each time. Where setpriv(1) is there, the kernel ends the client when this process dies,
 * however it dies.
 *
 * <p>Thread rule: has its own thread, which lives as long as the client: the kernel counts the thread that started it as its parent.
 */
final class DhcpClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DhcpClient.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration END_LIMIT = Duration.ofSeconds(2);

    /** Larger than what DHCP clients and administrators use (0, 100, 1024), so that another way out is preferred. */
    private static final int ROUTE_METRIC = 4096;

    private static final String SCRIPT = """
            #!/bin/sh
            # Sets the box's own address and a default route, nothing else. Called by udhcpc with the event as its argument, by dhclient
            # and dhcpcd with the event in $reason.
            set -u
            event=${1:-}
            address=${ip:-}
            prefix=${subnet:-255.255.255.0}
            gateways=${router:-}
            case ${reason:-} in
            BOUND | RENEW | REBIND | REBOOT | TIMEOUT)
                event=bound
                address=${new_ip_address:-}
                prefix=${new_subnet_mask:-255.255.255.0}
                gateways=${new_routers:-}
                ;;
            EXPIRE | FAIL | RELEASE | STOP)
                event=deconfig
                ;;
            esac
            case $event in
            bound | renew)
                [ -n "$address" ] || exit 1
                for other in $(ip -4 -o address show dev "$interface" | awk '{print $4}'); do
                    [ "${other%%/*}" = "$address" ] || ip address del "$other" dev "$interface"
                done
                ip address replace "$address/$prefix" dev "$interface"
                for gateway in $gateways; do
                    ip route replace default via "$gateway" dev "$interface" metric METRIC
                    break
                done
                ;;
            deconfig)
                ip -4 address flush dev "$interface"
                ip link set dev "$interface" up
                ;;
            esac
            exit 0
            """;

    private final String device;
    private final Thread thread;
    private final CountDownLatch ending = new CountDownLatch(1);
    private volatile @Nullable Process client;

    DhcpClient(String device) {
        this.device = device;
        this.thread = Thread.ofPlatform().name("genkan-dhcp").daemon().unstarted(this::run);
    }

    /** Starts the client; refuses when the system has none. */
    void start() throws PortException {
        if (command(Path.of("/dev/null")).isEmpty()) {
            throw new PortException("host.address: dhcp needs a DHCP client; install one: apt install udhcpc");
        }
        thread.start();
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        try {
            while (ending.getCount() > 0) {
                long started = System.nanoTime();
                String end = runOnce();
                if (ending.getCount() == 0) {
                    return;
                }
                boolean worked = System.nanoTime() - started > LONGEST_PAUSE.toNanos();
                pause = worked ? FIRST_PAUSE : pause;
                LOG.warn(
                        "host port: the DHCP client on {} ended ({}); starting again in {} s",
                        device,
                        end,
                        pause.toSeconds());
                if (ending.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the client until it ends; says how. */
    private String runOnce() throws InterruptedException {
        @Nullable Path folder = null;
        @Nullable Process process = null;
        try {
            folder = Files.createTempDirectory(
                    "genkan-dhcp", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path script = folder.resolve("set-address");
            Files.writeString(script, SCRIPT.replace("METRIC", Integer.toString(ROUTE_METRIC)));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
            process = new ProcessBuilder(command(script))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            client = process;
            if (ending.getCount() == 0) {
                process.destroy();
            }
            return "exit " + process.waitFor();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } finally {
            if (process != null && process.isAlive()) {
                process.destroyForcibly();
            }
            remove(folder);
        }
    }

    private static void remove(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try {
            Files.deleteIfExists(folder.resolve("lease"));
            Files.deleteIfExists(folder.resolve("set-address"));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.debug("{} is left behind: {}", folder, e.getMessage());
        }
    }

    /** The command of the first client that is there; empty when there is none. */
    private List<String> command(Path script) {
        List<String> command = new ArrayList<>();
        Command.find("setpriv")
                .ifPresent(setpriv -> command.addAll(List.of(setpriv.toString(), "--pdeathsig", "TERM", "--")));
        Optional<Path> udhcpc = Command.find("udhcpc");
        Optional<Path> dhcpcd = Command.find("dhcpcd");
        Optional<Path> dhclient = Command.find("dhclient");
        if (udhcpc.isPresent()) {
            // five tries three seconds apart, then every fifteen seconds
            command.addAll(List.of(udhcpc.get().toString(), "-f", "-i", device, "-s", script.toString()));
            command.addAll(List.of("-t", "5", "-T", "3", "-A", "15"));
        } else if (dhcpcd.isPresent()) {
            command.addAll(List.of(dhcpcd.get().toString(), "-B", "-4", "-G", "-m", Integer.toString(ROUTE_METRIC)));
            command.addAll(List.of("-c", script.toString(), device));
        } else if (dhclient.isPresent()) {
            command.addAll(List.of(dhclient.get().toString(), "-4", "-d", "-sf", script.toString()));
            command.addAll(List.of("-lf", script.resolveSibling("lease").toString(), "-pf", "/dev/null", device));
        } else {
            return List.of();
        }
        return command;
    }

    @Override
    public void close() {
        ending.countDown();
        Process process = client;
        if (process != null) {
            process.destroy();
        }
        try {
            if (!thread.join(END_LIMIT)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalThreadStateException e) {
            // never started
            LOG.trace("the DHCP client was never started", e);
        }
    }
}
