package jp.genkan.av.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import jp.genkan.av.harmless.Judge;
import jp.genkan.av.harmless.Notice;
import jp.genkan.av.harmless.Outcome;
import jp.genkan.av.harmless.ScannerJudge;
import jp.genkan.av.harmless.Wire;
import jp.genkan.av.heuristic.HeuristicPolicy;
import jp.genkan.av.load.SignatureLoader;
import jp.genkan.av.scan.FileScanner;
import jp.genkan.av.scan.ScanLimits;
import jp.genkan.av.unpack.Unpackers;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.pipeline.Hold;
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
        HeldTransfer transfer = new HeldTransfer(new Nothing(), HeldTransfer.Kind.MAIL, Direction.TO_CLIENT, null, 0);
        transfer.protocol(protocol);
        List<Wire> pieces = WirePieces.of(transfer, octets);
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

    /** A hold of nothing. */
    private static final class Nothing implements Hold {
        @Override
        public long size() {
            return 0;
        }

        @Override
        public long released() {
            return 0;
        }

        @Override
        public void read(long from, byte[] to, int at, int length) {
            Arrays.fill(to, at, at + length, (byte) 0);
        }

        @Override
        public void replace(long at, byte[] octets, int from, int to) {}

        @Override
        public void release(long upTo) {}

        @Override
        public void end() {}

        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public long room() {
            return 0;
        }
    }
}
