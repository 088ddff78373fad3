package jp.genkan.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.genkan.testbed.box.GenkanBox;
import jp.genkan.testbed.net.Commands;
import jp.genkan.testbed.net.OffloadMode;
import jp.genkan.testbed.net.TestNetwork;
import jp.genkan.testbed.net.Topology;
import jp.genkan.testbed.net.TopologySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rules act on the traffic of real programs: what they stop does not arrive, and nobody is left waiting for it. */
class RulesTest {
    /** An end is told within milliseconds; the machine is shared. */
    private static final long AT_ONCE_NANOS = 1_000_000_000L;

    private static final String MARKER = "the-marker-of-the-test";
    private static final int CURL_RESET = 56;
    private static final int CURL_NO_TLS = 35;

    private static final String RULES = """
            drop http any any -> any any (msg:"uri"; http.uri; content:"/forbidden"; sid:1;)
            pass http any any -> any any (msg:"allowed"; http.uri; content:"/forbidden-but-allowed"; sid:2;)
            drop http any any -> any any (msg:"file"; flow:to_client; file.data; content:"MARKER"; sid:3;)
            drop tls any any -> any any (msg:"sni"; tls.sni; content:"blocked.genkan.test"; sid:4;)
            drop dns any any -> any any (msg:"dns"; dns.query; content:"blocked.genkan.test"; sid:5;)
            reject tcp any any -> any 7001 (msg:"reject"; content:"refuse me"; sid:6;)
            rejectdst tcp any any -> any 7002 (msg:"rejectdst"; content:"refuse me"; sid:7;)
            rejectboth tcp any any -> any 7003 (msg:"rejectboth"; content:"refuse me"; sid:8;)
            reject udp any any -> any any (msg:"udp"; content:"refuse me"; sid:9;)
            alert http any any -> any any (msg:"often"; http.uri; content:"/often"; \\
              threshold:type limit, track by_src, count 1, seconds 300; sid:10;)
            alert http any any -> any any (msg:"first"; http.uri; content:"/first"; \\
              flowbits:set,first; flowbits:noalert; sid:11;)
            drop http any any -> any any (msg:"second"; http.uri; content:"/second"; flowbits:isset,first; sid:12;)
            """.replace("MARKER", MARKER);

    @RegisterExtension
    static final TestNetwork NETWORK =
            TestNetwork.needing("curl", "ss", "nginx").shared();

    @SuppressWarnings("NullAway.Init")
    private static Topology topology;

    @SuppressWarnings("NullAway.Init")
    private static Peers peers;

    @SuppressWarnings("NullAway.Init")
    private static GenkanBox box;

    @SuppressWarnings("NullAway.Init")
    private static Told told;

    @SuppressWarnings("NullAway.Init")
    private static Path root;

    @BeforeAll
    static void startBox() throws Exception {
        topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        Path rules = Files.writeString(topology.directory().resolve("test.rules"), RULES);
        box = NETWORK.closing(GenkanBox.in(topology)
                .yaml(GenkanRig.PATIENT + "ips:\n  rules: [" + rules + "]\n")
                .start());
        told = new Told(box);
        peers = new Peers(topology);
        root = peers.nginx();
        for (String page : List.of("fine", "forbidden", "forbidden-but-allowed", "often", "first", "second")) {
            Files.writeString(root.resolve(page), page);
        }
    }

    private static String url(String page) {
        return "http://" + Peers.SERVER + "/" + page;
    }

    private static String page(String name, String... options) throws IOException {
        String[] all = java.util.Arrays.copyOf(options, options.length + 1);
        all[options.length] = url(name);
        return Peers.ascii(peers.curl(all));
    }

    /** Runs curl, and says how it ended and how long that took, to its start. */
    private static Commands.Result curl(Path to, String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>(
                List.of("curl", "-s", "--max-time", "20", "-o", to.toString(), "-w", "%{time_total}"));
        command.addAll(List.of(arguments));
        Commands.Result result = topology.lan().namespace().tryRun(command);
        System.out.printf(
                "measured: curl %s ended with %d after %s s%n",
                arguments[arguments.length - 1], result.exit(), result.output());
        return result;
    }

    private static void assertAtOnce(Commands.Result curl, int exit) {
        assertThat(curl.exit()).isEqualTo(exit);
        assertThat(Double.parseDouble(curl.output().strip()) * 1e9).isLessThan(AT_ONCE_NANOS);
    }

    private static void assertDropTold(int sid) throws Exception {
        String number = String.valueOf(sid);
        JsonNode alert = told.one("alert", "/alert/signature_id", number);
        assertThat(alert.at("/alert/action").asText()).isEqualTo("blocked");
        JsonNode drop = told.one("drop", "/alert/signature_id", number);
        assertThat(drop.at("/flow_id")).isEqualTo(alert.at("/flow_id"));
    }

    private static String request(String page) {
        return "GET /" + page + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    /** A request that arrives. */
    private static void ask(Talk talk, String page) throws IOException {
        Talk.say(talk.client, request(page));
        assertThat(Talk.hear(talk.server, request(page).length())).isEqualTo(request(page));
    }

    // ---- the web

    @Test
    void dropsARequestByItsUriAndTellsBothEndsAtOnce() throws Exception {
        assertThat(page("fine")).isEqualTo("fine");
        assertAtOnce(curl(topology.directory().resolve("none"), url("forbidden")), CURL_RESET);
        assertThat(page("fine")).isEqualTo("fine");
        assertDropTold(1);

        try (Talk talk = Talk.open(topology.lan(), topology.wan())) {
            long said = System.nanoTime();
            Talk.say(talk.client, request("forbidden"));
            Talk.End client = Talk.hearAll(talk.client);
            Talk.End server = Talk.hearAll(talk.server);
            System.out.printf("measured: the client is told after %.2f ms%n", (client.nanos() - said) / 1e6);
            assertThat(client.reset()).isTrue();
            assertThat(client.nanos() - said).isLessThan(AT_ONCE_NANOS);
            assertThat(server.reset()).isTrue();
            assertThat(server.octets()).isEmpty();
        }
    }

    @Test
    void passOutweighsDrop() throws Exception {
        assertThat(page("forbidden-but-allowed")).isEqualTo("forbidden-but-allowed");
        told.none("alert", "/http/url", "/forbidden-but-allowed");
    }

    @Test
    void dropsAFileWhereItsMarkerBegins() throws Exception {
        String body = "a".repeat(20_000) + MARKER + "b".repeat(200_000);
        Files.writeString(root.resolve("marked"), body);
        Path fetched = topology.directory().resolve("marked-fetched");
        assertAtOnce(curl(fetched, url("marked")), CURL_RESET);
        assertThat(Files.exists(fetched) ? Files.readString(fetched) : "").doesNotContain(MARKER);
        assertDropTold(3);

        try (Talk talk = Talk.open(topology.lan(), topology.wan())) {
            ask(talk, "own");
            long said = System.nanoTime();
            Talk.say(
                    talk.server,
                    "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body.substring(0, 60_000));
            Talk.End client = Talk.hearAll(talk.client);
            Talk.End server = Talk.hearAll(talk.server);
            System.out.printf("measured: a file ends after %.2f ms%n", (client.nanos() - said) / 1e6);
            assertThat(client.reset()).isTrue();
            assertThat(client.nanos() - said).isLessThan(AT_ONCE_NANOS);
            assertThat(client.octets()).doesNotContain(MARKER);
            assertThat(server.reset()).isTrue();
        }
    }

    @Test
    void limitsHowOftenARuleSpeaks() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(page("often")).isEqualTo("often");
        }
        told.all(10, "http", "/http/url", "/often");
        told.one("alert", "/alert/signature_id", "10");
        Commands.Result top = box.command("rules", "top", "--json", "--most", "1000");
        assertThat(top.exit()).as(top.toString()).isZero();
        assertThat(top.output()).contains("\"sid\":10,\"msg\":\"often\",\"checks\":10,\"hits\":10,");
        assertThat(box.command("metrics").output()).contains("genkan_ips_matches_total");
    }

    @Test
    void remembersWhatAConnectionDidBefore() throws Exception {
        assertThat(page("second")).as("nothing was set").isEqualTo("second");
        try (Talk talk = Talk.open(topology.lan(), topology.wan())) {
            ask(talk, "first");
            String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK";
            Talk.say(talk.server, answer);
            assertThat(Talk.hear(talk.client, answer.length())).isEqualTo(answer);
            Talk.say(talk.client, request("second"));
            assertThat(Talk.hearAll(talk.client).reset()).isTrue();
            assertThat(Talk.hearAll(talk.server).octets()).isEmpty();
        }
        assertDropTold(12);
        told.none("alert", "/alert/signature_id", "11");
    }

    // ---- names

    @Test
    void dropsAServerName() throws Exception {
        Peers.need("openssl");
        peers.tls(443, "-tls1_3");
        Path none = topology.directory().resolve("none");
        for (String name : List.of("open", "blocked")) {
            Commands.Result result = curl(
                    none,
                    "-k",
                    "--resolve",
                    name + ".genkan.test:443:" + Peers.SERVER,
                    "https://" + name + ".genkan.test/");
            if (name.equals("open")) {
                assertThat(result.exit()).isZero();
            } else {
                assertAtOnce(result, CURL_NO_TLS);
            }
        }
        assertDropTold(4);
    }

    @Test
    void dropsANameThatIsAskedFor() throws Exception {
        Peers.need("dig", "dnsmasq");
        peers.dnsmasq();
        assertThat(dig("www.genkan.test").output()).contains("198.18.0.20");
        assertThat(dig("blocked.genkan.test").exit()).isEqualTo(9);
        assertThat(dig("www.genkan.test").output()).contains("198.18.0.20");
        assertDropTold(5);
        told.none("dns", "/dns/queries/0/rrname", "blocked.genkan.test", "/dns/type", "response");
    }

    private static Commands.Result dig(String name) throws IOException {
        return topology.lan().namespace().tryRun(List.of("dig", "@" + Peers.SERVER, "+tries=1", "+time=1", name));
    }

    // ---- who is told

    @Test
    void tellsTheEndsThatTheActionNames() throws Exception {
        assertTold(7001, true, false, "to_client", 6);
        assertTold(7002, false, true, "to_server", 7);
        assertTold(7003, true, true, "both", 8);
    }

    private static void assertTold(int port, boolean client, boolean server, String ends, int sid) throws Exception {
        try (Talk talk = Talk.open(topology.lan(), topology.wan(), port)) {
            Talk.say(talk.client, "hello");
            assertThat(Talk.hear(talk.server, 5)).isEqualTo("hello");
            Talk.say(talk.client, "refuse me");
            Talk.End atServer = Talk.hearAll(talk.server);
            Talk.End atClient = Talk.hearAll(talk.client);
            assertThat(atServer.octets()).isEmpty();
            assertThat(atClient.reset()).as("client at " + port).isEqualTo(client);
            assertThat(atServer.reset()).as("server at " + port).isEqualTo(server);
        }
        JsonNode drop = told.one("drop", "/alert/signature_id", String.valueOf(sid));
        assertThat(drop.at("/verdict/reject-target").asText()).isEqualTo(ends);
        assertThat(drop.at("/verdict/reject/0").asText()).isEqualTo("tcp-reset");
    }

    @Test
    void refusesADatagramByIcmp() throws Exception {
        try (DatagramChannel server = topology.wan().datagrams(StandardProtocolFamily.INET);
                DatagramChannel client = topology.lan().datagrams(StandardProtocolFamily.INET)) {
            client.connect((InetSocketAddress) server.getLocalAddress());
            client.write(ByteBuffer.wrap("refuse me".getBytes(StandardCharsets.US_ASCII)));
            client.socket().setSoTimeout(5_000);
            long said = System.nanoTime();
            assertThatThrownBy(() -> client.socket().receive(new java.net.DatagramPacket(new byte[10], 10)))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
            assertThat(System.nanoTime() - said).isLessThan(AT_ONCE_NANOS);
        }
        JsonNode drop = told.one("drop", "/alert/signature_id", "9");
        assertThat(drop.at("/verdict/reject/0").asText()).isEqualTo("icmp-prohib");
    }
}
