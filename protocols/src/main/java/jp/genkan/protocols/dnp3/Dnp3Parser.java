package jp.genkan.protocols.dnp3;

import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.OctetBuffer;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.StreamParser;

/**
 * DNP3 over TCP. Keeps a frame and a fragment of each direction. Behind a gap, or what is no frame, it looks for the next frame whose header has a right checksum.
 *
 * <p>Thread rule: as for {@link StreamParser}.
 */
public final class Dnp3Parser implements StreamParser {
    /** Octets of a fragment: what 63 segments, as many as their numbers tell apart, of the longest frames hold; as Suricata has it. */
    static final int FRAGMENT_MAX = 63 * 0xff;

    /** Requests without a response from which on a flood is told; as Suricata has it. */
    static final int FLOOD = 500;

    private static final int PRIMARY = 0x40;
    private static final int CONFIRMED = 3;
    private static final int UNCONFIRMED = 4;
    private static final int TRANSPORT_FIN = 0x80;
    private static final int TRANSPORT_FIR = 0x40;
    private static final int TRANSPORT_NUMBER = 0x3f;
    private static final int REQUEST_HEADER = 2;
    private static final int RESPONSE_HEADER = 4;

    private final Side toServer = new Side();
    private final Side toClient = new Side();
    private final byte[] data = new byte[LinkFrame.LENGTH_MAX];
    private long transactions;
    private int unanswered;
    private boolean flooded;

    /** A parser for one connection. */
    public Dnp3Parser() {}

    /** What is known of a direction. */
    private static final class Side {
        final OctetBuffer held = new OctetBuffer(LinkFrame.LENGTH_MAX);
        final OctetBuffer fragment = new OctetBuffer(FRAGMENT_MAX);
        boolean open;
        boolean lost;
        int number;
        int control;
        int source;
        int destination;

        void drop() {
            open = false;
            fragment.clear();
        }
    }

    /** Knows DNP3 by a frame's header with a right checksum. */
    public static Recogniser recogniser() {
        return opening -> {
            Direction direction = opening.length(Direction.TO_SERVER) > 0 ? Direction.TO_SERVER : Direction.TO_CLIENT;
            byte[] octets = opening.octets(direction);
            int length = opening.length(direction);
            if (!LinkFrame.begins(octets, 0, length)) {
                return Recognition.NO;
            }
            if (length < LinkFrame.HEADER_LENGTH) {
                return Recognition.MORE;
            }
            boolean right = LinkFrame.dataLength(octets, 0) >= 0 && LinkFrame.hasHeaderCrc(octets, 0);
            return right ? Recognition.YES : Recognition.NO;
        };
    }

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        Side side = direction.isToServer() ? toServer : toClient;
        int at = from;
        while (at < to) {
            OctetBuffer held = side.held;
            int wanted = held.length() < LinkFrame.HEADER_LENGTH
                    ? LinkFrame.HEADER_LENGTH
                    : LinkFrame.length(held.array(), held.begin());
            int taken = Math.min(wanted - held.length(), to - at);
            held.append(octets, at, at + taken);
            at += taken;
            look(direction, side, conversation);
        }
        return to;
    }

    /** Looks at what is held: the beginning of a frame, or a whole one. */
    private void look(Direction direction, Side side, Conversation conversation) {
        OctetBuffer held = side.held;
        while (!held.isEmpty()) {
            byte[] octets = held.array();
            int begin = held.begin();
            if (!LinkFrame.begins(octets, begin, held.end())) {
                lose(direction, side, "malformed", conversation);
                held.consume(1);
                continue;
            }
            if (held.length() < LinkFrame.HEADER_LENGTH) {
                return;
            }
            if (!LinkFrame.hasHeaderCrc(octets, begin)) {
                lose(direction, side, "bad_link_crc", conversation);
                held.consume(1);
                continue;
            }
            side.lost = false;
            if (held.length() < LinkFrame.length(octets, begin)) {
                return;
            }
            frame(direction, side, octets, begin, conversation);
            held.clear();
        }
    }

    private static void lose(Direction direction, Side side, String event, Conversation conversation) {
        if (!side.lost) {
            side.lost = true;
            side.drop();
            conversation.anomaly(null, direction, event);
        }
    }

    private void frame(Direction direction, Side side, byte[] octets, int begin, Conversation conversation) {
        int control = LinkFrame.control(octets, begin);
        int length = LinkFrame.dataLength(octets, begin);
        if (length < 0) {
            conversation.anomaly(null, direction, "len_too_small");
            return;
        }
        int function = control & 15;
        if ((control & PRIMARY) == 0 || function != CONFIRMED && function != UNCONFIRMED) {
            return; // the link layer among itself
        }
        if (!LinkFrame.data(octets, begin, data)) {
            conversation.anomaly(null, direction, "bad_transport_crc");
            side.drop();
            return;
        }
        int transport = length == 0 ? 0 : data[0] & 0xff;
        boolean first = (transport & TRANSPORT_FIR) != 0;
        int header = direction.isToServer() ? REQUEST_HEADER : RESPONSE_HEADER;
        if (length == 0 || first && length < 1 + header) {
            conversation.anomaly(null, direction, "len_too_small");
            side.drop();
            return;
        }
        if (first) {
            side.drop();
            side.open = true;
            side.control = control;
            side.source = LinkFrame.source(octets, begin);
            side.destination = LinkFrame.destination(octets, begin);
        } else if (!side.open || (transport & TRANSPORT_NUMBER) != (side.number + 1 & TRANSPORT_NUMBER)) {
            side.drop();
            return;
        }
        side.number = transport & TRANSPORT_NUMBER;
        if (!side.fragment.append(data, 1, length)) {
            conversation.anomaly(null, direction, "too_long_reassembly");
            side.drop();
        } else if ((transport & TRANSPORT_FIN) != 0) {
            message(direction, side, conversation);
        }
    }

    private void message(Direction direction, Side side, Conversation conversation) {
        Dnp3Transaction transaction = new Dnp3Transaction(
                transactions++, direction, side.control, side.source, side.destination, side.fragment.toArray());
        side.drop();
        conversation.advance(transaction, direction, Progress.COMPLETE);
        transaction.events().forEach(event -> conversation.anomaly(transaction, direction, event));
        unanswered = direction.isToServer() ? unanswered + 1 : 0;
        if (unanswered > FLOOD && !flooded) {
            flooded = true;
            conversation.anomaly(transaction, direction, "flooded");
        }
        conversation.complete(transaction);
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        Side side = direction.isToServer() ? toServer : toClient;
        side.held.clear();
        side.lost = true;
        side.drop();
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        toServer.held.clear();
        toClient.held.clear();
    }
}
