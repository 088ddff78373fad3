package jp.genkan.protocols.ike;

import java.util.List;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.DatagramParser;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/**
 * IKE over UDP, also behind the mark that tells it from ESP at port 4500 (RFC 3948 §2.2). Each message is a transaction. ESP and keep-alives between messages are passed over.
 *
 * <p>Thread rule: as for {@link DatagramParser}.
 */
public final class IkeParser implements DatagramParser {
    private static final int MARK_LENGTH = 4;
    private static final int PORT = 500;

    private IkeParty client = IkeParty.SILENT;
    private IkeParty server = IkeParty.SILENT;
    private final int[] chosen = {0, 11, 0, 0, 0, 0}; // by type: nothing chosen yet, as Suricata tells it
    private long doi = -1;
    private long transactions;

    /** A parser for one flow. */
    public IkeParser() {}

    /** Knows IKE by a header whose version, exchange and length fit. */
    public static Recogniser recogniser() {
        return IkeParser::recognise;
    }

    private static Recognition recognise(Opening opening) {
        Direction direction = opening.length(Direction.TO_SERVER) > 0 ? Direction.TO_SERVER : Direction.TO_CLIENT;
        byte[] octets = opening.octets(direction);
        int length = opening.length(direction);
        return isMessage(octets, begin(octets, 0, length), length) ? Recognition.YES : Recognition.NO;
    }

    /** Index behind the mark, if there is one: no message begins with four zeros, since the initiator's number is random. */
    private static int begin(byte[] octets, int from, int to) {
        if (to - from < MARK_LENGTH) {
            return from;
        }
        for (int i = from; i < from + MARK_LENGTH; i++) {
            if (octets[i] != 0) {
                return from;
            }
        }
        return from + MARK_LENGTH;
    }

    static boolean isMessage(byte[] octets, int from, int to) {
        if (to - from < IkeMessage.HEADER_LENGTH) {
            return false;
        }
        int version = octets[from + 17] & 0xff;
        int exchange = octets[from + 18] & 0xff;
        boolean known = switch (version >>> 4) {
            case 1 -> exchange >= 1 && exchange <= 6 || exchange == 32 || exchange == 33;
            case 2 -> exchange >= 34 && exchange <= 44;
            default -> false;
        };
        boolean named = false;
        for (int i = 0; i < 8; i++) {
            named |= octets[from + i] != 0;
        }
        return known && named && length(octets, from) == to - from;
    }

    private static long length(byte[] octets, int from) {
        long length = 0;
        for (int i = from + 24; i < from + IkeMessage.HEADER_LENGTH; i++) {
            length = length << 8 | octets[i] & 0xff;
        }
        return length;
    }

    /** The type of transform of version 2 that an attribute of version 1 corresponds to; -1 when there is none. */
    static int transformType(int attribute) {
        return switch (attribute) {
            case 1 -> IkeTransform.ENCRYPTION;
            case 3 -> IkeTransform.INTEGRITY;
            case 4 -> IkeTransform.GROUP;
            case 13 -> IkeTransform.PRF;
            default -> -1;
        };
    }

    @Override
    public void onDatagram(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        int begin = begin(octets, from, to);
        if (!isMessage(octets, begin, to)) {
            if (conversation.serverPort() == PORT) {
                conversation.anomaly(null, direction, "malformed_data");
            }
            return;
        }
        IkeMessage message = IkeMessage.read(octets, begin, to);
        if (message.major == 1) {
            note(direction, message);
        } else if (!direction.isToServer()) {
            choose(message.proposals);
        }
        IkeTransaction transaction =
                new IkeTransaction(transactions++, direction, message, client, server, chosen, doi);
        conversation.advance(transaction, direction, Progress.COMPLETE);
        message.events.forEach(event -> conversation.anomaly(transaction, direction, event));
        conversation.complete(transaction);
    }

    private void note(Direction direction, IkeMessage message) {
        if (message.isEncrypted()) {
            return;
        }
        if (message.doi >= 0) {
            doi = message.doi;
        }
        if (direction.isToServer()) {
            client = client.with(message);
            return;
        }
        server = server.with(message);
        if (!message.transforms.isEmpty() && server.transformCount() > 1) {
            message.events.add("multiple_server_proposal");
        }
    }

    private void choose(List<IkeProposal> proposals) {
        for (IkeProposal proposal : proposals) {
            for (IkeTransform transform : proposal.transforms()) {
                if (transform.isKnown()) {
                    chosen[transform.type()] = transform.id();
                }
            }
        }
    }
}
