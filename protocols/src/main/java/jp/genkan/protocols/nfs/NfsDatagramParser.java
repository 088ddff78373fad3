package jp.genkan.protocols.nfs;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.DatagramParser;

/**
 * NFS over UDP: a message a datagram.
 *
 * <p>Thread rule: as for {@link DatagramParser}.
 */
public final class NfsDatagramParser implements DatagramParser {
    private final NfsDialogue dialogue = new NfsDialogue();

    /** A parser for one flow. */
    public NfsDatagramParser() {}

    @Override
    public void onDatagram(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        dialogue.message(direction, octets, from, to, conversation);
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        dialogue.end(conversation);
    }
}
