package jp.genkan.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jp.genkan.appliance.Composition.Mode;
import jp.genkan.av.heuristic.HeuristicPolicy;
import jp.genkan.av.load.SignatureLoader;
import jp.genkan.av.scan.ScanLimits;
import jp.genkan.av.stage.ScanPool;
import jp.genkan.core.frame.Packet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The antivirus in the whole pipeline. */
class AvStageTest {
    private static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private int made;

    @BeforeEach
    void count() {
        made = 0;
    }

    private SitesRig rig(Mode mode) throws Exception {
        SitesRig rig = new SitesRig(folder.resolve("state" + made++), Map.of(), mode);
        rig.policies.signatures().replace(new SignatureLoader(null, HeuristicPolicy.defaults()).load(List.of(), true));
        return rig;
    }

    private static SitesRig.Talk asked(SitesRig rig) {
        SitesRig.Talk talk = rig.open(80);
        assertThat(talk.client("GET /file.com HTTP/1.1\r\nHost: www.example.org\r\n\r\n"))
                .isTrue();
        return talk;
    }

    private static String head(String more) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n" + more + "\r\n";
    }

    @Test
    void dropsThePacketThatCompletesAnInfectedFileAndResetsBothSides() throws Exception {
        try (SitesRig rig = rig(Mode.REPLAY_INLINE)) {
            SitesRig.Talk talk = asked(rig);
            assertThat(talk.server(head("Content-Length: 68\r\n") + EICAR.substring(0, 30)))
                    .isTrue();
            assertThat(talk.server(EICAR.substring(30))).isFalse();
            assertThat(rig.toClient).hasSize(1);
            assertThat(rig.toServer).hasSize(1);
            assertThat(talk.segment(false, Packet.ACK, "more".getBytes(StandardCharsets.US_ASCII)))
                    .isFalse();
            JsonNode told = rig.told("av").getFirst().path("av");
            assertThat(told.path("verdict").asText()).isEqualTo("infected");
            assertThat(told.path("action").asText()).isEqualTo("blocked");
            assertThat(told.path("file").path("size").asLong()).isEqualTo(68);
            assertThat(told.path("file").path("md5").asText()).hasSize(32);
            assertThat(rig.told("drop")).isNotEmpty();
        }
    }

    @Test
    void onlyTellsWhereTrafficIsOnlyLookedAt() throws Exception {
        try (SitesRig rig = rig(Mode.REPLAY_PASSIVE)) {
            SitesRig.Talk talk = asked(rig);
            assertThat(talk.server(head("Content-Length: 68\r\n") + EICAR)).isTrue();
            talk.segment(true, Packet.ACK, new byte[0]); // what is only looked at is read as it is acknowledged
            talk.segment(false, Packet.ACK | Packet.FIN, new byte[0]);
            talk.segment(true, Packet.ACK | Packet.FIN, new byte[0]);
            JsonNode told = rig.told("av").getFirst().path("av");
            assertThat(told.path("action").asText()).isEqualTo("logged");
            assertThat(rig.toClient).isEmpty();
        }
    }

    @Test
    void looksAtWhatHasComeOfAFileWithoutAnAnnouncedEnd() throws Exception {
        try (SitesRig rig = rig(Mode.REPLAY_INLINE)) {
            SitesRig.Talk talk = asked(rig);
            assertThat(talk.server(head("Connection: close\r\n"))).isTrue();
            for (int at = 0; at < EICAR.length() - 1; at++) {
                assertThat(talk.server(EICAR.substring(at, at + 1))).isTrue();
            }
            assertThat(talk.server(EICAR.substring(EICAR.length() - 1))).isFalse();
            assertThat(rig.told("av")).hasSize(1);
        }
    }

    @Test
    void looksIntoCodingsAndOddAnswers() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(EICAR.getBytes(StandardCharsets.US_ASCII));
        }
        String packed = zipped.toString(StandardCharsets.ISO_8859_1);
        String chunked = "1e\r\n" + EICAR.substring(0, 30) + "\r\n26\r\n" + EICAR.substring(30) + "\r\n0\r\n\r\n";
        List<String> answers = List.of(
                head("Content-Encoding: gzip\r\nContent-Length: " + packed.length() + "\r\n") + packed,
                head("Content-Length: " + packed.length() + "\r\n") + packed, // nobody says that it is packed
                head("Transfer-Encoding: chunked\r\n") + chunked,
                head("Content-Length: " + chunked.length() + "\r\n") + chunked, // nor that these are chunks
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 68\r\n\r\n" + EICAR, // which has no body
                "HTTP/1.1 200 OK\r\nContent-Length: 68\n \n" + EICAR); // whose head never ends
        for (String answer : answers) {
            try (SitesRig rig = rig(Mode.REPLAY_INLINE)) {
                SitesRig.Talk talk = asked(rig);
                assertThat(talk.server(answer)).as(answer).isFalse();
                assertThat(rig.told("av")).as(answer).hasSize(1);
            }
        }
    }

    @Test
    void leavesCleanFilesAlone() throws Exception {
        try (SitesRig rig = rig(Mode.REPLAY_INLINE)) {
            SitesRig.Talk talk = asked(rig);
            assertThat(talk.server(head("Content-Length: 67\r\n") + EICAR.substring(1)))
                    .isTrue();
            assertThat(talk.client("GET / HTTP/1.1\r\nHost: www.example.org\r\n\r\n"))
                    .isTrue();
            assertThat(talk.server("HTTP/1.1 304 Not Modified\r\n\r\n")).isTrue();
            assertThat(rig.told("av")).isEmpty();
        }
    }

    /** An archive that unpacks to more than a worker looks at itself. */
    private static byte[] large(String last) throws Exception {
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(made)) {
            zip.putNextEntry(new ZipEntry("zeros"));
            zip.write(new byte[3 << 20]);
            zip.putNextEntry(new ZipEntry("last.txt"));
            zip.write(last.getBytes(StandardCharsets.US_ASCII));
        }
        return made.toByteArray();
    }

    private static String attached(String name, byte[] octets) {
        return "--between\r\nContent-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n"
                + "Content-Disposition: attachment; filename=" + name + "\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(octets) + "\r\n";
    }

    @Test
    void waitsForEachOfTheFilesThatEndInOneSegment() throws Exception {
        AtomicReference<ScanPool> pool = new AtomicReference<>();
        try (SitesRig rig = new SitesRig(folder, Map.of(), Mode.REPLAY_INLINE, made -> {
            pool.set(new ScanPool(made.signatures(), ScanLimits.DEFAULT, 1));
            return made.with(pool.get());
        })) {
            rig.policies
                    .signatures()
                    .replace(new SignatureLoader(null, HeuristicPolicy.defaults()).load(List.of(), true));
            SitesRig.Talk talk = rig.open(25);
            talk.server("220 mail.example.org ESMTP\r\n");
            for (String line : List.of("HELO a.example.org", "MAIL FROM:<a@example.org>", "RCPT TO:<b@example.org>")) {
                talk.client(line + "\r\n");
                talk.server("250 ok\r\n");
            }
            talk.client("DATA\r\n");
            talk.server("354 go on\r\n");
            byte[] mail = ("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=between\r\n\r\n"
                            + attached("first.zip", large("nothing"))
                            + attached("second.zip", large(EICAR))
                            + "--between--\r\n.\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            assertThat(talk.client(mail)).isFalse();
            assertThat(rig.told("av")).isEmpty();
            long patience = System.nanoTime() + 30_000_000_000L;
            while (rig.told("av").isEmpty() && System.nanoTime() - patience < 0) {
                Thread.sleep(20);
                assertThat(talk.clientAgain(mail)).isFalse();
            }
            JsonNode told = rig.told("av").getFirst().path("av");
            assertThat(told.path("file").path("name").asText()).isEqualTo("second.zip");
            assertThat(told.path("file").path("path").path(0).asText()).isEqualTo("last.txt");
            assertThat(told.path("transfer").asText()).isEqualTo("mail-out");
            assertThat(rig.toClient).isNotEmpty();
        } finally {
            if (pool.get() != null) {
                pool.get().close();
            }
        }
    }

    @Test
    void looksForNothingWithoutSignatures() throws Exception {
        try (SitesRig rig = new SitesRig(folder, Map.of(), Mode.REPLAY_INLINE)) {
            SitesRig.Talk talk = asked(rig);
            assertThat(talk.server(head("Content-Length: 68\r\n") + EICAR)).isTrue();
            assertThat(rig.told("av")).isEmpty();
        }
    }
}
