package jp.genkan.protocols.dns;

import java.util.Arrays;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import org.jspecify.annotations.Nullable;

/**
 * Makes a transaction of each message of a flow, and tells what is odd about it. A message whose questions or answers cannot be read makes none, as
 * with Suricata; one that only breaks off in the sections behind them does.
 *
 * <p>Thread rule: one owner.
 */
final class MessageReader {
    /** First operation code that is not assigned, RFC 8490 §10.3. */
    private static final int UNASSIGNED_OPCODE = 7;

    private static final int Z = 0x0040;
    private static final int OPCODE_SHIFT = 11;
    private static final int OPCODE_MASK = 15;
    private static final int QR = 0x8000;

    private final AppProtocol protocol;
    private final EntryWalk walk = new EntryWalk();
    private long transactions;
    private boolean tooLong;
    private boolean loop;
    private boolean tooManyLabels;

    MessageReader(AppProtocol protocol) {
        this.protocol = protocol;
    }

    /** Reads a message; returns its transaction, null when it makes none. */
    @Nullable
    DnsTransaction read(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        if (to - from < DnsMessage.HEADER_LENGTH) {
            conversation.anomaly(null, direction, "malformed_data");
            return null;
        }
        EntryWalk.Step end = walkThrough(octets, from, to);
        boolean cut = end == EntryWalk.Step.MALFORMED;
        if (cut && walk.section().compareTo(DnsSection.ANSWER) <= 0) {
            conversation.anomaly(null, direction, "malformed_data");
            return null;
        }
        DnsTransaction transaction =
                new DnsTransaction(protocol, transactions++, direction, Arrays.copyOfRange(octets, from, to));
        if (cut) {
            boolean authority = walk.section() == DnsSection.AUTHORITY;
            conversation.anomaly(transaction, direction, authority ? "invalid_authorities" : "invalid_additionals");
        }
        tellOddities(transaction, direction, conversation);
        conversation.advance(transaction, direction, Progress.COMPLETE);
        conversation.complete(transaction);
        return transaction;
    }

    private EntryWalk.Step walkThrough(byte[] octets, int from, int to) {
        tooLong = false;
        loop = false;
        tooManyLabels = false;
        walk.begin(octets, from, to);
        EntryWalk.Step step = walk.next();
        while (step == EntryWalk.Step.ENTRY) {
            tooLong |= walk.name().isTruncated();
            loop |= walk.name().isLoop();
            tooManyLabels |= walk.name().hasTooManySteps();
            step = walk.next();
        }
        return step;
    }

    private void tellOddities(DnsTransaction transaction, Direction direction, Conversation conversation) {
        int flags = transaction.flags();
        boolean response = (flags & QR) != 0;
        if (protocol == AppProtocol.DNS && response == direction.isToServer()) {
            conversation.anomaly(transaction, direction, response ? "not_request" : "not_response");
        }
        if ((flags & Z) != 0) {
            conversation.anomaly(transaction, direction, "z_flag_set");
        }
        if ((flags >>> OPCODE_SHIFT & OPCODE_MASK) >= UNASSIGNED_OPCODE) {
            conversation.anomaly(transaction, direction, "invalid_opcode");
        }
        if (tooLong) {
            conversation.anomaly(transaction, direction, "name_too_long");
        }
        if (loop) {
            conversation.anomaly(transaction, direction, "infinite_loop");
        }
        if (tooManyLabels) {
            conversation.anomaly(transaction, direction, "too_many_labels");
        }
    }
}
