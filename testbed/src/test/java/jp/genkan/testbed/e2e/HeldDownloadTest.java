package jp.genkan.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.genkan.testbed.box.GenkanBox;
import jp.genkan.testbed.net.Await;
import jp.genkan.testbed.net.Commands;
import jp.genkan.testbed.net.OffloadMode;
import jp.genkan.testbed.net.TestNetwork;
import jp.genkan.testbed.net.Topology;
import jp.genkan.testbed.net.TopologySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Downloads as browsers and download managers do them: at once, one after another, in ranges, broken off and gone on with; by HTTP and by FTP. */
class HeldDownloadTest {
    private static final int NOISE = 100_000;
    private static final int LARGE = 3 << 20;

    @RegisterExtension
    static final TestNetwork NETWORK =
            TestNetwork.needing("curl", "ss", "nginx").shared();

    private static final Map<String, byte[]> FILES = new TreeMap<>();

    @SuppressWarnings("NullAway.Init")
    private static Topology topology;

    @SuppressWarnings("NullAway.Init")
    private static Peers peers;

    @SuppressWarnings("NullAway.Init")
    private static GenkanBox box;

    @SuppressWarnings("NullAway.Init")
    private static Path www;

    @BeforeAll
    static void startBox() throws Exception {
        topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        peers = new Peers(topology);
        www = peers.nginx();
        box = NETWORK.closing(GenkanBox.in(topology).yaml(GenkanRig.PATIENT).start());
        for (String way : List.of("web", "chunks", "ranges", "resumed", "ftp")) {
            file(way + "-clean.zip", Viruses.archive(1, LARGE, Viruses.CLEAN));
            file(way + "-infected.zip", Viruses.archive(2, NOISE, Viruses.EICAR));
            file(way + "-large.zip", Viruses.archive(3, LARGE, Viruses.EICAR));
            file(way + "-virus.com", Viruses.EICAR);
        }
    }

    private static void file(String name, byte[] octets) throws IOException {
        Files.write(www.resolve(name), octets);
        FILES.put(name, octets);
    }

    private static byte[] octets(String name) {
        return FILES.getOrDefault(name, new byte[0]);
    }

    private static String url(String name) {
        return "http://" + Peers.SERVER + "/" + name;
    }

    private static Commands.Result curl(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "60"));
        command.addAll(List.of(arguments));
        return topology.lan().namespace().tryRun(command);
    }

    private static Path arriving(String name) throws IOException {
        return peers.folder("arrived").resolve(name);
    }

    /** Clean ones arrive as they are, of the others something else of the same length. */
    private static void assertArrived(String what, String name, byte[] arrived, byte[] sent) {
        assertThat(arrived.length).as("octets of %s", what).isEqualTo(sent.length);
        boolean isClean = name.contains("clean");
        assertThat(Arrays.equals(arrived, sent)).as("%s is as it was", what).isEqualTo(isClean);
        if (!isClean) {
            Viruses.assertGone(what, arrived);
        }
    }

    private static List<String> names(String way) {
        return FILES.keySet().stream()
                .filter(name -> name.startsWith(way + "-"))
                .toList();
    }

    // ---- HTTP

    @Test
    void servesSeveralRequestsOfOneConnection() throws Exception {
        List<String> order = List.of("clean.zip", "virus.com", "clean.zip", "infected.zip", "large.zip", "clean.zip");
        List<String> arguments = new ArrayList<>(List.of("-w", "%{num_connects}"));
        for (int i = 0; i < order.size(); i++) {
            arguments.addAll(List.of(
                    url("web-" + order.get(i)), "-o", arriving("kept-" + i).toString()));
        }
        Commands.Result result = curl(arguments.toArray(String[]::new));
        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output()).as("connections").isEqualTo("100000");
        for (int i = 0; i < order.size(); i++) {
            String name = "web-" + order.get(i);
            assertArrived(i + " " + name, name, Files.readAllBytes(arriving("kept-" + i)), octets(name));
        }
    }

    /** Who asks for all before the first answer has come gets all answers, each infected one replaced. */
    @Test
    void servesPipelinedRequests() throws Exception {
        List<String> order = List.of("virus.com", "clean.zip", "infected.zip", "virus.com", "clean.zip");
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < order.size(); i++) {
            String end = i + 1 < order.size() ? "" : "Connection: close\r\n";
            requests.append("GET /web-" + order.get(i) + " HTTP/1.1\r\nHost: " + Peers.SERVER + "\r\n" + end + "\r\n");
        }
        try (SocketChannel client = topology.lan().connect(new InetSocketAddress(Peers.SERVER, 80))) {
            client.write(StandardCharsets.US_ASCII.encode(requests.toString()));
            DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(client)));
            for (int i = 0; i < order.size(); i++) {
                String name = "web-" + order.get(i);
                byte[] body = new byte[octets(name).length];
                assertThat(contentLength(in)).as("announced for %d %s", i, name).isEqualTo(body.length);
                in.readFully(body);
                assertArrived(i + " " + name, name, body, octets(name));
            }
            assertThat(in.read()).as("behind the last answer").isNegative();
        }
    }

    /** Reads a head. */
    private static int contentLength(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        String lower = head.toString().toLowerCase(Locale.ROOT);
        int from = lower.indexOf("content-length:") + "content-length:".length();
        return Integer.parseInt(lower.substring(from, lower.indexOf('\r', from)).strip());
    }

    @Test
    void servesSeveralConnectionsAtOnce() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--parallel", "--parallel-immediate", "--parallel-max", "8"));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String name = names("web").get(i % 4);
            names.add(name);
            arguments.addAll(List.of(url(name), "-o", arriving("parallel-" + i).toString()));
        }
        Commands.Result result = curl(arguments.toArray(String[]::new));
        assertThat(result.exit()).as(result.output()).isZero();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            assertArrived("parallel " + name, name, Files.readAllBytes(arriving("parallel-" + i)), octets(name));
        }
    }

    @Test
    void readsWhatIsCodedOrComesInChunks() throws Exception {
        for (String path : List.of("zipped/", "chunked/")) {
            for (String name : names("chunks")) {
                Path to = arriving("coded");
                Commands.Result result = curl("--compressed", "-o", to.toString(), url(path + name));
                assertThat(result.exit()).as(path + name + result.output()).isZero();
                byte[] arrived = Files.readAllBytes(to);
                if (name.contains("clean")) {
                    assertArrived(path + name, name, arrived, octets(name));
                } else { // its length is the coded one's
                    Viruses.assertGone(path + name, arrived);
                }
            }
        }
    }

    @Test
    void replacesInRangesOfSeveralConnections() throws Exception {
        for (String name : names("ranges")) {
            byte[] whole = octets(name);
            byte[] joined = new byte[whole.length];
            int third = whole.length / 3;
            for (int from : new int[] {0, third, 2 * third}) {
                int to = from == 2 * third ? whole.length : from + third;
                Path part = arriving("part");
                Commands.Result result = curl("-r", from + "-" + (to - 1), "-o", part.toString(), url(name));
                assertThat(result.exit()).as(name + " from " + from).isZero();
                byte[] arrived = Files.readAllBytes(part);
                assertThat(arrived).as(name + " from " + from).hasSize(to - from);
                System.arraycopy(arrived, 0, joined, from, to - from);
            }
            assertArrived("the ranges of " + name, name, joined, whole);
        }
    }

    @Test
    void goesOnWithADownloadThatWasBrokenOff() throws Exception {
        for (String name : List.of("resumed-clean.zip", "resumed-infected.zip", "resumed-large.zip")) {
            Path to = arriving("resumed");
            Files.write(to, Arrays.copyOf(octets(name), octets(name).length / 3));
            Commands.Result result = curl("-C", "-", "-o", to.toString(), url(name));
            assertThat(result.exit()).as(name + result.output()).isZero();
            assertArrived("the rest of " + name, name, Files.readAllBytes(to), octets(name));
        }
    }

    @Test
    void letsALargeCleanFilePass() throws Exception {
        Path large = www.resolve("large.bin");
        Path to = arriving("large.bin");
        Commands.run(List.of("sh", "-c", "head -c " + GenkanRig.TRANSFER_BYTES + " /dev/urandom > " + large));
        assertThat(curl("-o", to.toString(), url("large.bin")).exit()).isZero();
        assertThat(Files.mismatch(large, to)).isEqualTo(-1);
        Files.delete(large);
        Files.delete(to);
    }

    // ---- ends

    @Test
    void endsWhatOneEndEnds() throws Exception {
        byte[] file = Viruses.archive(5, NOISE, Viruses.EICAR);
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: " + file.length + "\r\n\r\n";
        String body = new String(file, StandardCharsets.ISO_8859_1);
        for (boolean client : new boolean[] {true, false}) {
            try (Talk talk = Talk.open(topology.lan(), topology.wan(), 8081)) {
                Talk.say(talk.client, "GET /broken.zip HTTP/1.1\r\nHost: test\r\n\r\n");
                Talk.say(talk.server, head + body.substring(0, NOISE / 2));
                if (client) {
                    talk.client.shutdownOutput();
                    talk.client.close(); // with octets on their way: a reset
                    Talk.say(talk.server, body.substring(NOISE / 2));
                    assertThat(Talk.hearAll(talk.server).octets()).startsWith("GET /broken.zip");
                } else {
                    talk.server.close();
                    String heard = Talk.hearAll(talk.client).octets();
                    assertThat((head + body).startsWith(heard))
                            .as("what came is the beginning")
                            .isTrue();
                }
            }
        }
        Await.until("nothing is held any more", GenkanRig.LIMIT, () -> held() == 0);
    }

    /** Directions that are held now, as the counters say. */
    private static long held() throws Exception {
        Map<String, Long> counted = new TreeMap<>();
        for (String line : box.counters().lines().toList()) {
            int blank = line.lastIndexOf(' ');
            if (line.startsWith("genkan_hold_")) {
                counted.put(line.substring(12, blank), (long) Double.parseDouble(line.substring(blank + 1)));
            }
        }
        long gone = 0;
        for (String end : List.of("unneeded", "handed_back", "ended", "cut", "overtaken")) {
            gone += counted.getOrDefault(end + "_total", 0L);
        }
        return counted.getOrDefault("holds_total", 0L) - gone;
    }

    // ---- FTP

    @Test
    void replacesWhatIsTransferredByFtp() throws Exception {
        Peers.need("vsftpd");
        Path root = peers.vsftpd();
        String server = "ftp://" + Peers.SERVER + "/";
        for (String name : names("ftp")) {
            Files.write(root.resolve(name), octets(name));
        }
        for (List<String> mode : List.of(List.<String>of(), List.of("--ftp-port", "-"))) {
            String how = mode.isEmpty() ? "passive " : "active ";
            for (String name : names("ftp")) {
                Path to = arriving("ftp");
                List<String> down = new ArrayList<>(mode);
                down.addAll(List.of("-o", to.toString(), server + name));
                Commands.Result result = curl(down.toArray(String[]::new));
                assertThat(result.exit()).as(how + name + result.output()).isZero();
                assertArrived(how + name, name, Files.readAllBytes(to), octets(name));

                Path from = Files.write(arriving(name), octets(name));
                String stored = (mode.isEmpty() ? "passive-" : "active-") + name;
                List<String> up = new ArrayList<>(mode);
                up.addAll(List.of("-T", from.toString(), server + "upload/" + stored));
                result = curl(up.toArray(String[]::new));
                assertThat(result.exit()).as(how + name + result.output()).isZero();
                Path at = root.resolve("upload").resolve(stored);
                assertArrived("the upload of " + how + name, name, Files.readAllBytes(at), octets(name));
            }
        }
        for (String name : List.of("ftp-clean.zip", "ftp-infected.zip", "ftp-large.zip")) {
            Path to = arriving("ftp-resumed");
            Files.write(to, Arrays.copyOf(octets(name), octets(name).length / 3));
            Commands.Result result = curl("-C", "-", "-o", to.toString(), server + name);
            assertThat(result.exit()).as(name + result.output()).isZero();
            assertArrived("the rest of " + name, name, Files.readAllBytes(to), octets(name));
        }
    }

    // ---- many

    private static final int FLOWS = 1_000;
    private static final int SLICES = 4;

    /**
     * A thousand downloads that all have begun before the first ends. The machine of the tests is slow for so many, and loses frames: then a download may be cut that is infected. None passes, and a clean one
     * comes whole.
     */
    @Test
    void servesAThousandAtOnce() throws Exception {
        byte[][] files = new byte[8][];
        for (int i = 0; i < files.length; i++) {
            files[i] = Viruses.archive(i, 6_000 + 700 * i, i % 2 == 0 ? Viruses.CLEAN : Viruses.EICAR);
        }
        Map<String, Integer> results = new ConcurrentHashMap<>();
        try (ServerSocketChannel listening = topology.wan()
                        .namespace()
                        .call(() -> ServerSocketChannel.open()
                                .bind(new InetSocketAddress(topology.wan().ipv4(), 8080), FLOWS));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            InetSocketAddress server = (InetSocketAddress) listening.getLocalAddress();
            Thread accepting = Thread.ofPlatform().daemon().start(() -> accept(listening, files, threads));
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < FLOWS; i++) {
                SocketChannel client = topology.lan().connect(server);
                byte[] file = files[i % files.length];
                boolean clean = i % 2 == 0;
                String request = "GET /" + i + " HTTP/1.1\r\nHost: test\r\n\r\n";
                clients.add(threads.submit(() -> results.merge(fetch(client, request, file, clean), 1, Integer::sum)));
            }
            for (Future<?> client : clients) {
                client.get();
            }
            accepting.join();
        }
        assertThat(results.keySet())
                .as("results %s; the engine counts\n%s", results, box.counters())
                .isSubsetOf("clean, whole", "infected, replaced", "infected, cut");
        assertThat(results.getOrDefault("clean, whole", 0)).isEqualTo(FLOWS / 2);
        assertThat(results.getOrDefault("infected, replaced", 0))
                .as(results.toString())
                .isPositive();
        assertThat(box.status().at("/state").asText()).isEqualTo("inspecting");
        Await.until("nothing is held any more", GenkanRig.LIMIT, () -> held() == 0);
    }

    private static void accept(ServerSocketChannel listening, byte[][] files, ExecutorService threads) {
        try {
            for (int i = 0; i < FLOWS; i++) {
                SocketChannel one = listening.accept();
                threads.execute(() -> serve(one, files));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void serve(SocketChannel client, byte[][] files) {
        try (client) {
            StringBuilder request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
                request.append(Talk.hear(client, 1));
            }
            int number = Integer.parseInt(request.substring(5, request.indexOf(" ", 5)));
            byte[] file = files[number % files.length];
            Talk.say(
                    client,
                    "HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nConnection: close\r\nContent-Length: "
                            + file.length + "\r\n\r\n");
            for (int slice = 0; slice < SLICES; slice++) {
                int from = file.length * slice / SLICES;
                int to = file.length * (slice + 1) / SLICES;
                Talk.say(client, new String(file, from, to - from, StandardCharsets.ISO_8859_1));
                Thread.sleep(1_000);
            }
        } catch (IOException reset) {
            // an infected one
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String fetch(SocketChannel channel, String request, byte[] file, boolean clean) {
        String kind = clean ? "clean, " : "infected, ";
        try (channel) {
            Talk.say(channel, request);
            channel.socket().setSoTimeout((int) GenkanRig.LIMIT.toMillis());
            InputStream in = channel.socket().getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int octet = in.read();
                if (octet < 0) {
                    return kind + "cut";
                }
                head.append((char) octet);
            }
            byte[] arrived = in.readNBytes(file.length);
            if (arrived.length < file.length) {
                return kind + "cut";
            }
            boolean same = Arrays.equals(arrived, file);
            return kind + (same ? "whole" : clean ? "damaged" : "replaced");
        } catch (java.net.SocketTimeoutException e) {
            return kind + "stuck";
        } catch (IOException e) {
            return kind + "cut";
        }
    }
}
