package jp.genkan.protocols.sip;

import java.util.Arrays;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.DatagramParser;

/**
 * SIP over UDP: a message a datagram. Keeps nothing between datagrams.
 *
 * <p>Thread rule: as for {@link DatagramParser}.
 */
public final class SipDatagramParser implements DatagramParser {
    /** Octets of a body that are kept; descriptions of sessions have up to 4,000. */
    static final int BODY_MAX = 16_384;

    private long transactions;

    /** A parser for one flow. */
    public SipDatagramParser() {}

    @Override
    public void onDatagram(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        int begin = from;
        while (begin < to && (octets[begin] == '\r' || octets[begin] == '\n' || octets[begin] == 0)) {
            begin++; // keeps the way through address translation open, RFC 5626 §3.5.1
        }
        if (begin == to) {
            return;
        }
        int end = MessageHead.end(octets, begin, to);
        MessageHead head = MessageHead.parse(octets, begin, end < 0 ? to : end);
        if (head == null) {
            conversation.anomaly(null, direction, "invalid_data");
            return;
        }
        int body = end < 0 ? to : end;
        byte[] kept = Arrays.copyOfRange(octets, body, Math.min(to, body + BODY_MAX));
        SipTransaction transaction = new SipTransaction(transactions++, head.start(), head.headers(), kept);
        if (end < 0) {
            conversation.anomaly(transaction, direction, "incomplete_data");
        }
        conversation.advance(transaction, direction, Progress.COMPLETE);
        conversation.complete(transaction);
        SipFrames.tell(
                conversation.frames(),
                direction,
                begin - from,
                octets,
                begin,
                body,
                to - body,
                head.start().method() != null,
                transaction);
    }
}
