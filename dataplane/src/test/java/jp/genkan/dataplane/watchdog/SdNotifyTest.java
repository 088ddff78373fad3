package jp.genkan.dataplane.watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SdNotifyTest {
    private static final String RECEIVER = """
            import socket, sys
            name = sys.argv[1]
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind('\\0' + name[1:] if name[0] == '@' else name)
            s.settimeout(10)
            print('bound', flush=True)
            for _ in range(4):
                print(s.recv(4096).decode(), flush=True)
            """;

    @TempDir
    private Path folder;

    private void tellsAll(String name) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3 (it plays systemd)");
        Process receiver = new ProcessBuilder("python3", "-c", RECEIVER, name)
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(receiver.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("bound");
            SdNotify systemd = SdNotify.of(Map.of("NOTIFY_SOCKET", name));
            assertThat(systemd.isEnabled()).isTrue();
            systemd.ready();
            systemd.status("inspecting\non 2 workers");
            systemd.watchdog();
            systemd.stopping();
            assertThat(lines.readLine()).isEqualTo("READY=1");
            assertThat(lines.readLine()).isEqualTo("STATUS=inspecting on 2 workers");
            assertThat(lines.readLine()).isEqualTo("WATCHDOG=1");
            assertThat(lines.readLine()).isEqualTo("STOPPING=1");
            assertThat(receiver.waitFor()).isZero();
        } finally {
            receiver.destroy();
        }
    }

    @Test
    void tellsSocketWithPath() throws IOException, InterruptedException {
        tellsAll(folder.resolve("notify").toString());
    }

    @Test
    void tellsAbstractSocket() throws IOException, InterruptedException {
        tellsAll("@genkan-test-" + ProcessHandle.current().pid());
    }

    @Test
    void doesNothingWithoutSocketAndSurvivesOneThatIsGone() {
        SdNotify nobody = SdNotify.of(Map.of());
        assertThat(nobody.isEnabled()).isFalse();
        nobody.ready();
        SdNotify.of(Map.of("NOTIFY_SOCKET", "vsock:2:1")).ready();
        SdNotify.of(Map.of("NOTIFY_SOCKET", folder.resolve("gone").toString())).watchdog();
        SdNotify.of(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(200))).watchdog();
    }

    @Test
    void knowsThePeriodThatSystemdExpects() {
        String own = Long.toString(ProcessHandle.current().pid());
        assertThat(SdNotify.of(Map.of("WATCHDOG_USEC", "3000000", "WATCHDOG_PID", own))
                        .watchdogNanos())
                .isEqualTo(3_000_000_000L);
        assertThat(SdNotify.of(Map.of("WATCHDOG_USEC", "3000000")).watchdogNanos())
                .isEqualTo(3_000_000_000L);
        assertThat(SdNotify.of(Map.of("WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "1"))
                        .watchdogNanos())
                .isZero();
        assertThat(SdNotify.of(Map.of("WATCHDOG_USEC", "soon")).watchdogNanos()).isZero();
    }
}
