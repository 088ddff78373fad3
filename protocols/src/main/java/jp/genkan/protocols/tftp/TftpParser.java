package jp.genkan.protocols.tftp;

import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.DatagramParser;
import jp.genkan.protocols.conversation.OctetText;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;
import org.jspecify.annotations.Nullable;

/**
 * TFTP: a transaction a request; what else comes is passed over.
 *
 * <p>Thread rule: as for {@link DatagramParser}.
 */
public final class TftpParser implements DatagramParser {
    /** Octets of a file's name: a request fits in 512 octets, RFC 1350 §4. */
    static final int NAME_MAX = 512;

    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final int OPCODE_LENGTH = 2;

    private long transactions;

    /** A parser for one flow. */
    public TftpParser() {}

    /** Knows TFTP by a whole request: operation, name, and one of the three modes. */
    public static Recogniser recogniser() {
        return opening -> {
            int length = opening.length(Direction.TO_SERVER);
            if (length == 0) {
                return opening.length(Direction.TO_CLIENT) > 0 ? Recognition.NO : Recognition.MORE;
            }
            return read(opening.octets(Direction.TO_SERVER), 0, length, 0) != null ? Recognition.YES : Recognition.NO;
        };
    }

    @Override
    public void onDatagram(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        TftpTransaction transaction = direction.isToServer() ? read(octets, from, to, transactions) : null;
        if (transaction != null) {
            transactions++;
            conversation.advance(transaction, direction, Progress.COMPLETE);
            conversation.complete(transaction);
        }
    }

    private static @Nullable TftpTransaction read(byte[] octets, int from, int to, long number) {
        if (to - from < OPCODE_LENGTH || octets[from] != 0 || octets[from + 1] != READ && octets[from + 1] != WRITE) {
            return null;
        }
        int name = from + OPCODE_LENGTH;
        int nameEnd = zero(octets, name, to);
        int modeEnd = nameEnd < to ? zero(octets, nameEnd + 1, to) : to;
        if (modeEnd >= to || nameEnd == name) {
            return null;
        }
        String mode = OctetText.of(octets, nameEnd + 1, modeEnd);
        boolean known =
                mode.equalsIgnoreCase("octet") || mode.equalsIgnoreCase("netascii") || mode.equalsIgnoreCase("mail");
        return known
                ? new TftpTransaction(number, octets[from + 1] == WRITE, OctetText.of(octets, name, nameEnd), mode)
                : null;
    }

    /** Index of the next zero octet, {@code to} when there is none near. */
    private static int zero(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && octets[at] != 0) {
            if (at - from == NAME_MAX) {
                return to;
            }
            at++;
        }
        return at;
    }
}
