package jp.genkan.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** What a person meets on the way to a blocked site, with real clients; a good site at the same address is not touched. */
class BlockedSitesTest {
    /** An alert comes within milliseconds; the promise is 50 of them, and the machine is shared. */
    private static final double AT_ONCE_SECONDS = 0.5;

    private static final int CURL_TLS = 35;
    private static final String BAD = "www.bad.genkan.test";
    private static final String GOOD = "www.good.genkan.test";

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

    @BeforeAll
    static void startBox() throws Exception {
        topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        Path folder = topology.directory();
        Path phishing = Files.writeString(folder.resolve("phishing.txt"), "bad.genkan.test\n");
        Path scams = Files.writeString(folder.resolve("scams.txt"), "scam.genkan.test\n");
        Path games = Files.writeString(folder.resolve("games.txt"), "play.genkan.test\n");
        box = NETWORK.closing(GenkanBox.in(topology)
                .yaml(GenkanRig.PATIENT
                        + """
                        urlfilter:
                          contact: 情報システム担当 内線123
                          dns:
                            policy: nxdomain
                          lists:
                            - {name: reported, file: PHISHING, category: phishing, action: block}
                            - {name: scams, file: SCAMS, category: support-scam, action: block}
                            - {name: leisure, file: GAMES, category: games, action: log}
                          exceptions:
                            - {site: allowed.bad.genkan.test, by: test}
                        """.replace("PHISHING", phishing.toString())
                                .replace("SCAMS", scams.toString())
                                .replace("GAMES", games.toString()))
                .start());
        told = new Told(box);
        peers = new Peers(topology);
        Files.writeString(peers.nginx().resolve("fine"), "fine");
    }

    /** Runs curl as if a name had the server's address. */
    private static Commands.Result curl(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-k", "--max-time", "20"));
        for (String port : List.of("80", "443", "8080")) {
            command.addAll(List.of("--resolve", name + ":" + port + ":" + Peers.SERVER));
        }
        command.addAll(List.of(arguments));
        return topology.lan().namespace().tryRun(command);
    }

    // ---- HTTP

    @Test
    void showsThePageInTheLanguageThatIsAskedFor() throws Exception {
        Commands.Result english = curl(BAD, "-i", "-H", "Accept-Language: en-GB,en;q=0.8", "http://" + BAD + "/a?b=c");
        assertThat(english.exit()).isZero();
        assertThat(english.output())
                .startsWith("HTTP/1.1 403 Forbidden")
                .contains("Cache-Control: no-store")
                .contains("lang=en")
                .contains("www.bad.genkan.test/a?b=c")
                .contains("reported")
                .contains("phishing");
        Commands.Result japanese = curl(BAD, "-H", "Accept-Language: ja", "http://" + BAD + "/");
        assertThat(japanese.output()).contains("フィッシング詐欺").contains("情報システム担当 内線123");
        assertThat(japanese.output().getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(4_096);
        JsonNode event = told.one("url", "/url/url", "http://www.bad.genkan.test/a?b=c");
        assertThat(event.at("/url/action").asText()).isEqualTo("blocked");
        assertThat(event.at("/url/seen").asText()).isEqualTo("http");
    }

    @Test
    void answersOldClientsHeadAndUploads() throws Exception {
        assertThat(curl(BAD, "-i", "--http1.0", "http://" + BAD + "/old").output())
                .startsWith("HTTP/1.0 403");
        Commands.Result head = curl(BAD, "-I", "http://" + BAD + "/head");
        assertThat(head.exit()).isZero();
        assertThat(head.output()).startsWith("HTTP/1.1 403").doesNotContain("<html");
        Path upload = Peers.noise(topology.directory().resolve("upload"), 3_000_000);
        Commands.Result post = curl(BAD, "-i", "--data-binary", "@" + upload, "http://" + BAD + "/upload");
        assertThat(post.output())
                .as("exit " + post.exit())
                .contains("403 Forbidden")
                .contains("</html>");
        Commands.Result picture = curl(
                BAD,
                "-o",
                topology.directory().resolve("p").toString(),
                "-w",
                "%{content_type} %{size_download}",
                "-H",
                "Accept: image/avif,image/webp,*/*",
                "http://" + BAD + "/logo.png");
        assertThat(picture.output()).isEqualTo("image/gif 42");
    }

    @Test
    void showsWhereToGetHelpAfterASupportScam() throws Exception {
        assertThat(curl("scam.genkan.test", "http://scam.genkan.test/").output())
                .contains("03-5978-7509")
                .contains("サポート詐欺");
    }

    @Test
    void letsGoodNamesAtTheSameAddressAndExceptionsPass() throws Exception {
        assertThat(curl(GOOD, "http://" + GOOD + "/fine").output()).isEqualTo("fine");
        String allowed = "allowed.bad.genkan.test";
        assertThat(curl(allowed, "http://" + allowed + "/fine").output()).isEqualTo("fine");
    }

    @Test
    void tellsALoggedVisitOnce() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(curl("play.genkan.test", "http://play.genkan.test/fine").output())
                    .isEqualTo("fine");
        }
        JsonNode event = told.one("url", "/url/category", "games");
        assertThat(event.at("/url/action").asText()).isEqualTo("logged");
        Commands.Result sites = box.command("sites", "--json");
        assertThat(sites.output()).contains("\"site\":\"genkan.test\"").contains("\"connections\":10");
    }

    // ---- TLS

    @Test
    void endsAHandshakeAtOnce() throws Exception {
        Peers.need("openssl");
        peers.tls(443, "-tls1_3");
        Commands.Result good =
                curl(GOOD, "-o", "/dev/null", "-w", "%{http_code} %{time_total}", "https://" + GOOD + "/");
        assertThat(good.output()).startsWith("200");
        Commands.Result bad = curl(BAD, "-o", "/dev/null", "-w", "%{time_total}", "https://" + BAD + "/");
        System.out.printf("measured: a blocked handshake ends after %s s%n", bad.output());
        assertThat(bad.exit()).isEqualTo(CURL_TLS);
        assertThat(Double.parseDouble(bad.output().strip())).isLessThan(AT_ONCE_SECONDS);
        Commands.Result alert = topology.lan()
                .namespace()
                .tryRun(List.of(
                        "openssl", "s_client", "-connect", Peers.SERVER + ":443", "-servername", "other." + BAD));
        assertThat(alert.output()).contains("unrecognized name");
        told.one("url", "/url/host", BAD, "/url/seen", "sni");
    }

    // ---- DNS

    @Test
    void saysThatABlockedNameDoesNotExist() throws Exception {
        Peers.need("dig", "dnsmasq");
        peers.dnsmasq();
        assertThat(dig("www.genkan.test").output()).contains("198.18.0.20");
        Commands.Result bad = dig("x.bad.genkan.test");
        assertThat(bad.output()).contains("NXDOMAIN").contains("EDE: 15");
        Commands.Result overTcp = dig("y.bad.genkan.test", "+tcp");
        assertThat(overTcp.output()).contains("NXDOMAIN");
        JsonNode event = told.one("url", "/url/host", "x.bad.genkan.test");
        assertThat(event.at("/url/action").asText()).isEqualTo("blocked");
        assertThat(event.at("/url/seen").asText()).isEqualTo("dns");
    }

    private static Commands.Result dig(String name, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("dig", "@" + Peers.SERVER, "+tries=1", "+time=5", name));
        command.addAll(List.of(options));
        return topology.lan().namespace().tryRun(command);
    }

    // ---- what a person sees

    @Test
    void looksRightInABrowser() throws Exception {
        Peers.need("chromium");
        Path shot = topology.directory().resolve("page.png");
        Commands.Result browser = topology.lan()
                .namespace()
                .tryRun(List.of(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--lang=ja",
                        "--window-size=412,900",
                        "--host-resolver-rules=MAP * " + Peers.SERVER,
                        "--user-data-dir=" + topology.directory().resolve("profile"),
                        "--screenshot=" + shot,
                        "http://" + BAD + "/login"));
        assertThat(shot).as(browser.output()).isNotEmptyFile();
        told.all(1, "url", "/url/url", "http://" + BAD + "/login");
    }
}
