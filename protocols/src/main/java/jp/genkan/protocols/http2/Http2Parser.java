package jp.genkan.protocols.http2;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.OctetBuffer;
import jp.genkan.protocols.conversation.StreamParser;
import jp.genkan.protocols.http.head.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * Reads one connection of HTTP/2: frames of both directions, and the streams between them.
 *
 * <p>Thread rule: the worker of its flow.
 */
public final class Http2Parser implements StreamParser, FrameReader.Frames {
    /** Streams that are open at one time; servers allow 100 to 128. */
    static final int STREAMS_MAX = 256;

    /** Octets of the fields of one direction of a stream that are kept; servers and browsers refuse beyond 16 to 256 KiB. */
    static final int FIELDS_OCTETS_MAX = 65_536;

    /** Octets of the fields of all open streams: a block of a few octets may name large entries of the table again and again. */
    static final int OPEN_OCTETS_MAX = 4 << 20;

    /** A header block over several frames; what Firefox reads at most. */
    static final int BLOCK_MAX = 393_216;

    /** Frames of the connection itself that are told; a handful are usual. Of those that only rules look at, as many again. */
    static final int ALONE_MAX = 256;

    private static final int SETTING_LENGTH = 6;
    private static final int PRIORITY_LENGTH = 5;
    private static final int ERROR_LENGTH = 4;
    private static final int GOAWAY_LENGTH = 8;
    private static final int PROMISE_LENGTH = 4;
    private static final int WINDOW_LENGTH = 4;

    private final FrameReader requests = new FrameReader(Direction.TO_SERVER, this);
    private final FrameReader responses = new FrameReader(Direction.TO_CLIENT, this);
    private final Half toServer = new Half();
    private final Half toClient = new Half();
    private final Map<Integer, Http2Stream> streams = new LinkedHashMap<>();
    private long number;
    private int highest;
    private int openOctets;
    private int toldAlone;
    private int untoldAlone;
    private boolean isGivenUp;

    /** What is known of a direction beyond its frames. */
    private static final class Half {
        private final HpackDecoder decoder = new HpackDecoder();
        private final OctetBuffer block = new OctetBuffer(BLOCK_MAX);
        private int blockStream;
        private boolean blockEndsStream;
        private boolean isBroken;
    }

    private FrameReader reader(Direction direction) {
        return direction.isToServer() ? requests : responses;
    }

    private Half half(Direction direction) {
        return direction.isToServer() ? toServer : toClient;
    }

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        if (!isGivenUp) {
            reader(direction).read(octets, from, to, conversation);
        }
        return to;
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        if (isGivenUp || missing <= 0) {
            return;
        }
        FrameReader reader = reader(direction);
        if (!reader.isGapInside(missing)) {
            conversation.anomaly(null, direction, Http2Events.GAP_IN_FRAMES);
            onFlowEnd(conversation);
            isGivenUp = true;
            conversation.settle();
            return;
        }
        Http2Stream stream = streams.get(reader.streamId());
        if (reader.isInData() && stream != null && !stream.isOver(direction)) {
            stream.gap(direction, missing, conversation);
        }
        reader.passGap(missing, conversation);
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        for (Http2Stream stream : streams.values()) {
            stream.abandon(conversation);
        }
        streams.clear();
    }

    @Override
    public void data(FrameReader reader, byte[] octets, int from, int to, Conversation conversation) {
        Http2Stream stream = streams.get(reader.streamId());
        if (stream != null && !stream.isOver(reader.direction()) && from < to) {
            stream.transaction.notes(reader.direction()).type(FrameType.DATA);
            stream.data(reader.direction(), octets, from, to, conversation);
        }
    }

    @Override
    public void dataEnd(FrameReader reader, Conversation conversation) {
        if (reader.streamId() == 0) {
            conversation.anomaly(null, reader.direction(), Http2Events.DATA_STREAM_ZERO);
        } else if (reader.hasFlag(FrameType.END_STREAM)) {
            endDirection(reader.streamId(), reader.direction(), conversation);
        }
    }

    @Override
    public void tooLong(FrameReader reader, Conversation conversation) {
        int type = reader.type();
        if (type == FrameType.HEADERS || type == FrameType.CONTINUATION || type == FrameType.PUSH_PROMISE) {
            half(reader.direction()).isBroken = true;
        }
    }

    @Override
    public void frame(FrameReader reader, byte[] payload, int from, int to, Conversation conversation) {
        switch (reader.type()) {
            case FrameType.HEADERS -> onHeaders(reader, payload, from, to, conversation);
            case FrameType.PUSH_PROMISE -> onPromise(reader, payload, from, to, conversation);
            case FrameType.CONTINUATION -> onContinuation(reader, payload, from, to, conversation);
            case FrameType.SETTINGS -> onSettings(reader, payload, from, to, conversation);
            case FrameType.GOAWAY -> onGoAway(reader, payload, from, to, conversation);
            case FrameType.RST_STREAM -> onReset(reader, payload, from, to, conversation);
            case FrameType.PRIORITY -> onPriority(reader, payload, from, to, conversation);
            case FrameType.WINDOW_UPDATE -> onWindow(reader, payload, from, to, conversation);
            case FrameType.PING -> onPing(reader, conversation);
            default -> {}
        }
    }

    private void onHeaders(FrameReader reader, byte[] payload, int from, int to, Conversation conversation) {
        int at = from;
        int end = to;
        if (reader.hasFlag(FrameType.PADDED)) {
            end = at < to ? to - (payload[at] & 0xff) : to;
            at++;
        }
        int weight = -1;
        if (reader.hasFlag(FrameType.HAS_PRIORITY)) {
            weight = at + PRIORITY_LENGTH <= end ? payload[at + PRIORITY_LENGTH - 1] & 0xff : -1;
            at += PRIORITY_LENGTH;
        }
        if (at > end || reader.streamId() == 0) {
            half(reader.direction()).isBroken = true;
            conversation.anomaly(null, reader.direction(), Http2Events.INVALID_FRAME_DATA);
            return;
        }
        Http2Stream stream = isClosed(reader) ? null : opened(reader.streamId(), reader.direction(), conversation);
        if (stream != null && !stream.isOver(reader.direction())) {
            stream.transaction.notes(reader.direction()).type(FrameType.HEADERS);
            if (weight >= 0) {
                stream.transaction.priority(reader.direction(), weight);
            }
        }
        Half half = half(reader.direction());
        half.block.clear();
        half.blockStream = reader.streamId();
        half.blockEndsStream = reader.hasFlag(FrameType.END_STREAM);
        addToBlock(reader, payload, at, end, conversation);
    }

    /** True when this is the late answer on a stream of the client that was reset. */
    private boolean isClosed(FrameReader reader) {
        int streamId = reader.streamId();
        return !reader.direction().isToServer()
                && (streamId & 1) != 0
                && streamId <= highest
                && !streams.containsKey(streamId);
    }

    private void onPromise(FrameReader reader, byte[] payload, int from, int to, Conversation conversation) {
        int at = from;
        int end = to;
        if (reader.hasFlag(FrameType.PADDED)) {
            end = at < to ? to - (payload[at] & 0xff) : to;
            at++;
        }
        if (at + PROMISE_LENGTH > end) {
            half(reader.direction()).isBroken = true;
            conversation.anomaly(null, reader.direction(), Http2Events.INVALID_FRAME_DATA);
            return;
        }
        Half half = half(reader.direction());
        half.block.clear();
        half.blockStream = -FrameReader.u31(payload, at);
        half.blockEndsStream = false;
        addToBlock(reader, payload, at + PROMISE_LENGTH, end, conversation);
    }

    private void onContinuation(FrameReader reader, byte[] payload, int from, int to, Conversation conversation) {
        Half half = half(reader.direction());
        if (half.blockStream == 0) {
            conversation.anomaly(null, reader.direction(), Http2Events.INVALID_FRAME_DATA);
            half.isBroken = true;
            return;
        }
        Http2Stream stream = streams.get(reader.streamId());
        if (stream != null && !stream.isOver(reader.direction())) {
            stream.transaction.notes(reader.direction()).type(FrameType.CONTINUATION);
        }
        addToBlock(reader, payload, from, to, conversation);
    }

    private void addToBlock(FrameReader reader, byte[] payload, int from, int to, Conversation conversation) {
        Half half = half(reader.direction());
        if (!half.block.append(payload, from, to) && !half.isBroken) {
            half.isBroken = true;
            conversation.anomaly(null, reader.direction(), Http2Events.REASSEMBLY_LIMIT_REACHED);
        }
        if (reader.hasFlag(FrameType.END_HEADERS)) {
            int stream = half.blockStream;
            half.blockStream = 0;
            endBlock(half, stream, reader.direction(), conversation);
            half.block.clear();
        }
    }

    /** A block is whole. A promised stream's number is negative: its fields are those of a request that the server makes. */
    private void endBlock(Half half, int streamId, Direction direction, Conversation conversation) {
        Direction belongs = streamId < 0 ? Direction.TO_SERVER : direction;
        Http2Stream stream = streamId < 0 ? opened(-streamId, direction, conversation) : streams.get(streamId);
        Http2Transaction transaction = stream == null || stream.isOver(belongs) ? null : stream.transaction;
        if (streamId < 0 && transaction != null) {
            transaction.notes(belongs).type(FrameType.PUSH_PROMISE);
        }
        if (!half.isBroken) {
            OctetBuffer block = half.block;
            HpackDecoder.Outcome outcome =
                    half.decoder.decode(block.array(), block.begin(), block.end(), new Keeper(transaction, belongs));
            if (outcome != HpackDecoder.Outcome.GOOD) {
                half.isBroken = true;
                boolean overflow = outcome == HpackDecoder.Outcome.INTEGER_OVERFLOW;
                conversation.anomaly(
                        transaction,
                        direction,
                        overflow ? Http2Events.HEADER_INTEGER_OVERFLOW : Http2Events.INVALID_HEADER);
            }
        }
        if (transaction == null || stream == null) {
            return;
        }
        if (belongs.isToServer()) {
            checkAuthority(transaction, conversation);
        }
        conversation.advance(transaction, belongs, Progress.HEADERS);
        if (streamId < 0 || half.blockEndsStream) {
            endDirection(Math.abs(streamId), belongs, conversation);
        }
    }

    /** Keeps the fields of a block, of all open streams so many. */
    private final class Keeper implements HpackDecoder.Fields {
        private final @Nullable Http2Transaction transaction;
        private final Direction direction;

        Keeper(@Nullable Http2Transaction transaction, Direction direction) {
            this.transaction = transaction;
            this.direction = direction;
        }

        @Override
        public void field(byte[] name, byte[] value) {
            if (transaction != null && openOctets < OPEN_OCTETS_MAX && transaction.field(direction, name, value)) {
                openOctets += name.length + value.length;
            }
        }

        @Override
        public void tableSize(int size) {
            if (transaction != null) {
                transaction.notes(direction).tableSize(size);
            }
        }
    }

    private void checkAuthority(Http2Transaction transaction, Conversation conversation) {
        byte[] authority = transaction.field(Direction.TO_SERVER, ":authority");
        byte[] host = transaction.field(Direction.TO_SERVER, "host");
        if (authority == null) {
            return;
        }
        for (byte octet : authority) {
            if (octet == '@') {
                conversation.anomaly(transaction, Direction.TO_SERVER, Http2Events.USERINFO_IN_URI);
                break;
            }
        }
        if (host != null
                && !HostPort.parse(host, 0, host.length)
                        .host()
                        .equals(HostPort.parse(authority, 0, authority.length).host())) {
            conversation.anomaly(transaction, Direction.TO_SERVER, Http2Events.AUTHORITY_HOST_MISMATCH);
        }
    }

    private Http2Stream opened(int streamId, Direction direction, Conversation conversation) {
        Http2Stream stream = streams.get(streamId);
        if (stream != null) {
            return stream;
        }
        Http2Transaction transaction = new Http2Transaction(number++, streamId);
        boolean isClients = direction.isToServer();
        if (isClients && streamId <= highest) {
            conversation.anomaly(transaction, direction, Http2Events.STREAM_ID_REUSE);
        }
        highest = isClients ? Math.max(highest, streamId) : highest;
        if (streams.size() >= STREAMS_MAX) {
            conversation.anomaly(transaction, direction, Http2Events.TOO_MANY_STREAMS);
            Iterator<Http2Stream> oldest = streams.values().iterator();
            Http2Stream given = oldest.next();
            oldest.remove();
            openOctets -= given.transaction.octets();
            given.abandon(conversation);
        }
        stream = new Http2Stream(transaction);
        streams.put(streamId, stream);
        return stream;
    }

    private void endDirection(int streamId, Direction direction, Conversation conversation) {
        Http2Stream stream = streams.get(streamId);
        if (stream != null && stream.end(direction, FileState.CLOSED, conversation)) {
            streams.remove(streamId);
            openOctets -= stream.transaction.octets();
            conversation.complete(stream.transaction);
        }
    }

    private void onReset(FrameReader reader, byte[] payload, int from, int to, Conversation conversation) {
        if (to - from != ERROR_LENGTH) {
            conversation.anomaly(null, reader.direction(), Http2Events.INVALID_FRAME_LENGTH);
            return;
        }
        Http2Stream stream = streams.remove(reader.streamId());
        if (stream != null) {
            openOctets -= stream.transaction.octets();
            stream.transaction.errorCode(reader.direction(), u32(payload, from));
            noted(stream, reader, conversation);
            stream.abandon(conversation);
        }
    }

    private void onPriority(FrameReader reader, byte[] payload, int from, int to, Conversation conversation) {
        if (to - from != PRIORITY_LENGTH) {
            conversation.anomaly(null, reader.direction(), Http2Events.INVALID_FRAME_LENGTH);
            return;
        }
        Http2Stream stream = streams.get(reader.streamId());
        if (stream != null) {
            stream.transaction.priority(reader.direction(), payload[to - 1] & 0xff);
            noted(stream, reader, conversation);
        }
    }

    private void onWindow(FrameReader reader, byte[] payload, int from, int to, Conversation conversation) {
        if (to - from != WINDOW_LENGTH) {
            conversation.anomaly(null, reader.direction(), Http2Events.INVALID_FRAME_LENGTH);
            return;
        }
        long increment = FrameReader.u31(payload, from);
        Http2Stream stream = streams.get(reader.streamId());
        if (stream != null) {
            stream.transaction.notes(reader.direction()).window(increment);
            noted(stream, reader, conversation);
        } else if (reader.streamId() == 0 && untoldAlone < ALONE_MAX) {
            untoldAlone++;
            Http2Transaction transaction = alone(reader);
            transaction.untold();
            transaction.notes(reader.direction()).window(increment);
            finishAlone(transaction, reader, conversation);
        }
    }

    private void onPing(FrameReader reader, Conversation conversation) {
        if (untoldAlone < ALONE_MAX) {
            untoldAlone++;
            Http2Transaction transaction = alone(reader);
            transaction.untold();
            finishAlone(transaction, reader, conversation);
        }
    }

    /** A frame has told something of a stream besides its fields and bodies: the stages look at it as far as it is. */
    private static void noted(Http2Stream stream, FrameReader reader, Conversation conversation) {
        Http2Transaction transaction = stream.transaction;
        transaction.notes(reader.direction()).type(reader.type());
        Progress reached = transaction.progress(reader.direction());
        if (reached != Progress.COMPLETE) {
            conversation.advance(transaction, reader.direction(), reached == Progress.NONE ? Progress.LINE : reached);
        }
    }

    private void onSettings(FrameReader reader, byte[] payload, int from, int to, Conversation conversation) {
        if ((to - from) % SETTING_LENGTH != 0) {
            conversation.anomaly(null, reader.direction(), Http2Events.INVALID_FRAME_LENGTH);
            return;
        }
        for (int i = from; i < to; i += SETTING_LENGTH) {
            if (settingId(payload, i) == FrameType.MAX_FRAME_SIZE) {
                reader(reader.direction().opposite()).allow(u32(payload, i + 2));
            }
        }
        if (toldAlone >= ALONE_MAX) {
            return;
        }
        Http2Transaction transaction = alone(reader);
        transaction.settings(reader.direction());
        for (int i = from; i < to; i += SETTING_LENGTH) {
            transaction.setting(reader.direction(), settingId(payload, i), u32(payload, i + 2));
        }
        toldAlone++;
        finishAlone(transaction, reader, conversation);
    }

    private static int settingId(byte[] payload, int at) {
        return (payload[at] & 0xff) << 8 | payload[at + 1] & 0xff;
    }

    private void onGoAway(FrameReader reader, byte[] payload, int from, int to, Conversation conversation) {
        if (to - from < GOAWAY_LENGTH) {
            conversation.anomaly(null, reader.direction(), Http2Events.INVALID_FRAME_LENGTH);
            return;
        }
        if (toldAlone >= ALONE_MAX) {
            return;
        }
        Http2Transaction transaction = alone(reader);
        transaction.errorCode(reader.direction(), u32(payload, from + 4));
        toldAlone++;
        finishAlone(transaction, reader, conversation);
    }

    /** A frame of the connection itself. */
    private Http2Transaction alone(FrameReader reader) {
        Http2Transaction transaction = new Http2Transaction(number++, 0);
        transaction.notes(reader.direction()).type(reader.type());
        return transaction;
    }

    private static void finishAlone(Http2Transaction transaction, FrameReader reader, Conversation conversation) {
        conversation.advance(transaction, reader.direction(), Progress.COMPLETE);
        conversation.complete(transaction);
    }

    private static long u32(byte[] octets, int at) {
        return (octets[at] & 0xffL) << 24
                | (octets[at + 1] & 0xff) << 16
                | (octets[at + 2] & 0xff) << 8
                | octets[at + 3] & 0xff;
    }
}
