package jp.genkan.protocols.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.FieldReader;
import jp.genkan.protocols.conversation.Frames;
import jp.genkan.protocols.conversation.OctetBuffer;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.StreamParser;
import org.jspecify.annotations.Nullable;

/**
 * WebSocket: a transaction a frame. Keeps the beginning of a message of each direction.
 *
 * <p>Thread rule: as for {@link StreamParser}.
 */
public final class WebSocketParser implements StreamParser {
    /** Octets of a frame and of a message that are kept: Suricata's default. The rest is passed over. */
    static final int PAYLOAD_MAX = 65_535;

    private static final int HEADER_MIN = 2;
    private static final int HEADER_MAX = 14;
    private static final int FINAL = 0x80;
    private static final int COMPRESSED = 0x40;
    private static final int CONTROL = 0x08;
    private static final int MASKED = 0x80;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MASK_LENGTH = 4;
    private static final int OPCODES_DATA = 3;
    private static final int OPCODE_PONG = 10;

    private final Side toServer = new Side();
    private final Side toClient = new Side();
    private long transactions;

    /** A parser for one connection. */
    public WebSocketParser() {}

    /** WebSocket is what HTTP has agreed on, and never told by its octets. */
    public static Recogniser recogniser() {
        return opening -> Recognition.NO;
    }

    /** What is known of a direction. */
    private static final class Side {
        final OctetBuffer header = new OctetBuffer(HEADER_MAX);
        final MessageInflater inflater = new MessageInflater();
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        boolean open;
        int headerLength;
        final List<ProtocolFrame> frames = new ArrayList<>(0);
        boolean messageCompressed;
        boolean lost;
        int first;
        long mask;
        long left;
        long position;
    }

    private Side side(Direction direction) {
        return direction.isToServer() ? toServer : toClient;
    }

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        Side side = side(direction);
        int at = from;
        while (at < to && !side.lost) {
            if (side.open) {
                int count = (int) Math.min(side.left, to - at);
                keep(side, octets, at, at + count);
                at += count;
            } else {
                side.header.append(octets, at, at + 1);
                at++;
                readHeader(direction, side, conversation);
                if (side.open) {
                    tellFrames(direction, side, at - from, conversation.frames());
                }
            }
            if (side.open && side.left == 0) {
                finish(direction, side, conversation);
            }
        }
        return to;
    }

    /** The header of a frame ends here. */
    private static void tellFrames(Direction direction, Side side, int at, @Nullable Frames frames) {
        if (frames == null) {
            return;
        }
        long behind = frames.origin() + at;
        int header = side.headerLength;
        long whole = Math.min(side.left, Long.MAX_VALUE >> 2);
        side.frames.add(frames.tell(direction, "header", behind - header, header, null));
        side.frames.add(frames.tell(direction, "pdu", behind - header, header + whole, null));
        side.frames.add(frames.tell(direction, "data", behind, whole, null));
    }

    private static void keep(Side side, byte[] octets, int from, int to) {
        int room = Math.min(to - from, PAYLOAD_MAX - side.payload.size());
        for (int i = from; i < from + room; i++) {
            int octet = octets[i];
            if (side.mask != WebSocketTransaction.NO_MASK) {
                octet ^= (int) (side.mask >>> (24 - 8 * ((side.position + i - from) & 3)));
            }
            side.payload.write(octet);
        }
        side.position += to - from;
        side.left -= to - from;
    }

    private void readHeader(Direction direction, Side side, Conversation conversation) {
        OctetBuffer held = side.header;
        if (held.length() < HEADER_MIN) {
            return;
        }
        FieldReader reader = new FieldReader(held.array(), held.begin(), held.end(), ByteOrder.BIG_ENDIAN);
        int first = reader.u8();
        int second = reader.u8();
        int length = second & ~MASKED & 0xff;
        int need = HEADER_MIN
                + (length == LENGTH_16 ? 2 : length == LENGTH_64 ? 8 : 0)
                + ((second & MASKED) != 0 ? MASK_LENGTH : 0);
        if (held.length() < need) {
            return;
        }
        side.first = first;
        side.left = length == LENGTH_16 ? reader.u16() : length == LENGTH_64 ? reader.number(8) : length;
        side.mask = (second & MASKED) != 0 ? reader.u32() : WebSocketTransaction.NO_MASK;
        side.position = 0;
        side.headerLength = need;
        held.clear();
        int opcode = first & 0x0f;
        boolean known = opcode < OPCODES_DATA || opcode >= CONTROL && opcode <= OPCODE_PONG;
        if (side.left < 0 || !known) {
            side.lost = true;
            conversation.anomaly(null, direction, side.left < 0 ? "end_of_stream" : "malformed_frame");
            return;
        }
        side.open = true;
    }

    /** The frame is there. */
    private void finish(Direction direction, Side side, Conversation conversation) {
        byte[] payload = side.payload.toByteArray();
        side.payload = new ByteArrayOutputStream();
        side.open = false;
        boolean whole = (side.first & FINAL) != 0;
        boolean control = (side.first & CONTROL) != 0;
        if (!control) {
            if ((side.first & 0x0f) != 0) {
                side.message = new ByteArrayOutputStream();
                side.messageCompressed = (side.first & COMPRESSED) != 0;
            }
            side.message.write(payload, 0, Math.min(payload.length, PAYLOAD_MAX - side.message.size()));
            if (whole) {
                payload = message(direction, side, conversation);
            }
        }
        WebSocketTransaction transaction =
                new WebSocketTransaction(transactions++, direction, side.first, side.mask, payload);
        side.frames.forEach(frame -> frame.transaction(transaction));
        side.frames.clear();
        conversation.advance(transaction, direction, Progress.COMPLETE);
        conversation.complete(transaction);
    }

    private static byte[] message(Direction direction, Side side, Conversation conversation) {
        byte[] message = side.message.toByteArray();
        side.message = new ByteArrayOutputStream();
        if (!side.messageCompressed) {
            return message;
        }
        byte[] unfolded = side.inflater.unfold(message, PAYLOAD_MAX);
        if (unfolded == null) {
            conversation.anomaly(null, direction, "skip_end_of_stream");
            return message;
        }
        return unfolded;
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        Side side = side(direction);
        if (!side.open || missing > side.left) {
            side.lost = true;
            return;
        }
        side.left -= missing;
        side.position += missing;
        side.inflater.end(); // what follows refers to what is missing
        if (side.left == 0) {
            finish(direction, side, conversation);
        }
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        toServer.inflater.end();
        toClient.inflater.end();
    }
}
