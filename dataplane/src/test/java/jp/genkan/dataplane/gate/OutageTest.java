package jp.genkan.dataplane.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How long nothing is forwarded when the engine dies, hangs, is stopped and started: an echo a millisecond by UDP, and a TCP connection that
 * sends all it can and has to survive.
 *
 * <pre>
 *   end0 10.9.0.1 ── p0 ─ OutageForwarder (a process in box) ─ p1 ── end1 10.9.0.2
 *       echo client, TCP sender                                      echo server, TCP receiver
 * </pre>
 */
class OutageTest {
    private static final String CLIENT = "10.9.0.1";
    private static final String SERVER = "10.9.0.2";
    private static final int ECHO = 7;
    private static final int BULK = 9;
    private static final int GAP_NANOS = 1_000_000;
    private static final int ECHOES_MAX = 60_000;

    /** What has waited in a ring for longer than this is dropped. */
    private static final int STALL_MILLIS = 50;

    /** For the stop without loss: on a busy machine a worker may wait for its turn longer than that. */
    private static final int NO_STALL_MILLIS = 5_000;

    private final TestNetwork network = new TestNetwork(2);
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final List<Process> processes = new ArrayList<>();
    private final long[] sentAt = new long[ECHOES_MAX];
    private final long[] answeredAt = new long[ECHOES_MAX];
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong bulkBytes = new AtomicLong();

    OutageTest() {
        TestNetwork.ip("-n " + network.end(0) + " addr add " + CLIENT + "/24 dev e0");
        TestNetwork.ip("-n " + network.end(1) + " addr add " + SERVER + "/24 dev e0");
    }

    @AfterEach
    void close() throws InterruptedException {
        running.set(false);
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        network.close();
    }

    @Test
    void killedEngineIsReplacedByTheKernelAtOnce() throws Exception {
        for (boolean load : new boolean[] {false, true}) {
            Process engine = startEngine();
            begin(load);
            long from = sent.get();
            signal(engine, "KILL");
            engine.waitFor();
            Thread.sleep(500);
            long outage = report("kill -9" + (load ? " under load" : ""), from);
            assertThat(outage).as("milliseconds").isLessThan(200); // 20 promised
            assertBulkGoesOn(load);

            from = sent.get();
            startEngine();
            Thread.sleep(200);
            assertThat(report("start" + (load ? " under load" : ""), from)).isLessThan(load ? 50 : 1);
            assertBulkGoesOn(load);
            signal(processes.getLast(), "KILL");
            processes.getLast().waitFor();
        }
    }

    @Test
    void hangingEngineIsPassedOverWhenItsHeartbeatIsStale() throws Exception {
        Process engine = startEngine();
        begin(true);
        long from = sent.get();
        signal(engine, "STOP");
        Thread.sleep(1000);
        signal(engine, "CONT");
        Thread.sleep(500);
        long outage = report("SIGSTOP for 1 s under load", from);
        assertThat(outage).as("milliseconds").isLessThan(600); // 150 promised
        assertBulkGoesOn(true);
    }

    @Test
    void stoppedEngineLosesNothing() throws Exception {
        Process engine = startEngine(NO_STALL_MILLIS);
        begin(false);
        long from = sent.get();
        signal(engine, "TERM");
        engine.waitFor();
        Thread.sleep(200);
        assertThat(report("SIGTERM", from)).as("milliseconds").isLessThanOrEqualTo(1);
        TestNetwork.in(network.box(), () -> assertThat(Gate.inspect()).hasSize(2));
    }

    // ---- the traffic

    private void begin(boolean load) throws InterruptedException {
        if (sent.get() == 0) {
            var _ = TestNetwork.start(network.end(1), this::echoServer);
            var _ = TestNetwork.start(network.end(0), this::echoClient);
        }
        if (load) {
            var _ = TestNetwork.start(network.end(1), this::bulkReceiver);
            var _ = TestNetwork.start(network.end(0), this::bulkSender);
        }
        for (int i = 0; i < 500 && (sent.get() < 500 || (load && bulkBytes.get() < 10_000_000)); i++) {
            Thread.sleep(20);
        }
        Thread.sleep(500);
    }

    private boolean echoServer() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(SERVER, ECHO))) {
            DatagramPacket datagram = new DatagramPacket(new byte[64], 64);
            socket.setSoTimeout(100);
            while (running.get()) {
                try {
                    socket.receive(datagram);
                    socket.send(datagram);
                } catch (SocketTimeoutException quiet) {
                    // look whether the test is over
                }
            }
        }
        return true;
    }

    private boolean echoClient() throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(CLIENT, 0));
        socket.setSoTimeout(100);
        CompletableFuture<Boolean> answers = TestNetwork.start(network.end(0), () -> echoAnswers(socket));
        DatagramPacket datagram = new DatagramPacket(new byte[64], 64, InetAddress.getByName(SERVER), ECHO);
        long next = System.nanoTime();
        for (int number = 0; running.get() && number < ECHOES_MAX; number++) {
            ByteBuffer.wrap(datagram.getData()).putInt(number);
            sentAt[number] = System.nanoTime();
            socket.send(datagram);
            sent.set(number + 1L);
            next = Math.max(next + GAP_NANOS, System.nanoTime() - 2 * GAP_NANOS);
            while (System.nanoTime() < next) {
                java.util.concurrent.locks.LockSupport.parkNanos(next - System.nanoTime());
            }
        }
        return answers.join();
    }

    private boolean echoAnswers(DatagramSocket socket) throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[64], 64);
        while (running.get()) {
            try {
                socket.receive(datagram);
                answeredAt[ByteBuffer.wrap(datagram.getData()).getInt()] = System.nanoTime();
            } catch (SocketTimeoutException quiet) {
                // look whether the test is over
            }
        }
        return true;
    }

    private boolean bulkReceiver() throws IOException {
        try (ServerSocket server = new ServerSocket()) {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(SERVER, BULK));
            server.setSoTimeout(10_000);
            try (Socket socket = server.accept();
                    InputStream in = socket.getInputStream()) {
                byte[] octets = new byte[1 << 16];
                long at = 0;
                for (int length = in.read(octets); length > 0 && running.get(); length = in.read(octets)) {
                    for (int i = 0; i < length; i += 997) {
                        assertThat(octets[i]).isEqualTo((byte) ((at + i) * 31 >> 8));
                    }
                    at += length;
                    bulkBytes.addAndGet(length);
                }
            }
        }
        return true;
    }

    private boolean bulkSender() throws Exception {
        Socket socket = new Socket();
        for (int attempt = 0; !socket.isConnected(); attempt++) {
            try {
                socket.connect(new InetSocketAddress(SERVER, BULK), 1000);
            } catch (IOException notYet) {
                assertThat(attempt).isLessThan(20);
                socket = new Socket();
                Thread.sleep(100);
            }
        }
        try (OutputStream out = socket.getOutputStream()) {
            byte[] octets = new byte[1 << 16];
            for (long at = 0; running.get(); at += octets.length) {
                for (int i = 0; i < octets.length; i++) {
                    octets[i] = (byte) ((at + i) * 31 >> 8);
                }
                out.write(octets);
            }
        }
        return true;
    }

    private void assertBulkGoesOn(boolean load) throws InterruptedException {
        if (load) {
            long before = bulkBytes.get();
            for (int i = 0; i < 250 && bulkBytes.get() < before + 5_000_000; i++) {
                Thread.sleep(20);
            }
            assertThat(bulkBytes.get() - before).as("TCP survives").isGreaterThan(5_000_000);
        }
    }

    /** Milliseconds of the longest run of echoes without an answer, since this one. */
    private long report(String what, long from) throws InterruptedException {
        long to = sent.get();
        Thread.sleep(300); // let the last answers come
        int lost = 0;
        long longest = 0;
        long slowest = 0;
        int previous = (int) from - 1;
        for (int i = (int) from; i < to; i++) {
            if (answeredAt[i] == 0) {
                lost++;
                continue;
            }
            if (i - previous > 1) {
                longest = Math.max(longest, sentAt[i] - sentAt[previous] - GAP_NANOS);
            }
            slowest = Math.max(slowest, answeredAt[i] - sentAt[i]);
            previous = i;
        }
        System.out.printf(
                "outage: %s: %d of %d echoes lost, %d ms without an answer at longest, slowest answer %d ms%n",
                what, lost, to - from, longest / 1_000_000, slowest / 1_000_000);
        assertThat(to - from).as("echoes sent").isGreaterThan(50);
        assertThat(previous).as("still answered").isGreaterThan((int) to - 20);
        return longest / 1_000_000;
    }

    // ---- the engine

    private Process startEngine() throws IOException {
        return startEngine(STALL_MILLIS);
    }

    private Process startEngine(int stallMillis) throws IOException {
        Process engine = new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        network.box(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OutageForwarder.class.getName(),
                        FailPolicy.OPEN.name(),
                        Integer.toString(stallMillis))
                .redirectErrorStream(true)
                .start();
        processes.add(engine);
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(engine.getInputStream(), StandardCharsets.UTF_8));
        List<String> said = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals("active")) {
                return engine;
            }
            said.add(line);
        }
        throw new AssertionError("the engine did not start: " + said);
    }

    private static void signal(Process process, String signal) {
        TestNetwork.run("kill", "-" + signal, Long.toString(process.pid()));
    }
}
