package jp.genkan.protocols.enip;

import java.nio.ByteOrder;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.FieldReader;
import jp.genkan.protocols.conversation.Frames;
import jp.genkan.protocols.conversation.OctetBuffer;
import jp.genkan.protocols.conversation.StreamParser;

/**
 * EtherNet/IP over TCP. Keeps a message of each direction and the requests that wait. What is no message ends the reading of its direction.
 *
 * <p>Thread rule: as for {@link StreamParser}.
 */
public final class EnipParser implements StreamParser {
    /** Octets of a message that are kept; connections agree on 504 or 4,002. Of a longer one the beginning is read. */
    static final int MESSAGE_MAX = 8192;

    private final Side toServer = new Side();
    private final Side toClient = new Side();
    private final EnipDialogue dialogue = new EnipDialogue();

    /** A parser for one connection. */
    public EnipParser() {}

    /** What is known of a direction. */
    private static final class Side {
        final OctetBuffer held = new OctetBuffer(MESSAGE_MAX);
        int left;
        boolean lost;
        final EnipFrames frames = new EnipFrames();
    }

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        Side side = direction.isToServer() ? toServer : toClient;
        int at = from;
        while (at < to && !side.lost) {
            int head = EnipMessage.HEADER_LENGTH - side.held.length();
            if (head > 0) {
                int taken = Math.min(head, to - at);
                side.held.append(octets, at, at + taken);
                at += taken;
                if (side.held.length() == EnipMessage.HEADER_LENGTH) {
                    begin(direction, side, conversation);
                    Frames frames = conversation.frames();
                    if (frames != null && !side.lost) {
                        side.frames.begin(frames, direction, frames.origin() + at - from, side.left);
                    }
                }
            } else {
                int taken = Math.min(side.left, to - at);
                side.held.append(octets, at, at + Math.min(taken, side.held.room()));
                side.left -= taken;
                at += taken;
            }
            if (side.left == 0 && side.held.length() >= EnipMessage.HEADER_LENGTH && !side.lost) {
                OctetBuffer held = side.held;
                EnipTransaction in = dialogue.message(direction, held.array(), held.begin(), held.end(), conversation);
                side.frames.end(conversation.frames(), held.array(), held.begin(), held.end(), in);
                held.clear();
            }
        }
        return to;
    }

    private static void begin(Direction direction, Side side, Conversation conversation) {
        OctetBuffer held = side.held;
        if (!EnipRecogniser.isHeader(held.array(), held.begin(), held.length())) {
            side.lost = true;
            held.clear();
            conversation.anomaly(null, direction, "invalid_pdu");
            return;
        }
        side.left = new FieldReader(held.array(), held.begin() + 2, held.end(), ByteOrder.LITTLE_ENDIAN).u16();
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        Side side = direction.isToServer() ? toServer : toClient;
        if (side.held.length() >= EnipMessage.HEADER_LENGTH && missing <= side.left) {
            side.left -= (int) missing;
        } else {
            side.lost = true;
        }
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        dialogue.end(conversation);
    }
}
