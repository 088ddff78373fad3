package jp.genkan.protocols.kerberos;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.ber.BerReader;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.OctetBuffer;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.StreamParser;

/**
 * Kerberos over TCP (RFC 4120 §7.2.2): messages with four octets of length in front. Keeps one message of each direction. A gap, or a length that no
 * message has, ends the reading of its direction.
 *
 * <p>Thread rule: as for {@link StreamParser}.
 */
public final class KerberosStreamParser implements StreamParser {
    /** Octets of a message; tickets with large group lists (Windows) have up to 48,000. */
    static final int MESSAGE_MAX = 65_536;

    private static final int LENGTH_OCTETS = 4;
    private static final int SHORTEST = 16;

    private final KerberosDatagramParser messages = new KerberosDatagramParser();
    private final Side toServer = new Side();
    private final Side toClient = new Side();

    /** A parser for one connection. */
    public KerberosStreamParser() {}

    /** What is known of a direction. */
    private static final class Side {
        final OctetBuffer held = new OctetBuffer(MESSAGE_MAX + LENGTH_OCTETS);
        boolean given;
    }

    /** Knows Kerberos by its length, its tag, and that tag's length. */
    public static Recogniser recogniser() {
        return opening -> {
            for (Direction direction : Direction.values()) {
                int length = opening.length(direction);
                if (length > 0 && !opening.isAfterGap(direction)) {
                    return judge(opening.octets(direction), length);
                }
            }
            return Recognition.MORE;
        };
    }

    private static Recognition judge(byte[] octets, int length) {
        if (octets[0] != 0 || length > 1 && octets[1] != 0) {
            return Recognition.NO;
        }
        if (length < LENGTH_OCTETS + 2) {
            return Recognition.MORE;
        }
        int tag = octets[LENGTH_OCTETS] & 0xff;
        boolean known = tag >= 0x6a && tag <= 0x6d || tag == 0x7e; // requests, replies, error
        if (!known) {
            return Recognition.NO;
        }
        long element = BerReader.elementLength(octets, LENGTH_OCTETS, length);
        if (element == -1) {
            return Recognition.MORE;
        }
        return element == length(octets, 0) ? Recognition.YES : Recognition.NO;
    }

    private static int length(byte[] octets, int at) {
        return (octets[at] & 0xff) << 24
                | (octets[at + 1] & 0xff) << 16
                | (octets[at + 2] & 0xff) << 8
                | octets[at + 3] & 0xff;
    }

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        Side side = direction.isToServer() ? toServer : toClient;
        int at = from;
        while (at < to && !side.given) {
            OctetBuffer held = side.held;
            int wanted =
                    held.length() < LENGTH_OCTETS ? LENGTH_OCTETS : LENGTH_OCTETS + length(held.array(), held.begin());
            int taken = Math.min(wanted - held.length(), to - at);
            held.append(octets, at, at + taken);
            at += taken;
            if (held.length() < LENGTH_OCTETS) {
                return to;
            }
            int message = length(held.array(), held.begin());
            if (message < SHORTEST || message > MESSAGE_MAX) {
                give(direction, side, conversation);
            } else if (held.length() == LENGTH_OCTETS + message) {
                messages.onDatagram(direction, held.array(), held.begin() + LENGTH_OCTETS, held.end(), conversation);
                held.clear();
            }
        }
        return to;
    }

    private void give(Direction direction, Side side, Conversation conversation) {
        side.given = true;
        side.held.clear();
        conversation.anomaly(null, direction, "malformed_data");
        if (toServer.given && toClient.given) {
            conversation.settle();
        }
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        Side side = direction.isToServer() ? toServer : toClient;
        if (!side.given) {
            give(direction, side, conversation);
        }
    }

    @Override
    public void onFlowEnd(Conversation conversation) {}
}
