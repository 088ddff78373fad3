package jp.genkan.protocols.modbus;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.OctetBuffer;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.StreamParser;
import org.jspecify.annotations.Nullable;

/**
 * Modbus over TCP. Keeps a message of each direction and the requests that wait. A length that cannot be, or a gap beyond the message at hand, ends the reading of its direction.
 *
 * <p>Thread rule: as for {@link StreamParser}.
 */
public final class ModbusParser implements StreamParser {
    /** Octets of a message: 260 by the specification; somewhat more is read, so that what is too long is told with its function. */
    static final int MESSAGE_MAX = 512;

    /** Requests that may wait for their responses; the guide recommends up to 16. Beyond, the oldest is told without one. */
    static final int PENDING_MAX = 64;

    private static final int PORT = 502;
    private static final int COUNTED_FROM = 6; // the length counts what is behind it
    private static final int LENGTH_MIN = 2;
    private static final int LENGTH_MAX = 254;
    private static final int SIMPLE_REQUEST = 12;

    private final Side toServer = new Side();
    private final Side toClient = new Side();
    private final Map<Integer, ModbusTransaction> pending = new LinkedHashMap<>();
    private long transactions;

    /** A parser for one connection. */
    public ModbusParser() {}

    /** What is known of a direction. */
    private static final class Side {
        final OctetBuffer held = new OctetBuffer(MESSAGE_MAX);
        int left = -1;
        boolean lost;
    }

    /** Knows Modbus by its head; at other ports than its own only by a single, whole request of the simplest kind. */
    public static Recogniser recogniser() {
        return ModbusParser::recognise;
    }

    private static Recognition recognise(Opening opening) {
        Direction direction = opening.length(Direction.TO_SERVER) > 0 ? Direction.TO_SERVER : Direction.TO_CLIENT;
        int length = opening.length(direction);
        byte[] octets = opening.octets(direction);
        for (int i = 2; i < Math.min(length, 5); i++) {
            if (octets[i] != 0) {
                return Recognition.NO;
            }
        }
        if (length <= ModbusMessage.HEADER_LENGTH) {
            return Recognition.MORE;
        }
        int counted = octets[5] & 0xff;
        int function = octets[ModbusMessage.HEADER_LENGTH] & 0xff;
        if (opening.serverPort() == PORT) {
            boolean fits =
                    counted >= LENGTH_MIN && counted <= LENGTH_MAX && ModbusFunction.category(function & 0x7f) != 0;
            return fits ? Recognition.YES : Recognition.NO;
        }
        boolean simple = direction.isToServer()
                && length == SIMPLE_REQUEST
                && counted == SIMPLE_REQUEST - COUNTED_FROM
                && function >= ModbusFunction.READ_COILS
                && function <= ModbusFunction.READ_INPUTS
                && octets[10] == 0
                && octets[11] != 0;
        return simple ? Recognition.YES : Recognition.NO;
    }

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        Side side = direction.isToServer() ? toServer : toClient;
        int at = from;
        while (at < to && !side.lost) {
            if (side.left < 0) {
                side.held.append(octets, at, at + 1);
                at++;
                if (side.held.length() == COUNTED_FROM) {
                    begin(direction, side, conversation);
                }
            } else {
                int taken = Math.min(side.left, to - at);
                side.held.append(octets, at, at + Math.min(taken, side.held.room()));
                side.left -= taken;
                at += taken;
            }
            if (side.left == 0) {
                message(direction, side, conversation);
            }
        }
        return to;
    }

    private static void begin(Direction direction, Side side, Conversation conversation) {
        byte[] octets = side.held.array();
        int begin = side.held.begin();
        side.left = (octets[begin + 4] & 0xff) << 8 | octets[begin + 5] & 0xff;
        if (side.left < LENGTH_MIN) {
            conversation.anomaly(null, direction, "invalid_length");
            side.lost = true;
            side.held.clear();
        }
    }

    private void message(Direction direction, Side side, Conversation conversation) {
        OctetBuffer held = side.held;
        ModbusMessage message = new ModbusMessage(held.array(), held.begin(), held.end(), direction.isToServer());
        held.clear();
        side.left = -1;
        if (direction.isToServer()) {
            request(message, conversation);
        } else {
            response(message, conversation);
        }
    }

    private void request(ModbusMessage message, Conversation conversation) {
        complete(pending.remove(message.transaction), conversation);
        if (pending.size() == PENDING_MAX) {
            Iterator<ModbusTransaction> oldest = pending.values().iterator();
            complete(oldest.next(), conversation);
            oldest.remove();
        }
        ModbusTransaction transaction = new ModbusTransaction(transactions++);
        transaction.request = message;
        pending.put(message.transaction, transaction);
        conversation.advance(transaction, Direction.TO_SERVER, Progress.COMPLETE);
        message.events().forEach(event -> conversation.anomaly(transaction, Direction.TO_SERVER, event));
    }

    private void response(ModbusMessage message, Conversation conversation) {
        ModbusTransaction asked = pending.remove(message.transaction);
        ModbusTransaction transaction = asked == null ? new ModbusTransaction(transactions++) : asked;
        transaction.response = message;
        conversation.advance(transaction, Direction.TO_CLIENT, Progress.COMPLETE);
        message.events().forEach(event -> conversation.anomaly(transaction, Direction.TO_CLIENT, event));
        ModbusMessage request = transaction.request;
        if (request == null) {
            conversation.anomaly(transaction, Direction.TO_CLIENT, "unsolicited_response");
        } else if (!message.isException() && (message.function() != request.function() || !message.repeats(request))) {
            conversation.anomaly(transaction, Direction.TO_CLIENT, "value_mismatch");
        }
        conversation.complete(transaction);
    }

    private static void complete(@Nullable ModbusTransaction transaction, Conversation conversation) {
        if (transaction != null) {
            conversation.complete(transaction);
        }
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        Side side = direction.isToServer() ? toServer : toClient;
        if (side.left >= 0 && missing < side.left) {
            side.left -= (int) missing;
        } else {
            side.lost = true;
            side.held.clear();
        }
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        pending.values().forEach(conversation::complete);
        pending.clear();
    }
}
