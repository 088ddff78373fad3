package jp.genkan.protocols.rfb;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.FieldReader;
import jp.genkan.protocols.conversation.OctetBuffer;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.StreamParser;

/**
 * The handshake of RFB: one transaction. Keeps a message of each direction.
 *
 * <p>Thread rule: as for {@link StreamParser}.
 */
public final class RfbParser implements StreamParser {
    /** Octets of a message: fixed fields, lists of types, and a name or reason. */
    static final int MESSAGE_MAX = 4096;

    /** Octets of a desktop's name or of a reason that are taken; real ones have up to 100. With a longer one nothing more is read. */
    static final int TEXT_MAX = 2048;

    private static final int VERSION_LENGTH = 12;
    private static final int CHALLENGE_LENGTH = 16;
    private static final int FORMAT_LENGTH = 16;
    private static final int SCREEN_FIXED = 24;
    private static final int NONE = 1;
    private static final int VNC = 2;
    private static final String MARK = "RFB ";

    /** What comes next in a direction. */
    private enum Next {
        SERVER_VERSION,
        CLIENT_VERSION,
        OFFERED_TYPES,
        GIVEN_TYPE,
        CHOSEN_TYPE,
        CHALLENGE,
        RESPONSE,
        RESULT,
        REASON,
        CLIENT_INIT,
        SERVER_INIT,
        /** Nothing that is read. */
        NOTHING
    }

    private final OctetBuffer server = new OctetBuffer(MESSAGE_MAX);
    private final OctetBuffer client = new OctetBuffer(MESSAGE_MAX);
    private final RfbTransaction transaction = new RfbTransaction();
    private Next next = Next.SERVER_VERSION;
    private int minor = 8;
    private boolean told;

    /** A parser for one connection. */
    public RfbParser() {}

    /** Knows RFB by the server's first line. */
    public static Recogniser recogniser() {
        return opening -> {
            int length = opening.length(Direction.TO_CLIENT);
            if (length == 0) {
                return opening.length(Direction.TO_SERVER) > 0 ? Recognition.NO : Recognition.MORE;
            }
            byte[] octets = opening.octets(Direction.TO_CLIENT);
            for (int i = 0; i < Math.min(length, VERSION_LENGTH); i++) {
                if (!fits(octets[i], i)) {
                    return Recognition.NO;
                }
            }
            return length < VERSION_LENGTH ? Recognition.MORE : Recognition.YES;
        };
    }

    private static boolean fits(byte octet, int place) {
        return switch (place) {
            case 0, 1, 2, 3 -> octet == MARK.charAt(place);
            case 7 -> octet == '.';
            case 11 -> octet == '\n';
            default -> octet >= '0' && octet <= '9';
        };
    }

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        OctetBuffer held = direction.isToServer() ? client : server;
        if (next == Next.NOTHING) {
            return to;
        }
        int taken = Math.min(held.room(), to - from);
        held.append(octets, from, from + taken);
        boolean further = true;
        while (further && next != Next.NOTHING) {
            further = step(conversation);
        }
        if (next != Next.NOTHING && taken < to - from) {
            next = Next.NOTHING; // one side sends before it is its turn
            conversation.anomaly(transaction, direction, "confused_state");
        }
        if (next == Next.NOTHING) {
            tell(conversation);
        }
        return to;
    }

    private boolean isClientsTurn() {
        return switch (next) {
            case CLIENT_VERSION, CHOSEN_TYPE, RESPONSE, CLIENT_INIT -> true;
            default -> false;
        };
    }

    /** Reads the next message; false when it is not there yet. */
    private boolean step(Conversation conversation) {
        OctetBuffer held = isClientsTurn() ? client : server;
        if (held.length() < fixedLength()) {
            return false;
        }
        FieldReader reader = new FieldReader(held.array(), held.begin(), held.end(), ByteOrder.BIG_ENDIAN);
        Direction direction = Direction.of(isClientsTurn());
        Next before = next;
        int start = reader.position();
        read(reader, direction, conversation);
        if (reader.hasFailed()) {
            next = before;
            return false;
        }
        held.consume(reader.position() - start);
        advance(before, conversation);
        return true;
    }

    /** Octets that the next message has at least. */
    private int fixedLength() {
        return switch (next) {
            case SERVER_VERSION, CLIENT_VERSION -> VERSION_LENGTH;
            case CHALLENGE, RESPONSE -> CHALLENGE_LENGTH;
            case GIVEN_TYPE, RESULT, REASON -> 4;
            case SERVER_INIT -> SCREEN_FIXED;
            case OFFERED_TYPES, CHOSEN_TYPE, CLIENT_INIT, NOTHING -> 1;
        };
    }

    private void read(FieldReader reader, Direction direction, Conversation conversation) {
        switch (next) {
            case SERVER_VERSION, CLIENT_VERSION -> version(reader, direction, conversation);
            case OFFERED_TYPES -> {
                int count = reader.u8();
                reader.skip(count);
                next = count == 0 ? Next.REASON : Next.CHOSEN_TYPE;
            }
            case GIVEN_TYPE -> type(reader.u32(), conversation);
            case CHOSEN_TYPE -> type(reader.u8(), conversation);
            case CHALLENGE -> {
                transaction.challenge = reader.octets(CHALLENGE_LENGTH);
                next = Next.RESPONSE;
            }
            case RESPONSE -> {
                transaction.response = reader.octets(CHALLENGE_LENGTH);
                next = Next.RESULT;
            }
            case RESULT -> result(reader, conversation);
            case REASON -> {
                String reason = text(reader, conversation);
                if (!reader.hasFailed()) {
                    transaction.failureReason = reason;
                    next = Next.NOTHING;
                }
            }
            case CLIENT_INIT -> {
                transaction.shared = reader.u8();
                next = Next.SERVER_INIT;
            }
            case SERVER_INIT -> screen(reader, conversation);
            case NOTHING -> {}
        }
    }

    private void version(FieldReader reader, Direction direction, Conversation conversation) {
        byte[] line = reader.octets(VERSION_LENGTH);
        for (int i = 0; i < line.length; i++) {
            if (!fits(line[i], i)) {
                conversation.anomaly(transaction, direction, "malformed_message");
                next = Next.NOTHING;
                return;
            }
        }
        String version = new String(line, MARK.length(), 7, StandardCharsets.ISO_8859_1);
        if (direction.isToServer()) {
            transaction.clientVersion = version;
            minor = Integer.parseInt(version.substring(4));
            next = minor < 7 ? Next.GIVEN_TYPE : Next.OFFERED_TYPES;
        } else {
            transaction.serverVersion = version;
            next = Next.CLIENT_VERSION;
        }
    }

    private void type(long type, Conversation conversation) {
        transaction.securityType = type;
        if (type == VNC) {
            next = Next.CHALLENGE;
        } else if (type == NONE) {
            next = minor >= 8 ? Next.RESULT : Next.CLIENT_INIT;
        } else if (type == 0) {
            next = Next.REASON;
        } else {
            conversation.anomaly(transaction, Direction.TO_SERVER, "unimplemented_security_type");
            next = Next.NOTHING;
        }
    }

    private void result(FieldReader reader, Conversation conversation) {
        long result = reader.u32();
        transaction.securityResult = result;
        if (result > 2) {
            conversation.anomaly(transaction, Direction.TO_CLIENT, "unknown_security_result");
        }
        next = result == 0 ? Next.CLIENT_INIT : minor >= 8 ? Next.REASON : Next.NOTHING;
    }

    private String text(FieldReader reader, Conversation conversation) {
        long length = reader.u32();
        if (length > TEXT_MAX) {
            conversation.anomaly(transaction, Direction.TO_CLIENT, "malformed_message");
            next = Next.NOTHING;
            return "";
        }
        return reader.text(length);
    }

    private void screen(FieldReader reader, Conversation conversation) {
        int width = reader.u16();
        int height = reader.u16();
        byte[] format = reader.octets(FORMAT_LENGTH);
        String name = text(reader, conversation);
        if (!reader.hasFailed()) {
            transaction.screen = new RfbTransaction.Screen(width, height, format, name);
            next = Next.NOTHING;
        }
    }

    private void advance(Next done, Conversation conversation) {
        switch (done) {
            case SERVER_VERSION -> conversation.advance(transaction, Direction.TO_CLIENT, Progress.LINE);
            case CLIENT_VERSION -> conversation.advance(transaction, Direction.TO_SERVER, Progress.LINE);
            case CHOSEN_TYPE, RESPONSE -> conversation.advance(transaction, Direction.TO_SERVER, Progress.HEADERS);
            case RESULT -> conversation.advance(transaction, Direction.TO_CLIENT, Progress.HEADERS);
            case CLIENT_INIT -> conversation.advance(transaction, Direction.TO_SERVER, Progress.COMPLETE);
            case SERVER_INIT, REASON -> conversation.advance(transaction, Direction.TO_CLIENT, Progress.COMPLETE);
            default -> {}
        }
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        next = Next.NOTHING;
        tell(conversation);
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        tell(conversation);
    }

    private void tell(Conversation conversation) {
        server.clear();
        client.clear();
        if (!told && transaction.serverVersion != null) {
            told = true;
            conversation.complete(transaction);
        }
    }
}
