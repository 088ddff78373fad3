package jp.genkan.protocols.nfs;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.OctetBuffer;
import jp.genkan.protocols.conversation.StreamParser;

/**
 * NFS over TCP: messages in records of fragments (RFC 5531 §11). Keeps a message of each direction.
 *
 * <p>Thread rule: as for {@link StreamParser}.
 */
public final class NfsParser implements StreamParser {
    /** Octets of a message that are kept: what Linux reads and writes at once, 1 MiB, and its head. A longer one is passed over. */
    static final int MESSAGE_MAX = (1 << 20) + 4096;

    private static final int MARK_LENGTH = 4;
    private static final int LAST = 0x80;

    private final Side toServer = new Side();
    private final Side toClient = new Side();
    private final NfsDialogue dialogue = new NfsDialogue();

    /** A parser for one connection. */
    public NfsParser() {}

    /** What is known of a direction. */
    private static final class Side {
        final OctetBuffer held = new OctetBuffer(MESSAGE_MAX);
        int mark;
        int markOctets;
        long left;
        boolean open;
        boolean last;
        boolean overlong;
        boolean lost;
    }

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        Side side = direction.isToServer() ? toServer : toClient;
        int at = from;
        while (at < to && !side.lost) {
            if (side.open) {
                int taken = (int) Math.min(side.left, to - at);
                side.overlong |= !side.held.append(octets, at, at + taken);
                side.left -= taken;
                at += taken;
            } else {
                readMark(side, octets[at++]);
            }
            if (side.open && side.left == 0) {
                endOfFragment(direction, side, conversation);
            }
        }
        return to;
    }

    private static void readMark(Side side, byte octet) {
        side.mark = side.mark << 8 | octet & 0xff;
        if (++side.markOctets == MARK_LENGTH) {
            side.last = (side.mark >>> 24 & LAST) != 0;
            side.left = side.mark & Integer.MAX_VALUE;
            side.open = true;
            side.markOctets = 0;
            side.mark = 0;
        }
    }

    private void endOfFragment(Direction direction, Side side, Conversation conversation) {
        side.open = false;
        if (!side.last) {
            return;
        }
        if (!side.overlong) {
            dialogue.message(direction, side.held.array(), side.held.begin(), side.held.end(), conversation);
        }
        side.overlong = false;
        side.held.clear();
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        Side side = direction.isToServer() ? toServer : toClient;
        if (side.open && missing <= side.left) {
            side.left -= missing;
            side.overlong = true; // it has a hole
            if (side.left == 0) {
                endOfFragment(direction, side, conversation);
            }
        } else {
            side.lost = true;
            side.held.clear();
        }
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        dialogue.end(conversation);
    }
}
