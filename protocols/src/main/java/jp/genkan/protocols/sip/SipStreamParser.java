package jp.genkan.protocols.sip;

import java.util.Arrays;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.Frames;
import jp.genkan.protocols.conversation.OctetBuffer;
import jp.genkan.protocols.conversation.StreamParser;
import org.jspecify.annotations.Nullable;

/**
 * SIP over TCP: messages framed by their Content-Length. Keeps a head or a body of each direction. What cannot be read ends the reading of its direction.
 *
 * <p>Thread rule: as for {@link StreamParser}.
 */
public final class SipStreamParser implements StreamParser {
    /** Octets of first line and headers; servers take 8 to 64 KiB. */
    static final int HEAD_MAX = 16_384;

    private final Side toServer = new Side();
    private final Side toClient = new Side();
    private long transactions;
    /** Index of the first octet of the call at hand. */
    private int start;

    /** A parser for one connection. */
    public SipStreamParser() {}

    /** What is known of a direction. */
    private static final class Side {
        final OctetBuffer held = new OctetBuffer(HEAD_MAX);

        /** Octets of {@link #held} in which no empty line begins. */
        int searched;

        /** Of the message whose body comes; null between messages. */
        @Nullable
        MessageHead head;

        int bodyLeft;
        boolean given;
    }

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        Side side = direction.isToServer() ? toServer : toClient;
        int at = from;
        while (at < to && !side.given) {
            start = from;
            at = side.head == null
                    ? readHead(direction, side, octets, at, to, conversation)
                    : readBody(direction, side, octets, at, to, conversation);
        }
        return to;
    }

    private int readHead(Direction direction, Side side, byte[] octets, int from, int to, Conversation conversation) {
        OctetBuffer held = side.held;
        int at = from;
        if (held.isEmpty()) {
            while (at < to && (octets[at] == '\r' || octets[at] == '\n')) {
                at++;
            }
        }
        int taken = Math.min(held.room(), to - at);
        int before = held.length();
        held.append(octets, at, at + taken);
        int end = MessageHead.end(held.array(), held.begin() + side.searched, held.end());
        if (end < 0) {
            side.searched = Math.max(0, held.length() - 2); // an empty line may have begun
            if (held.room() == 0) {
                give(direction, side, "incomplete_data", conversation);
            }
            return at + taken;
        }
        MessageHead head = MessageHead.parse(held.array(), held.begin(), end);
        int headLength = end - held.begin();
        Frames frames = conversation.frames();
        if (head != null && frames != null) {
            long place = frames.origin() + at - start - before;
            int body = Math.max(0, head.contentLength());
            boolean request = head.start().method() != null;
            SipFrames.tell(frames, direction, place, held.array(), held.begin(), end, body, request, null);
        }
        held.clear();
        side.searched = 0;
        if (head == null) {
            give(direction, side, "invalid_data", conversation);
            return to;
        }
        side.head = head;
        side.bodyLeft = Math.max(0, head.contentLength());
        if (side.bodyLeft == 0) {
            finish(direction, side, conversation);
        }
        return at + headLength - before;
    }

    private int readBody(Direction direction, Side side, byte[] octets, int from, int to, Conversation conversation) {
        int taken = Math.min(side.bodyLeft, to - from);
        side.held.append(octets, from, from + Math.min(taken, side.held.room()));
        side.bodyLeft -= taken;
        if (side.bodyLeft == 0) {
            finish(direction, side, conversation);
        }
        return from + taken;
    }

    private void finish(Direction direction, Side side, Conversation conversation) {
        MessageHead head = side.head;
        if (head == null) {
            return;
        }
        OctetBuffer held = side.held;
        byte[] body = Arrays.copyOfRange(held.array(), held.begin(), held.end());
        held.clear();
        side.head = null;
        SipTransaction transaction = new SipTransaction(transactions++, head.start(), head.headers(), body);
        conversation.advance(transaction, direction, Progress.COMPLETE);
        conversation.complete(transaction);
    }

    private void give(Direction direction, Side side, String anomaly, Conversation conversation) {
        side.given = true;
        side.held.clear();
        conversation.anomaly(null, direction, anomaly);
        if (toServer.given && toClient.given) {
            conversation.settle();
        }
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        Side side = direction.isToServer() ? toServer : toClient;
        if (side.given) {
            return;
        }
        if (side.head != null && missing <= side.bodyLeft) {
            side.bodyLeft -= (int) missing;
            if (side.bodyLeft == 0) {
                finish(direction, side, conversation);
            }
        } else {
            finish(direction, side, conversation);
            give(direction, side, "incomplete_data", conversation);
        }
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        finish(Direction.TO_SERVER, toServer, conversation);
        finish(Direction.TO_CLIENT, toClient, conversation);
    }
}
