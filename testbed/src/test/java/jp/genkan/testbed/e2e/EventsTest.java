package jp.genkan.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import jp.genkan.testbed.box.GenkanBox;
import jp.genkan.testbed.net.OffloadMode;
import jp.genkan.testbed.net.TestNetwork;
import jp.genkan.testbed.net.Topology;
import jp.genkan.testbed.net.TopologySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What real clients and servers do is told as it happened. One box, as shipped but patient, for all tests of the class; each brings its
 * servers ({@link Peers}) and looks for its own events.
 */
class EventsTest {
    private static final int LINES = 5_000;
    private static final int NOISE_BYTES = 300_000;
    private static final int LARGE_BYTES = 20_000_000;

    @RegisterExtension
    static final TestNetwork NETWORK = TestNetwork.needing("curl", "ss").shared();

    @SuppressWarnings("NullAway.Init")
    private static Peers peers;

    @SuppressWarnings("NullAway.Init")
    private static Told told;

    @BeforeAll
    static void startBox() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        peers = new Peers(topology);
        told = new Told(
                NETWORK.closing(GenkanBox.in(topology).yaml(GenkanRig.PATIENT).start()));
    }

    @AfterEach
    void nothingWasOdd() throws Exception {
        told.nothingOdd();
    }

    // ---- the web

    @Test
    void tellsWebTransfersWithTheirFiles() throws Exception {
        Peers.need("nginx");
        Path root = peers.nginx();
        Path text = Peers.text(root.resolve("text.txt"), LINES);
        Path noise = Peers.noise(root.resolve("noise.bin"), NOISE_BYTES);
        byte[] part = Arrays.copyOfRange(Files.readAllBytes(noise), 1000, 2000);
        String server = "http://" + Peers.SERVER;

        assertThat(peers.curl("-A", "genkan-test", server + "/noise.bin?a=1")).isEqualTo(Files.readAllBytes(noise));
        assertThat(peers.curl("--compressed", server + "/zipped/text.txt")).isEqualTo(Files.readAllBytes(text));
        assertThat(peers.curl(server + "/chunked/text.txt")).isEqualTo(Files.readAllBytes(text));
        assertThat(peers.curl("-r", "1000-1999", server + "/noise.bin?part")).isEqualTo(part);
        assertThat(peers.curl("-H", "Host: name.test", server + "/absent")).isNotEmpty();

        JsonNode plain = told.one("http", "/http/url", "/noise.bin?a=1", "/http/status", "200", "/dest_port", "80");
        assertThat(plain.at("/http/http_method").asText()).isEqualTo("GET");
        assertThat(plain.at("/http/hostname").asText()).isEqualTo(Peers.SERVER);
        assertThat(plain.at("/http/http_user_agent").asText()).isEqualTo("genkan-test");
        assertThat(plain.at("/http/http_content_type").asText()).isEqualTo("application/octet-stream");
        assertThat(plain.at("/http/length").asInt()).isEqualTo(NOISE_BYTES);
        told.file(noise, "http", "/http/url", "/noise.bin?a=1", "/fileinfo/filename", "/noise.bin");
        told.one("http", "/http/url", "/zipped/text.txt", "/http/status", "200");
        told.file(text, "http", "/fileinfo/filename", "/zipped/text.txt");
        told.one("http", "/http/url", "/chunked/text.txt", "/http/status", "200");
        told.file(text, "http", "/fileinfo/filename", "/chunked/text.txt");
        told.one("http", "/http/url", "/noise.bin?part", "/http/status", "206", "/http/content_range/start", "1000");
        told.file(part, "http", "/http/url", "/noise.bin?part", "/fileinfo/start", "1000", "/fileinfo/end", "1999");
        told.one("http", "/http/url", "/absent", "/http/status", "404", "/http/hostname", "name.test");
    }

    @Test
    void tellsManyRequestsOfOneConnectionInTheirOrder() throws Exception {
        Peers.need("nginx");
        Path root = peers.nginx();
        String server = "http://" + Peers.SERVER + "/several-";
        for (int i = 0; i < 3; i++) {
            Peers.noise(root.resolve("several-" + i), 20_000 + i);
        }
        peers.curl(server + "[0-2]");
        List<JsonNode> files = List.of(
                told.file(root.resolve("several-0"), "http", "/http/url", "/several-0"),
                told.file(root.resolve("several-1"), "http", "/http/url", "/several-1"),
                told.file(root.resolve("several-2"), "http", "/http/url", "/several-2"));
        String flow = files.getFirst().path("flow_id").asText();
        for (int i = 0; i < 3; i++) {
            told.one("http", "/flow_id", flow, "/http/url", "/several-" + i, "/tx_id", String.valueOf(i));
        }
    }

    @Test
    void tellsWebUploads() throws Exception {
        Peers.need("nginx");
        Path root = peers.nginx();
        Path noise = Peers.noise(root.resolve("upload.bin"), NOISE_BYTES);
        Path attached = Peers.noise(root.resolve("attached.bin"), 70_000);
        String server = "http://" + Peers.SERVER;

        assertThat(Peers.ascii(peers.curl("--data-binary", "@" + noise, server + "/upload/posted")))
                .isEqualTo("stored\n");
        assertThat(Peers.ascii(peers.curl("-F", "field=value", "-F", "file=@" + attached, server + "/upload/form")))
                .isEqualTo("stored\n");

        told.one("http", "/http/url", "/upload/posted", "/http/http_method", "POST", "/http/status", "200");
        told.file(noise, "http", "/fileinfo/filename", "/upload/posted", "/src_ip", "192.168.77.10");
        told.file(
                "stored\n".getBytes(StandardCharsets.US_ASCII),
                "http",
                "/fileinfo/filename",
                "/upload/posted",
                "/src_ip",
                Peers.SERVER);
        told.one("http", "/http/url", "/upload/form", "/http/http_method", "POST", "/http/status", "200");
        told.file(attached, "http", "/fileinfo/filename", "attached.bin", "/src_ip", "192.168.77.10");
    }

    @Test
    void tellsLargeFilesWholeByIpv6() throws Exception {
        Peers.need("nginx");
        Path large = Peers.noise(peers.nginx().resolve("large.bin"), LARGE_BYTES);
        peers.curl("http://[fd77::1]/large.bin");
        told.one("http", "/http/url", "/large.bin", "/http/hostname", "[fd77::1]", "/dest_ip", Peers.SERVER_IPV6);
        told.file(large, "http", "/fileinfo/filename", "/large.bin", "/src_ip", Peers.SERVER_IPV6);
    }

    /** Downloads only: now and then nginx 1.22, which proxies to itself here, answers an upload with 400, through the kernel's bridge too. */
    @Test
    void tellsHttp2() throws Exception {
        Peers.need("nginx");
        Path root = peers.nginx();
        Path text = Peers.text(root.resolve("two.txt"), LINES);
        Path noise = Peers.noise(root.resolve("two.bin"), NOISE_BYTES);
        String server = "http://" + Peers.SERVER + ":82";

        assertThat(peers.curl("--http2-prior-knowledge", server + "/two.bin")).isEqualTo(Files.readAllBytes(noise));
        assertThat(peers.curl("--http2-prior-knowledge", "--compressed", server + "/zipped/two.txt"))
                .isEqualTo(Files.readAllBytes(text));

        told.one("http", "/http/url", "/two.bin", "/http/version", "2", "/http/status", "200");
        told.file(noise, "http2", "/fileinfo/filename", "/two.bin");
        told.one("http", "/http/url", "/zipped/two.txt", "/http/version", "2", "/http/status", "200");
        told.file(text, "http2", "/fileinfo/filename", "/zipped/two.txt");
    }

    // ---- names

    @Test
    void tellsNamesAskedAndAnswered() throws Exception {
        Peers.need("dnsmasq", "dig");
        peers.dnsmasq();
        dig("www.genkan.test", "A");
        dig("www.genkan.test", "AAAA", "+tcp");
        dig("alias.genkan.test", "A");
        dig("genkan.test", "MX");
        dig("text.genkan.test", "TXT");
        dig("absent.genkan.test", "A");

        assertAnswer("UDP", "www.genkan.test", "A", "198.18.0.20");
        assertAnswer("TCP", "www.genkan.test", "AAAA", "2001:0db8:0000:0000:0000:0000:0000:0020");
        JsonNode alias = assertAnswer("UDP", "alias.genkan.test", "A", "198.18.0.20");
        assertThat(alias.at("/dns/grouped/CNAME/0").asText()).isEqualTo("www.genkan.test");
        assertAnswer("UDP", "genkan.test", "MX", "mail.genkan.test");
        assertAnswer("UDP", "text.genkan.test", "TXT", "some words");
        told.one("dns", "/dns/queries/0/rrname", "absent.genkan.test", "/dns/type", "request");
        told.one(
                "dns",
                "/dns/queries/0/rrname",
                "absent.genkan.test",
                "/dns/rcode",
                "NXDOMAIN",
                "/dns/type",
                "response");
        told.all(12, "dns");
    }

    private static void dig(String name, String type, String... options) throws Exception {
        String[] command = {"dig", "@" + Peers.SERVER, "+tries=1", name, type};
        String[] whole = Arrays.copyOf(command, command.length + options.length);
        System.arraycopy(options, 0, whole, command.length, options.length);
        assertThat(peers.client(whole)).contains("QUERY: 1");
    }

    /** There was one question by this transport for this name and type, and one answer to it that says this. */
    private static JsonNode assertAnswer(String transport, String name, String type, String data) throws Exception {
        JsonNode request = told.one(
                "dns",
                "/proto",
                transport,
                "/dns/queries/0/rrname",
                name,
                "/dns/queries/0/rrtype",
                type,
                "/dns/type",
                "request");
        JsonNode response = told.one(
                "dns",
                "/proto",
                transport,
                "/dns/queries/0/rrname",
                name,
                "/dns/queries/0/rrtype",
                type,
                "/dns/type",
                "response");
        assertThat(response.at("/dns/id")).isEqualTo(request.at("/dns/id"));
        assertThat(response.at("/flow_id")).isEqualTo(request.at("/flow_id"));
        assertThat(response.at("/dns/rcode").asText()).isEqualTo("NOERROR");
        assertThat(response.at("/dns/grouped/" + type + "/0").asText()).isEqualTo(data);
        assertThat(request.at("/dest_ip").asText()).isEqualTo(Peers.SERVER);
        assertThat(request.at("/dest_port").asInt()).isEqualTo(53);
        return response;
    }

    // ---- secured connections

    @Test
    void tellsSecuredConnections() throws Exception {
        Peers.need("openssl");
        String fingerprint = peers.tls(443, "-tls1_2");
        peers.tls(8443, "-tls1_3");
        assertThat(connect(443)).contains("TLSv1.2");
        assertThat(connect(8443)).contains("TLSv1.3");

        JsonNode older = told.one("tls", "/dest_port", "443", "/tls/version", "TLS 1.2");
        assertThat(older.at("/tls/subject").asText()).isEqualTo("C=JP, O=Genkan test, CN=tls.genkan.test");
        assertThat(older.at("/tls/issuerdn").asText()).isEqualTo("C=JP, O=Genkan test, CN=tls.genkan.test");
        assertThat(older.at("/tls/fingerprint").asText()).isEqualToIgnoringCase(fingerprint);
        JsonNode newer = told.one("tls", "/dest_port", "8443", "/tls/version", "TLS 1.3");
        assertThat(newer.at("/tls/subject").isMissingNode())
                .as("a secret of TLS 1.3")
                .isTrue();
        for (JsonNode event : List.of(older, newer)) {
            assertThat(event.at("/tls/sni").asText()).isEqualTo("tls.genkan.test");
            assertThat(event.at("/tls/client_alpns/0").asText()).isEqualTo("h2");
            assertThat(event.at("/tls/ja3/hash").asText()).matches("[0-9a-f]{32}");
            assertThat(event.at("/tls/ja3s/hash").asText()).matches("[0-9a-f]{32}");
            assertThat(event.at("/tls/ja4").asText()).matches("t13d[0-9]{4}h2_[0-9a-f]{12}_[0-9a-f]{12}");
        }
    }

    private static String connect(int port) throws Exception {
        return peers.client(
                "openssl",
                "s_client",
                "-connect",
                Peers.SERVER + ":" + port,
                "-servername",
                "tls.genkan.test",
                "-alpn",
                "h2,http/1.1");
    }
}
