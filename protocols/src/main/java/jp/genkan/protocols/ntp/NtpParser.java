package jp.genkan.protocols.ntp;

import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.DatagramParser;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/**
 * NTP: a transaction a message. Control messages (mode 6 and 7) are passed over. Keeps nothing between datagrams.
 *
 * <p>Thread rule: as for {@link DatagramParser}.
 */
public final class NtpParser implements DatagramParser {
    private static final int PORT = 123; // registered with IANA
    private static final int LENGTH = 48; // RFC 5905 §7.3
    private static final int CONTROL_LENGTH = 12;
    private static final int REFERENCE_OFFSET = 12;
    private static final int MODE_MASK = 7;
    private static final int MODE_LAST = 5; // broadcast
    private static final int CLIENT = 3;
    private static final int SERVER = 4;
    private static final int STRATUM_MAX = 16;
    private static final int POLL_MAX = 17;

    private long transactions;

    /** A parser for one flow. */
    public NtpParser() {}

    /** Knows NTP by its fixed length and the values that its fields may have; on other ports only a client's request or a server's answer. */
    public static Recogniser recogniser() {
        return opening -> {
            for (Direction direction : Direction.values()) {
                int length = opening.length(direction);
                if (length > 0) {
                    return isMessage(opening, direction, length) ? Recognition.YES : Recognition.NO;
                }
            }
            return Recognition.MORE;
        };
    }

    private static boolean isMessage(Opening opening, Direction direction, int length) {
        byte[] octets = opening.octets(direction);
        int version = octets[0] >>> 3 & 7;
        int mode = octets[0] & MODE_MASK;
        if (opening.serverPort() == PORT || opening.clientPort() == PORT) {
            return version >= 1
                    && version <= 4
                    && mode > 0
                    && length >= (mode > MODE_LAST ? CONTROL_LENGTH - 4 : LENGTH);
        }
        boolean plausible = length >= LENGTH
                && (length - LENGTH) % 4 == 0
                && version >= 2
                && version <= 4
                && (octets[1] & 0xff) <= STRATUM_MAX
                && octets[2] <= POLL_MAX
                && octets[2] >= 0
                && octets[3] <= 0;
        return plausible && length == LENGTH && mode == (direction.isToServer() ? CLIENT : SERVER);
    }

    @Override
    public void onDatagram(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        if (to == from || (octets[from] & MODE_MASK) > MODE_LAST) {
            return;
        }
        if (to - from < LENGTH) {
            conversation.anomaly(null, direction, "malformed_data");
            return;
        }
        int reference = 0;
        for (int i = 0; i < 4; i++) {
            reference = reference << 8 | octets[from + REFERENCE_OFFSET + i] & 0xff;
        }
        NtpTransaction transaction = new NtpTransaction(
                transactions++, octets[from] >>> 3 & 7, octets[from] & MODE_MASK, octets[from + 1] & 0xff, reference);
        conversation.advance(transaction, direction, Progress.COMPLETE);
        conversation.complete(transaction);
    }
}
