package jp.genkan.protocols.bittorrent;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.StreamParser;

/**
 * A connection between peers: recognised by its handshake, and not read any further.
 *
 * <p>Thread rule: as for {@link StreamParser}.
 */
public final class PeerParser implements StreamParser {
    private static final byte[] HANDSHAKE = "\u0013BitTorrent protocol".getBytes(StandardCharsets.ISO_8859_1);

    /** A parser for one connection. */
    public PeerParser() {}

    /** Knows the handshake. */
    public static Recogniser recogniser() {
        return opening -> {
            for (Direction direction : Direction.values()) {
                int length = Math.min(opening.length(direction), HANDSHAKE.length);
                if (length > 0) {
                    boolean same = Arrays.equals(opening.octets(direction), 0, length, HANDSHAKE, 0, length);
                    return !same ? Recognition.NO : length < HANDSHAKE.length ? Recognition.MORE : Recognition.YES;
                }
            }
            return Recognition.MORE;
        };
    }

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        conversation.settle();
        return to;
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        conversation.settle();
    }

    @Override
    public void onFlowEnd(Conversation conversation) {}
}
