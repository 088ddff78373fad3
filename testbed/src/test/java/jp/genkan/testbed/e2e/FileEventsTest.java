package jp.genkan.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import jp.genkan.testbed.box.GenkanBox;
import jp.genkan.testbed.net.Await;
import jp.genkan.testbed.net.OffloadMode;
import jp.genkan.testbed.net.TestNetwork;
import jp.genkan.testbed.net.Topology;
import jp.genkan.testbed.net.TopologySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files that real servers hand out and take in, by file transfer, mail and shares, are told as they were; set up as {@link EventsTest}. */
class FileEventsTest {
    private static final int NOISE_BYTES = 300_000;

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

    @Test
    void tellsFtp() throws Exception {
        Peers.need("vsftpd");
        Path root = peers.vsftpd();
        String server = "ftp://" + Peers.SERVER;
        assertDownload(root, "extended-passive", server);
        assertDownload(root, "passive", server, "--disable-epsv");
        assertDownload(root, "extended-active", server, "--ftp-port", "-");
        assertDownload(root, "active", server, "--ftp-port", "-", "--disable-eprt");

        Path up = Peers.noise(root.resolve("up.bin"), NOISE_BYTES);
        peers.curl("-T", up.toString(), server + "/upload/up.bin");
        told.one("ftp", "/ftp/command", "STOR", "/ftp/command_data", "up.bin");
        told.one("ftp_data", "/ftp_data/command", "STOR", "/ftp_data/filename", "up.bin");
        told.file(up, "ftp-data", "/fileinfo/filename", "up.bin", "/src_ip", "192.168.77.10");
        String[] activeUpload = {"--ftp-port", "-", "-T", up.toString(), server + "/upload/active.bin"};
        peers.curl(activeUpload);
        told.one("ftp_data", "/ftp_data/command", "STOR", "/ftp_data/filename", "active.bin");
        told.file(up, "ftp-data", "/fileinfo/filename", "active.bin", "/src_ip", "192.168.77.10");
        assertThat(Peers.ascii(peers.curl(server + "/upload/"))).contains("active.bin");
        told.one("ftp_data", "/ftp_data/command", "LIST");
        told.all(7, "ftp", "/ftp/command", "USER", "/ftp/command_data", "anonymous", "/ftp/completion_code/0", "230");
    }

    private static void assertDownload(Path root, String name, String server, String... options) throws Exception {
        Path file = Peers.noise(root.resolve(name), NOISE_BYTES);
        String[] whole = Arrays.copyOf(options, options.length + 1);
        whole[options.length] = server + "/" + name;
        assertThat(peers.curl(whole)).isEqualTo(Files.readAllBytes(file));
        told.one("ftp", "/ftp/command", "RETR", "/ftp/command_data", name, "/dest_port", "21");
        told.one("ftp_data", "/ftp_data/command", "RETR", "/ftp_data/filename", name);
        told.file(file, "ftp-data", "/fileinfo/filename", name, "/src_ip", Peers.SERVER);
    }

    // ---- mail

    @Test
    void tellsMailOnItsWayInAndToItsReader() throws Exception {
        Peers.need("smtpd", "dovecot");
        Path maildir = peers.smtpd();
        peers.dovecot();
        Path attached = Peers.noise(peers.folder("mails").resolve("attached.bin"), 100_000);
        Path mail = Files.writeString(attached.resolveSibling("mail"), mail(attached));
        peers.curl(
                "smtp://" + Peers.SERVER + "/client.genkan.test",
                "--mail-from",
                "sender@genkan.test",
                "--mail-rcpt",
                "receiver@genkan.test",
                "-T",
                mail.toString());
        Await.until("the mail is delivered", GenkanRig.LIMIT, () -> {
            String[] names = maildir.resolve("new").toFile().list();
            return names != null && names.length > 0;
        });
        String reader = "receiver:secret";
        assertThat(Peers.ascii(peers.curl("-u", reader, "pop3://" + Peers.SERVER + "/1")))
                .contains("An attachment");
        assertThat(Peers.ascii(peers.curl("-u", reader, "imap://" + Peers.SERVER + "/INBOX;MAILINDEX=1")))
                .contains("An attachment");

        JsonNode sent = told.one("smtp", "/smtp/helo", "client.genkan.test", "/dest_port", "25");
        assertThat(sent.at("/smtp/mail_from").asText()).isEqualTo("<sender@genkan.test>");
        assertThat(sent.at("/smtp/rcpt_to/0").asText()).isEqualTo("<receiver@genkan.test>");
        assertMail(sent);
        told.file(attached, "smtp", "/fileinfo/filename", "attached.bin", "/src_ip", "192.168.77.10");
        JsonNode retrieved = told.one("pop3", "/pop3/request/command", "RETR", "/pop3/response/status", "OK");
        assertMail(retrieved);
        told.file(attached, "pop3", "/fileinfo/filename", "attached.bin", "/src_ip", Peers.SERVER);
        JsonNode fetched = told.one("imap", "/imap/command", "FETCH", "/imap/status", "OK");
        assertMail(fetched);
        told.file(attached, "imap", "/fileinfo/filename", "attached.bin", "/src_ip", Peers.SERVER);
    }

    private static void assertMail(JsonNode event) {
        assertThat(event.at("/email/status").asText()).isEqualTo("PARSE_DONE");
        assertThat(event.at("/email/from").asText()).isEqualTo("Sender <sender@genkan.test>");
        assertThat(event.at("/email/to/0").asText()).isEqualTo("Receiver <receiver@genkan.test>");
        assertThat(event.at("/email/subject").asText()).isEqualTo("An attachment");
        assertThat(event.at("/email/attachment")).hasSize(1);
        assertThat(event.at("/email/attachment/0").asText()).isEqualTo("attached.bin");
    }

    /** A text with a file attached. */
    private static String mail(Path attached) throws Exception {
        return """
                From: Sender <sender@genkan.test>
                To: Receiver <receiver@genkan.test>
                Subject: An attachment
                Message-ID: <1@genkan.test>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="between"

                --between
                Content-Type: text/plain; charset=utf-8

                See the file.
                --between
                Content-Type: application/octet-stream; name="attached.bin"
                Content-Transfer-Encoding: base64
                Content-Disposition: attachment; filename="attached.bin"

                OCTETS
                --between--
                """.replace("OCTETS", Base64.getMimeEncoder().encodeToString(Files.readAllBytes(attached)))
                .replace("\r\n", "\n")
                .replace("\n", "\r\n");
    }

    // ---- shares

    @Test
    void tellsShares() throws Exception {
        Peers.need("smbd", "smbclient");
        Path share = peers.smbd();
        Path down = Peers.noise(share.resolve("down.bin"), NOISE_BYTES);
        Path up = Peers.noise(peers.folder("smb-client").resolve("up.bin"), NOISE_BYTES + 1);
        Path got = up.resolveSibling("got");
        peers.client(
                "smbclient",
                "//" + Peers.SERVER + "/share",
                "-s",
                peers.smbConfig().toString(),
                "-N",
                "-c",
                "get down.bin " + got + "; put " + up + " up.bin");
        assertThat(Files.readAllBytes(got)).isEqualTo(Files.readAllBytes(down));

        String name = "\\\\" + Peers.SERVER + "\\share";
        told.one("smb", "/smb/command", "SMB2_COMMAND_TREE_CONNECT", "/smb/share", name, "/dest_port", "445");
        told.one("smb", "/smb/command", "SMB2_COMMAND_CREATE", "/smb/filename", "down.bin", "/smb/dialect", "3.11");
        told.one("smb", "/smb/command", "SMB2_COMMAND_CREATE", "/smb/filename", "up.bin");
        told.file(down, "smb", "/fileinfo/filename", "down.bin", "/smb/share", name, "/src_ip", Peers.SERVER);
        told.file(up, "smb", "/fileinfo/filename", "up.bin", "/smb/share", name, "/src_ip", "192.168.77.10");
    }
}
