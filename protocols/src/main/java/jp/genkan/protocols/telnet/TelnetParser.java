package jp.genkan.protocols.telnet;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.StreamParser;

/**
 * Telnet over TCP. Keeps nothing.
 *
 * <p>Thread rule: as for {@link StreamParser}.
 */
public final class TelnetParser implements StreamParser {
    private static final int COMMAND = 0xff;
    private static final int WILL = 0xfb;
    private static final int DONT = 0xfe;
    private static final int OPTIONS_KNOWN = 50; // IANA, "Telnet Options"
    private static final int COMMAND_LENGTH = 3;

    /** A parser for one connection. */
    public TelnetParser() {}

    /** Knows Telnet by commands that negotiate options: two in a row, or one that is answered by another. */
    public static Recogniser recogniser() {
        return TelnetParser::recognise;
    }

    private static Recognition recognise(Opening opening) {
        int commands = 0;
        for (Direction direction : Direction.values()) {
            byte[] octets = opening.octets(direction);
            int length = opening.length(direction);
            for (int at = 0; at < Math.min(length, 2 * COMMAND_LENGTH); at += COMMAND_LENGTH) {
                if (!negotiates(octets, at, length)) {
                    if (at == 0) {
                        return Recognition.NO;
                    }
                    break;
                }
                if (at + COMMAND_LENGTH <= length) {
                    commands++;
                }
            }
        }
        return commands > 1 ? Recognition.YES : Recognition.MORE;
    }

    /** True when as much of a command as is there fits. */
    private static boolean negotiates(byte[] octets, int at, int length) {
        if ((octets[at] & 0xff) != COMMAND) {
            return false;
        }
        int verb = at + 1 < length ? octets[at + 1] & 0xff : WILL;
        int option = at + 2 < length ? octets[at + 2] & 0xff : 0;
        return verb >= WILL && verb <= DONT && option < OPTIONS_KNOWN;
    }

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        return to;
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        // nothing is kept
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        // nothing is open
    }
}
