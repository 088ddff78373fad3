package jp.genkan.protocols.ldap;

import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.ber.BerReader;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.OctetBuffer;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.StreamParser;

/**
 * LDAP over TCP. Keeps a message of each direction and the requests that are not answered yet. A gap, or what is no message, ends the reading of its
 * direction; what SASL has begun to protect is such.
 *
 * <p>Thread rule: as for {@link StreamParser}.
 */
public final class LdapParser implements StreamParser {
    /** Octets of a message that is read; longer ones, photos for one, are passed over. */
    static final int MESSAGE_MAX = 16_384;

    private static final int HEAD_MAX = 6; // tag and longest length
    private static final int ANNOUNCED_MAX = 1 << 24;

    private final Side toServer = new Side();
    private final Side toClient = new Side();
    private final LdapDialogue dialogue = new LdapDialogue();
    private boolean handedOver;

    /** A parser for one connection. */
    public LdapParser() {}

    /** What is known of a direction. */
    private static final class Side {
        final OctetBuffer held = new OctetBuffer(MESSAGE_MAX);
        long skip;
        boolean given;
    }

    /** Knows LDAP by a sequence that holds a number and an operation: a request of the client, or a response where only the server is heard. */
    public static Recogniser recogniser() {
        return opening -> {
            boolean heard = opening.length(Direction.TO_SERVER) > 0;
            Direction direction = heard ? Direction.TO_SERVER : Direction.TO_CLIENT;
            return recognise(opening.octets(direction), opening.length(direction), heard);
        };
    }

    private static Recognition recognise(byte[] octets, int length, boolean request) {
        if (length == 0) {
            return Recognition.MORE;
        }
        if ((octets[0] & 0xff) != BerReader.SEQUENCE) {
            return Recognition.NO;
        }
        long whole = BerReader.elementLength(octets, 0, length);
        if (whole == -2 || whole > ANNOUNCED_MAX) {
            return Recognition.NO;
        }
        if (whole == -1 || whole > length && length < Math.min(whole, MESSAGE_MAX / 8)) {
            return Recognition.MORE;
        }
        LdapMessage message = whole > length ? null : LdapMessage.read(octets, 0, (int) whole);
        return message != null && message.isRequest() == request ? Recognition.YES : Recognition.NO;
    }

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        Side side = direction.isToServer() ? toServer : toClient;
        int at = from;
        while (at < to && !side.given && !handedOver) {
            if (side.skip > 0) {
                int skipped = (int) Math.min(side.skip, to - at);
                side.skip -= skipped;
                at += skipped;
            } else {
                at = fill(direction, side, octets, at, to, conversation);
            }
        }
        return handedOver ? at : to;
    }

    /** Takes octets of the message at hand; returns the index behind them. */
    private int fill(Direction direction, Side side, byte[] octets, int from, int to, Conversation conversation) {
        OctetBuffer held = side.held;
        long whole = BerReader.elementLength(held.array(), held.begin(), held.end());
        if (whole == -1) { // the head, an octet at a time
            held.append(octets, from, from + 1);
            boolean sequence = (held.array()[held.begin()] & 0xff) == BerReader.SEQUENCE;
            whole = BerReader.elementLength(held.array(), held.begin(), held.end());
            if (!sequence || whole == -2 || whole > ANNOUNCED_MAX || whole == -1 && held.length() > HEAD_MAX) {
                give(direction, side, conversation);
                return to;
            }
            if (whole > MESSAGE_MAX) {
                side.skip = whole - held.length();
                held.clear();
            } else {
                finishIfWhole(direction, side, whole, conversation);
            }
            return from + 1;
        }
        int taken = (int) Math.min(whole - held.length(), to - from);
        held.append(octets, from, from + taken);
        finishIfWhole(direction, side, whole, conversation);
        return from + taken;
    }

    private void finishIfWhole(Direction direction, Side side, long whole, Conversation conversation) {
        OctetBuffer held = side.held;
        if (whole < 0 || held.length() < whole) {
            return;
        }
        LdapMessage message = LdapMessage.read(held.array(), held.begin(), held.end());
        held.clear();
        if (message == null) {
            give(direction, side, conversation);
        } else if (dialogue.message(direction, message, conversation)) {
            handedOver = true;
            onFlowEnd(conversation);
            conversation.handOver(AppProtocol.TLS);
        }
    }

    private void give(Direction direction, Side side, Conversation conversation) {
        side.given = true;
        side.held.clear();
        conversation.anomaly(null, direction, "invalid_data");
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
        if (missing <= side.skip) {
            side.skip -= missing;
        } else {
            give(direction, side, conversation);
        }
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        dialogue.end(conversation);
    }
}
