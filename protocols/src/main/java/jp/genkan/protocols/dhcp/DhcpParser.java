package jp.genkan.protocols.dhcp;

import java.util.Arrays;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.DatagramParser;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/**
 * DHCPv4: a transaction a datagram. Keeps nothing between datagrams.
 *
 * <p>Thread rule: as for {@link DatagramParser}.
 */
public final class DhcpParser implements DatagramParser {
    private static final int COOKIE_OFFSET = 236;
    private static final byte[] COOKIE = {0x63, (byte) 0x82, 0x53, 0x63};
    private static final int OPERATION_MAX = 2;
    private static final int HARDWARE_LENGTH_MAX = 16;

    private long transactions;

    /** A parser for one flow. */
    public DhcpParser() {}

    /** Knows DHCP by its operation and its cookie. */
    public static Recogniser recogniser() {
        return opening -> {
            for (Direction direction : Direction.values()) {
                int length = opening.length(direction);
                if (length > 0) {
                    return isMessage(opening.octets(direction), 0, length) ? Recognition.YES : Recognition.NO;
                }
            }
            return Recognition.MORE;
        };
    }

    private static boolean isMessage(byte[] octets, int from, int to) {
        return to - from >= DhcpMessage.HEADER_LENGTH
                && octets[from] >= 1
                && octets[from] <= OPERATION_MAX
                && (octets[from + 2] & 0xff) <= HARDWARE_LENGTH_MAX
                && Arrays.equals(
                        octets, from + COOKIE_OFFSET, from + DhcpMessage.HEADER_LENGTH, COOKIE, 0, COOKIE.length);
    }

    @Override
    public void onDatagram(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        if (!isMessage(octets, from, to)) {
            conversation.anomaly(null, direction, "malformed_options");
            return;
        }
        DhcpTransaction transaction = new DhcpTransaction(transactions++, Arrays.copyOfRange(octets, from, to));
        conversation.advance(transaction, direction, Progress.COMPLETE);
        conversation.complete(transaction);
    }
}
