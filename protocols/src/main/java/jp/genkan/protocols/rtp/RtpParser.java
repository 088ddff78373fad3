package jp.genkan.protocols.rtp;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.DatagramParser;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/**
 * RTP: recognised, and not read.
 *
 * <p>Thread rule: as for {@link DatagramParser}.
 */
public final class RtpParser implements DatagramParser {
    private static final int VERSION_2 = 0x80;
    private static final int VERSION_MASK = 0xc0;
    private static final int TYPE_MASK = 0x7f;
    private static final int STATIC_LAST = 34; // RFC 3551 §6
    private static final int DYNAMIC_FIRST = 96;
    private static final int LEAST_PORT = 1_024;
    private static final int SHORTEST = 32; // ten milliseconds of the leanest codecs

    /** A parser for one flow. */
    public RtpParser() {}

    /** Knows RTP by a header that both directions send with the same kind of contents: one datagram alone says too little. */
    public static Recogniser recogniser() {
        return opening -> {
            boolean ports = opening.serverPort() >= LEAST_PORT && opening.clientPort() >= LEAST_PORT;
            if (!ports || !mayBe(opening, Direction.TO_SERVER) || !mayBe(opening, Direction.TO_CLIENT)) {
                return Recognition.NO;
            }
            if (opening.length(Direction.TO_SERVER) == 0 || opening.length(Direction.TO_CLIENT) == 0) {
                return Recognition.MORE;
            }
            return type(opening, Direction.TO_SERVER) == type(opening, Direction.TO_CLIENT)
                    ? Recognition.YES
                    : Recognition.NO;
        };
    }

    private static boolean mayBe(Opening opening, Direction direction) {
        int length = opening.length(direction);
        if (length < SHORTEST) {
            return length == 0;
        }
        int sources = opening.octets(direction)[0] & 15;
        int type = type(opening, direction);
        return (opening.octets(direction)[0] & VERSION_MASK) == VERSION_2
                && sources == 0
                && (type <= STATIC_LAST || type >= DYNAMIC_FIRST);
    }

    private static int type(Opening opening, Direction direction) {
        return opening.octets(direction)[1] & TYPE_MASK;
    }

    @Override
    public void onDatagram(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        conversation.settle();
    }
}
