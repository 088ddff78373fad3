package jp.genkan.protocols.http2;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.OctetBuffer;

/**
 * Cuts one direction into frames. The octets of DATA go through as they come; other frames are collected.
 *
 * <pre>
 *  +-----------------------------------------------+
 *  |                 Length (24)                   |
 *  +---------------+---------------+---------------+
 *  |   Type (8)    |   Flags (8)   |
 *  +-+-------------+---------------+-------------------------------+
 *  |R|                 Stream Identifier (31)                      |
 *  +=+=============================================================+
 *  |                   Frame Payload (0...)                      ...
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Thread rule: the worker of its flow.
 */
final class FrameReader {
    /** Takes the frames. */
    interface Frames {
        /** A frame that was collected; not called for DATA. */
        void frame(FrameReader reader, byte[] payload, int from, int to, Conversation conversation);

        /** A frame that is too long to be collected was passed over. */
        void tooLong(FrameReader reader, Conversation conversation);

        /** Octets of DATA, padding taken off. */
        void data(FrameReader reader, byte[] octets, int from, int to, Conversation conversation);

        /** A frame of DATA is over. */
        void dataEnd(FrameReader reader, Conversation conversation);
    }

    private enum At {
        PREFACE,
        HEADER,
        PAYLOAD,
        PAD_LENGTH,
        DATA,
        PADDING,
        SKIPPED
    }

    /** Payload that is collected: sixteen times the frame that peers send unless they agree on more, RFC 9113 §6.5.2. */
    static final int PAYLOAD_MAX = 262_144;

    /** Largest frame unless the receiver has said more, RFC 9113 §6.5.2. */
    private static final int FRAME_MAX_DEFAULT = 16_384;

    private static final int HEADER_LENGTH = 9;
    private static final int STREAM_OFFSET = 5;

    private final Direction direction;
    private final Frames frames;
    private final byte[] header = new byte[HEADER_LENGTH];
    private final OctetBuffer payload = new OctetBuffer(PAYLOAD_MAX);
    private At at;
    private int count;
    private int remaining;
    private int padding;
    private boolean tooLong;
    private long frameMax = FRAME_MAX_DEFAULT;

    FrameReader(Direction direction, Frames frames) {
        this.direction = direction;
        this.frames = frames;
        at = direction.isToServer() ? At.PREFACE : At.HEADER;
    }

    Direction direction() {
        return direction;
    }

    /** The receiver takes frames of this size. One that it has taken back may still be on its way: the largest counts. */
    void allow(long size) {
        frameMax = Math.max(frameMax, size);
    }

    int type() {
        return header[3] & 0xff;
    }

    boolean hasFlag(int flag) {
        return (header[4] & flag) != 0;
    }

    int streamId() {
        return u31(header, STREAM_OFFSET);
    }

    static int u31(byte[] octets, int at) {
        return (octets[at] & 0x7f) << 24
                | (octets[at + 1] & 0xff) << 16
                | (octets[at + 2] & 0xff) << 8
                | octets[at + 3] & 0xff;
    }

    void read(byte[] octets, int from, int to, Conversation conversation) {
        int i = from;
        while (i < to) {
            i = switch (at) {
                case PREFACE -> readPreface(octets, i, conversation);
                case HEADER -> readHeader(octets, i, conversation);
                case PAYLOAD -> readPayload(octets, i, to, conversation);
                case PAD_LENGTH -> readPadLength(octets, i, conversation);
                case DATA -> readData(octets, i, to, conversation);
                case PADDING, SKIPPED -> skip(i, to, conversation);
            };
        }
    }

    private int readPreface(byte[] octets, int i, Conversation conversation) {
        if (octets[i] != Http2Recogniser.PREFACE[count]) {
            conversation.anomaly(null, direction, Http2Events.INVALID_CLIENT_MAGIC);
            count = 0;
            at = At.HEADER;
            return i;
        }
        count++;
        if (count == Http2Recogniser.PREFACE.length) {
            count = 0;
            at = At.HEADER;
        }
        return i + 1;
    }

    private int readHeader(byte[] octets, int i, Conversation conversation) {
        header[count++] = octets[i];
        if (count == HEADER_LENGTH) {
            count = 0;
            remaining = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | header[2] & 0xff;
            begin(conversation);
        }
        return i + 1;
    }

    private void begin(Conversation conversation) {
        payload.clear();
        padding = 0;
        tooLong = false;
        if (remaining > frameMax) {
            conversation.anomaly(null, direction, Http2Events.LONG_FRAME_DATA);
        }
        if (type() == FrameType.DATA) {
            at = hasFlag(FrameType.PADDED) && remaining > 0 ? At.PAD_LENGTH : At.DATA;
            endIfEmpty(conversation);
        } else if (type() > FrameType.CONTINUATION) {
            at = remaining == 0 ? At.HEADER : At.SKIPPED;
        } else if (remaining > PAYLOAD_MAX) {
            if (remaining <= frameMax) {
                conversation.anomaly(null, direction, Http2Events.LONG_FRAME_DATA);
            }
            tooLong = true;
            at = At.SKIPPED;
        } else {
            at = At.PAYLOAD;
            endIfEmpty(conversation);
        }
    }

    private void endIfEmpty(Conversation conversation) {
        if (remaining > 0) {
            return;
        }
        if (at == At.PAYLOAD) {
            at = At.HEADER;
            frames.frame(this, payload.array(), payload.begin(), payload.end(), conversation);
        } else if (padding > 0) {
            at = At.PADDING;
        } else {
            at = At.HEADER;
            frames.dataEnd(this, conversation);
        }
    }

    private int readPayload(byte[] octets, int i, int to, Conversation conversation) {
        int more = Math.min(remaining, to - i);
        if (more == remaining && payload.isEmpty()) {
            remaining = 0;
            at = At.HEADER;
            frames.frame(this, octets, i, i + more, conversation);
            return i + more;
        }
        payload.append(octets, i, i + more);
        remaining -= more;
        endIfEmpty(conversation);
        return i + more;
    }

    private int readPadLength(byte[] octets, int i, Conversation conversation) {
        padding = octets[i] & 0xff;
        remaining--;
        if (padding > remaining) {
            conversation.anomaly(null, direction, Http2Events.INVALID_FRAME_DATA);
            padding = remaining;
        }
        remaining -= padding;
        at = At.DATA;
        endIfEmpty(conversation);
        return i + 1;
    }

    private int readData(byte[] octets, int i, int to, Conversation conversation) {
        int more = Math.min(remaining, to - i);
        frames.data(this, octets, i, i + more, conversation);
        remaining -= more;
        endIfEmpty(conversation);
        return i + more;
    }

    private int skip(int i, int to, Conversation conversation) {
        int left = at == At.PADDING ? padding : remaining;
        int more = Math.min(left, to - i);
        if (more < left) {
            padding -= at == At.PADDING ? more : 0;
            remaining -= at == At.SKIPPED ? more : 0;
            return i + more;
        }
        boolean wasData = at == At.PADDING;
        remaining = 0;
        padding = 0;
        at = At.HEADER;
        if (wasData) {
            frames.dataEnd(this, conversation);
        } else if (tooLong) {
            frames.tooLong(this, conversation);
        }
        return i + more;
    }

    /** Octets are missing; true when they all lie in a frame of DATA, or one that is passed over, so that frames can be told apart behind them. */
    boolean isGapInside(long missing) {
        return (at == At.DATA || at == At.SKIPPED) && missing <= remaining;
    }

    /** Goes on behind a gap that {@link #isGapInside}. */
    void passGap(long missing, Conversation conversation) {
        remaining -= (int) missing;
        if (at == At.DATA) {
            endIfEmpty(conversation);
        } else if (remaining == 0) {
            at = At.HEADER;
        }
    }

    boolean isInData() {
        return at == At.DATA;
    }
}
