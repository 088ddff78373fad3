package jp.genkan.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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

/** Infected files between real servers and clients are replaced on their way, clean ones arrive; set up as {@link EventsTest}. */
class InfectedFilesTest {
    private static final byte[] EICAR = ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*")
            .getBytes(StandardCharsets.US_ASCII);

    /** Far more than a worker looks at itself. */
    private static final int LARGE = 6 << 20;

    @RegisterExtension
    static final TestNetwork NETWORK =
            TestNetwork.needing("curl", "ss", "nginx").shared();

    @SuppressWarnings("NullAway.Init")
    private static Topology topology;

    @SuppressWarnings("NullAway.Init")
    private static Peers peers;

    @SuppressWarnings("NullAway.Init")
    private static Told told;

    @SuppressWarnings("NullAway.Init")
    private static Path www;

    @BeforeAll
    static void startBox() throws Exception {
        topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        peers = new Peers(topology);
        told = new Told(
                NETWORK.closing(GenkanBox.in(topology).yaml(GenkanRig.PATIENT).start()));
        www = peers.nginx();
    }

    private static Commands.Result curl(Path to, String... arguments) throws IOException {
        List<String> command =
                new java.util.ArrayList<>(List.of("curl", "-s", "--max-time", "30", "-o", to.toString()));
        command.addAll(List.of(arguments));
        return topology.lan().namespace().tryRun(command);
    }

    private static Path arriving(String name) throws IOException {
        return peers.folder("arrived").resolve(name);
    }

    /** An archive of noise, with a member behind it. */
    private static void archive(Path file, int noise, byte[] last) throws IOException {
        byte[] octets = new byte[noise];
        new Random(7).nextBytes(octets);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("noise.bin"));
            zip.write(octets);
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("inner/last.txt"));
            zip.write(last);
            zip.closeEntry();
        }
    }

    /** The download ends in order, has its length, and something else in it. */
    private static byte[] assertHarmless(String name, String url, String path) throws Exception {
        Path to = arriving(name);
        Commands.Result result = curl(to, url);
        assertThat(result.exit()).as("curl of %s", name).isZero();
        assertThat(Files.size(to)).isEqualTo(Files.size(www.resolve(name)));
        byte[] arrived = Files.readAllBytes(to);
        assertThat(new String(arrived, StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(EICAR, StandardCharsets.US_ASCII));
        JsonNode event =
                told.all(1, "av", "/av/file/name", "/" + url.split("/", 4)[3]).getFirst();
        assertThat(event.at("/av/verdict").asText()).isEqualTo("infected");
        assertThat(event.at("/av/signature").asText()).isEqualTo("EICAR-Test-File");
        assertThat(event.at("/av/action").asText()).isEqualTo("neutralised");
        assertThat(event.at("/av/transfer").asText()).isEqualTo("download");
        assertThat(event.at("/av/protocol").asText()).isEqualTo("http");
        assertThat(event.at("/av/file/path/0").asText("")).isEqualTo(path);
        assertThat(event.at("/src_ip").asText()).isEqualTo(Peers.SERVER);
        return arrived;
    }

    @Test
    void replacesTheTestFilePlainAndInAnArchive() throws Exception {
        Files.write(www.resolve("virus.com"), EICAR);
        assertHarmless("virus.com", "http://" + Peers.SERVER + "/virus.com", "");
        archive(www.resolve("small.zip"), 10_000, EICAR);
        assertHarmless("small.zip", "http://" + Peers.SERVER + "/small.zip", "inner/last.txt");
    }

    @Test
    void replacesWhatIsInfectedInLargeArchives() throws Exception {
        archive(www.resolve("large.zip"), LARGE, EICAR);
        assertHarmless("large.zip", "http://" + Peers.SERVER + "/large.zip", "inner/last.txt");
    }

    @Test
    void letsCleanFilesArriveWhole() throws Exception {
        Path large = www.resolve("clean.zip");
        archive(large, LARGE, "nothing".getBytes(StandardCharsets.US_ASCII));
        Path larger = Peers.noise(www.resolve("larger.bin"), 40 << 20);
        for (Path file : List.of(large, larger)) {
            Path to = arriving(String.valueOf(file.getFileName()));
            assertThat(curl(to, "http://" + Peers.SERVER + "/" + file.getFileName())
                            .exit())
                    .isZero();
            assertThat(Files.mismatch(file, to)).isEqualTo(-1);
        }
        told.none("av", "/av/file/name", "/clean.zip");
    }

    @Test
    void endsAnUpload() throws Exception {
        Path virus = Files.write(arriving("up.com"), EICAR);
        Commands.Result result = curl(arriving("answer"), "-F", "file=@" + virus, "http://" + Peers.SERVER + "/upload");
        assertThat(result.exit()).isNotZero();
        JsonNode event = told.one("av", "/av/file/name", "up.com");
        assertThat(event.at("/av/transfer").asText()).isEqualTo("upload");
        assertThat(event.at("/src_ip").asText()).isEqualTo("192.168.77.10");
    }

    @Test
    void deliversMailInBothDirectionsWithoutItsVirus() throws Exception {
        Peers.need("smtpd", "dovecot");
        Path maildir = peers.smtpd();
        peers.dovecot();
        String attached = java.util.Base64.getMimeEncoder().encodeToString(EICAR);
        String mail = """
                From: Sender <sender@genkan.test>
                To: Receiver <receiver@genkan.test>
                Subject: A virus
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="between"

                --between
                Content-Type: application/octet-stream; name="mailed.com"
                Content-Transfer-Encoding: base64
                Content-Disposition: attachment; filename="mailed.com"

                OCTETS
                --between--
                """.replace("OCTETS", attached).replace("\r\n", "\n").replace("\n", "\r\n");
        Path file = Files.writeString(arriving("mail"), mail);
        List<String> send = List.of(
                "curl",
                "-s",
                "--max-time",
                "20",
                "smtp://" + Peers.SERVER + "/client.genkan.test",
                "--mail-from",
                "sender@genkan.test",
                "--mail-rcpt",
                "receiver@genkan.test",
                "-T",
                file.toString());
        Commands.Result sent = topology.lan().namespace().tryRun(send);
        assertThat(sent.exit()).isZero();
        JsonNode out = told.one("av", "/av/protocol", "smtp");
        assertThat(out.at("/av/transfer").asText()).isEqualTo("mail-out");
        assertThat(out.at("/av/file/name").asText()).isEqualTo("mailed.com");
        assertThat(out.at("/av/action").asText()).isEqualTo("neutralised");
        Path delivered = delivered(maildir, 1);
        assertReplaced(Files.readString(delivered), mail);

        assertThat(topology.wan().namespace().tryRun(send).exit()).isZero(); // from beside the server, where no box is
        delivered(maildir, 2);
        for (String url : List.of(
                "pop3://" + Peers.SERVER + "/1",
                "pop3://" + Peers.SERVER + "/2",
                "imap://" + Peers.SERVER + "/INBOX;MAILINDEX=1",
                "imap://" + Peers.SERVER + "/INBOX;MAILINDEX=2")) {
            Commands.Result read = curl(arriving("read"), "-u", "receiver:secret", url);
            assertThat(read.exit()).as(url).isZero();
            assertReplaced(Files.readString(arriving("read")), mail);
        }
        assertThat(told.all(1, "av", "/av/protocol", "pop3")
                        .getFirst()
                        .at("/av/transfer")
                        .asText())
                .isEqualTo("mail-in");
        assertThat(told.all(1, "av", "/av/protocol", "imap")
                        .getFirst()
                        .at("/av/action")
                        .asText())
                .isEqualTo("neutralised");
    }

    private static Path delivered(Path maildir, int count) throws Exception {
        Await.until("the mail is delivered", GenkanRig.LIMIT, () -> {
            String[] names = maildir.resolve("new").toFile().list();
            return names != null && names.length == count;
        });
        String[] names = maildir.resolve("new").toFile().list();
        return maildir.resolve("new").resolve(names == null ? "" : names[0]);
    }

    /** What stands behind the header; some keep lines without their carriage returns. */
    private static String body(String mail) {
        String lines = mail.replace("\r", "");
        return lines.substring(lines.indexOf("--between\n")).strip().replace("\n", "\r\n");
    }

    /** The mail is there with its text and another attachment. */
    private static void assertReplaced(String arrived, String sent) {
        assertThat(arrived).contains("Subject: A virus", "--between--", "boundary=\"between\"");
        String attached = body(arrived);
        assertThat(attached).hasSize(body(sent).length());
        assertThat(attached)
                .doesNotContain(
                        java.util.Base64.getMimeEncoder().encodeToString(EICAR).substring(0, 40));
    }
}
