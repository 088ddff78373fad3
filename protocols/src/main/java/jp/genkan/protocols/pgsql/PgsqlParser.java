package jp.genkan.protocols.pgsql;

import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.FieldReader;
import jp.genkan.protocols.conversation.OctetBuffer;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.StreamParser;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL over TCP. Keeps the beginning of a message of each direction and the transaction at hand. When the server agrees to encrypt, TLS takes over. A gap beyond the message at
 * hand, or what is no message, ends the reading of its direction.
 *
 * <p>Thread rule: as for {@link StreamParser}.
 */
public final class PgsqlParser implements StreamParser {
    /** Octets of a message that are kept: queries have some hundred, of longer ones the beginning is read. */
    static final int MESSAGE_MAX = 16_384;

    private static final int VERSION_3 = 3;
    private static final int CANCEL = 80_877_102;
    private static final int SSL = 80_877_103;
    private static final int GSS = 80_877_104;
    private static final int START_HEAD = 8;
    private static final int TYPED_HEAD = 5;
    private static final int START_MAX = 10_000; // as the server has it
    private static final long ANNOUNCED_MAX = 1L << 30; // as the server has it

    private final Side toServer = new Side();
    private final Side toClient = new Side();
    private @Nullable PgsqlTransaction open;
    private long transactions;
    private boolean started;
    private boolean authenticated;
    private boolean asksForEncryption;
    private boolean handedOver;
    private PgsqlMessages.Sasl sasl = PgsqlMessages.Sasl.NONE;

    /** A parser for one connection. */
    public PgsqlParser() {}

    /** What is known of a direction. */
    private static final class Side {
        final OctetBuffer held = new OctetBuffer(MESSAGE_MAX);
        long left = -1;
        long whole;
        boolean lost;
    }

    /** Knows it by the client's first message: its length, and the version or one of the numbers that ask for something else. */
    public static Recogniser recogniser() {
        return opening -> {
            int length = opening.length(Direction.TO_SERVER);
            if (length == 0) {
                return opening.length(Direction.TO_CLIENT) > 0 ? Recognition.NO : Recognition.MORE;
            }
            byte[] octets = opening.octets(Direction.TO_SERVER);
            if (octets[0] != 0 || length > 1 && octets[1] != 0) {
                return Recognition.NO;
            }
            if (length < START_HEAD) {
                return Recognition.MORE;
            }
            FieldReader reader = PgsqlMessages.reader(octets, 0, length);
            return isStart(reader.u32(), (int) reader.u32()) ? Recognition.YES : Recognition.NO;
        };
    }

    private static boolean isStart(long length, int code) {
        return switch (code) {
            case SSL, GSS -> length == START_HEAD;
            case CANCEL -> length >= 12 && length <= 268;
            default -> code >>> 16 == VERSION_3 && length > START_HEAD && length <= START_MAX;
        };
    }

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        Side side = direction.isToServer() ? toServer : toClient;
        int at = from;
        while (at < to && !side.lost && !handedOver) {
            if (side.left < 0) {
                if (!direction.isToServer() && asksForEncryption && side.held.isEmpty()) {
                    asksForEncryption = false;
                    if (encryption(octets[at], conversation)) {
                        at++;
                        continue;
                    }
                }
                side.held.append(octets, at, at + 1);
                at++;
                head(direction, side, conversation);
            } else {
                int taken = (int) Math.min(side.left, to - at);
                side.held.append(octets, at, at + Math.min(taken, side.held.room()));
                side.left -= taken;
                at += taken;
            }
            if (side.left == 0) {
                message(direction, side, conversation);
            }
        }
        return handedOver ? at : to;
    }

    /** The single octet that answers a wish for encryption; false when it is the beginning of a message instead. */
    private boolean encryption(int answer, Conversation conversation) {
        if (answer != 'S' && answer != 'N' && answer != 'G') {
            return false;
        }
        PgsqlTransaction transaction = current();
        transaction.encryption(answer != 'N');
        finish(transaction, conversation);
        if (answer == 'S') {
            handedOver = true;
            conversation.handOver(AppProtocol.TLS);
        } else if (answer == 'G') {
            conversation.settle(); // what follows is encrypted
        }
        return true;
    }

    private void head(Direction direction, Side side, Conversation conversation) {
        boolean untyped = direction.isToServer() && !started;
        int wanted = untyped ? 4 : TYPED_HEAD;
        if (side.held.length() < wanted) {
            return;
        }
        FieldReader reader = PgsqlMessages.reader(side.held.array(), side.held.begin(), side.held.end());
        if (!untyped) {
            reader.u8();
        }
        side.whole = reader.u32() - 4;
        if (side.whole < 0 || side.whole > (untyped ? START_MAX : ANNOUNCED_MAX)) {
            lose(direction, side, "invalid_length", conversation);
        } else {
            side.left = side.whole;
        }
    }

    private static void lose(Direction direction, Side side, String event, Conversation conversation) {
        side.lost = true;
        side.left = -1;
        side.held.clear();
        conversation.anomaly(null, direction, event);
    }

    private void message(Direction direction, Side side, Conversation conversation) {
        byte[] octets = side.held.array();
        int begin = side.held.begin();
        int end = side.held.end();
        side.left = -1;
        if (!direction.isToServer()) {
            answer(side, octets[begin], octets, begin + TYPED_HEAD, end, conversation);
        } else if (started) {
            request(side, octets[begin], octets, begin + TYPED_HEAD, end, conversation);
        } else {
            start(side, PgsqlMessages.reader(octets, begin + 4, end), conversation);
        }
        side.held.clear();
    }

    private PgsqlTransaction current() {
        PgsqlTransaction at = open;
        if (at == null) {
            at = new PgsqlTransaction(transactions++);
            open = at;
        }
        return at;
    }

    private PgsqlTransaction begin(Conversation conversation) {
        PgsqlTransaction before = open;
        if (before != null) {
            finish(before, conversation);
        }
        return current();
    }

    private void finish(PgsqlTransaction transaction, Conversation conversation) {
        open = null;
        conversation.advance(transaction, Direction.TO_CLIENT, Progress.COMPLETE);
        conversation.complete(transaction);
    }

    private void start(Side side, FieldReader reader, Conversation conversation) {
        int code = (int) reader.u32();
        if (!isStart(side.whole + 4, code)) {
            lose(Direction.TO_SERVER, side, "malformed_request", conversation);
            return;
        }
        PgsqlTransaction transaction = begin(conversation);
        switch (code) {
            case SSL, GSS -> {
                asksForEncryption = true;
                transaction.asked(PgsqlTransaction.Field.of("message", code == SSL ? "SSL Request" : "GSS Request"));
            }
            case CANCEL -> {
                transaction.asked(PgsqlTransaction.Field.of("message", "cancel_request"));
                transaction.asked(PgsqlTransaction.Field.of("process_id", reader.u32()));
                transaction.asked(PgsqlTransaction.Field.of("secret_key", reader.u32()));
            }
            default -> {
                started = true;
                transaction.asked(PgsqlTransaction.Field.of("protocol_version", (code >>> 16) + "." + (code & 0xffff)));
                PgsqlMessages.start(reader, transaction);
            }
        }
        conversation.advance(transaction, Direction.TO_SERVER, Progress.COMPLETE);
        if (code == CANCEL) {
            finish(transaction, conversation);
        }
    }

    private void request(Side side, int type, byte[] octets, int from, int to, Conversation conversation) {
        boolean opens = type == 'Q' || type == 'p' || type == 'X' || type == 'P';
        PgsqlTransaction transaction = opens ? begin(conversation) : current();
        if (!PgsqlMessages.request(type, octets, from, to, sasl, transaction)) {
            lose(Direction.TO_SERVER, side, "malformed_request", conversation);
            return;
        }
        conversation.advance(transaction, Direction.TO_SERVER, Progress.COMPLETE);
        if (type == 'X') {
            finish(transaction, conversation);
        }
    }

    private void answer(Side side, int type, byte[] octets, int from, int to, Conversation conversation) {
        PgsqlTransaction transaction = current();
        if (!PgsqlMessages.response(type, octets, from, to, side.whole, transaction)) {
            lose(Direction.TO_CLIENT, side, "malformed_response", conversation);
            return;
        }
        boolean over = type == 'Z' || type == 'E' && !authenticated;
        if (type == 'R') {
            int kind = (int) PgsqlMessages.reader(octets, from, to).u32();
            authenticated |= kind == 0;
            sasl = switch (kind) {
                case 10 -> PgsqlMessages.Sasl.FIRST;
                case 11 -> PgsqlMessages.Sasl.NEXT;
                default -> PgsqlMessages.Sasl.NONE;
            };
            over = kind != 0 && kind != 12; // the client is asked for something
        }
        if (over) {
            finish(transaction, conversation);
        } else {
            conversation.advance(transaction, Direction.TO_CLIENT, Progress.BODY);
        }
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        Side side = direction.isToServer() ? toServer : toClient;
        if (side.left >= 0 && missing < side.left) {
            side.left -= missing;
        } else {
            side.lost = true;
            side.left = -1;
            side.held.clear();
        }
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        PgsqlTransaction at = open;
        if (at != null) {
            open = null;
            conversation.complete(at);
        }
    }
}
