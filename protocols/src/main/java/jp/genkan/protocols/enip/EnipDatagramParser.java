package jp.genkan.protocols.enip;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.DatagramParser;
import jp.genkan.protocols.conversation.Frames;

/**
 * EtherNet/IP over UDP: a message a datagram.
 *
 * <p>Thread rule: as for {@link DatagramParser}.
 */
public final class EnipDatagramParser implements DatagramParser {
    private final EnipDialogue dialogue = new EnipDialogue();

    /** A parser for one flow. */
    public EnipDatagramParser() {}

    @Override
    public void onDatagram(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        if (EnipRecogniser.isHeader(octets, from, to - from)) {
            EnipTransaction in = dialogue.message(direction, octets, from, to, conversation);
            Frames frames = conversation.frames();
            if (frames != null) {
                EnipFrames told = new EnipFrames();
                told.begin(frames, direction, EnipMessage.HEADER_LENGTH, to - from - EnipMessage.HEADER_LENGTH);
                told.end(frames, octets, from, to, in);
            }
        } else {
            conversation.anomaly(null, direction, "invalid_pdu");
        }
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        dialogue.end(conversation);
    }
}
