package jp.genkan.av.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import jp.genkan.av.harmless.Judge;
import jp.genkan.av.harmless.Notice;
import jp.genkan.av.harmless.Outcome;
import jp.genkan.av.harmless.ScannerJudge;
import jp.genkan.av.heuristic.HeuristicPolicy;
import jp.genkan.av.load.SignatureLoader;
import jp.genkan.av.scan.FileScanner;
import jp.genkan.av.scan.ScanLimits;
import jp.genkan.av.unpack.Unpackers;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a hold has is made harmless as a whole, or not at all. */
class TransferHoldsTest {
    private static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*";
    private static final ScanLimits LIMITS = new ScanLimits(8, 1_000, 8L << 20, 8L << 20, 250, Duration.ofSeconds(60));
    private static final Notice NOTICE = new Notice(Instant.EPOCH, ZoneOffset.UTC, "box");

    @SuppressWarnings("NullAway.Init")
    private FileScanner scanner;

    @BeforeEach
    void openScanner() throws Exception {
        scanner = new FileScanner(
                new SignatureLoader(null, HeuristicPolicy.defaults()).load(List.of(), true), Unpackers.all(), LIMITS);
    }

    @AfterEach
    void closeScanner() {
        scanner.close();
    }

    private static String mail(String attached) {
        return "From: a@example.org\r\nSubject: mail\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=between\r\n\r\n"
                + "--between\r\nContent-Type: text/plain\r\n\r\nGood morning.\r\n"
                + "--between\r\nContent-Type: application/octet-stream; name=virus.com\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(attached.getBytes(StandardCharsets.US_ASCII))
                + "\r\n--between--\r\n";
    }

    private Outcome harmless(AppProtocol protocol, String wire) {
        return harmless(protocol, wire, 1);
    }

    private Outcome harmless(AppProtocol protocol, String wire, int infected) {
        byte[] octets = wire.getBytes(StandardCharsets.US_ASCII);
        HeldTransfer transfer = new HeldTransfer(new NoHold(), HeldTransfer.Kind.MAIL, Direction.TO_CLIENT, null, 0);
        transfer.protocol(protocol);
        List<Piece> pieces = WirePieces.of(transfer, octets);
        Judge judge = new ScannerJudge(scanner);
        Outcome outcome = TransferHolds.neutralise(octets, pieces, infected, null, judge, NOTICE);
        if (outcome.state() == Outcome.State.HARMLESS) {
            assertThat(outcome.octets()).hasSameSizeAs(octets);
            assertThat(judge.look(outcome.octets(), 0, octets.length, null, List.of("mail"), List.of())
                            .infection())
                    .isNull();
        }
        return outcome;
    }

    private static String text(Outcome outcome) {
        return new String(outcome.octets(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void makesAMailHarmlessWhereverItComesFrom() {
        String dotted = mail(EICAR) + ".\r\n";
        assertThat(text(harmless(AppProtocol.SMTP, dotted + "QUIT\r\n")))
                .contains("Good morning.")
                .endsWith(".\r\nQUIT\r\n");
        assertThat(text(harmless(AppProtocol.POP3, "+OK 500 octets\r\n" + dotted)))
                .startsWith("+OK 500 octets\r\nFrom: a@example.org\r\n");
        String fetched = "* 1 FETCH (UID 7 BODY[] {" + mail(EICAR).length() + "}\r\n" + mail(EICAR) + ")\r\n";
        assertThat(text(harmless(AppProtocol.IMAP, fetched))).startsWith("* 1 FETCH (UID 7 BODY[] {");
    }

    @Test
    void makesEveryMailOfSeveralFetchedOnesHarmless() {
        String one = "* 1 FETCH (BODY[] {" + mail(EICAR).length() + "}\r\n" + mail(EICAR) + ")\r\n";
        Outcome outcome = harmless(AppProtocol.IMAP, one + one.replace("* 1", "* 2") + "A1 OK done\r\n");
        assertThat(outcome.state()).isEqualTo(Outcome.State.HARMLESS);
        assertThat(text(outcome)).endsWith("A1 OK done\r\n");
    }

    @Test
    void makesEveryMailOfPipelinedAnswersHarmless() {
        String good = mail("nothing");
        String wire = "+OK 500 octets\r\n" + mail(EICAR) + ".\r\n"
                + "+OK deleted\r\n-ERR no such message\r\n+OK\r\n1 500\r\n2 500\r\n.\r\n" + "+OK 500 octets\r\n" + good
                + ".\r\n" + "+OK 500 octets\r\n" + mail(EICAR) + ".\r\n" + "+OK\r\n.\r\n+OK bye\r\n";
        Outcome outcome = harmless(AppProtocol.POP3, wire, 2);
        assertThat(outcome.state()).isEqualTo(Outcome.State.HARMLESS);
        assertThat(text(outcome))
                .contains("+OK deleted\r\n-ERR no such message\r\n+OK\r\n1 500\r\n2 500\r\n.\r\n+OK 500 octets\r\n"
                        + good + ".\r\n+OK 500 octets\r\nFrom: ")
                .endsWith("\r\n.\r\n+OK\r\n.\r\n+OK bye\r\n");
    }

    /** A mail in which the first look has found something and the second does not: it must not pass because of another. */
    @Test
    void letsNoMailPassForThatAnotherWasMadeHarmless() {
        String wire = "+OK\r\n" + mail(EICAR) + ".\r\n+OK\r\n" + mail("misread") + ".\r\n";
        assertThat(harmless(AppProtocol.POP3, wire, 2).state()).isEqualTo(Outcome.State.IMPOSSIBLE);
        assertThat(harmless(AppProtocol.POP3, wire, 1).state()).isEqualTo(Outcome.State.HARMLESS);
    }

    @Test
    void makesChunksWhoseCommandHasGoneAlreadyHarmless() {
        assertThat(harmless(AppProtocol.SMTP, mail(EICAR)).state()).isEqualTo(Outcome.State.HARMLESS);
        String chunk = "BDAT " + mail(EICAR).length() + " LAST\r\n" + mail(EICAR);
        assertThat(text(harmless(AppProtocol.SMTP, chunk))).startsWith("BDAT ");
    }

    private static String chunk(String octets, boolean last) {
        return "BDAT " + octets.length() + (last ? " LAST" : "") + "\r\n" + octets;
    }

    /** As a client sends it that does not wait for answers: neither chunk shows the virus alone. */
    @Test
    void makesAMailInSeveralChunksHarmless() {
        String mail = mail(EICAR);
        int cut = mail.indexOf("base64") + 30;
        String first = mail.substring(0, cut);
        for (String begin :
                List.of(chunk(first, false), "MAIL FROM:<a@example.org>\r\n" + chunk(first, false), first)) {
            Outcome outcome = harmless(AppProtocol.SMTP, begin + chunk(mail.substring(cut), true) + "QUIT\r\n");
            assertThat(outcome.state()).isEqualTo(Outcome.State.HARMLESS);
            String text = text(outcome);
            assertThat(text).endsWith("QUIT\r\n").contains("Good morning.");
            String command = "BDAT " + (mail.length() - cut) + " LAST\r\n";
            assertThat(text.indexOf(command)).isEqualTo(begin.length());
            String read = text.substring(0, text.length() - 6).replace(command, "");
            assertThat(harmless(AppProtocol.SMTP, chunk(read.substring(read.indexOf("From: ")), true), 0)
                            .state())
                    .isEqualTo(Outcome.State.HARMLESS);
        }
    }

    @Test
    void makesEveryMailOfPipelinedChunksHarmless() {
        String between = "MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\n";
        String good = chunk(mail("nothing"), true);
        String wire = chunk(mail(EICAR), true) + between + good + between + chunk(mail(EICAR), true) + "QUIT\r\n";
        Outcome outcome = harmless(AppProtocol.SMTP, wire, 2);
        assertThat(outcome.state()).isEqualTo(Outcome.State.HARMLESS);
        assertThat(text(outcome)).contains(between + good + between + "BDAT ").endsWith("QUIT\r\n");
        assertThat(harmless(AppProtocol.SMTP, wire, 3).state()).isEqualTo(Outcome.State.IMPOSSIBLE);
    }

    private Outcome answers(String wire, int infected) {
        byte[] octets = wire.getBytes(StandardCharsets.ISO_8859_1);
        Transaction transaction = new Transaction(AppProtocol.HTTP1, 0) {
            @Override
            public void writeTo(EveFields out) {}
        };
        TransferredFile file = new TransferredFile(transaction, Direction.TO_CLIENT, 1, "first.bin");
        HeldTransfer transfer = new HeldTransfer(new NoHold(), HeldTransfer.Kind.ANSWER, Direction.TO_CLIENT, file, 0);
        transfer.messages = 3;
        return TransferHolds.neutralise(
                octets, WirePieces.of(transfer, octets), infected, null, new ScannerJudge(scanner), NOTICE);
    }

    @Test
    void makesEveryInfectedOneOfPipelinedAnswersHarmless() {
        String good = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood";
        String bare = "HTTP/1.1 304 Not Modified\r\nETag: 1\r\n\r\n";
        String body = EICAR + " ".repeat(500);
        String plain = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length())
                + "\r\n" + body + "\r\n0\r\nDigest: 1\r\n\r\n";
        Outcome outcome = answers(good + plain + bare + chunked + good, 2);
        assertThat(outcome.state()).isEqualTo(Outcome.State.HARMLESS);
        String text = text(outcome);
        assertThat(text).doesNotContain(EICAR).startsWith(good).endsWith("\r\n0\r\nDigest: 1\r\n\r\n" + good);
        assertThat(text.substring(good.length() + plain.length())).startsWith(bare + "HTTP/1.1 200 OK\r\n");
        assertThat(answers(plain + "what is this" + good, 1).state()).isEqualTo(Outcome.State.IMPOSSIBLE);
        assertThat(answers(good + plain, 2).state()).isEqualTo(Outcome.State.IMPOSSIBLE);
    }

    @Test
    void letsNothingPassThatIsInNoPiece() {
        String hidden = "\r\n.\r\n" + EICAR + "\r\n";
        String answer = "+OK\r\n" + mail(EICAR) + ".\r\n";
        assertThat(harmless(AppProtocol.POP3, answer + "+OK " + EICAR + "\r\n+OK\r\n")
                        .state())
                .isEqualTo(Outcome.State.IMPOSSIBLE);
        assertThat(text(harmless(AppProtocol.POP3, answer + "+OK\r\n" + EICAR))).doesNotContain(EICAR);
        Outcome chunk = harmless(AppProtocol.SMTP, mail(EICAR) + hidden);
        assertThat(text(chunk)).doesNotContain(EICAR);
        String first = "BDAT " + mail(EICAR).length() + "\r\n" + mail(EICAR);
        assertThat(text(harmless(AppProtocol.SMTP, first + "BDAT 68 LAST\r\n" + EICAR)))
                .doesNotContain(EICAR);
    }
}
