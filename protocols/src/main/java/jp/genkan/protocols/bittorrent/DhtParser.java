package jp.genkan.protocols.bittorrent;

import java.util.Arrays;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.DatagramParser;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/**
 * The hash table of BitTorrent: a transaction a message; datagrams of other protocols on the same port, uTP for one, are passed over.
 *
 * <p>Thread rule: as for {@link DatagramParser}.
 */
public final class DhtParser implements DatagramParser {
    /** Octets of a message; peers keep below the size of a packet. */
    static final int MESSAGE_MAX = 4_096;

    private long transactions;

    /** A parser for one flow. */
    public DhtParser() {}

    /** Knows a message by its dictionary with a kind and a transaction. */
    public static Recogniser recogniser() {
        return opening -> {
            for (Direction direction : Direction.values()) {
                int length = opening.length(direction);
                if (length > 0) {
                    return isMessage(opening.octets(direction), 0, length) ? Recognition.YES : Recognition.NO;
                }
            }
            return Recognition.MORE;
        };
    }

    private static boolean isMessage(byte[] octets, int from, int to) {
        if (to - from < 2 || to - from > MESSAGE_MAX || octets[from] != 'd' || octets[to - 1] != 'e') {
            return false;
        }
        Bencode message = new Bencode(octets, from, to);
        if (!message.isWhole() || message.get("t") == null) {
            return false;
        }
        Bencode kind = message.get("y");
        byte[] name = kind == null ? new byte[0] : kind.string();
        return name.length == 1 && (name[0] == 'q' || name[0] == 'r' || name[0] == 'e');
    }

    @Override
    public void onDatagram(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        if (!isMessage(octets, from, to)) {
            if (from < to && octets[from] == 'd') {
                conversation.anomaly(null, direction, "malformed_packet");
            }
            return;
        }
        DhtTransaction transaction = new DhtTransaction(transactions++, Arrays.copyOfRange(octets, from, to));
        conversation.advance(transaction, direction, Progress.COMPLETE);
        conversation.complete(transaction);
    }
}
