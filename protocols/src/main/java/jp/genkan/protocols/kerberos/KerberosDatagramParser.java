package jp.genkan.protocols.kerberos;

import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.DatagramParser;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/**
 * Kerberos over UDP: a transaction a message. Keeps nothing between datagrams but which request was the last.
 *
 * <p>Thread rule: as for {@link DatagramParser}.
 */
public final class KerberosDatagramParser implements DatagramParser {
    private long transactions;
    private int lastRequest;

    /** A parser for one flow. */
    public KerberosDatagramParser() {}

    /** Knows Kerberos by reading a message. */
    public static Recogniser recogniser() {
        return opening -> {
            for (Direction direction : Direction.values()) {
                int length = opening.length(direction);
                if (length > 0) {
                    boolean is = KerberosMessage.read(opening.octets(direction), 0, length) != null;
                    return is ? Recognition.YES : Recognition.NO;
                }
            }
            return Recognition.MORE;
        };
    }

    @Override
    public void onDatagram(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        KerberosMessage message = KerberosMessage.read(octets, from, to);
        if (message == null) {
            conversation.anomaly(null, direction, "malformed_data");
            return;
        }
        if (message.type() == KerberosMessage.AS_REQUEST || message.type() == KerberosMessage.TGS_REQUEST) {
            lastRequest = message.type();
        }
        KerberosTransaction transaction = new KerberosTransaction(transactions++, message, lastRequest);
        if (KerberosTransaction.isWeak(message.encryption())) {
            conversation.anomaly(transaction, direction, "weak_encryption");
        }
        conversation.advance(transaction, direction, Progress.COMPLETE);
        conversation.complete(transaction);
    }
}
