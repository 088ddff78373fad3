package jp.genkan.protocols.rdp;

import java.nio.charset.StandardCharsets;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.OctetBuffer;
import jp.genkan.protocols.conversation.StreamParser;
import org.jspecify.annotations.Nullable;

/**
 * Reads how a connection of RDP begins. When the server chooses TLS, what follows is handed over; else it settles behind the exchange of settings.
 *
 * <pre>
 *  TPKT:   3 0 length(16)
 *  X.224:  length(8) type(8) ...      E0 connection request, D0 confirm, F0 data
 *  data:   BER of T.125, in it PER of T.124, in it data blocks: type(16) length(16), little-endian
 * </pre>
 *
 * <p>Thread rule: the worker of its flow.
 */
public final class RdpParser implements StreamParser {
    /** Octets that are kept of a message; settings of clients have under 1 KiB, of servers with their certificates some more. The rest is passed over. */
    static final int MESSAGE_MAX = 8192;

    /** Most messages of a direction that are looked at: settings are the second. */
    static final int MESSAGES_MAX = 8;

    /** Most channels that are kept: MS-RDPBCGR §2.2.1.3.4 allows 31. */
    static final int CHANNELS_MAX = 31;

    /** Longest cookie that is kept; names in it have up to some hundred characters. The rest is left out. */
    static final int COOKIE_MAX = 512;

    private static final int TPKT_HEADER = 4;
    private static final int CONNECT_REQUEST = 0xe0;
    private static final int CONNECT_CONFIRM = 0xd0;
    private static final int DATA = 0xf0;
    private static final int TLS_HANDSHAKE = 0x16;
    private static final int NEGOTIATION_REQUEST = 1;
    private static final int NEGOTIATION_RESPONSE = 2;
    private static final int NEGOTIATION_FAILURE = 3;
    private static final int CLIENT_CORE = 0xc001;
    private static final int CLIENT_NETWORK = 0xc003;
    private static final int BLOCKS_MAX = 32; // there are about ten kinds
    private static final byte[] COOKIE = "Cookie: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] H221_KEY = "Duca".getBytes(StandardCharsets.US_ASCII);

    private final Side client = new Side();
    private final Side server = new Side();
    private long transactions;
    private boolean over;
    private boolean handedOver;

    /** One direction. */
    private static final class Side {
        final OctetBuffer buffer = new OctetBuffer(MESSAGE_MAX);
        int needed = TPKT_HEADER;
        int skip; // octets of a long message that are passed over
        int afterMessage;
        int messages;
        boolean headerRead;
    }

    /** A connection of which nothing was read. */
    public RdpParser() {}

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        Side side = direction.isToServer() ? client : server;
        int at = from;
        while (at < to && !over) {
            if (side.skip > 0) {
                int step = Math.min(side.skip, to - at);
                side.skip -= step;
                at += step;
                continue;
            }
            if (side.buffer.isEmpty() && octets[at] != 3) {
                unknown(side, octets[at], conversation);
                return handedOver ? at : to;
            }
            int step = Math.min(side.needed - side.buffer.length(), to - at);
            side.buffer.append(octets, at, at + step);
            at += step;
            if (side.buffer.length() == side.needed) {
                if (side.headerRead) {
                    message(direction, side, conversation);
                } else {
                    header(side, conversation);
                }
            }
        }
        return handedOver ? at : to;
    }

    /** Not TPKT: TLS whose negotiation was not seen, RDP's short headers after the beginning, or something else. */
    private void unknown(Side side, int first, Conversation conversation) {
        if (first == TLS_HANDSHAKE && side == client) {
            handOver(conversation);
        } else {
            settle(conversation);
        }
    }

    private void header(Side side, Conversation conversation) {
        byte[] array = side.buffer.array();
        int begin = side.buffer.begin();
        int length = (array[begin + 2] & 0xff) << 8 | array[begin + 3] & 0xff;
        if (length <= TPKT_HEADER) {
            settle(conversation);
            return;
        }
        side.headerRead = true;
        side.needed = Math.min(length, MESSAGE_MAX);
        side.afterMessage = length - side.needed;
        side.messages++;
    }

    private void message(Direction direction, Side side, Conversation conversation) {
        LittleReader in = new LittleReader(
                side.buffer.array(), side.buffer.begin() + TPKT_HEADER, side.buffer.begin() + side.needed);
        int headerLength = in.u8();
        int type = in.u8() & 0xf0;
        switch (type) {
            case CONNECT_REQUEST -> {
                if (direction.isToServer()) {
                    in.skip(5); // references, class
                    request(in, conversation);
                }
            }
            case CONNECT_CONFIRM -> {
                if (!direction.isToServer()) {
                    in.skip(5);
                    confirm(in, conversation);
                }
            }
            case DATA -> {
                in.skip(headerLength - 1);
                data(direction, in, conversation);
            }
            default -> {
                // no other belongs here
            }
        }
        side.buffer.clear();
        side.headerRead = false;
        side.needed = TPKT_HEADER;
        side.skip = side.afterMessage;
        if (!over && side.messages >= MESSAGES_MAX) {
            settle(conversation);
        }
    }

    private void request(LittleReader in, Conversation conversation) {
        RdpTransaction transaction = new RdpTransaction(transactions++, RdpTransaction.Kind.INITIAL_REQUEST);
        if (in.startsWith(COOKIE)) {
            in.skip(COOKIE.length);
            String cookie = line(in);
            int equals = cookie.indexOf('=');
            transaction.cookie(cookie.substring(equals + 1));
        }
        if (in.u8() == NEGOTIATION_REQUEST && in.remaining() >= 7) {
            int flags = in.u8();
            addFlag(transaction, flags, 0, "restricted_admin_mode_required");
            addFlag(transaction, flags, 1, "redirected_authentication_mode_required");
            addFlag(transaction, flags, 3, "correlation_info_present");
        }
        tell(transaction, Direction.TO_SERVER, conversation);
    }

    /** A line without its end, and passes over it. */
    private static String line(LittleReader in) {
        StringBuilder text = new StringBuilder();
        while (in.remaining() > 0) {
            int octet = in.u8();
            if (octet == '\n') {
                break;
            }
            if (octet != '\r' && text.length() < COOKIE_MAX) {
                text.append((char) octet);
            }
        }
        return text.toString();
    }

    private static void addFlag(RdpTransaction transaction, int flags, int bit, String name) {
        if ((flags >> bit & 1) != 0) {
            transaction.addFlag(name);
        }
    }

    private void confirm(LittleReader in, Conversation conversation) {
        RdpTransaction transaction = new RdpTransaction(transactions++, RdpTransaction.Kind.INITIAL_RESPONSE);
        int type = in.u8();
        int flags = in.u8();
        in.u16(); // length
        boolean whole = in.remaining() >= 4;
        long value = in.u32();
        boolean encrypted = false;
        if (type == NEGOTIATION_RESPONSE && whole) {
            transaction.protocolName(protocol(value));
            addFlag(transaction, flags, 0, "extended_client_data");
            addFlag(transaction, flags, 1, "dynvc_gfx");
            addFlag(transaction, flags, 3, "restricted_admin");
            addFlag(transaction, flags, 4, "redirected_authentication");
            encrypted = value != 0;
        } else if (type == NEGOTIATION_FAILURE && whole) {
            transaction.errorCode(value);
        }
        tell(transaction, Direction.TO_CLIENT, conversation);
        if (encrypted) {
            handOver(conversation);
        }
    }

    private static @Nullable String protocol(long selected) {
        return switch ((int) selected) {
            case 0 -> "rdp";
            case 1 -> "ssl";
            case 2 -> "hybrid";
            case 4 -> "rds_tls";
            case 8 -> "hybrid_ex";
            default -> null;
        };
    }

    private void data(Direction direction, LittleReader in, Conversation conversation) {
        if (in.u8() != 0x7f) { // T.125's connect messages are the only ones of this class
            settle(conversation);
            return;
        }
        int type = in.u8();
        if (type == 0x65 && direction.isToServer()) {
            RdpTransaction transaction = new RdpTransaction(transactions++, RdpTransaction.Kind.CONNECT_REQUEST);
            clientSettings(in, transaction);
            tell(transaction, direction, conversation);
        } else if (type == 0x66 && !direction.isToServer()) {
            tell(new RdpTransaction(transactions++, RdpTransaction.Kind.CONNECT_RESPONSE), direction, conversation);
            settle(conversation);
        }
    }

    /** The blocks stand behind the key of T.124's user data and a length of one or two octets. */
    private static void clientSettings(LittleReader in, RdpTransaction transaction) {
        while (in.remaining() > 0 && !in.startsWith(H221_KEY)) {
            in.skip(1);
        }
        in.skip(H221_KEY.length);
        if ((in.u8() & 0x80) != 0) {
            in.u8();
        }
        for (int i = 0; i < BLOCKS_MAX && in.remaining() >= 4; i++) {
            int type = in.u16();
            int length = in.u16();
            LittleReader block = in.part(length - 4);
            if (type == CLIENT_CORE && transaction.client() == null) {
                transaction.client(RdpClientSettings.read(block));
            } else if (type == CLIENT_NETWORK) {
                long count = Math.min(block.u32(), CHANNELS_MAX);
                while (count-- > 0
                        && block.remaining() >= 12
                        && transaction.channels().size() < CHANNELS_MAX) {
                    transaction.addChannel(block.narrow(8));
                    block.u32(); // options
                }
            }
        }
    }

    private static void tell(RdpTransaction transaction, Direction direction, Conversation conversation) {
        conversation.advance(transaction, direction, Progress.HEADERS);
        conversation.advance(transaction, Direction.TO_SERVER, Progress.COMPLETE);
        conversation.advance(transaction, Direction.TO_CLIENT, Progress.COMPLETE);
        conversation.complete(transaction);
    }

    private void handOver(Conversation conversation) {
        over = true;
        handedOver = true;
        conversation.handOver(AppProtocol.TLS);
    }

    private void settle(Conversation conversation) {
        over = true;
        conversation.settle();
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        Side side = direction.isToServer() ? client : server;
        if (over) {
            return;
        }
        if (side.buffer.isEmpty() && missing <= side.skip) {
            side.skip -= (int) missing;
        } else {
            settle(conversation);
        }
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        over = true; // every transaction was complete when it was told
    }
}
