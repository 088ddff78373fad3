package jp.genkan.av.stage;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;

/** Whatever is held, its pieces lie in it one behind the other, and hold what stands there. */
class PiecesFuzzTest {
    private static final AppProtocol[] MAILS = {AppProtocol.SMTP, AppProtocol.POP3, AppProtocol.IMAP};

    @FuzzTest
    void anything(byte[] octets) {
        if (octets.length == 0) {
            return;
        }
        int kind = (octets[0] & 0xff) % (MAILS.length + 2);
        check(Arrays.copyOfRange(octets, 1, octets.length), kind);
    }

    private static void check(byte[] held, int kind) {
        HeldTransfer transfer = transfer(kind);
        int at = 0;
        for (Piece piece : WirePieces.of(transfer, held)) {
            int inPiece = piece.wire().from();
            for (Piece.Run run : piece.runs()) {
                int length = run.to() - run.from();
                if (run.from() < at || length < 0 || run.to() > held.length) {
                    throw new AssertionError("a run of " + run + " behind " + at + " of " + held.length);
                }
                if (!Arrays.equals(held, run.from(), run.to(), piece.wire().octets(), inPiece, inPiece + length)) {
                    throw new AssertionError("other octets than at " + run);
                }
                inPiece += length;
                at = run.to();
            }
            if (inPiece != piece.wire().to()) {
                throw new AssertionError("a piece of " + piece.wire().length() + " has runs of other lengths");
            }
        }
    }

    private static HeldTransfer transfer(int kind) {
        if (kind < MAILS.length) {
            HeldTransfer mail = new HeldTransfer(new NoHold(), HeldTransfer.Kind.MAIL, Direction.TO_SERVER, null, 0);
            mail.protocol(MAILS[kind]);
            return mail;
        }
        Transaction transaction = new Transaction(AppProtocol.HTTP1, 0) {
            @Override
            public void writeTo(EveFields out) {}
        };
        TransferredFile file = new TransferredFile(transaction, Direction.TO_CLIENT, 1, "name");
        HeldTransfer answer = new HeldTransfer(new NoHold(), HeldTransfer.Kind.ANSWER, Direction.TO_CLIENT, file, 0);
        answer.messages = kind - MAILS.length + 1;
        return answer;
    }
}
