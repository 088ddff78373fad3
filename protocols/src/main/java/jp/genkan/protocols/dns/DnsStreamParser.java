package jp.genkan.protocols.dns;

import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.Frames;
import jp.genkan.protocols.conversation.OctetBuffer;
import jp.genkan.protocols.conversation.StreamParser;
import org.jspecify.annotations.Nullable;

/**
 * DNS over TCP (RFC 7766): messages with their length in front, any number on a connection. A gap inside a message costs that message; behind a longer
 * one the next message is looked for where octets come again.
 *
 * <p>Keeps at most one message of each direction, 65,537 octets, and nothing while whole messages come.
 *
 * <p>Thread rule: as for {@link StreamParser}.
 */
public final class DnsStreamParser implements StreamParser {
    private static final int LENGTH_OCTETS = 2;

    /** The largest length that two octets say, and they themselves. */
    private static final int HELD_MAX = 0xffff + LENGTH_OCTETS;

    private final MessageReader reader = new MessageReader(AppProtocol.DNS);
    private final Side toServer = new Side();
    private final Side toClient = new Side();

    /** A parser for one connection. */
    public DnsStreamParser() {}

    /** What is known of a direction. */
    private static final class Side {
        final OctetBuffer held = new OctetBuffer(HELD_MAX);

        /** Octets of a message that is given up, which are still to come. */
        int skip;

        /** The message that is held, where somebody asks for frames. */
        @Nullable
        ProtocolFrame frame;

        /** True when it is unknown where a message begins. */
        boolean lost;

        /** True when no message will be found any more. */
        boolean given;
    }

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        Side side = direction.isToServer() ? toServer : toClient;
        int at = from;
        int skipped = Math.min(side.skip, to - at);
        side.skip -= skipped;
        at += skipped;
        if (side.lost && at < to) {
            side.lost = false;
            side.given = !DnsRecogniser.looksLikeStream(octets, at, to);
            if (side.given) {
                conversation.anomaly(null, direction, "malformed_data");
            }
        }
        if (side.given) {
            if (toServer.given && toClient.given) {
                conversation.settle();
            }
            return to;
        }
        if (!side.held.isEmpty()) {
            at = fill(direction, side, octets, at, to, conversation);
        }
        Frames frames = conversation.frames();
        while (to - at >= LENGTH_OCTETS && side.held.isEmpty()) {
            int end = at + LENGTH_OCTETS + u16(octets, at);
            if (end > to) {
                break;
            }
            DnsTransaction read = reader.read(direction, octets, at + LENGTH_OCTETS, end, conversation);
            if (frames != null) {
                int begin = at + LENGTH_OCTETS;
                frames.tell(direction, "pdu", frames.origin() + begin - from, end - begin, read);
            }
            at = end;
        }
        if (at < to) {
            side.held.append(octets, at, to);
            side.frame = beginFrame(direction, side, at - from, frames);
        }
        return to;
    }

    /** A message of which the length is known has begun: rules look at it as it comes. */
    private static @Nullable ProtocolFrame beginFrame(Direction direction, Side side, int at, @Nullable Frames frames) {
        if (frames == null || side.held.length() < LENGTH_OCTETS) {
            return null;
        }
        int length = u16(side.held.array(), side.held.begin());
        return frames.tell(direction, "pdu", frames.origin() + at + LENGTH_OCTETS, length, null);
    }

    /** Completes the message of which the beginning is held; returns the index behind its last octet. */
    private int fill(Direction direction, Side side, byte[] octets, int from, int to, Conversation conversation) {
        OctetBuffer held = side.held;
        int at = from;
        if (held.length() < LENGTH_OCTETS && at < to) {
            held.append(octets, at, at + 1);
            at++;
            if (held.length() == LENGTH_OCTETS) {
                side.frame = beginFrame(direction, side, at - from - LENGTH_OCTETS, conversation.frames());
            }
        }
        if (held.length() < LENGTH_OCTETS) {
            return at;
        }
        int missing = missing(held);
        int taken = Math.min(missing, to - at);
        held.append(octets, at, at + taken);
        if (taken == missing) {
            DnsTransaction read =
                    reader.read(direction, held.array(), held.begin() + LENGTH_OCTETS, held.end(), conversation);
            if (side.frame != null) {
                side.frame.transaction(read);
                side.frame = null;
            }
            held.clear();
        }
        return at + taken;
    }

    private static int missing(OctetBuffer held) {
        return LENGTH_OCTETS + u16(held.array(), held.begin()) - held.length();
    }

    private static int u16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        Side side = direction.isToServer() ? toServer : toClient;
        long left = side.skip;
        if (side.held.length() >= LENGTH_OCTETS) {
            left = missing(side.held);
        }
        side.held.clear();
        side.skip = (int) Math.max(0, left - missing);
        side.lost = side.lost || missing > left;
    }

    @Override
    public void onFlowEnd(Conversation conversation) {}
}
