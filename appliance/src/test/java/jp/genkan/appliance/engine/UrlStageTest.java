package jp.genkan.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import jp.genkan.appliance.Composition.Mode;
import jp.genkan.urlfilter.page.BlockPage;
import jp.genkan.urlfilter.site.ListAction;
import jp.genkan.urlfilter.visit.Visits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a name is seen, and what its client gets, through the whole pipeline. */
class UrlStageTest {
    private static final String BAD = "bad.example";
    private static final String LINE = "GET /login?a=1 HTTP/1.1\r\nHost: www.bad.example\r\n";
    private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 112};

    @TempDir
    Path folder;

    private SitesRig rig() throws Exception {
        return rig(Map.of(), Mode.REPLAY_INLINE);
    }

    private SitesRig rig(Map<String, String> set, Mode mode) throws Exception {
        SitesRig rig = new SitesRig(folder, set, mode);
        rig.book.put(BAD, "phishing", ListAction.BLOCK);
        rig.book.put("play.example", "games", ListAction.LOG);
        return rig;
    }

    private static void assertBlocked(SitesRig rig, String field, String target, String seen) throws Exception {
        assertThat(rig.urls()).hasSize(1);
        JsonNode url = rig.urls().getFirst();
        assertThat(url.path(field).asText()).isEqualTo(target);
        assertThat(url.path("category").asText()).isEqualTo("phishing");
        assertThat(url.path("list").asText()).isEqualTo("phishing-list");
        assertThat(url.path("action").asText()).isEqualTo("blocked");
        assertThat(url.path("seen").asText()).isEqualTo(seen);
        assertThat(rig.told("url").getFirst().path("src_ip").asText()).isEqualTo(SitesRig.PC);
        JsonNode drop = rig.told("drop").getFirst();
        assertThat(drop.path("drop").path("reason").asText()).isEqualTo("url filter");
        assertThat(drop.path("alert").path("category").asText()).isEqualTo("phishing");
    }

    // ---- HTTP

    @Test
    void showsThePageInsteadOfABlockedUrl() throws Exception {
        try (SitesRig rig = rig()) {
            assertThat(rig.open(8_080).client(LINE + "Accept: text/html\r\n\r\n"))
                    .isFalse();
            assertThat(rig.saidText()).startsWith("HTTP/1.1 403 Forbidden\r\n").contains("このページへの接続を止めました");
            assertThat(rig.toServer).as("the server is reset").hasSize(1);
            assertBlocked(rig, "url", "http://www.bad.example/login?a=1", "http");
        }
    }

    @Test
    void asksForEachRequestOfAConnection() throws Exception {
        try (SitesRig rig = rig()) {
            SitesRig.Talk talk = rig.open(80);
            assertThat(talk.client("GET / HTTP/1.1\r\nHost: good.example\r\n\r\n"))
                    .isTrue();
            talk.server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            assertThat(talk.client(LINE + "\r\n")).isFalse();
            assertThat(rig.saidText()).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void resetsARequestThatDidNotWaitForTheAnswerBefore() throws Exception {
        try (SitesRig rig = rig()) {
            SitesRig.Talk talk = rig.open(80);
            talk.client("GET / HTTP/1.1\r\nHost: good.example\r\n\r\n");
            assertThat(talk.client(LINE + "\r\n")).isFalse();
            assertThat(rig.said()).isEmpty();
            assertThat(rig.toClient).as("RST").hasSize(1);
        }
    }

    @Test
    void blocksWhatAProxyIsAskedFor() throws Exception {
        try (SitesRig rig = rig()) {
            assertThat(rig.open(3_128).client("GET http://bad.example/x HTTP/1.1\r\nHost: bad.example\r\n\r\n"))
                    .isFalse();
            assertThat(rig.open(3_128).client("CONNECT bad.example:443 HTTP/1.1\r\n\r\n"))
                    .isFalse();
            assertThat(rig.urls()).hasSize(2);
            assertThat(rig.urls().getLast().path("host").asText()).isEqualTo(BAD);
        }
    }

    @Test
    void blocksTheHelloInsideAProxysTunnel() throws Exception {
        try (SitesRig rig = rig()) {
            SitesRig.Talk talk = rig.open(3_128);
            assertThat(talk.client("CONNECT 198.51.100.9:443 HTTP/1.1\r\n\r\n")).isTrue();
            talk.server("HTTP/1.1 200 Connection established\r\n\r\n");
            assertThat(talk.client(Names.hello(BAD, false))).isFalse();
            assertThat(rig.said()).isEqualTo(ALERT);
        }
    }

    @Test
    void waitsForNothingWhenABodyIsStillOnItsWay() throws Exception {
        try (SitesRig rig = rig()) {
            SitesRig.Talk talk = rig.open(80);
            talk.client("POST /u HTTP/1.1\r\nHost: bad.example\r\nContent-Length: 5000\r\n\r\nfirst");
            assertThat(rig.saidText()).startsWith("HTTP/1.1 403");
            int frames = rig.toClient.size();
            assertThat(talk.client("second")).isFalse();
            assertThat(rig.toClient).as("acknowledged").hasSize(frames + 1);
        }
    }

    @Test
    void letsEverythingElseOfAHostPassWhenAUrlIsListed() throws Exception {
        try (SitesRig rig = rig()) {
            rig.book.put("shared.example/evil", "phishing", ListAction.BLOCK);
            assertThat(rig.open(80).client("GET /good HTTP/1.1\r\nHost: shared.example\r\n\r\n"))
                    .isTrue();
            assertThat(rig.open(80).client("GET /evil HTTP/1.1\r\nHost: shared.example\r\n\r\n"))
                    .isFalse();
        }
    }

    @Test
    void onlyLooksWhereVerdictsDoNotAct() throws Exception {
        try (SitesRig rig = rig(Map.of(), Mode.REPLAY_PASSIVE)) {
            SitesRig.Talk talk = rig.open(80);
            talk.client(LINE + "\r\n");
            assertThat(talk.server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
                    .isTrue();
            assertThat(rig.toClient).isEmpty();
            assertThat(rig.urls().getFirst().path("action").asText()).isEqualTo("logged");
        }
    }

    private String answerTo(String request) throws Exception {
        try (SitesRig rig = rig()) {
            rig.open(80).client(request);
            return new String(rig.said(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void answersInTheFormThatIsAskedFor() throws Exception {
        String host = "Host: bad.example\r\n\r\n";
        assertThat(answerTo("GET / HTTP/1.0\r\n" + host)).startsWith("HTTP/1.0 403");
        assertThat(answerTo("HEAD / HTTP/1.1\r\n" + host)).endsWith("\r\n\r\n").contains("Content-Length: ");
        assertThat(answerTo("GET /a.png HTTP/1.1\r\n" + host))
                .contains("image/gif")
                .contains("GIF89a");
        assertThat(answerTo("GET /a HTTP/1.1\r\nAccept: image/avif,*/*\r\n" + host))
                .contains("GIF89a");
        assertThat(answerTo("GET /a HTTP/1.1\r\nSec-Fetch-Dest: script\r\n" + host))
                .contains("text/plain")
                .doesNotContain("<html");
        assertThat(answerTo("GET /a HTTP/1.1\r\nRange: bytes=0-9\r\n" + host))
                .startsWith("HTTP/1.1 403")
                .contains("</html>");
    }

    @Test
    void staysSmallWhateverIsShown() throws Exception {
        Map<String, String> set = Map.of("urlfilter.contact", "&".repeat(120));
        try (SitesRig rig = rig(set, Mode.REPLAY_INLINE)) {
            rig.book.put("scam.example", "support-scam", ListAction.BLOCK);
            rig.open(80).client("GET /" + "'".repeat(2_000) + " HTTP/1.1\r\nHost: scam.example\r\n\r\n");
            String page = rig.saidText();
            assertThat(page).contains("03-5978-7509").contains("サポート詐欺");
            int body = page.getBytes(StandardCharsets.UTF_8).length - page.indexOf("\r\n\r\n") - 4;
            assertThat(body).isLessThanOrEqualTo(BlockPage.PAGE_MAX);
        }
    }

    // ---- TLS and QUIC

    @Test
    void endsAHandshakeWithAnAlert() throws Exception {
        try (SitesRig rig = rig()) {
            assertThat(rig.open(443).client(Names.hello("WWW.BAD.example", false)))
                    .isFalse();
            assertThat(rig.said()).isEqualTo(ALERT);
            assertThat(rig.toServer).hasSize(1);
            assertThat(rig.urls().getFirst().path("seen").asText()).isEqualTo("sni");
        }
    }

    @Test
    void tellsAGoodNameFromABadOneAtTheSameAddress() throws Exception {
        try (SitesRig rig = rig()) {
            rig.lookUp("good.example", SitesRig.SERVER);
            rig.lookUp(BAD, SitesRig.SERVER);
            assertThat(rig.open(443).client(Names.hello("good.example", false))).isTrue();
            assertThat(rig.open(443).client(Names.hello("good.example", true)))
                    .as("it only pretends to hide its name")
                    .isTrue();
            assertThat(rig.open(443).client(Names.hello(BAD, false))).isFalse();
        }
    }

    @Test
    void judgesAHiddenNameByTheLookUpBeforeIt() throws Exception {
        try (SitesRig rig = rig()) {
            rig.lookUp(BAD, SitesRig.SERVER);
            assertThat(rig.open(443).client(Names.hello("outer.provider.example", true)))
                    .isFalse();
            assertThat(rig.said()).isEqualTo(ALERT);
            assertThat(rig.urls().getLast().path("host").asText()).isEqualTo(BAD);
            assertThat(rig.urls().getLast().path("seen").asText()).isEqualTo("dns");
            assertThat(rig.open(443).client(Names.hello("", false))).isFalse();
        }
    }

    @Test
    void readsTheCertificateWhereNoNameCame() throws Exception {
        try (SitesRig rig = rig()) {
            rig.book.put("shop.example.test", "phishing", ListAction.BLOCK);
            String hello = HexFormat.of().formatHex(SitesRig.octets("tls12.hex", 0, 3));
            byte[] nameless = HexFormat.of().parseHex(hello.replace("000000160014000011", "6a6a00160014000011"));
            SitesRig.Talk talk = rig.open(443);
            assertThat(talk.client(nameless)).isTrue();
            assertThat(talk.server(SitesRig.octets("tls12.hex", 1, 3))).isFalse();
            assertThat(rig.said()).isEqualTo(ALERT);
            assertBlocked(rig, "host", "shop.example.test", "certificate");
        }
    }

    @Test
    void dropsQuicWithoutAWordSoThatTheBrowserFallsBack() throws Exception {
        try (SitesRig rig = rig()) {
            rig.book.put("shop.example.test", "phishing", ListAction.BLOCK);
            byte[] hello = SitesRig.octets("quic-initial.hex", 0, 0);
            assertThat(rig.udp(SitesRig.PC, 5_000, SitesRig.SERVER, 443, hello)).isFalse();
            assertThat(rig.udp(SitesRig.PC, 5_000, SitesRig.SERVER, 443, hello)).isFalse();
            assertThat(rig.toClient).isEmpty();
            assertBlocked(rig, "host", "shop.example.test", "quic");
        }
    }

    // ---- DNS, and what has no name

    @Test
    void letsAQuestionPassAndTellsIt() throws Exception {
        try (SitesRig rig = rig()) {
            assertThat(rig.lookUp(BAD, SitesRig.SERVER)).isTrue();
            assertThat(rig.urls().getFirst().path("action").asText()).isEqualTo("logged");
            assertThat(rig.urls().getFirst().path("seen").asText()).isEqualTo("dns");
        }
    }

    @Test
    void saysThatABlockedNameDoesNotExist() throws Exception {
        try (SitesRig rig = rig(Map.of("urlfilter.dns.policy", "nxdomain"), Mode.REPLAY_INLINE)) {
            assertThat(rig.lookUp(BAD, SitesRig.SERVER)).isFalse();
            byte[] answer = rig.said();
            assertThat(answer[2] & 0x80).as("a response").isEqualTo(0x80);
            assertThat(answer[3] & 15).isEqualTo(3);
            assertBlocked(rig, "host", BAD, "dns");
            assertThat(rig.lookUp("good.example", SitesRig.SERVER)).isTrue();
        }
    }

    @Test
    void givesABlockedNameTheBlockAddress() throws Exception {
        Map<String, String> set = Map.of("urlfilter.dns.policy", "answer", "urlfilter.dns.addresses", "[192.168.1.2]");
        try (SitesRig rig = rig(set, Mode.REPLAY_INLINE)) {
            assertThat(rig.lookUp(BAD, SitesRig.SERVER)).isFalse();
            byte[] answer = rig.said();
            assertThat(Arrays.copyOfRange(answer, answer.length - 4, answer.length))
                    .isEqualTo(new byte[] {(byte) 192, (byte) 168, 1, 2});
            rig.toClient.clear();
            assertThat(rig.udp(SitesRig.PC, 999, SitesRig.RESOLVER, 53, Names.query(BAD, 28)))
                    .isFalse();
            byte[] none = rig.said();
            assertThat(none[3] & 15).as("no error").isZero();
            assertThat(none[7]).as("answers").isZero();
        }
    }

    @Test
    void refusesOtherProtocolsByTheNameThatWasLookedUp() throws Exception {
        try (SitesRig rig = rig()) {
            rig.lookUp(BAD, SitesRig.SERVER);
            SitesRig.Talk talk = rig.open(22);
            boolean first = talk.server("SSH-2.0-OpenSSH_9.2\r\n");
            boolean second = talk.client("SSH-2.0-OpenSSH_9.2\r\n");
            assertThat(first && second).isFalse();
            assertThat(rig.urls().getLast().path("seen").asText()).isEqualTo("dns");
            assertThat(rig.urls().getLast().path("action").asText()).isEqualTo("blocked");
        }
    }

    @Test
    void leavesVisitorsFromOutsideAlone() throws Exception {
        try (SitesRig rig = rig()) {
            assertThat(rig.open("203.0.113.9", "192.168.1.80", 80).client(LINE + "\r\n"))
                    .isTrue();
            assertThat(rig.urls()).isEmpty();
        }
    }

    // ---- visits

    @Test
    void tellsAVisitOnceAndCountsItsConnections() throws Exception {
        try (SitesRig rig = rig()) {
            for (int i = 0; i < 20; i++) {
                assertThat(rig.open(443).client(Names.hello("cdn" + i + ".play.example", false)))
                        .isTrue();
            }
            assertThat(rig.urls()).hasSize(1);
            assertThat(rig.urls().getFirst().path("action").asText()).isEqualTo("logged");
            rig.nanos += 31 * 60 * 1_000_000_000L;
            rig.open(443).client(Names.hello("play.example", false));
            assertThat(rig.urls()).hasSize(2);
            Visits.SiteDay day = rig.policies
                    .visits()
                    .day(java.time.Instant.ofEpochSecond(0, rig.nanos))
                    .getFirst();
            assertThat(day.site()).isEqualTo("play.example");
            assertThat(day.visits()).isEqualTo(2);
            assertThat(day.connections()).isEqualTo(21);
        }
    }

    @Test
    void holdsBackNothingWithoutLists() throws Exception {
        try (SitesRig rig = rig()) {
            rig.policies.sites().replace(jp.genkan.urlfilter.site.SiteBook.EMPTY);
            assertThat(rig.open(80).client(LINE + "\r\n")).isTrue();
            assertThat(rig.urls()).isEmpty();
        }
    }

    @Test
    void escapesWhatTheRequestSays() throws Exception {
        try (SitesRig rig = rig()) {
            rig.open(80)
                    .client("GET /<script>alert(1)</script>'\" HTTP/1.1\r\nHost: bad.example\r\n"
                            + "Accept-Language: en\"><script>\r\n\r\n");
            String page = new String(rig.said(), StandardCharsets.UTF_8);
            assertThat(page).contains("was blocked").doesNotContain("<script");
        }
    }
}
