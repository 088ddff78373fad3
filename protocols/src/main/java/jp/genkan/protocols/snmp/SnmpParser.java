package jp.genkan.protocols.snmp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.ber.BerReader;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.DatagramParser;
import jp.genkan.protocols.conversation.OctetText;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.snmp.SnmpTransaction.Content;
import org.jspecify.annotations.Nullable;

/**
 * SNMP over UDP: a transaction a message. Keeps nothing between datagrams.
 *
 * <p>Thread rule: as for {@link DatagramParser}.
 */
public final class SnmpParser implements DatagramParser {
    /** Variables that are told of a message; bulk responses have up to 100. The rest is passed over. */
    static final int VARIABLES_MAX = 256;

    /** Octets of a community or user; RFC 3414 allows 32 for users. */
    static final int NAME_MAX = 256;

    private static final int PDU_FIRST = 0xa0;
    private static final int TRAP_V1 = 0xa4;
    private static final int ENCRYPTED = BerReader.OCTET_STRING;
    private static final String[] PDUS = {
        "get_request",
        "get_next_request",
        "response",
        "set_request",
        "trap_v1",
        "get_bulk_request",
        "inform_request",
        "trap_v2",
        "report"
    };
    private static final String[] ERRORS = {
        "",
        "too_big",
        "no_such_name",
        "bad_value",
        "readonly",
        "generic_error",
        "no_access",
        "wrong_type",
        "wrong_length",
        "wrong_encoding",
        "wrong_value",
        "no_creation",
        "inconsistent_value",
        "resource_unavailable",
        "commit_failed",
        "undo_failed",
        "authorization_error",
        "not_writable",
        "inconsistent_name"
    };

    private long transactions;

    /** A parser for one flow. */
    public SnmpParser() {}

    /** Knows SNMP by reading a message. */
    public static Recogniser recogniser() {
        return opening -> {
            for (Direction direction : Direction.values()) {
                int length = opening.length(direction);
                if (length > 0) {
                    return read(opening.octets(direction), 0, length) != null ? Recognition.YES : Recognition.NO;
                }
            }
            return Recognition.MORE;
        };
    }

    @Override
    public void onDatagram(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        Content content = read(octets, from, to);
        if (content == null) {
            conversation.anomaly(null, direction, "malformed_data");
            return;
        }
        SnmpTransaction transaction = new SnmpTransaction(transactions++, content);
        conversation.advance(transaction, direction, Progress.COMPLETE);
        conversation.complete(transaction);
    }

    /** Reads a message; null when it is none. */
    static @Nullable Content read(byte[] octets, int from, int to) {
        BerReader outer = new BerReader(octets, from, to);
        if (!outer.next(BerReader.SEQUENCE)) {
            return null;
        }
        BerReader message = outer.inside();
        if (!message.next(BerReader.INTEGER)) {
            return null;
        }
        return switch ((int) message.number()) {
            case 0 -> community(1, message);
            case 1 -> community(2, message);
            case 3 -> secured(message);
            default -> null;
        };
    }

    private static @Nullable Content community(int version, BerReader message) {
        if (!message.next(BerReader.OCTET_STRING)) {
            return null;
        }
        String community = OctetText.of(message.data(NAME_MAX));
        return message.next() ? pdu(version, community, null, message) : null;
    }

    private static @Nullable Content secured(BerReader message) {
        if (!message.next(BerReader.SEQUENCE) || !message.next(BerReader.OCTET_STRING)) {
            return null;
        }
        BerReader security = message.inside();
        String user = security.next(BerReader.SEQUENCE) ? user(security.inside()) : null;
        if (!message.next()) {
            return null;
        }
        if (message.tag() == ENCRYPTED) {
            return new Content(3, null, user, "encrypted", null, List.of());
        }
        BerReader scoped = message.inside(); // engine, context, PDU
        boolean whole = message.tag() == BerReader.SEQUENCE
                && scoped.next(BerReader.OCTET_STRING)
                && scoped.next(BerReader.OCTET_STRING)
                && scoped.next();
        return whole ? pdu(3, null, user, scoped) : null;
    }

    /** Behind engine, boots and time stands the user, RFC 3414 §2.4. */
    private static @Nullable String user(BerReader parameters) {
        boolean there = parameters.next(BerReader.OCTET_STRING)
                && parameters.next(BerReader.INTEGER)
                && parameters.next(BerReader.INTEGER)
                && parameters.next(BerReader.OCTET_STRING);
        return there ? OctetText.of(parameters.data(NAME_MAX)) : null;
    }

    private static @Nullable Content pdu(int version, @Nullable String community, @Nullable String user, BerReader at) {
        int kind = at.tag() - PDU_FIRST;
        if (kind < 0 || kind >= PDUS.length) {
            return null;
        }
        BerReader fields = at.inside();
        String error = null;
        if (at.tag() == TRAP_V1) {
            if (!fields.skip(5)) { // enterprise, agent, two kinds, time
                return null;
            }
        } else {
            if (!fields.skip(1) || !fields.next(BerReader.INTEGER)) { // the request's number, the error
                return null;
            }
            error = kind == 5 ? null : error(fields.number());
            if (!fields.next(BerReader.INTEGER)) {
                return null;
            }
        }
        if (!fields.next(BerReader.SEQUENCE)) {
            return null;
        }
        return new Content(version, community, user, PDUS[kind], error, variables(fields.inside()));
    }

    /** Numbers of the kinds of messages by EVE's words, RFC 3416 §3. */
    public static Map<String, Long> pduTypes() {
        Map<String, Long> numbers = new HashMap<>();
        for (int i = 0; i < PDUS.length; i++) {
            numbers.put(PDUS[i], (long) i);
        }
        return numbers;
    }

    private static @Nullable String error(long status) {
        return status > 0 && status < ERRORS.length ? ERRORS[(int) status] : null;
    }

    private static List<String> variables(BerReader list) {
        List<String> found = new ArrayList<>();
        while (found.size() < VARIABLES_MAX && list.next(BerReader.SEQUENCE)) {
            BerReader variable = list.inside();
            if (variable.next(BerReader.OBJECT_IDENTIFIER)) {
                found.add(variable.objectIdentifier());
            }
        }
        return found;
    }
}
