package jp.genkan.dataplane.application;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.Frames;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one flow: keeps the last octets of each direction, because a parser knows late what it has read, and hands to each open frame what belongs to it.
 * Exists only for flows of which somebody asks for frames.
 *
 * <p>Thread rule: one worker.
 */
final class FrameTracker implements Frames {
    /** Frames of a direction that are open at a time: those of SMB inside each other are five, and the stream's own. */
    static final int OPEN_MAX = 32;

    private static final String STREAM = "stream";
    private static final byte[] NOTHING = {};

    private final boolean ofStream;
    private final Listener listener;
    private final Side toServer;
    private final Side toClient;
    private AppProtocol protocol;
    private long origin;

    /** Is given the octets. */
    interface Listener {
        void frame(ProtocolFrame frame, byte[] octets, int from, int to, long missing);

        /** A frame is not followed, as too many are open. */
        void frameShed();
    }

    private static final class Side {
        private byte[] recent = NOTHING;
        private int length;
        /** Place of the first octet of {@link #recent}. */
        private long base;

        private final List<Open> open = new ArrayList<>(2);
        private long numbers;

        private long end() {
            return base + length;
        }

        private void append(byte[] octets, int from, int to) {
            int count = to - from;
            if (length > BACK_MAX) {
                int dropped = length - BACK_MAX;
                System.arraycopy(recent, dropped, recent, 0, BACK_MAX);
                length = BACK_MAX;
                base += dropped;
            }
            if (length + count > recent.length) {
                recent = Arrays.copyOf(recent, Math.max(length + count, Math.min(2 * recent.length, 2 * BACK_MAX)));
            }
            System.arraycopy(octets, from, recent, length, count);
            length += count;
        }
    }

    /** A frame, and the place up to which its octets were handed over. */
    private static final class Open {
        private final ProtocolFrame frame;
        private long told;

        Open(ProtocolFrame frame) {
            this.frame = frame;
            this.told = frame.begin();
        }
    }

    /**
     * Begins to follow a flow.
     *
     * @param protocol that it speaks, as far as known
     * @param ofStream true for TCP
     * @param seenToServer octets of the direction that came before
     */
    FrameTracker(AppProtocol protocol, boolean ofStream, long seenToServer, long seenToClient, Listener listener) {
        this.protocol = protocol;
        this.ofStream = ofStream;
        this.listener = listener;
        this.toServer = new Side();
        this.toClient = new Side();
        toServer.base = seenToServer;
        toClient.base = seenToClient;
    }

    private Side side(Direction direction) {
        return direction.isToServer() ? toServer : toClient;
    }

    /** The protocol is known, or another one follows. */
    void speaks(AppProtocol spoken) {
        protocol = spoken;
        if (ofStream && toServer.numbers == 0 && toClient.numbers == 0) {
            tell(Direction.TO_SERVER, STREAM, 0, ProtocolFrame.UNKNOWN, null);
            tell(Direction.TO_CLIENT, STREAM, 0, ProtocolFrame.UNKNOWN, null);
        }
    }

    /** Octets that the parser is about to be given. */
    void octets(Direction direction, byte[] octets, int from, int to) {
        side(direction).append(octets, from, to);
    }

    /** A datagram that the parser is about to be given. */
    void datagram(Direction direction, byte[] octets, int from, int to) {
        Side side = side(direction);
        side.base = 0;
        side.length = 0;
        origin = 0;
        side.append(octets, from, to);
    }

    /** Octets are missing. */
    void gap(Direction direction, long missing) {
        Side side = side(direction);
        flush(side);
        side.base = side.end() + missing;
        side.length = 0;
        origin = side.base;
    }

    /** Where the octets stand that the parser is given. */
    void origin(long place) {
        origin = place;
    }

    @Override
    public long origin() {
        return origin;
    }

    @Override
    public ProtocolFrame tell(
            Direction direction, String type, long begin, long length, @Nullable Transaction transaction) {
        Side side = side(direction);
        ProtocolFrame frame =
                new ProtocolFrame(protocol, type, direction, ++side.numbers, Math.max(0, begin), length, ofStream);
        frame.transaction(transaction);
        if (side.open.size() >= OPEN_MAX) {
            flush(side);
        }
        if (side.open.size() >= OPEN_MAX) {
            listener.frameShed();
        } else {
            side.open.add(new Open(frame));
        }
        return frame;
    }

    @Override
    public void end(ProtocolFrame frame, long behind) {
        if (frame.length() == ProtocolFrame.UNKNOWN && !frame.isOver()) {
            frame.length(Math.max(0, behind - frame.begin()));
        }
    }

    /** The parser has read what it was given: everything is handed to whom it belongs. */
    void flush() {
        flush(toServer);
        flush(toClient);
    }

    private void flush(Side side) {
        for (int i = 0; i < side.open.size(); i++) {
            Open open = side.open.get(i);
            hand(side, open);
            ProtocolFrame frame = open.frame;
            if (frame.length() != ProtocolFrame.UNKNOWN && open.told >= frame.begin() + frame.length()) {
                end(open, true);
                side.open.remove(i--);
            }
        }
    }

    private void hand(Side side, Open open) {
        ProtocolFrame frame = open.frame;
        long last = frame.length() == ProtocolFrame.UNKNOWN ? Long.MAX_VALUE : frame.begin() + frame.length();
        long missing = Math.min(last, side.base) - open.told;
        if (missing > 0) {
            frame.gap(missing);
            open.told += missing;
        }
        int from = (int) Math.max(0, open.told - side.base);
        int to = (int) (Math.min(last, side.end()) - side.base);
        if (to > from || missing > 0) {
            int until = Math.max(from, to);
            frame.show(side.recent, from, until);
            open.told += until - from;
            listener.frame(frame, side.recent, from, until, Math.max(0, missing));
        }
    }

    private void end(Open open, boolean complete) {
        open.frame.end(complete);
        listener.frame(open.frame, NOTHING, 0, 0, 0);
    }

    /** Nothing more comes: what is open is as complete as it will ever be. */
    void endAll() {
        endAll(toServer);
        endAll(toClient);
    }

    private void endAll(Side side) {
        flush(side);
        for (Open open : side.open) {
            end(open, false);
        }
        side.open.clear();
    }
}
