package jp.genkan.protocols.ldap;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.ber.BerReader;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.DatagramParser;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/**
 * LDAP over UDP (RFC 1798, MS-ADTS §3.1.1.3.5), as clients look for domain controllers: one or more messages a datagram.
 *
 * <p>Thread rule: as for {@link DatagramParser}.
 */
public final class LdapDatagramParser implements DatagramParser {
    /** Messages of a datagram that are read; real ones have up to two: the entry and the end of the search. */
    static final int MESSAGES_MAX = 16;

    private final LdapDialogue dialogue = new LdapDialogue();

    /** A parser for one flow. */
    public LdapDatagramParser() {}

    /** Knows it by a whole message. */
    public static Recogniser recogniser() {
        return opening -> {
            Direction direction = opening.length(Direction.TO_SERVER) > 0 ? Direction.TO_SERVER : Direction.TO_CLIENT;
            return isMessage(opening, direction) ? Recognition.YES : Recognition.NO;
        };
    }

    private static boolean isMessage(Opening opening, Direction direction) {
        byte[] octets = opening.octets(direction);
        int length = opening.length(direction);
        if (length == 0 || (octets[0] & 0xff) != BerReader.SEQUENCE) {
            return false;
        }
        long whole = BerReader.elementLength(octets, 0, length);
        LdapMessage message = whole < 0 || whole > length ? null : LdapMessage.read(octets, 0, (int) whole);
        return message != null && message.isRequest() == direction.isToServer();
    }

    @Override
    public void onDatagram(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        int at = from;
        for (int i = 0; i < MESSAGES_MAX && at < to; i++) {
            long whole = BerReader.elementLength(octets, at, to);
            LdapMessage message = whole < 0 || whole > to - at ? null : LdapMessage.read(octets, at, at + (int) whole);
            if (message == null) {
                conversation.anomaly(null, direction, "invalid_data");
                return;
            }
            dialogue.message(direction, message, conversation);
            at += (int) whole;
        }
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        dialogue.end(conversation);
    }
}
