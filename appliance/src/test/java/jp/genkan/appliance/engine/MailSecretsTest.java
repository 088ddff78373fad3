package jp.genkan.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import jp.genkan.appliance.Composition.Mode;
import jp.genkan.av.heuristic.HeuristicPolicy;
import jp.genkan.av.load.SignatureLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted archives in mails, and their passwords. */
class MailSecretsTest {
    /** The EICAR file under PKWARE's traditional encryption, made by the tests of av-engine. */
    private static final String LOCKED =
            "UEsDBBQAAQAAAAAAAAA8z1FoUAAAAEQAAAAFAAAAYS50eHQw/6DS6zHcmrDvI1LAQ/7J2F9Xm74t/aKrQdNpHl/j76DzrUdSNrxv5Dz1QRZJEO7+ZFto5BR6SqS4Krz7pO0QhPbbVMUpZdzeZy4sV5nLYg==";

    private static final String PASSWORD = "Gk8#mm2Q";
    private static final String SAYS =
            "\u30d1\u30b9\u30ef\u30fc\u30c9\u306f\u4ee5\u4e0b\u306e\u901a\u308a\u3067\u3059\u3002\r\n\r\n" + PASSWORD
                    + "\r\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private SitesRig rig() throws Exception {
        SitesRig rig = new SitesRig(folder, Map.of(), Mode.REPLAY_INLINE);
        rig.policies.signatures().replace(new SignatureLoader(null, HeuristicPolicy.defaults()).load(List.of(), true));
        return rig;
    }

    private static String archive() {
        return "--between\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + LOCKED + "\r\n";
    }

    private static String text(String said) {
        return "--between\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getEncoder().encodeToString(said.getBytes(StandardCharsets.UTF_8)) + "\r\n";
    }

    private static String mail(String from, String to, String... parts) {
        return "From: Somebody <" + from + ">\r\nTo: " + to
                + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=between\r\n\r\n"
                + String.join("", parts) + "--between--\r\n";
    }

    /** Sends a mail by a connection of its own; true when its last segment went on. */
    private static boolean send(SitesRig rig, String mail) {
        SitesRig.Talk talk = rig.open(25);
        talk.server("220 mail.example.org ESMTP\r\n");
        for (String line : List.of("HELO a.example.org", "MAIL FROM:<bounce@example.org>", "RCPT TO:<b@example.net>")) {
            talk.client(line + "\r\n");
            talk.server("250 ok\r\n");
        }
        talk.client("DATA\r\n");
        talk.server("354 go on\r\n");
        String whole = mail + ".\r\n";
        talk.client(whole.substring(0, 200));
        return talk.client(whole.substring(200));
    }

    /** Fetches a mail; true when its last segment went on. */
    private static boolean fetch(SitesRig rig, String mail) {
        SitesRig.Talk talk = rig.open(110);
        talk.server("+OK ready\r\n");
        for (String line : List.of("USER b", "PASS secret")) {
            talk.client(line + "\r\n");
            talk.server("+OK\r\n");
        }
        talk.client("RETR 1\r\n");
        return talk.server("+OK\r\n" + mail + ".\r\n");
    }

    private static List<String> verdicts(SitesRig rig) throws Exception {
        return rig.told("av").stream()
                .map(event -> event.path("av").path("verdict").asText() + " "
                        + event.path("av").path("action").asText())
                .toList();
    }

    @Test
    void aPasswordInTheSameMailOpensTheArchive() throws Exception {
        try (SitesRig rig = rig()) {
            assertThat(send(rig, mail("a@example.org", "b@example.net", text(SAYS), archive())))
                    .isFalse();
            assertThat(verdicts(rig)).containsExactly("infected blocked");
        }
    }

    @Test
    void aPasswordBehindTheArchiveStopsTheMailAtItsEnd() throws Exception {
        try (SitesRig rig = rig()) {
            assertThat(send(rig, mail("a@example.org", "b@example.net", archive(), text(SAYS))))
                    .isFalse();
            assertThat(verdicts(rig)).containsExactly("uninspectable logged", "infected blocked");
        }
    }

    @Test
    void aPasswordInTheSubjectCounts() throws Exception {
        try (SitesRig rig = rig()) {
            String mail = mail("a@example.org", "b@example.net", text("Hello."), archive());
            assertThat(send(rig, "Subject: password: " + PASSWORD + "\r\n" + mail))
                    .isFalse();
        }
    }

    @Test
    void anEarlierMailOfTheSameTwoMayHaveThePassword() throws Exception {
        try (SitesRig rig = rig()) {
            assertThat(fetch(rig, mail("a@example.org", "b@example.net", text(SAYS))))
                    .isTrue();
            assertThat(fetch(rig, mail("A@Example.org", "x@example.net, B <b@example.net>", archive())))
                    .isFalse();
            assertThat(verdicts(rig)).containsExactly("infected blocked");
        }
    }

    @Test
    void aLaterMailTellsThatThePassedArchiveWasInfected() throws Exception {
        try (SitesRig rig = rig()) {
            assertThat(send(rig, mail("a@example.org", "b@example.net", text("The password follows."), archive())))
                    .isTrue();
            assertThat(verdicts(rig)).containsExactly("uninspectable logged");
            assertThat(send(rig, mail("a@example.org", "b@example.net", text(SAYS))))
                    .isTrue();
            assertThat(verdicts(rig)).containsExactly("uninspectable logged", "infected logged");
            JsonNode told = rig.told("av").getLast().path("av");
            assertThat(told.path("reason").asText()).isEqualTo("its password came with a later mail");
            assertThat(told.path("file").path("name").asText()).isEqualTo("a.zip");
            assertThat(told.path("file").path("path").path(0).asText()).isEqualTo("a.txt");
            assertThat(told.path("transfer").asText()).isEqualTo("mail-out");
            assertThat(send(rig, mail("a@example.org", "b@example.net", text(SAYS))))
                    .isTrue();
            assertThat(verdicts(rig)).hasSize(2); // once
        }
    }

    @Test
    void mailsOfOthersOpenNothing() throws Exception {
        try (SitesRig rig = rig()) {
            assertThat(fetch(rig, mail("a@example.org", "b@example.net", archive())))
                    .isTrue();
            assertThat(fetch(rig, mail("a@example.org", "c@example.net", text(SAYS))))
                    .isTrue();
            assertThat(fetch(rig, mail("d@example.org", "b@example.net", text(SAYS))))
                    .isTrue();
            assertThat(verdicts(rig)).containsExactly("uninspectable logged");
        }
    }

    @Test
    void aTextThatIsFetchedByImapOpensTheNextPart() throws Exception {
        try (SitesRig rig = rig()) {
            SitesRig.Talk talk = rig.open(143);
            talk.server("* OK ready\r\n");
            talk.client("a1 LOGIN b secret\r\n");
            talk.server("a1 OK\r\n");
            talk.client("a2 FETCH 1 BODY[1]\r\n");
            byte[] said = SAYS.getBytes(StandardCharsets.UTF_8);
            talk.server("* 1 FETCH (BODY[1] {" + said.length + "}\r\n");
            talk.server(said);
            talk.server(")\r\na2 OK\r\n");
            talk.client("a3 FETCH 1 BODY[2]\r\n");
            assertThat(talk.server("* 1 FETCH (BODY[2] {" + LOCKED.length() + "}\r\n" + LOCKED + ")\r\na3 OK\r\n"))
                    .isFalse();
        }
    }
}
